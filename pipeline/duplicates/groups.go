package duplicates

import "slices"

// AtLeast is the Jaccard similarity of near-duplicates: half of all shingles are
// in both. A text and the same with one of five paragraphs rewritten have about 0.6, two
// reports of one event that were written apart below 0.2.
const AtLeast = 0.5

// A Group is a set of near-duplicates, as indices, in order.
type Group struct {
	Members    []int
	Similarity []float64 // of each to the first
}

// Groups returns the groups of near-duplicates among texts, in the order of their
// first members; texts without words and those that are like no other are in none.
// Being alike passes on: the last member may be less like the first. The time it
// takes grows with the number of texts, not with its square: only texts that
// collide under MinHash are compared.
func Groups(texts []Shingles) []Group {
	sets := newSets(len(texts))
	signatures := make([]signature, len(texts))
	for i, s := range texts {
		signatures[i] = sign(s)
	}
	for band := range bands {
		buckets := map[uint64][]int{} // the first members of the sets in each
		for i, s := range texts {
			if len(s) == 0 {
				continue
			}
			key := signatures[i].band(band)
			if first := buckets[key]; !sets.joinAny(i, first, texts) && len(first) < crowd {
				buckets[key] = append(first, i)
			}
		}
	}
	return sets.groups(texts)
}

// crowd bounds how many texts that are unlike each other one is compared with in
// a bucket.
const crowd = 32

// Two texts that are alike by 0.5 share one of 40 bands of 4 minima with a chance
// of 0.92, by 0.6 of 0.996.
const (
	bands = 40
	rows  = 4
)

// A signature holds the least hash of a text's shingles under each of many
// permutations (Broder 1997): two texts have one in common as often as they are
// alike.
type signature [bands * rows]uint64

func sign(s Shingles) signature {
	var out signature
	for i := range out {
		seed, least := mix(uint64(i)), ^uint64(0)
		for _, h := range s {
			least = min(least, mix(h^seed))
		}
		out[i] = least
	}
	return out
}

func (s *signature) band(n int) uint64 {
	h := uint64(0)
	for _, least := range s[n*rows : (n+1)*rows] {
		h = mix(h ^ least)
	}
	return h
}

// sets are disjoint sets of texts; each text points to an earlier one of its set,
// the first to itself.
type sets []int

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func (s sets) first(i int) int {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

// joinAny joins i with each of others that is like it, and reports whether one is
// in its set.
func (s sets) joinAny(i int, others []int, texts []Shingles) bool {
	joined := false
	for _, j := range others {
		a, b := s.first(i), s.first(j)
		if a != b && texts[i].Jaccard(texts[j]) < AtLeast {
			continue
		}
		s[max(a, b)] = min(a, b)
		joined = true
	}
	return joined
}

func (s sets) groups(texts []Shingles) []Group {
	members := map[int][]int{}
	for i := range s {
		first := s.first(i)
		members[first] = append(members[first], i)
	}
	var out []Group
	for first, m := range members {
		if len(m) == 1 {
			continue
		}
		g := Group{Members: m}
		for _, i := range m {
			g.Similarity = append(g.Similarity, texts[first].Jaccard(texts[i]))
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b Group) int { return a.Members[0] - b.Members[0] })
	return out
}
