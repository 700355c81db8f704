package explain

import (
	"slices"
	"strings"
	"testing"
)

func TestLines(t *testing.T) {
	for _, c := range []struct {
		text        string
		first, rest int
		want        string
	}{
		{"one two three", 0, 0, "one two three"},
		{"one two three", 7, 7, "one two/three"},
		{"one two three", 3, 9, "one/two three"},
		{"one two three", 1, 1, "one/two/three"},
		{"one\ntwo three", 80, 80, "one/two three"},
		{"a\n\nb", 80, 80, "a//b"},
		{"unbreakable", 4, 4, "unbreakable"},
		{"日本 語", 4, 4, "日本/語"}, // two columns each
		{"cafe\u0301 au", 4, 4, "cafe\u0301/au"},
		{"", 4, 4, ""},
	} {
		var got []string
		for _, line := range lines(written(c.text, ""), c.first, c.rest) {
			got = append(got, characters(line))
		}
		if s := strings.Join(got, "/"); s != c.want {
			t.Errorf("%q in %d and %d columns: %s, want %s", c.text, c.first, c.rest, s, c.want)
		}
	}
}

func characters(line []cell) string {
	var b strings.Builder
	for _, c := range line {
		b.WriteRune(c.r)
	}
	return b.String()
}

// Lines leave out nothing but the blank at each break, and fit unless they are one word.
func FuzzLines(f *testing.F) {
	f.Add("one two  three\n\n four", 5, 8)
	f.Fuzz(func(t *testing.T, s string, first, rest int) {
		list := written(s, "")
		columns, at := first, 0
		for _, line := range lines(list, first, rest) {
			used := 0
			for _, c := range line {
				if c.r != list[at].r {
					t.Fatalf("%q is broken into %q", s, characters(line))
				}
				used += columnsOf(c.r)
				at++
			}
			if columns > 0 && used > columns && slices.ContainsFunc(line[1:], func(c cell) bool { return c.r == ' ' }) {
				t.Errorf("%q is wider than %d", characters(line), columns)
			}
			at++ // the blank
			columns = rest
		}
		if at != len(list)+1 {
			t.Errorf("%d of %d characters", at-1, len(list))
		}
	})
}

func TestEncode(t *testing.T) {
	var b strings.Builder
	encode(&b, append(append(written("a", "1"), written("b", "")...), written("c", "2")...))
	if got := b.String(); got != "\x1b[1ma\x1b[0mb\x1b[2mc\x1b[0m" {
		t.Errorf("%q", got)
	}
}
