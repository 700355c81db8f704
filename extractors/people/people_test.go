package people

import (
	"strings"
	"testing"

	"sitrep/extractors/countries"
	"sitrep/extractors/marked"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

func find(s string) (*text.Document, []Person) {
	doc := text.Read("", s)
	named := names.Find(doc)
	return doc, Find(doc, named, countries.Find(doc, named))
}

// A mark's meaning is the person's full name, role and country.
func TestFind(t *testing.T) {
	for _, sentence := range []string{
		"Kenyan Defence Minister [Grace Wambui-Otieno|Grace Wambui-Otieno, Defence Minister, KE] said on Monday that she would resign.",
		"President [Tomás Arriaga|Tomás Arriaga, President, ] met Gen. [Peter Lund|Peter Lund, Gen., ] and [Arriaga|Tomás Arriaga, President, ] thanked [Lund|Peter Lund, Gen., ].",
		"The carrier USS Carl Vinson left the port of Ben Gurion International.",
		"[Mohammed al-Rashidi|Mohammed al-Rashidi, spokesman for the police, ], a spokesman for the police, declined to comment.",
		"Hurricane Maria and Operation Desert Fox were named in the report.",
	} {
		marked.Check(t, sentence, func(doc *text.Document) (got []marked.Mark) {
			named := names.Find(doc)
			for _, p := range Find(doc, named, countries.Find(doc, named)) {
				for _, m := range p.Mentions {
					got = append(got, marked.At(doc, m.Span, strings.Join([]string{p.Name, p.Role, string(p.Country)}, ", ")))
				}
			}
			return got
		})
	}
}

func TestReferences(t *testing.T) {
	doc, found := find("Foreign Minister Ana Kovačić arrived in Vienna on Monday. The foreign minister said that she would stay for a day.")
	if len(found) != 1 {
		t.Fatalf("people %+v", found)
	}
	var got []string
	for _, r := range found[0].References {
		got = append(got, doc.Slice(r.Span))
	}
	if strings.Join(got, ",") != "The foreign minister,she" {
		t.Errorf("references %q", got)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Ana van") // a particle at the very end
	f.Add("Gen. J. R. al-Din bin Omar, 54, a spokesman, said Mr. O’Neil’s")
	f.Fuzz(func(t *testing.T, s string) {
		_, found := find(s)
		for _, p := range found {
			if p.Name == "" || len(p.Mentions) == 0 {
				t.Fatalf("person %+v in %q", p, s)
			}
			for _, m := range p.Mentions {
				if m.End <= m.Start || m.End > len(s) {
					t.Fatalf("span %v in %q", m.Span, s)
				}
			}
		}
	})
}
