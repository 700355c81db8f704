package syntax

// A mover scores the moves of states of one sentence. What it added up for words and
// families, and for those that met, it keeps.
type mover struct {
	table              *moveTable
	keys               keys
	next               []sums // by word: when it is next
	top, second, third []sums // when it is on the stack
	words              meetings
	families           families
	own                []own    // by family
	met                meetings // of families
}

// meetings are of the top of the stack and the next word, of the two words on top, and
// of all three.
type meetings struct{ across, below, around met }

// own is what speaks for moves by one family, when its word is on top of the stack,
// below it, or next.
type own struct{ top, second, next found }

// found are sums, once they were asked for.
type found struct {
	sums
	is bool
}

// met keeps the sums of numbers that stand for what met. Of those with the same place the
// last is kept.
type met struct {
	numbers [metPlaces]uint64
	sums    [metPlaces]sums
}

const metPlaces = 256

// at returns where what was found for n is kept, and whether it is.
func (p *met) at(n uint64) (*sums, bool) {
	i := n * mix1 >> 56 & (metPlaces - 1)
	if p.numbers[i] == n+1 {
		return &p.sums[i], true
	}
	p.numbers[i] = n + 1
	return &p.sums[i], false
}

func (m *meetings) begin() {
	for _, p := range [...]*met{&m.across, &m.below, &m.around} {
		p.numbers = [metPlaces]uint64{}
	}
}

// begin readies m for the sentence of s.
func (m *mover) begin(s *state) {
	m.words.begin()
	m.met.begin()
	m.families.begin()
	m.own = m.own[:0]
	m.next, m.top, m.second, m.third = m.next[:0], m.top[:0], m.second[:0], m.third[:0]
	for i := range s.n + 2 {
		s.nextKeys(m.fresh(), i)
		m.next = append(m.next, m.sum())
		s.topKeys(m.fresh(), i)
		m.top = append(m.top, m.sum())
		s.secondKeys(m.fresh(), i)
		m.second = append(m.second, m.sum())
		s.thirdKeys(m.fresh(), i)
		m.third = append(m.third, m.sum())
	}
}

// fresh returns the keys of m, emptied.
func (m *mover) fresh() *keys {
	m.keys.n = 0
	return &m.keys
}

func (m *mover) sum() sums { return m.table.sum(&m.keys) }

// score returns what speaks for each move of s.
func (m *mover) score(s *state) sums {
	s0, s1, s2, b0 := s.top(0), s.top(1), s.top(2), s.ahead(0)
	f0, f1, fb := m.families.of(s, s0), m.families.of(s, s1), m.families.of(s, b0)
	for len(m.own) <= int(m.families.n) {
		m.own = append(m.own, own{})
	}
	s.threeKeys(m.fresh(), s2, s1, s0, b0)
	sum := m.sum()
	sum.add(&m.third[s2])
	sum.add(m.onTop(s, s0, f0))
	sum.add(m.onSecond(s, s1, f1))
	sum.add(m.onNext(s, b0, fb))
	sum.add(m.across(s, s0, b0, f0, fb))
	sum.add(m.below(s, s1, s0, f1, f0))
	sum.add(m.around(s, s1, s0, b0, f1, f0, fb))
	return sum
}

func (m *mover) onTop(s *state, i int32, f family) *sums {
	o := &m.own[f].top
	if !o.is {
		s.topFamilyKeys(m.fresh(), i)
		*o = found{m.sum(), true}
		o.add(&m.top[i])
	}
	return &o.sums
}

func (m *mover) onSecond(s *state, i int32, f family) *sums {
	o := &m.own[f].second
	if !o.is {
		s.secondFamilyKeys(m.fresh(), i)
		*o = found{m.sum(), true}
		o.add(&m.second[i])
	}
	return &o.sums
}

func (m *mover) onNext(s *state, i int32, f family) *sums {
	o := &m.own[f].next
	if !o.is {
		s.nextFamilyKeys(m.fresh(), i)
		*o = found{m.sum(), true}
		o.add(&m.next[i])
	}
	return &o.sums
}

func (m *mover) across(s *state, i, j int32, fi, fj family) *sums {
	sum, known := m.met.across.at(uint64(fi)<<32 | uint64(fj))
	if known {
		return sum
	}
	words, known := m.words.across.at(uint64(i)<<16 | uint64(j))
	if !known {
		s.acrossKeys(m.fresh(), i, j)
		*words = m.sum()
	}
	s.acrossFamilyKeys(m.fresh(), i, j)
	*sum = m.sum()
	sum.add(words)
	return sum
}

func (m *mover) below(s *state, i, j int32, fi, fj family) *sums {
	sum, known := m.met.below.at(uint64(fi)<<32 | uint64(fj))
	if known {
		return sum
	}
	words, known := m.words.below.at(uint64(i)<<16 | uint64(j))
	if !known {
		s.belowKeys(m.fresh(), i, j)
		*words = m.sum()
	}
	s.belowFamilyKeys(m.fresh(), i, j)
	*sum = m.sum()
	sum.add(words)
	return sum
}

func (m *mover) around(s *state, i, j, k int32, fi, fj, fk family) *sums {
	sum, known := m.met.around.at(uint64(fi)<<42 | uint64(fj)<<21 | uint64(fk))
	if known {
		return sum
	}
	words, known := m.words.around.at(uint64(i)<<32 | uint64(j)<<16 | uint64(k))
	if !known {
		s.aroundKeys(m.fresh(), i, j, k)
		*words = m.sum()
	}
	s.aroundFamilyKeys(m.fresh(), i, j, k)
	*sum = m.sum()
	sum.add(words)
	return sum
}
