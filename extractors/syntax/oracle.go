package syntax

// A gold tree says where each word of a sentence hangs; words are numbered as in
// a state, the root behind them.
type gold struct {
	words  []word // without tags
	tags   []Tag
	heads  []int32
	labels []Label
	kids   [][]int32 // of each word, in order
	moves  []move    // the way that makes it
}

const impossible = 1 << 20

// costs returns for each move how many of the right arcs that could still be
// made no longer can after it (Goldberg and Nivre 2013).
func (g *gold) costs(s *state) (costs [moves]int) {
	costs = [moves]int{impossible, impossible, impossible}
	if s.legal(shift) {
		costs[shift] = g.shiftCost(s)
	}
	if len(s.stack) == 0 {
		return costs
	}
	d := s.top(0)
	lost := 0 // dependents of the top that are still ahead
	for _, k := range g.kids[d] {
		if k >= s.next {
			lost++
		}
	}
	h := g.heads[d]
	if s.legal(left) {
		costs[left] = lost
		if h != s.next && (h > s.next || len(s.stack) > 1 && h == s.top(1)) {
			costs[left]++
		}
	}
	if s.legal(right) {
		costs[right] = lost
		if h >= s.next {
			costs[right]++
		}
	}
	return costs
}

// shiftCost counts the arcs between the next word and the stack that shifting it
// rules out: all but that from the top.
func (g *gold) shiftCost(s *state) (cost int) {
	b := s.next
	for i, d := range s.stack {
		if g.heads[d] == b {
			cost++
		}
		if g.heads[b] == d && i < len(s.stack)-1 {
			cost++
		}
	}
	return cost
}

// right returns the label of dependent d if h is its head, else None.
func (g *gold) label(h, d int32) Label {
	if g.heads[d] != h {
		return None
	}
	return g.labels[d]
}
