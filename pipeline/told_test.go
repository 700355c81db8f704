package pipeline

import (
	"slices"
	"testing"

	"sitrep/pipeline/article"
)

// What an article tells of itself is published; who is only linked to is not.
func TestTold(t *testing.T) {
	r := Examine(article.Article{GivenID: "x", Body: "World\n\nKenya calls 40 men home from the lake\n\nBy Ama Owusu\n3 June 2024, 14:05 BST\n\n" +
		"Kenyan President Sarah Okello on Monday called 40 soldiers home from the lake, where they had stood for two years.\n\n" +
		"Related articles\nPeru's President Carlos Mendieta fires his army chief\n\n" +
		"They will be in Kisumu by Friday, the ministry said in a short note.\n"}, ByPublication)
	records := r.Records()
	a := records.Article
	if r.Title() != "Kenya calls 40 men home from the lake" || a.Author == nil || *a.Author != "Ama Owusu" {
		t.Errorf("title %q, author %v", r.Title(), a.Author)
	}
	if a.PublishedAt == nil || *a.PublishedAt != "2024-06-03T14:05:00+01:00" {
		t.Errorf("published at %v", a.PublishedAt)
	}
	if slices.ContainsFunc(a.People, func(p PersonRecord) bool { return p.Name == "Carlos Mendieta" }) || slices.Contains(a.CountryCodes, "PE") {
		t.Errorf("people %+v, countries %v: those of a related link are among them", a.People, a.CountryCodes)
	}
	for _, e := range records.Events {
		if slices.Contains(e.ActorCountries, "PE") {
			t.Errorf("a related link tells an event: %+v", e)
		}
	}
	if n := r.NamesInDatelines(); len(n) != 0 {
		t.Errorf("names in datelines: %v", n)
	}
}
