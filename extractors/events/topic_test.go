package events

import (
	"slices"
	"strings"
	"testing"

	"sitrep/extractors/countries"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

func gateOf(body string) (*text.Document, *gate) {
	doc := text.Read("", body)
	found := Found{Countries: countries.Find(doc, names.Find(doc)), Groups: countries.FindGroups(doc)}
	return doc, newGate(doc, found)
}

// The sentences that may tell an event are marked with a plus.
func TestGate(t *testing.T) {
	for name, lines := range map[string][]string{
		"sport": {
			"-Spain attacked from the kick-off and the striker scored twice for his team.",
			"-The goalkeeper defended the French goal and the players retreated.",
			"-Brazil meet Ghana in the semi-final after the league season.",
			"+French soldiers and police closed the stadium after militants bombed a gate.",
		},
		"business": {
			"-Investors fled and shares of retailers retreated on the stock market.",
			"-The company rejected a hostile bid and its profit fell.",
			"-An army of traders attacked the price of copper in China.",
			"+Japan's trade ministry imposed sanctions on Russia.",
		},
		"war": {
			"+Rebels attacked a town in Chad, the government said.",
			"+They seized the market and the stadium.",
			"+Soldiers killed nine of them.",
			"+The minister rejected talks.",
		},
		"short": {
			"+Ghana rejected the proposal.",
		},
	} {
		var body []string
		for _, l := range lines {
			body = append(body, l[1:])
		}
		doc, g := gateOf(strings.Join(body, " "))
		if len(doc.Sentences) != len(lines) {
			t.Fatalf("%s: %d sentences, want %d", name, len(doc.Sentences), len(lines))
		}
		for n, l := range lines {
			if got, want := g.admits(n), l[0] == '+'; got != want {
				t.Errorf("%s: %v for %q, which holds %+v and needs %d", name, got, l[1:], g.sentences[n], g.need)
			}
		}
	}
}

func TestHosts(t *testing.T) {
	for body, want := range map[string]int{
		"an army of volunteers":   0,
		"a battalion of robots":   0,
		"the army of Chad":        1,
		"the army and its rivals": 1,
	} {
		_, g := gateOf("He saw " + body + ".")
		if got := g.sentences[0].evidence; got != want {
			t.Errorf("%q: evidence %d, want %d", body, got, want)
		}
	}
}

func TestTopicsTable(t *testing.T) {
	var classes []string
	for _, f := range rows(topicsTSV, 3) {
		classes = append(classes, f[0])
		words := strings.Fields(f[1])
		if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
			t.Errorf("%s: words not sorted, or twice", f[0])
		}
		if f[2] == "" {
			t.Errorf("%s: no explanation", f[0])
		}
	}
	if !slices.IsSorted(classes) {
		t.Errorf("classes not sorted: %q", classes)
	}
	for w, s := range senses() {
		if s.evidence > 0 && s.deed > 0 {
			t.Errorf("%q is both one who acts and a deed", w)
		}
	}
}

func FuzzGate(f *testing.F) {
	f.Add("Rebels attacked a town in Chad. The army of robots retreated.")
	f.Add("army of")
	f.Add("")
	f.Fuzz(func(t *testing.T, body string) {
		doc, g := gateOf(body)
		for n := range doc.Sentences {
			g.admits(n)
		}
	})
}
