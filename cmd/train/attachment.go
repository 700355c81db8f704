package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
)

// An attachment counts what a parser got right, leaving marks out.
type attachment struct {
	words, tags, heads, labelled int
	core, found, hits            int // subjects and objects of verbs: in the treebank, in the parse, in both
}

// compare parses all and compares: on the whole, and where our tokens are the
// treebank's words. The margins of core arguments are added to sure.
func compare(m *syntax.Model, all []aligned, sure *margins) (whole, exact attachment) {
	p := m.Parser()
	var t syntax.Tree
	for _, a := range all {
		n := len(a.Doc.Tokens)
		if n == 0 {
			continue
		}
		p.Parse(a.Doc, text.Sentence{Span: a.Doc.Covering(0, n), First: 0, Last: n}, &t)
		whole.add(&t, a)
		if a.exact {
			exact.add(&t, a)
		}
		sure.add(&t, a)
	}
	return whole, exact
}

func (s *attachment) add(t *syntax.Tree, a aligned) {
	for i, h := range a.Heads {
		gold, found := a.isCore(h, a.Labels[i]), a.isCore(t.Head(i), t.Label(i))
		same := t.Head(i) == h && t.Label(i) == a.Labels[i]
		count(&s.core, gold)
		count(&s.found, found)
		count(&s.hits, gold && found && same)
		if a.Labels[i] == syntax.Punct {
			continue
		}
		s.words++
		count(&s.tags, t.Tag(i) == a.Tags[i])
		count(&s.heads, t.Head(i) == h)
		count(&s.labelled, same)
	}
}

// isCore reports whether l makes a subject or object of the verb at h.
func (a aligned) isCore(h int, l syntax.Label) bool {
	return h >= 0 && a.upos[h] == "VERB" && (l == syntax.Nsubj || l == syntax.NsubjPass || l == syntax.Obj)
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

func share(a, b int) float64 { return float64(a) / float64(max(1, b)) }

func (s attachment) String() string {
	return fmt.Sprintf("%d | %.3f | %.3f | %.3f | %.3f", s.words, share(s.tags, s.words), share(s.heads, s.words), share(s.labelled, s.words), share(2*s.hits, s.core+s.found))
}

// margins are how sure the parser was of each core argument it found, and
// whether it was right.
type margins []judged

type judged struct {
	margin float32
	right  bool
}

func (m *margins) add(t *syntax.Tree, a aligned) {
	for i := range a.Heads {
		if a.isCore(t.Head(i), t.Label(i)) {
			*m = append(*m, judged{t.Margin(i), t.Head(i) == a.Heads[i] && t.Label(i) == a.Labels[i]})
		}
	}
}

// String tells how many are right in each fifth, from the least sure.
func (m margins) String() string {
	const parts = 5
	slices.SortStableFunc(m, func(a, b judged) int { return cmp.Compare(a.margin, b.margin) })
	var b strings.Builder
	fmt.Fprintf(&b, "How often a core argument that was found is right, by its margin, in fifths:\n\n| margin up to | right |\n| --- | --- |\n")
	for p := range parts {
		fifth := m[len(m)*p/parts : len(m)*(p+1)/parts]
		right := 0
		for _, x := range fifth {
			count(&right, x.right)
		}
		if len(fifth) > 0 {
			fmt.Fprintf(&b, "| %.0f | %.3f |\n", fifth[len(fifth)-1].margin, share(right, len(fifth)))
		}
	}
	return b.String()
}
