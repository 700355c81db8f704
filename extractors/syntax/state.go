package syntax

import "slices"

// A move is a step of the parser, arc-hybrid (Kuhlmann, Gómez-Rodríguez and
// Satta 2011).
type move uint8

const (
	shift move = iota // the next word goes on the stack
	left              // the top of the stack hangs on the next word
	right             // the top of the stack hangs on the one below it
	moves
)

// A state is how far the parser has come: a stack of words whose heads are not
// known, the next word, and the arcs made. The root stands behind the last word,
// and behind it what is used for words that are not there.
type state struct {
	words []word // with root and outside at the end
	nodes []tie
	stack []int32
	next  int32
	n     int32 // words without those two; the root's number
}

// A tie is what is known of how a word hangs together with others.
type tie struct {
	head           int32
	l1, l2, r1, r2 int32  // outermost dependents to the left and right, and those next to them
	lefts, rights  uint64 // sets of labels
	nl, nr         uint8  // how many
	label          Label
	margin         float32 // least lead of a move made with it on top of the stack
	family         family  // 0 while not asked for
}

// begin readies s for words, which end with the root and what stands outside.
func (s *state) begin(words []word) {
	s.n = int32(len(words) - 2)
	s.words = words
	s.stack = s.stack[:0]
	s.next = 0
	none := s.n + 1
	if cap(s.nodes) < len(s.words) {
		s.nodes = make([]tie, len(s.words))
	}
	s.nodes = s.nodes[:len(s.words)]
	for i := range s.nodes {
		s.nodes[i] = tie{head: -1, margin: sure, l1: none, l2: none, r1: none, r2: none}
	}
}

func (s *state) done() bool { return s.next == s.n && len(s.stack) == 0 }

// legal reports whether m can be made. Only one word, the last on the stack, can
// hang on the root.
func (s *state) legal(m move) bool {
	switch m {
	case shift:
		return s.next < s.n
	case left:
		return len(s.stack) > 0 && (s.next < s.n || len(s.stack) == 1)
	}
	return len(s.stack) > 1
}

// forced returns the only legal move, if there is but one.
func (s *state) forced() (move, bool) {
	switch {
	case len(s.stack) == 0:
		return shift, true
	case s.next == s.n && len(s.stack) > 1:
		return right, true
	case s.next == s.n:
		return left, true
	}
	return 0, false
}

// top returns the word i below the top of the stack.
func (s *state) top(i int) int32 {
	if i < len(s.stack) {
		return s.stack[len(s.stack)-1-i]
	}
	return s.n + 1
}

// ahead returns the i-th word after the next.
func (s *state) ahead(i int32) int32 { return min(s.next+i, s.n+1) }

// alike reports whether whatever follows in s scores the same in o: all that may be
// looked at is the same.
func (s *state) alike(o *state) bool {
	if s.next != o.next || !slices.Equal(s.stack, o.stack) || !s.likeFamily(o, s.next) {
		return false
	}
	for _, i := range s.stack {
		if !s.likeFamily(o, i) {
			return false
		}
	}
	return true
}

// likeFamily reports whether the same words hang on word i in s and o.
func (s *state) likeFamily(o *state, i int32) bool {
	a, b := &s.nodes[i], &o.nodes[i]
	return a.l1 == b.l1 && a.r1 == b.r1 && a.l2 == b.l2 && a.r2 == b.r2 && a.nl == b.nl && a.nr == b.nr && a.lefts == b.lefts && a.rights == b.rights &&
		s.nodes[a.l1].label == o.nodes[b.l1].label && s.nodes[a.r1].label == o.nodes[b.r1].label
}

// arc returns the head and dependent that m would tie.
func (s *state) arc(m move) (head, dependent int32) {
	if m == left {
		return s.next, s.top(0)
	}
	return s.top(1), s.top(0)
}

// apply makes m; label is what the dependent is.
func (s *state) apply(m move, label Label) {
	if m == shift {
		s.stack = append(s.stack, s.next)
		s.next++
		return
	}
	h, d := s.arc(m)
	s.stack = s.stack[:len(s.stack)-1]
	s.nodes[d].head, s.nodes[d].label = h, label
	t := &s.nodes[h]
	t.family = 0
	if m == left {
		t.l1, t.l2 = d, t.l1
		t.nl++
		t.lefts |= 1 << label
	} else {
		t.r1, t.r2 = d, t.r1
		t.nr++
		t.rights |= 1 << label
	}
}
