package people

import (
	"slices"
	"strings"
	"testing"

	"sitrep/extractors/countries"
	"sitrep/extractors/evaldata"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// lawful reports how what was found in s breaks what holds of any text.
func lawful(t *testing.T, doc *text.Document, lands []countries.Mention, found []Person) {
	t.Helper()
	taken := map[int]string{}
	take := func(s text.Span, what string) {
		if s.Start < 0 || s.End <= s.Start || s.End > len(doc.Text) {
			t.Fatalf("%s at %v in a text of %d bytes", what, s, len(doc.Text))
		}
		for i := s.Start; i < s.End; i++ {
			if other, ok := taken[i]; ok {
				t.Fatalf("%s %q stands on %s", what, doc.Slice(s), other)
			}
			taken[i] = what
		}
	}
	last := -1
	for _, p := range found {
		if p.Name == "" || len(p.Mentions) == 0 || p.Mentions[0].Start <= last {
			t.Fatalf("person %+v behind %d", p, last)
		}
		last = p.Mentions[0].Start
		if !slices.IsSortedFunc(p.Mentions, func(a, b Mention) int { return a.Start - b.Start }) ||
			!slices.IsSortedFunc(p.References, func(a, b Reference) int { return a.Start - b.Start }) ||
			!slices.IsSortedFunc(p.Roles, func(a, b Role) int { return a.Start - b.Start }) {
			t.Fatalf("not in order: %+v", p)
		}
		for _, m := range p.Mentions {
			take(m.Span, "mention of "+p.Name)
			if slices.ContainsFunc(lands, func(c countries.Mention) bool { return c.Overlaps(m.Span) }) {
				t.Fatalf("%q is a country too", doc.Slice(m.Span))
			}
			if w := strings.ToLower(strings.TrimSuffix(doc.Slice(m.Span), ".")); w == "mr" || w == "president" || w == "gen" || m.Rule == "" {
				t.Fatalf("a title is a mention: %q", doc.Slice(m.Span))
			}
		}
		for _, m := range p.References {
			take(m.Span, "reference to "+p.Name)
		}
		for _, r := range p.Roles {
			if r.Name == "" || r.Start < 0 || r.End > len(doc.Text) || r.End <= r.Start {
				t.Fatalf("role %+v of %s", r, p.Name)
			}
		}
		if p.Author && len(p.References) > 0 {
			t.Fatalf("author %s is spoken of", p.Name)
		}
	}
}

func TestLaws(t *testing.T) {
	for _, set := range []string{"articles_dated", "ieer", "wikiwars", "web"} {
		for _, d := range evaldata.Read(t, "eval/dev/"+set+".jsonl") {
			doc, found := find(d.Text)
			lawful(t, doc, countries.Find(doc, names.Find(doc)), found)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Ana van") // a particle at the very end
	f.Add("Gen. J. R. al-Din bin Omar, 54, a spokesman, said Mr. O’Neil’s")
	f.Add("MR’ HE!")
	f.Add("0000 A0 A0 00\x99b")
	f.Add("“The president, Lund,” said he (Moe) / AP & Co., the former")
	f.Add("MR MR PRESIDENT OF OF THE, JR., al-, -al \u202e\u200e'’s 🚀\x00")
	f.Fuzz(func(t *testing.T, s string) {
		doc, found := find(s)
		lawful(t, doc, countries.Find(doc, names.Find(doc)), found)
	})
}

// FuzzTagged hands the rules names at any place, as a tagger gone wrong would.
func FuzzTagged(f *testing.F) {
	f.Add("President Ana Moe of Peru, the king's wife, told him \"Hamlet\" was his.", uint64(0b1011001))
	f.Fuzz(func(t *testing.T, s string, bits uint64) {
		doc := text.Read("", s)
		var named []names.Mention
		for i := 0; i < len(doc.Tokens); i++ {
			if bits>>(i%64)&1 == 0 {
				continue
			}
			last := min(len(doc.Tokens), i+1+int(bits>>(i%59)&3))
			named = append(named, names.Mention{Span: doc.Covering(i, last), Type: names.Type(1 + bits>>(i%61)&3), First: i, Last: last})
			i = last - 1
		}
		lands := countries.Find(doc, named)
		lawful(t, doc, lands, Find(doc, named, lands, countries.FindGroups(doc)))
	})
}

// What people cost once a text has been read and tagged. The sizes of the odd
// texts differ by ten: so must the times.
func BenchmarkFind(b *testing.B) {
	news := strings.Repeat("Kenyan Defence Minister Joy Achieng said on Monday that she would meet Gen. Peter Lund. The minister, 54, told reporters that Lund and his men had left. "+
		"“He is a friend,” said Ali Demir, the Turkish foreign minister. ", 100)
	capitals := strings.Repeat("Alpha Bravo Charlie Delta ", 2500)
	namesakes := func(n int) string {
		var s strings.Builder
		for i := range n {
			s.WriteString("Mr. ")
			s.WriteString(strings.Repeat(string(rune('A'+i%26)), 1+i%7))
			s.WriteString("ohn Smith met the president. Smith said he knew President Smith. ")
		}
		return s.String()
	}
	for _, c := range []struct{ name, s string }{
		{"news", news}, {"capitals/10k", capitals}, {"capitals/100k", strings.Repeat(capitals, 10)},
		{"namesakes/1k", namesakes(1000)}, {"namesakes/10k", namesakes(10_000)},
		{"line/100kB", strings.Repeat(news, 5)[:100_000]}, {"line/1MB", strings.Repeat(news, 50)[:1_000_000]},
	} {
		doc := text.Read("", c.s)
		named := names.Find(doc)
		found := countries.Find(doc, named)
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				Find(doc, named, found, nil)
			}
			b.ReportMetric(float64(len(strings.Fields(c.s))*b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
