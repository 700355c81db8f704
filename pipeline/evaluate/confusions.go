package evaluate

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"sitrep/pipeline/annotations"
)

// A Confusion is a kind of error over spans: what gold has as one type was found
// as another, "" where it was not found at all or where gold has nothing.
type Confusion struct {
	Gold, Found string // types, never equal
	Count       int
}

// Confusions returns the kinds of errors over the spans that o asks for, the
// commonest first. A gold span that a span of its own type overlaps is no error.
func Confusions(gold, pred []annotations.Document, o Options) []Confusion {
	s := spanScorer{Options: o, wanted: wantedTypes(gold, o)}
	found := map[string][]annotations.Span{}
	for _, d := range pred {
		found[d.ID] = s.kept(d.Spans)
	}
	counts := map[Confusion]int{}
	for _, d := range gold {
		want, got := s.kept(d.Spans), found[d.ID]
		for _, g := range want {
			if f := overlapping(got, g); f != g.Type {
				counts[Confusion{Gold: g.Type, Found: f}]++
			}
		}
		for _, f := range got {
			if overlapping(want, f) == "" {
				counts[Confusion{Found: f.Type}]++
			}
		}
	}
	var out []Confusion
	for c, n := range counts {
		c.Count = n
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Gold, b.Gold), cmp.Compare(a.Found, b.Found))
	})
	return out
}

// kept returns the spans whose types are asked for, renamed.
func (s *spanScorer) kept(spans []annotations.Span) []annotations.Span {
	var out []annotations.Span
	for _, x := range spans {
		if x.Type = s.typeOf(x); s.wanted[x.Type] {
			out = append(out, x)
		}
	}
	return out
}

// overlapping returns the type of the spans that overlap x, that of x itself where
// there is one such, "" if none does.
func overlapping(spans []annotations.Span, x annotations.Span) string {
	typ := ""
	for _, s := range spans {
		if s.Start < x.End && x.Start < s.End {
			if s.Type == x.Type {
				return x.Type
			}
			typ = cmp.Or(typ, s.Type)
		}
	}
	return typ
}

// WriteConfusions writes a line for each.
func WriteConfusions(w io.Writer, list []Confusion) error {
	for _, c := range list {
		if _, err := fmt.Fprintf(w, "%6d  gold %-12s found %s\n", c.Count, cmp.Or(c.Gold, "nothing"), cmp.Or(c.Found, "nothing")); err != nil {
			return err
		}
	}
	return nil
}
