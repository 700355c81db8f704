package main

import (
	"fmt"

	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
)

// An attachment counts what a parser got right, leaving marks out.
type attachment struct {
	words, tags, heads, labelled int
	core, found, hits            int // subjects and objects of verbs: in the treebank, in the parse, in both
}

// add parses a and compares.
func (s *attachment) add(m *syntax.Model, a aligned) {
	if len(a.Doc.Tokens) == 0 {
		return
	}
	var t syntax.Tree
	m.Parser().Parse(a.Doc, text.Sentence{Span: a.Doc.Covering(0, len(a.Doc.Tokens)), First: 0, Last: len(a.Doc.Tokens)}, &t)
	for i, h := range a.Heads {
		gold := a.isCore(h, a.Labels[i])
		found := a.isCore(t.Head(i), t.Label(i))
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

func (s attachment) String() string {
	of := func(a, b int) float64 { return float64(a) / float64(max(1, b)) }
	return fmt.Sprintf("%d | %.4f | %.4f | %.4f | %.4f", s.words, of(s.tags, s.words), of(s.heads, s.words), of(s.labelled, s.words), of(2*s.hits, s.core+s.found))
}
