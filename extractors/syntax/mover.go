package syntax

// A mover scores the moves of states of one sentence. What it added up for words, and
// for words that met, it keeps.
type mover struct {
	table              *moveTable
	keys               keys
	next               []sums // by word: when it is next
	top, second, third []sums // when it is on the stack
	across, below      pairs
	around             pairs
}

// pairs keeps the sums of numbers that stand for words which met. Of those with the same
// place the last is kept.
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
	m.across.met, m.below.met, m.around.met = [pairPlaces]uint64{}, [pairPlaces]uint64{}, [pairPlaces]uint64{}
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
	sum := m.next[b0]
	sum.add(&m.top[s0])
	sum.add(&m.second[s1])
	sum.add(&m.third[s2])
	n0, n1, nb := uint64(s0), uint64(s1), uint64(b0)
	l, known := m.across.at(n0<<16 | nb)
	if !known {
		m.keys.n = 0
		s.acrossKeys(&m.keys, s0, b0)
		*l = m.table.sum(&m.keys)
	}
	sum.add(l)
	if l, known = m.below.at(n1<<16 | n0); !known {
		m.keys.n = 0
		s.belowKeys(&m.keys, s1, s0)
		*l = m.table.sum(&m.keys)
	}
	sum.add(l)
	if l, known = m.around.at(n1<<32 | n0<<16 | nb); !known {
		m.keys.n = 0
		s.aroundKeys(&m.keys, s1, s0, b0)
		*l = m.table.sum(&m.keys)
	}
	sum.add(l)
	m.keys.n = 0
	s.familyKeys(&m.keys, s2, s1, s0, b0)
	rest := m.table.sum(&m.keys)
	sum.add(&rest)
	return sum
}
