// Package marked reads test sentences in which the spans to be found stand in
// brackets with what they mean: "on [Saturday|2025-05-10] in [Iraq|IQ]".
package marked

import (
	"slices"
	"strings"
	"testing"

	"sitrep/extractors/text"
)

// A Mark is a bracketed span and its meaning.
type Mark struct {
	Start, End int // bytes of the text without brackets
	Text       string
	Meaning    string // what stands behind the bar, "" without one
}

func (m Mark) String() string { return m.Text + "|" + m.Meaning }

// Parse returns the text without brackets, and its marks in order.
func Parse(sentence string) (text string, marks []Mark) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(sentence, "[")
		b.WriteString(before)
		if !found {
			return b.String(), marks
		}
		inside, after, closed := strings.Cut(rest, "]")
		if !closed {
			panic("no closing bracket in: " + sentence)
		}
		words, meaning, _ := strings.Cut(inside, "|")
		marks = append(marks, Mark{b.Len(), b.Len() + len(words), words, meaning})
		b.WriteString(words)
		sentence = after
	}
}

// At returns the mark that span s of doc would have.
func At(doc *text.Document, s text.Span, meaning string) Mark {
	return Mark{s.Start, s.End, doc.Slice(s), meaning}
}

// Check reports where find does not give the marks of sentence, all and nothing
// else, in any order.
func Check(t testing.TB, sentence string, find func(*text.Document) []Mark) {
	t.Helper()
	plain, want := Parse(sentence)
	got := find(text.Read("", plain))
	slices.SortStableFunc(got, func(a, b Mark) int { return a.Start - b.Start })
	if !slices.Equal(got, want) {
		t.Errorf("%s\n  want %v\n   got %v", plain, want, got)
	}
}
