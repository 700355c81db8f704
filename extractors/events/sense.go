package events

import "slices"

// The functions here tell in which sense a verb of the lexicon is used, and whose
// action it then is.

// rejects reports whether the verb at i is a refusal itself.
func (r *reader) rejects(i int) bool {
	for _, e := range r.lex.verbs[r.doc.Lower(i)] {
		if e.typ == Reject && len(e.words) == 1 && len(e.needs) == 0 {
			return true
		}
	}
	return false
}

// toward returns c with what follows the last word of e, a preposition, as its
// object: "fired |at the crowd|"; nil where nothing does.
func (c *clause) toward(e *entry) *clause {
	if c.passive || e.object == 0 || len(e.words) < 2 || len(e.words) == 2 && len(c.objects) > 0 {
		return nil
	}
	for _, a := range c.adjuncts {
		if a.word == e.words[len(e.words)-1] {
			to := *c
			to.objects = []int{a.head}
			return &to
		}
	}
	return nil
}

// met reports whether e, where it is a meeting that its verb does not name, has
// two sides ("discussed the border |with the king|") or is at a place ("went to
// |Cairo|").
func (r *reader) met(e *Event, en *entry) bool {
	switch {
	case e.Type == Cooperate && (en.words[0] == "coordinate" || en.words[0] == "co-ordinate"):
		return len(e.Actors) > 1 // not "coordinates attacks"
	case e.Type != Meet:
		return true
	case en.words[0] == "discuss", len(en.words) == 1 && en.words[0] == "meet" && en.object == 0:
		return len(e.Actors) > 1 || len(e.Actors) == 1 && r.many(e.Actors[0])
	case len(en.words) == 2 && (en.words[0] == "go" || en.words[0] == "come"):
		return e.Place != nil && e.Place.Country != "" && len(e.Actors) > 0 && e.Actors[0].Kind == Person && e.Actors[0].Country != "" && e.Actors[0].Country != e.Place.Country
	}
	return true
}

// mistaken reports whether whom the pronoun that is the subject of c stands for
// cannot do what en says: "|They| landed in the sea", said of missiles.
func (r *reader) mistaken(e *Event, en *entry, c *clause) bool {
	if e.Type.moves() && c.verb && en.object == 0 && en.subject&(Force|Armed) != 0 && len(e.Actors) > 0 && !slices.ContainsFunc(e.Actors, mover) {
		return true
	}
	return len(c.actors) == 0 && armedWith[en.words[0]] && c.passive || // "insurgents |armed| with rifles"
		r.unlike(c.actors, e.Actors, en.subject) || r.unlike(c.objects, e.Targets, en.object)
}

// mover reports whether p moves as forces do: not a girl who "fled the war".
func mover(p Participant) bool { return p.Kind&(Person|People|Other|Captive) == 0 }

// unlike reports whether heads is a pronoun that stands for list, of whom nobody is
// of the kinds wanted.
func (r *reader) unlike(heads []int, list []Participant, want Kind) bool {
	if want == 0 || len(heads) != 1 || len(list) == 0 || !r.pronoun(r.phrase(heads[0])) {
		return false
	}
	for _, p := range list {
		if p.Kind&want != 0 {
			return false
		}
	}
	return true
}

// armedWith are the verbs whose participle says what somebody carries.
var armedWith = map[string]bool{"arm": true, "equip": true}

// many reports whether p is several: "the leaders".
func (r *reader) many(p Participant) bool {
	_, last := r.doc.TokensIn(p.Span)
	return r.doc.Tag(last-1) == "NNS"
}

// yielded turns c round where the subject is what is lost: "the town |fell| to the
// rebels".
func (r *reader) yielded(e *entry, c *clause) {
	if e.typ != Seize || e.words[0] != "fall" {
		return
	}
	c.objects, c.actors = c.actors, nil
	for _, a := range c.adjuncts {
		if a.word == "to" && r.phrase(a.head).kind&political != 0 {
			c.actors = append(c.actors, a.head)
		}
	}
}

// retold makes e, losses, a telling of an assault told before where the clause names
// that: "the |raid| killed nine", "were wounded in the |attack|".
func (r *reader) retold(e *Event, c *clause) {
	if !casualty(e) && !(hits[r.doc.Lower(e.node)] && len(e.Actors) == 0) {
		return
	}
	heads := c.actors
	for _, a := range c.adjuncts {
		if a.word == "in" || a.word == "during" || a.word == "by" {
			heads = append(heads, a.head)
			for _, b := range r.adjuncts(a.head) { // "on the second day of |the offensive|"
				if b.word == "of" {
					heads = append(heads, b.head)
				}
			}
		}
	}
	for _, h := range heads {
		if r.doc.Lower(h) == "it" && len(e.Actors) == 0 {
			e.retells, e.definite, e.hollow = true, true, true // "|It| killed 70,000": an attack told before, or a storm
		}
		e.figure = e.figure || r.figurative(h) // "the heart |attack| that killed him"
		if p := r.phrase(h); p.definite && assaults[r.doc.Lower(h)] {
			e.retells, e.definite, e.called = true, true, r.doc.Lower(h)
		}
	}
}

// assaults are the nouns for what may kill, told before.
var assaults = map[string]bool{"attack": true, "attacks": true, "operation": true, "operations": true, "raid": true, "raids": true, "strike": true, "strikes": true,
	"bombing": true, "bombings": true, "blast": true, "blasts": true, "explosion": true, "explosions": true, "shelling": true, "assault": true, "offensive": true,
	"fighting": true, "skirmish": true, "skirmishes": true, "unrest": true, "riot": true, "riots": true, "massacre": true, "siege": true, "gunfire": true, "clash": true, "clashes": true, "violence": true, "battle": true, "bombardment": true, "airstrike": true, "airstrikes": true, "shooting": true, "ambush": true}
