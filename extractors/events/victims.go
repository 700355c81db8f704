package events

import (
	"strings"
)

// victims returns those at heads to whom e is done: for an assault or seizure,
// land and things, too.
func (r *reader) victims(e *Event, heads []int) []Participant {
	out := r.sides(heads)
	if e.Type != Seize && e.Type != Attack && e.Type != Strike && e.Type != Coerce {
		return out
	}
	for _, h := range heads {
		for _, m := range r.members(h) {
			p := r.phrase(m)
			if p.kind&(Territory|Arms) == 0 && (m != h || !r.thing(e, p)) || p.kind == Arms && hurled[r.lemma(e.trigger)] {
				continue
			}
			q := p.participant(r.doc)
			if place := r.placeOf(p); place != nil && p.country == "" {
				q.Country = place.Country
			} else if q.Country == "" {
				q.Country = r.site(p)
			}
			if q.Country == "" {
				q.Country = r.home
			}
			q.guessed = p.country == ""
			out = append(out, q)
		}
	}
	return distinct(out)
}

// hurled are the verbs whose object is the weapon: "fired |rockets| at the town".
var hurled = map[string]bool{"fire": true, "launch": true, "hurl": true, "lob": true, "drop": true, "use": true, "throw": true, "explode": true, "detonate": true, "rain": true, "unleash": true}

// thing reports whether p is something that an assault e can hit, though of no kind
// that is known: "a raid on a college |dormitory|", "attacked |Minca|".
func (r *reader) thing(e *Event, p *phrase) bool {
	if e.Type != Attack && e.Type != Strike || p.kind != Other || p.head == e.node || r.facts[p.head].date >= 0 || r.facts[p.head].count >= 0 {
		return false
	}
	if _, ok := r.control(p.head); ok {
		return false // "held at the |request| of Peru"
	}
	switch t := r.pos(p.head); t {
	case "NN", "NNS":
		return !abstract(r.doc.Lower(p.head)) && !relation[r.doc.Lower(p.head)] && !r.deed(r.doc.Lower(p.head))
	default:
		return (t == "NNP" || t == "NNPS") && !r.deed(r.doc.Lower(p.head))
	}
}

// relation are the nouns that say what one is to another, not who: "its |neighbour|".
var relation = map[string]bool{"neighbour": true, "neighbor": true, "neighbours": true, "neighbors": true, "enemy": true, "enemies": true, "target": true, "targets": true, "foe": true, "rival": true, "rivals": true, "side": true, "sides": true, "people": true}

// abstract reports whether the noun w names no thing or person, by how it ends.
func abstract(w string) bool {
	w = strings.TrimSuffix(w, "s")
	if concrete[w] {
		return false
	}
	for _, end := range [...]string{"tion", "sion", "ment", "nce", "ncy", "ness", "ty", "ism", "ship", "hood", "acy", "ure", "age", "dom", "ing", "al", "sis", "tie"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// concrete are the nouns that end like abstract ones.
var concrete = map[string]bool{"institution": true, "organization": true, "organisation": true, "station": true, "installation": true, "position": true, "mission": true, "plantation": true,
	"building": true, "hospital": true, "nation": true, "party": true, "county": true, "society": true, "village": true, "infrastructure": true, "facility": true, "university": true, "city": true, "monument": true, "apartment": true, "settlement": true,
	"parliament": true, "embassy": true, "ship": true, "warship": true, "community": true, "equipment": true, "gathering": true, "wedding": true, "ceremony": true, "funeral": true,
	"terminal": true, "garage": true, "structure": true, "establishment": true, "department": true, "ambulance": true, "residence": true, "festival": true, "procession": true, "demonstration": true}
