package explain

import (
	"strings"
	"testing"

	"sitrep/extractors/text"
)

// plain shows steps as marked text.
func plain(list []step) string {
	var b strings.Builder
	for _, c := range cells(list, bracketed{}) {
		b.WriteRune(c.r)
	}
	return b.String()
}

func TestSteps(t *testing.T) {
	const s = "about 500 Iraqi soldiers left"
	at := func(words string) text.Span {
		i := strings.Index(s, words)
		return text.Span{Start: i, End: i + len(words)}
	}
	for _, c := range []struct {
		name  string
		marks []mark
		want  string
	}{
		{"none", nil, s},
		{"one", []mark{{at("left"), trigger, "", ""}}, "about 500 Iraqi soldiers [left|trigger]"},
		{"beside each other", []mark{{at("left"), trigger, "", ""}, {at("Iraqi"), country, "", ""}}, "about 500 [Iraqi|country] soldiers [left|trigger]"},
		{"nested", []mark{{at("Iraqi"), country, "", ""}, {at("500 Iraqi soldiers"), count, "", ""}}, "about [500 [Iraqi|country] soldiers|count] left"},
		{"the same span", []mark{{at("500"), actor, "", ""}, {at("500"), count, "", ""}}, "about [[500|actor]|count] Iraqi soldiers left"},
		{"twice", []mark{{at("500"), count, "", ""}, {at("500"), count, "", ""}}, "about [500|count] Iraqi soldiers left"},
		{"crossing", []mark{{at("500 Iraqi"), count, "", ""}, {at("Iraqi soldiers"), actor, "", ""}}, "about [500 [Iraqi|actor]|count][ soldiers|actor] left"},
		{"the whole", []mark{{at(s), actor, "", ""}}, "[" + s + "|actor]"},
		{"with a label of its own", []mark{{at("left"), trigger, "event 2", ""}}, "about 500 Iraqi soldiers [left|event 2]"},
	} {
		if got := plain(steps(s, at(s), c.marks)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// The steps of any marks hold the text byte for byte, and marks open and close in
// pairs.
func FuzzSteps(f *testing.F) {
	f.Add("about 500 Iraqi soldiers left", []byte{0, 9, 1, 6, 15, 2, 10, 24, 3})
	f.Add("é\x00<b>&", []byte{1, 2, 3, 0, 9, 9})
	f.Fuzz(func(t *testing.T, s string, raw []byte) {
		var marks []mark
		for ; len(raw) >= 3 && len(marks) < 100; raw = raw[3:] {
			marks = append(marks, mark{text.Span{Start: int(raw[0]), End: int(raw[1])}, kind(int(raw[2]) % len(kindNames)), "", ""})
		}
		checkSteps(t, s, steps(s, text.Span{End: len(s)}, marks))
	})
}

func checkSteps(t *testing.T, s string, list []step) {
	t.Helper()
	var b strings.Builder
	var open []*mark
	for _, x := range list {
		switch {
		case x.Open != nil:
			open = append(open, x.Open)
		case x.Close != nil:
			if len(open) == 0 || open[len(open)-1] != x.Close {
				t.Fatalf("%+v closed out of turn", x.Close)
			}
			open = open[:len(open)-1]
		}
		b.WriteString(x.Text)
	}
	if len(open) > 0 {
		t.Errorf("%d marks left open", len(open))
	}
	if b.String() != s {
		t.Errorf("%q became %q", s, b.String())
	}
}
