package explain

import (
	"fmt"
	"slices"

	"sitrep/extractors/names"
	"sitrep/extractors/places"
	"sitrep/extractors/text"
)

// passed lists what was read and not taken for a fact, and why, as far as the facts
// tell: parts of the article that tell no news, and what was tagged as a name of a
// person or place and became neither.
func (v *viewer) passed() []row {
	out := v.asides()
	taken := v.taken()
	seen := map[string]bool{}
	for _, m := range v.Facts.Names {
		words := v.words(m.Span)
		if seen[words] || slices.Contains(taken[m.First:m.Last], true) {
			continue
		}
		switch m.Type {
		case names.Person:
			out = append(out, row{Kind: person, Words: words, Facts: []fact{{"tagged", "a person"}, {"passed over", "by the rules for people"}}})
		case names.Place:
			out = append(out, row{Kind: place, Words: words, Facts: []fact{{"tagged", "a place"}, {"passed over", known(words)}}})
		}
		seen[words] = true
	}
	return out
}

// asides lists the parts that are not the news itself, by their roles.
func (v *viewer) asides() []row {
	var order []text.Role
	parts := map[text.Role]*tally{}
	for _, p := range v.Doc.Parts {
		if p.Role == text.News {
			continue
		}
		if parts[p.Role] == nil {
			parts[p.Role] = &tally{}
			order = append(order, p.Role)
		}
		parts[p.Role].add("“" + shortened(v.words(p.Span), 60) + "”")
	}
	var out []row
	for _, role := range order {
		out = append(out, row{Kind: aside, Words: role.String(), Facts: []fact{{"part", parts[role].String()}, {"passed over", "events are read from the news alone"}}})
	}
	return out
}

// known tells how many places of a name there are to choose from.
func known(name string) string {
	switch n := len(places.Lookup(name)); n {
	case 0:
		return "no town or region of that name is known"
	case 1:
		return "one place of that name is known, which the rules do not choose"
	default:
		return fmt.Sprintf("%d places of that name are known, of which the rules choose none", n)
	}
}

// taken tells for each token whether a person, a group or a place stands over it.
func (v *viewer) taken() []bool {
	taken := make([]bool, len(v.Doc.Tokens))
	take := func(s text.Span) {
		for first, last := v.Doc.TokensIn(s); first < last; first++ {
			taken[first] = true
		}
	}
	for _, who := range v.Facts.People {
		for _, m := range who.Mentions {
			take(m.Span)
		}
	}
	for _, m := range v.Facts.Countries {
		take(m.Span)
	}
	for _, g := range v.Facts.Groups {
		take(g.Span)
	}
	return taken
}

// shortened returns at most n characters of s, and whether there are more.
func shortened(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i] + "…"
		}
	}
	return s
}
