package syntax

// A mover scores the moves of states of one sentence. What it added up for words and
// families, and for those that met, it keeps.
type mover struct {
	table                 *moveTable
	keys                  keys
	next                  []sums // by word: when it is next
	top, second, third    []sums // when it is on the stack
	across, below, around pairs
	families              families
	own                   []own // by family
	acrossFamilies        pairs
	belowFamilies         pairs
	aroundFamilies        pairs
}

// own is what speaks for moves by one family: when its word is on top of the stack,
// below it, or next.
type own struct {
	top, second, next          sums
	hasTop, hasSecond, hasNext bool
}

// pairs keeps the sums of numbers that stand for what met. Of those with the same place
// the last is kept.
type pairs struct {
	met  [pairPlaces]uint64
	sums [pairPlaces]sums
}

const pairPlaces = 256

// at returns where what was found for n is kept, and whether it is.
func (p *pairs) at(n uint64) (*sums, bool) {
	i := n * mix1 >> 56 & (pairPlaces - 1)
	if p.met[i] == n+1 {
		return &p.sums[i], true
	}
	p.met[i] = n + 1
	return &p.sums[i], false
}

// begin readies m for the sentence of s.
func (m *mover) begin(s *state) {
	for _, p := range [...]*pairs{&m.across, &m.below, &m.around, &m.acrossFamilies, &m.belowFamilies, &m.aroundFamilies} {
		p.met = [pairPlaces]uint64{}
	}
	m.families.begin()
	m.own = m.own[:0]
	m.next = m.each(m.next, s, s.nextKeys)
	m.top = m.each(m.top, s, s.topKeys)
	m.second = m.each(m.second, s, s.secondKeys)
	m.third = m.each(m.third, s, s.thirdKeys)
}

// each fills sums with those of all words by themselves.
func (m *mover) each(all []sums, s *state, features func(k *keys, i int32)) []sums {
	all = all[:0]
	for i := range s.n + 2 {
		m.keys.n = 0
		features(&m.keys, i)
		all = append(all, m.table.sum(&m.keys))
	}
	return all
}

// score returns what speaks for each move of s.
func (m *mover) score(s *state) sums {
	s0, s1, s2, b0 := s.top(0), s.top(1), s.top(2), s.ahead(0)
	f0, f1, fb := m.families.of(s, s0), m.families.of(s, s1), m.families.of(s, b0)
	for len(m.own) <= int(m.families.n) {
		m.own = append(m.own, own{})
	}
	sum := *m.ownTop(s, s0, f0)
	sum.add(m.ownSecond(s, s1, f1))
	sum.add(m.ownNext(s, b0, fb))
	sum.add(&m.third[s2])
	sum.add(m.metAcross(s, s0, b0, f0, fb))
	sum.add(m.metBelow(s, s1, s0, f1, f0))
	sum.add(m.metAround(s, s1, s0, b0, f1, f0, fb))
	m.keys.n = 0
	s.threeKeys(&m.keys, s2, s1, s0, b0)
	rest := m.table.sum(&m.keys)
	sum.add(&rest)
	return sum
}

func (m *mover) ownTop(s *state, i int32, f family) *sums {
	o := &m.own[f]
	if !o.hasTop {
		m.keys.n = 0
		s.topFamilyKeys(&m.keys, i)
		o.top, o.hasTop = m.table.sum(&m.keys), true
		o.top.add(&m.top[i])
	}
	return &o.top
}

func (m *mover) ownSecond(s *state, i int32, f family) *sums {
	o := &m.own[f]
	if !o.hasSecond {
		m.keys.n = 0
		s.secondFamilyKeys(&m.keys, i)
		o.second, o.hasSecond = m.table.sum(&m.keys), true
		o.second.add(&m.second[i])
	}
	return &o.second
}

func (m *mover) ownNext(s *state, i int32, f family) *sums {
	o := &m.own[f]
	if !o.hasNext {
		m.keys.n = 0
		s.nextFamilyKeys(&m.keys, i)
		o.next, o.hasNext = m.table.sum(&m.keys), true
		o.next.add(&m.next[i])
	}
	return &o.next
}

func (m *mover) metAcross(s *state, i, j int32, fi, fj family) *sums {
	sum, known := m.acrossFamilies.at(uint64(fi)<<32 | uint64(fj))
	if known {
		return sum
	}
	words, known := m.across.at(uint64(i)<<16 | uint64(j))
	if !known {
		m.keys.n = 0
		s.acrossKeys(&m.keys, i, j)
		*words = m.table.sum(&m.keys)
	}
	m.keys.n = 0
	s.acrossFamilyKeys(&m.keys, i, j)
	*sum = m.table.sum(&m.keys)
	sum.add(words)
	return sum
}

func (m *mover) metBelow(s *state, i, j int32, fi, fj family) *sums {
	sum, known := m.belowFamilies.at(uint64(fi)<<32 | uint64(fj))
	if known {
		return sum
	}
	words, known := m.below.at(uint64(i)<<16 | uint64(j))
	if !known {
		m.keys.n = 0
		s.belowKeys(&m.keys, i, j)
		*words = m.table.sum(&m.keys)
	}
	m.keys.n = 0
	s.belowFamilyKeys(&m.keys, i, j)
	*sum = m.table.sum(&m.keys)
	sum.add(words)
	return sum
}

func (m *mover) metAround(s *state, i, j, k int32, fi, fj, fk family) *sums {
	sum, known := m.aroundFamilies.at(uint64(fi)<<42 | uint64(fj)<<21 | uint64(fk))
	if known {
		return sum
	}
	words, known := m.around.at(uint64(i)<<32 | uint64(j)<<16 | uint64(k))
	if !known {
		m.keys.n = 0
		s.aroundKeys(&m.keys, i, j, k)
		*words = m.table.sum(&m.keys)
	}
	m.keys.n = 0
	s.aroundFamilyKeys(&m.keys, i, j, k)
	*sum = m.table.sum(&m.keys)
	sum.add(words)
	return sum
}
