package events

import (
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/syntax"
)

// participant makes p one. The forces, authorities and people of an article
// about one country are that country's when the text does not say otherwise.
func (r *reader) participant(p *phrase) Participant {
	out := p.participant(r.doc)
	out.group = p.group || p.kind&(Armed|Body) != 0 && p.name != ""
	if out.Country == "" && p.person < 0 {
		if o := r.tree.Child(p.head, syntax.NmodPoss); o >= 0 && r.pos(o) == "PRP$" {
			if list := r.antecedent(&phrase{head: o}); len(list) > 0 { // "|their| troops"
				out.Country = list[0].Country
			}
		} else if o >= 0 {
			out.Country = r.landOf(o)
		}
	}
	if c, ok := r.recalled(p); ok && out.Country == "" && !p.group {
		out.Country, out.guessed = c, true
		return out
	}
	if out.Country == "" && !p.group && (p.name == "" || p.person >= 0) && p.kind&(Force|Government|People|Armed|Person) != 0 && !foreign[r.doc.Lower(p.head)] && !r.strange(p) && !r.multinational(p) {
		out.Country, out.guessed = r.home, r.home != ""
	}
	out.private = p.person >= 0 && out.Role == "" && (out.guessed || out.Country == "")
	return out
}

// strange reports whether a name among its modifiers says whose p is, though not
// of which country: "Kurdish rebels".
func (r *reader) strange(p *phrase) bool {
	for k := p.first; k < p.head && p.person < 0; k++ {
		w := r.doc.Word(k)
		if k > r.sentence.First && w[0] >= 'A' && w[0] <= 'Z' && r.doc.Tag(k) != "DT" {
			return true
		}
	}
	return false
}

// foreign are nouns for those who may be from anywhere.
var foreign = map[string]bool{"insurgents": true, "insurgent": true, "terrorists": true, "militants": true, "militant": true, "coalition": true, "alliance": true, "peacekeepers": true,
	"jihadists": true, "extremists": true, "foreigners": true, "foreigner": true, "tourists": true, "tourist": true, "westerners": true, "westerner": true, "expatriates": true, "activists": true, "mission": true, "commission": true, "council": true, "committee": true}

// settleIn gives those of e's victims whose country the text does not tell that
// of the place where e happens: "killed a civilian in |Peru|".
func settleIn(e *Event, home countries.Code) {
	if e.Place == nil || e.Place.near || e.Place.Country == "" || !e.Type.local() || e.Type.moves() {
		return
	}
	for n := range e.Targets {
		t := &e.Targets[n]
		words := strings.Fields(strings.ToLower(t.Name))
		if t.Country == "" && !t.group && t.Kind&(Territory|Arms|People|Force|Armed|Captive|Other) != 0 && t.Kind != Body && !foreign[words[len(words)-1]] {
			t.Country, t.guessed = e.Place.Country, e.Place.Country == home
		}
	}
	unguess(e)
}

// domestic reports whether a t is mostly done to one's own people.
func (t Type) domestic() bool {
	return t == Detain || t == Release || t == Coerce || t == Protest
}

// unguess takes back a target's country where it is only guessed to be that of
// an actor whose country the text tells: "Turkey attacked the camp".
func unguess(e *Event) {
	for n := range e.Actors {
		for _, t := range e.Targets { // not "the president condemned |Chad|", which the article is about
			if a := &e.Actors[n]; a.guessed && a.Kind&(Person|Government) != 0 && t.Kind == State && !t.guessed && t.Country == a.Country {
				a.Country = ""
			}
		}
	}
	if e.Type.domestic() {
		return
	}
	for _, a := range e.Actors {
		for n := range e.Targets {
			if a.Kind == Armed {
				break // rebels fight at home
			}
			if t := &e.Targets[n]; t.guessed && !a.guessed && t.Country == a.Country {
				t.Country = ""
			}
		}
	}
}
