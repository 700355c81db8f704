package events

import (
	"cmp"

	"sitrep/extractors/countries"
)

// back is how many tokens before "the two sides" these are looked for.
const back = 120

// pair returns the two persons last named before token i, or the two countries
// that the text joins most often before it, else those last named: for "the two
// leaders", "both countries".
func (r *reader) pair(i int) []Participant {
	if r.doc.Lower(i) == "both" {
		if out := r.joinedPersons(i); out != nil {
			return out
		}
	}
	persons := r.doc.Lower(i) == "leaders" || r.doc.Lower(i) == "ministers" || r.doc.Lower(i) == "men"
	if !persons {
		if out := r.couple(i); out != nil {
			return out
		}
	}
	var out []Participant
	for k := i - 1; k >= max(0, i-back) && len(out) < 2; k-- {
		switch f := r.facts[k]; {
		case persons && f.person >= 0:
			who := &r.found.People[f.person]
			out = append(out, Participant{Span: r.doc.Covering(k, k+1), Name: who.Name, Kind: Person, Country: who.Country, Role: who.Role})
		case !persons && f.country >= 0 && f.person < 0 && r.found.Countries[f.country].Kind != countries.Region:
			m := r.found.Countries[f.country]
			out = append(out, Participant{Span: m.Span, Name: r.doc.Slice(m.Span), Kind: State, Country: m.Country})
		}
		if len(out) == 2 && (out[0].Name == out[1].Name || !persons && out[0].Country == out[1].Country) {
			out = out[:1]
		}
	}
	if len(out) < 2 {
		return nil
	}
	return []Participant{out[1], out[0]}
}

// joinedPersons returns the two persons that an "and" joined last before token i, unless
// countries were named since: "|Ann Holm| and |Ida Rask| … |Both| were freed".
func (r *reader) joinedPersons(i int) []Participant {
	for k := i - 1; k > max(0, i-back); k-- {
		if f := r.facts[k]; f.country >= 0 && f.person < 0 && r.found.Countries[f.country].Kind == countries.Name && r.doc.Lower(k-1) == "and" {
			return nil
		}
		if r.doc.Lower(k) != "and" || r.facts[k-1].person < 0 || r.facts[k+1].person < 0 {
			continue
		}
		var out []Participant
		for _, t := range [2]int{k - 1, k + 1} {
			who := &r.found.People[r.facts[t].person]
			country := cmp.Or(who.Country, knowns()[who.Name].country, r.home)
			out = append(out, Participant{Span: r.doc.Covering(t, t+1), Name: who.Name, Kind: Person, Country: country, Role: who.Role})
		}
		return out
	}
	return nil
}

// couple returns the two countries that are named together most often before token
// i, and at least twice: "between |Peru| and |Chile|".
func (r *reader) couple(i int) []Participant {
	type pair [2]countries.Code
	times := map[pair]int{}
	var out []Participant
	best := 1
	for n := range len(r.found.Countries) - 1 {
		a, b := r.found.Countries[n], r.found.Countries[n+1]
		if a.Country == b.Country || a.Country == "" || b.Country == "" || a.Kind != countries.Name || b.Kind != countries.Name {
			continue
		}
		_, end := r.doc.TokensIn(a.Span)
		first, _ := r.doc.TokensIn(b.Span)
		if first >= i {
			break
		}
		if end+1 != first || r.doc.Lower(end) != "and" {
			continue
		}
		key := pair{min(a.Country, b.Country), max(a.Country, b.Country)}
		if times[key]++; times[key] > best {
			best = times[key]
			out = []Participant{{Span: a.Span, Name: r.doc.Slice(a.Span), Kind: State, Country: a.Country}, {Span: b.Span, Name: r.doc.Slice(b.Span), Kind: State, Country: b.Country}}
		}
	}
	return out
}
