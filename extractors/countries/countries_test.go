package countries

import (
	"testing"

	"sitrep/extractors/marked"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

func TestFind(t *testing.T) {
	for _, sentence := range []string{
		"[Iraq|IQ name] and [Iran|IR name] closed the crossing on the [Iraqi|IQ demonym] side.",
		"The [U.S.|US name] secretary of state flew to [Ankara|TR capital] from [Mosul|IQ region].",
		"The [British|GB demonym] frigate met a [Dutch|NL demonym] tender off [Oman|OM name].",
		"The [Kremlin|RU capital] said that [Moscow|RU capital] had no part in it.",
		"[South Korea|KR name] protested; [North Korea|KP name] did not answer.",
		"Officials in the [Democratic Republic of Congo|CD name] blamed [Rwanda|RW name].",
		"The [Soviet Union|SU name] withdrew from [Afghanistan|AF name].",
		"A [Saudi|SA demonym]-led coalition struck the port.",
		"The [U.S.|US name]-backed fighters held the bridge.",
		"Michael Jordan watched the game.",
		"He ate turkey and broke the china.",
		"The Islamic State fighters fled.",
		"[INDIA|IN name] AND [PAKISTAN|PK name] AGREE TO TALKS",
	} {
		marked.Check(t, sentence, func(doc *text.Document) (got []marked.Mark) {
			for _, m := range Find(doc, names.Find(doc)) {
				got = append(got, marked.At(doc, m.Span, string(m.Country)+" "+m.Kind.String()))
			}
			return got
		})
	}
}

func TestFindGroups(t *testing.T) {
	for _, sentence := range []string{
		"[Hezbollah|LB] fired at the post, and [NATO|] said nothing.",
		"The [United Nations|] sent observers.",
		"The [Taliban|AF] and the [PKK|] denied it.",
	} {
		marked.Check(t, sentence, func(doc *text.Document) (got []marked.Mark) {
			for _, g := range FindGroups(doc) {
				got = append(got, marked.At(doc, g.Span, string(g.Country)))
			}
			return got
		})
	}
}

func TestEveryCodeHasAName(t *testing.T) {
	for _, c := range []Code{"IQ", "XK", "SU", "YU", "CS", "PS", "TW"} {
		if c.Name() == "" {
			t.Errorf("%s has no name", c)
		}
	}
	if Code("").Name() != "" || Code("ZZ").Name() != "" {
		t.Error("a name of no country")
	}
}

func FuzzFind(f *testing.F) {
	f.Add("U.S.-led, anti-Iraqi, Congo-Kinshasa and the ’stans")
	f.Fuzz(func(t *testing.T, s string) {
		doc := text.Read("", s)
		last := 0
		for _, m := range Find(doc, names.Find(doc)) {
			if m.Start < last || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("span %v after %d in %q", m.Span, last, s)
			}
			last = m.Start
			if m.Country.Name() == "" {
				t.Fatalf("no country %q", m.Country)
			}
		}
		for _, g := range FindGroups(doc) {
			if g.End <= g.Start || g.End > len(s) || g.Name == "" {
				t.Fatalf("group %+v in %q", g, s)
			}
		}
	})
}
