// Package marked reads test sentences in which the spans to be found stand in
// brackets with what they mean: "on [Saturday|2025-05-10] in [Iraq|IQ]".
package marked

import (
	"fmt"
	"strings"
	"testing"
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

// Compare reports what is missing in got and what is too much.
func Compare(t testing.TB, text string, want, got []Mark) {
	t.Helper()
	if fmt.Sprint(want) == fmt.Sprint(got) && positions(want) == positions(got) {
		return
	}
	t.Errorf("%s\n  want %v\n   got %v", text, want, got)
}

func positions(marks []Mark) string {
	var b strings.Builder
	for _, m := range marks {
		fmt.Fprintf(&b, "%d-%d ", m.Start, m.End)
	}
	return b.String()
}
