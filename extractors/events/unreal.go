package events

import (
	"strings"

	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
)

// The functions here know words that name an action which the text does not tell:
// what a thing is for, figures of speech, what is feared or kept from happening.

// harmful reports whether a t does harm, so that its words serve as figures and
// as purposes of things.
func (t Type) harmful() bool {
	return t == Strike || t == Attack || t == Clash || t == Seize || t == Coerce
}

// unreal reports whether e tells no action.
func (r *reader) unreal(e *Event) bool {
	if e.figure || r.background(e) || r.otherwise(e) {
		return true
	}
	if !e.noun() && (e.Type.harmful() || e.Type == Detain) && r.nobody(e.node) {
		return true
	}
	if e.noun() && (e.Type.harmful() || e.Type == Protest) && r.figurative(e.node) {
		return true
	}
	if !e.Type.harmful() {
		return false
	}
	return r.serves(e.node) || r.warded(e.node) || casualty(e) && len(e.Actors) == 0 && r.mishap(r.sentence)
}

// otherwise reports whether the verb of e has another sense here: who "|came under
// fire| for a film" was criticised, a patrol that "|enters| a building" is not
// deployed there, and "|demonstrated| how" is shown.
func (r *reader) otherwise(e *Event) bool {
	switch name := e.entry(); {
	case strings.HasPrefix(name, "verb:come under"):
		return r.hasAdjunct(e.node, "for") || r.forWhat(e.node)
	case name == "verb:damage":
		return len(e.Actors) == 0 && !e.retells // storms, too, damage
	case name == "verb:fight":
		o := r.tree.Child(e.node, syntax.Obj) // "the resolve to |fight| corruption"
		return o >= 0 && !r.fits([]int{o}, political|Territory)
	case name == "verb:declare", name == "verb:impose":
		return e.Type == Coerce && r.mentions(r.objects(e.node), []string{"health|snow|flood|drought"})
	case name == "verb:demonstrate":
		return r.tree.Child(e.node, syntax.Obj, syntax.Ccomp) >= 0
	case e.Type == Deploy && e.Place != nil:
		_, last := r.doc.TokensIn(e.Place.Span)
		return rooms[r.doc.Lower(last-1)]
	case e.Type == Coerce && !e.noun():
		l := r.tree.Label(e.node) // "sent troops to |restore order|"
		return e.control < 0 && r.has(e.node, syntax.Mark, "to") && (l == syntax.Advcl || l == syntax.Acl && !r.is(r.tree.Head(e.node), effort))
	}
	return false
}

func (r *reader) hasAdjunct(node int, word string) bool {
	for _, a := range r.adjuncts(node) {
		if a.word == word {
			return true
		}
	}
	return false
}

// forWhat reports whether a clause after the verb at node says what for.
func (r *reader) forWhat(node int) bool {
	for c := range r.tree.Children(node) {
		if r.has(c, syntax.Mark, "for") {
			return true
		}
	}
	return false
}

// rooms are places that a patrol enters in passing.
var rooms = map[string]bool{"building": true, "buildings": true, "house": true, "houses": true, "home": true, "room": true, "compound": true, "compounds": true, "site": true, "scene": true, "floor": true}

// nobody reports whether the action at node is said to be done to none: "|no|
// civilians were hurt".
func (r *reader) nobody(node int) bool {
	for _, o := range r.objects(node) {
		if r.has(o, syntax.Det, "no") {
			return true
		}
	}
	return false
}

// serves reports whether the action at node is only what a thing is for: "bases for
// |attacks| on Mali", "posts for planning |attacks|", "the ability to |attack|".
func (r *reader) serves(node int) bool {
	h := r.tree.Head(node)
	if h < 0 {
		return false
	}
	switch r.tree.Label(node) {
	case syntax.Obj:
		return r.pos(h) == "VBG" && r.tree.Label(h) == syntax.Acl && r.has(h, syntax.Mark, "for") && r.nominal(r.tree.Head(h))
	case syntax.Nmod:
		return r.preposition(node) == "for" && r.inert(h) || r.preposition(node) == "in" && r.doc.Lower(h) == "use"
	case syntax.Acl:
		return abilities[r.doc.Lower(h)] && r.has(node, syntax.Mark, "to", "of")
	}
	return false
}

// inert reports whether the noun at h is neither an action, a plan nor people.
func (r *reader) inert(h int) bool {
	_, ok := r.control(h)
	return !ok && r.nominal(h) && r.phrase(h).kind&political == 0 && r.lex.nouns[r.doc.Lower(h)] == nil
}

// abilities are nouns for what might be done.
var abilities = map[string]bool{"ability": true, "capacity": true, "capability": true, "capabilities": true, "power": true, "right": true, "means": true,
	"record": true, "history": true, "habit": true, "possibility": true, "temptation": true}

// wards are the verbs whose aim is that something does not happen.
var wards = map[string]bool{"prevent": true, "avoid": true, "deter": true, "avert": true, "counter": true, "combat": true, "forestall": true, "preempt": true,
	"rule": true, "forbid": true, "discourage": true, "resist": true}

// warded reports whether the action at node is only what somebody means to keep
// from happening: "to deter |attacks|", "did not rule out an |attack|".
func (r *reader) warded(node int) bool {
	h := r.tree.Head(node)
	if h < 0 || !r.verbal(h) || !wards[r.lemma(h)] || r.tree.Label(node) != syntax.Obj && r.tree.Label(node) != syntax.Advcl && r.tree.Label(node) != syntax.Obl {
		return false
	}
	return r.has(h, syntax.Mark, "to") || r.lemma(h) == "rule" || r.pos(h) == "VB"
}

// figures are the words before a noun that make a figure of it: "a diplomatic |coup|".
var figures = map[string]bool{"diplomatic": true, "verbal": true, "media": true, "legal": true, "personal": true, "charm": true, "heart": true, "propaganda": true,
	"publicity": true, "advertising": true, "political": true, "court": true, "legislative": true, "electoral": true, "election": true, "peace": true, "panic": true, "price": true, "bidding": true, "trade": true}

// figurative reports whether what stands before the noun at node makes a figure of
// it, or what stands after: "a |demonstration| of good will".
func (r *reader) figurative(node int) bool {
	for k := range r.tree.Children(node) {
		if k < node && figures[r.doc.Lower(k)] {
			return true
		}
	}
	for _, a := range r.adjuncts(node) {
		if a.word == "of" && r.doc.Lower(node) == "demonstration" && !r.fits([]int{a.head}, political) {
			return true
		}
	}
	return false
}

// breaches are nouns for what is done against a measure that is in force, or by it.
var breaches = map[string]bool{"violation": true, "violations": true, "breach": true, "breaches": true, "compliance": true, "defiance": true, "evasion": true, "victim": true, "victims": true,
	"anniversary": true, "fear": true, "fears": true, "danger": true, "guise": true}

// background reports whether e is named only to say what something else is about: "in
// violation of |sanctions|", "amid fears of an |invasion|", "the anniversary of the
// |revolt|".
func (r *reader) background(e *Event) bool {
	h := r.tree.Head(e.node)
	return e.noun() && h >= 0 && r.tree.Label(e.node) == syntax.Nmod && r.preposition(e.node) == "of" && breaches[r.doc.Lower(h)] && e.Type != Ceasefire
}

// mishap reports whether s tells of an accident, in which people die by nobody's
// will: "killed when a helicopter |crashed|".
func (r *reader) mishap(s text.Sentence) bool {
	for i := s.First; i < s.Last; i++ {
		if mishaps[r.doc.Lower(i)] {
			return true
		}
	}
	return false
}

var mishaps = map[string]bool{"crashed": true, "crash": true, "accident": true, "accidents": true, "accidentally": true, "collided": true, "collision": true, "earthquake": true, "capsized": true,
	"derailed": true, "flood": true, "floods": true, "flooding": true, "landslide": true, "avalanche": true, "storm": true, "cyclone": true, "hurricane": true, "tornado": true, "outbreak": true,
	"virus": true, "blaze": true, "wildfire": true, "tsunami": true, "quake": true, "drowned": true, "stampede": true, "electrocuted": true}
