package people

import (
	"slices"
	"strings"
	"testing"

	"sitrep/extractors/countries"
	"sitrep/extractors/marked"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// check reads a sentence in which the names of persons are marked as the tagger
// would have them, so that tests of these rules do not hang on its weights:
//
//	[Ana Moe|Ana Moe]  tagged, and found as a mention of Ana Moe
//	[Moe|+Ana Moe]     found though not tagged
//	[Moe|-]            tagged, but no person
//	[she|~Ana Moe]     a reference to her
func check(t *testing.T, sentence string) {
	t.Helper()
	plain, marks := marked.Parse(sentence)
	doc := text.Read("", plain)
	var named []names.Mention
	var want []marked.Mark
	for _, m := range marks {
		if m.Meaning != "-" {
			want = append(want, m)
		}
		if !strings.HasPrefix(m.Meaning, "+") && !strings.HasPrefix(m.Meaning, "~") {
			first, last := doc.TokensIn(text.Span{Start: m.Start, End: m.End})
			named = append(named, names.Mention{Span: doc.Covering(first, last), Type: names.Person, First: first, Last: last})
		}
	}
	var got []marked.Mark
	for _, p := range Find(doc, named, countries.Find(doc, named), countries.FindGroups(doc)) {
		for _, m := range p.Mentions {
			sign := "+"
			if slices.ContainsFunc(named, func(n names.Mention) bool { return n.Overlaps(m.Span) }) {
				sign = ""
			}
			got = append(got, marked.At(doc, m.Span, sign+p.Name))
		}
		for _, m := range p.References {
			got = append(got, marked.At(doc, m.Span, "~"+p.Name))
		}
	}
	slices.SortStableFunc(got, func(a, b marked.Mark) int { return a.Start - b.Start })
	if !slices.Equal(got, want) {
		t.Errorf("%s\n  want %v\n   got %v", plain, want, got)
	}
}

// find reads a text with the tagger.
func find(s string) (*text.Document, []Person) {
	doc := text.Read("", s)
	named := names.Find(doc)
	return doc, Find(doc, named, countries.Find(doc, named), countries.FindGroups(doc))
}

// tagAll reads a text that is wholly tagged as one person's name.
func tagAll(s string) (*text.Document, []names.Mention) {
	doc := text.Read("", s)
	n := len(doc.Tokens)
	return doc, []names.Mention{{Span: doc.Covering(0, n), Type: names.Person, First: 0, Last: n}}
}
