package explain

import (
	"cmp"
	"slices"

	"sitrep/extractors/text"
)

// A step is a stretch of text without a border in it, or the beginning or the end of
// a mark. The texts of all steps make up the whole, byte for byte.
type step struct {
	Text        string
	Open, Close *mark
}

// steps cuts within out of s and puts marks into it. Marks nest: of two that cross,
// the one that begins later is closed where the other ends, and opened again.
func steps(s string, within text.Span, marks []mark) []step {
	marks = clipped(marks, within)
	var out []step
	var open []*mark
	next, at := 0, within.Start
	for _, border := range borders(within, marks) {
		if border > at {
			out = append(out, step{Text: s[at:border]})
			at = border
		}
		out, open = closing(out, open, border)
		for ; next < len(marks) && marks[next].Start == border; next++ {
			out = append(out, step{Open: &marks[next]})
			open = append(open, &marks[next])
		}
	}
	return out
}

// closing closes the marks that end at border, and those opened inside them, which
// are opened again if they go on.
func closing(out []step, open []*mark, border int) ([]step, []*mark) {
	first := slices.IndexFunc(open, func(m *mark) bool { return m.End <= border })
	if first < 0 {
		return out, open
	}
	for i := len(open) - 1; i >= first; i-- {
		out = append(out, step{Close: open[i]})
	}
	inside := slices.Clone(open[first:])
	open = open[:first]
	for _, m := range inside {
		if m.End > border {
			out = append(out, step{Open: m})
			open = append(open, m)
		}
	}
	return out, open
}

// clipped returns what of marks lies within a span, each once, the outer before the
// inner.
func clipped(marks []mark, within text.Span) []mark {
	var out []mark
	seen := map[mark]bool{}
	for _, m := range marks {
		m.Start, m.End = max(m.Start, within.Start), min(m.End, within.End)
		if m.Start < m.End && !seen[m] {
			seen[m] = true
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b mark) int {
		return cmp.Or(a.Start-b.Start, b.End-a.End, int(b.Kind)-int(a.Kind))
	})
	return out
}

// borders returns where marks begin and end, and the end of within, in order.
func borders(within text.Span, marks []mark) []int {
	out := []int{within.End}
	for _, m := range marks {
		out = append(out, m.Start, m.End)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
