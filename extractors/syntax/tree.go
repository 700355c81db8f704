package syntax

import (
	"iter"

	"sitrep/extractors/text"
)

// A Tree says for each token of a sentence which other it depends on. Tokens are
// numbered as in the document. It has one root and no cycles.
type Tree struct {
	First, Last int // the sentence's tokens [First, Last)
	nodes       []node
	root        int32
}

type node struct {
	head        int32 // relative to First; -1 for the root
	first, next int32 // first dependent, next dependent of the same head; -1 for none
	left, right int32 // the ends of what hangs on it, [left, right)
	margin      float32
	label       Label
	tag         Tag
}

func (t *Tree) node(i int) *node { return &t.nodes[i-t.First] }

// Root returns the token that the others hang on, -1 in an empty sentence.
func (t *Tree) Root() int {
	if len(t.nodes) == 0 {
		return -1
	}
	return t.First + int(t.root)
}

// Head returns the token that i depends on, -1 for the root.
func (t *Tree) Head(i int) int {
	if h := t.node(i).head; h >= 0 {
		return t.First + int(h)
	}
	return -1
}

// Label returns what i is to its head.
func (t *Tree) Label(i int) Label { return t.node(i).label }

// Tag returns the part of speech of i as the parser saw it.
func (t *Tree) Tag(i int) Tag { return t.node(i).tag }

// Margin tells how sure the head of i is: the least lead, over the next best move,
// of the moves that decided it, in the model's own measure. A negative one was
// made for the sake of what followed. MODEL.md says how often words of a margin hang
// right.
func (t *Tree) Margin(i int) float32 { return t.node(i).margin }

// Children gives the tokens that depend on i, in order.
func (t *Tree) Children(i int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for c := t.node(i).first; c >= 0; c = t.nodes[c].next {
			if !yield(t.First + int(c)) {
				return
			}
		}
	}
}

// Child returns the first token that depends on i by one of wanted, -1 if none
// does.
func (t *Tree) Child(i int, wanted ...Label) int {
	for c := range t.Children(i) {
		for _, l := range wanted {
			if t.Label(c) == l {
				return c
			}
		}
	}
	return -1
}

// Subtree returns the range [first, last) of tokens from the first to the last
// that hang on i, directly or not.
func (t *Tree) Subtree(i int) (first, last int) {
	n := t.node(i)
	return t.First + int(n.left), t.First + int(n.right)
}

// begin makes t a tree of n tokens that hang nowhere yet.
func (t *Tree) begin(s text.Sentence) {
	t.First, t.Last = s.First, s.Last
	n := s.Last - s.First
	if cap(t.nodes) < n {
		t.nodes = make([]node, n)
	}
	t.nodes = t.nodes[:n]
	for i := range t.nodes {
		t.nodes[i] = node{head: -1, first: -1, next: -1, left: int32(i), right: int32(i + 1)}
	}
	t.root = 0
}

// link fills in what follows from the heads: dependents and ends.
func (t *Tree) link() {
	for i := len(t.nodes) - 1; i >= 0; i-- {
		h := t.nodes[i].head
		if h < 0 {
			t.root = int32(i)
			continue
		}
		t.nodes[i].next = t.nodes[h].first
		t.nodes[h].first = int32(i)
	}
	t.spread(t.root)
}

// spread widens each token's ends to those of its dependents, walking the tree
// without a stack: down to the leaves and back up by the heads.
func (t *Tree) spread(root int32) {
	n := t.leaf(root)
	for n != root {
		h := &t.nodes[t.nodes[n].head]
		h.left, h.right = min(h.left, t.nodes[n].left), max(h.right, t.nodes[n].right)
		if next := t.nodes[n].next; next >= 0 {
			n = t.leaf(next)
		} else {
			n = t.nodes[n].head
		}
	}
}

// leaf follows first dependents down from n.
func (t *Tree) leaf(n int32) int32 {
	for t.nodes[n].first >= 0 {
		n = t.nodes[n].first
	}
	return n
}
