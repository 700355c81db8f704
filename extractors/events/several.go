package events

import (
	"slices"

	"sitrep/extractors/syntax"
)

// hyphenated returns the countries that the one word at h names: "|Egyptian-Syrian| talks".
func (r *reader) hyphenated(h int) []Participant {
	f, s := r.facts[h].country, r.doc.Tokens[h].Span
	if f < 1 || r.found.Countries[f-1].Start < s.Start || r.found.Countries[f].Span == s {
		return nil
	}
	var out []Participant
	for n := int(f); n >= 0 && r.found.Countries[n].Start >= s.Start; n-- {
		m := r.found.Countries[n]
		out = append(out, Participant{Span: m.Span, Name: r.doc.Slice(m.Span), Kind: State, Country: m.Country})
	}
	slices.Reverse(out)
	return out
}

// nations splits a phrase whose modifiers name several countries: "U.S. and
// British troops".
func (r *reader) nations(p *phrase) []Participant {
	if p.person >= 0 || p.kind&(Force|Government|Person|Armed) == 0 {
		return nil
	}
	var out []Participant
	for k := range r.tree.Children(p.head) {
		if k > p.head || r.facts[k].country < 0 {
			continue
		}
		if list := r.hyphenated(k); list != nil {
			return list // "the Franco-German brigade"
		}
		if r.tree.Child(k, syntax.Conj) < 0 {
			continue
		}
		for _, m := range append([]int{k}, r.conjoined(k)...) {
			one := *p
			one.name = ""
			if f := r.facts[m].country; f >= 0 {
				one.country, one.span = r.found.Countries[f].Country, r.found.Countries[f].Span
				out = append(out, r.participant(&one))
			}
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// delegates splits those who come from several countries: "envoys from Peru and
// Chile".
func (r *reader) delegates(p *phrase) []Participant {
	if p.country != "" && p.inner == nil || p.person >= 0 || p.name != "" || p.kind&(Government|Person|Force|People) == 0 {
		return nil
	}
	var out []Participant
	for _, a := range r.adjuncts(p.head) {
		if a.word != "from" && a.word != "of" {
			continue
		}
		for _, m := range r.members(a.head) {
			if q := r.phrase(m); q.kind == State && q.country != "" {
				out = append(out, r.participant(q))
			}
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// partners are nouns for several who may be named after them.
var partners = map[string]bool{"allies": true, "neighbours": true, "neighbors": true, "partners": true, "countries": true, "nations": true, "powers": true, "states": true,
	"members": true, "leaders": true, "ministers": true, "presidents": true, "oligarchs": true, "businessmen": true, "governments": true, "friends": true, "rivals": true}

// listed returns those whom the text names right after p: "its allies, |China| and
// Russia", "European leaders, including |Ann Holm|".
func (r *reader) listed(p *phrase) []Participant {
	if !partners[r.doc.Lower(p.head)] {
		return nil
	}
	var out []Participant
	for k := range r.tree.Children(p.head) {
		w := r.preposition(k)
		if k < p.last || r.tree.Label(k) != syntax.Appos && w != "including" && w != "like" && w != "such as" {
			continue
		}
		for _, m := range r.members(k) {
			if q := r.phrase(m); q.kind&(State|Person) != 0 && q.country != "" {
				out = append(out, r.participant(q))
			}
		}
	}
	return out
}

func (r *reader) conjoined(h int) []int {
	var out []int
	for c := range r.tree.Children(h) {
		if r.tree.Label(c) == syntax.Conj {
			out = append(out, c)
		}
	}
	return out
}
