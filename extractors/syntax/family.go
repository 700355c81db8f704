package syntax

// A family is the number, from 1 on, of a word together with what hangs on it, as far as
// features look at it. The same word with the same dependents is the same family.
type family int32

// A household is what makes a family.
type household struct {
	word           int32 // its number and 1, so that none is nothing
	l1, l2, r1, r2 int32
	lefts, rights  uint64
	nl, nr         uint8
	l, r           Label // of l1 and r1
}

// families number the households of a sentence. Of those with the same place the last is
// known; another that comes again is given a new number.
type families struct {
	households [familyPlaces]household
	numbers    [familyPlaces]family
	n          family
}

const familyPlaces = 256

// begin forgets the sentence before.
func (f *families) begin() {
	f.households = [familyPlaces]household{}
	f.n = 0
}

// of returns the family of word i of s.
func (f *families) of(s *state, i int32) family {
	n := &s.nodes[i]
	if n.family == 0 {
		n.family = f.number(household{i + 1, n.l1, n.l2, n.r1, n.r2, n.lefts, n.rights, n.nl, n.nr, s.nodes[n.l1].label, s.nodes[n.r1].label})
	}
	return n.family
}

func (f *families) number(h household) family {
	at := (uint64(h.word) + uint64(h.l1)<<20 + uint64(h.r1)<<40 + uint64(h.l)<<56) * mix1 >> 56 & (familyPlaces - 1)
	if f.households[at] != h {
		f.n++
		f.households[at], f.numbers[at] = h, f.n
	}
	return f.numbers[at]
}
