package people

import (
	"fmt"
	"os"
	"testing"

	"sitrep/extractors/countries"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

func TestDbg(t *testing.T) {
	s := os.Getenv("DBG")
	if s == "" {
		t.Skip()
	}
	doc := text.Read("", s)
	named := names.Find(doc)
	for _, n := range named {
		if false {
		}
		fmt.Printf("NAME %s %q\n", n.Type, doc.Slice(n.Span))
	}
	for i := range doc.Tokens {
		fmt.Printf("%s/%s ", doc.Word(i), doc.Tag(i))
	}
	fmt.Println()
	found := countries.Find(doc, named)
	for _, p := range Find(doc, named, found) {
		fmt.Printf("PERSON %q role=%q country=%s author=%v gender=%d\n", p.Name, p.Role, p.Country, p.Author, p.gender)
		for _, m := range p.Mentions {
			fmt.Printf("   M %q %s\n", doc.Slice(m.Span), m.Rule)
		}
		for _, m := range p.Roles {
			fmt.Printf("   ROLE %q %q %s %v\n", m.Name, doc.Slice(m.Span), m.Country, m.Former)
		}
		for _, m := range p.References {
			fmt.Printf("   REF %q %s @%d\n", doc.Slice(m.Span), m.Rule, m.Start)
		}
	}
}
