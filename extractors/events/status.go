package events

import (
	"slices"
	"strings"

	"sitrep/extractors/syntax"
)

// state sets the status, the speaker and, of promises and plans, the actor.
func (r *reader) state(e *Event, node int, verb bool) {
	g := r.governed(node, verb)
	if !verb {
		top := r.wider(node)
		if top != node {
			g = r.governed(top, false)
		}
		if !g.set {
			r.before(&g, node)
		}
		e.weak = !g.set
		if s, ok := r.nounStatus(node); ok {
			g.status, g.set = s, true
		}
	}
	if g.control >= 0 && g.status == Denied && e.Type == Accuse {
		g.set, g.status, g.control = false, Occurred, -1 // "denied the accusations": they were made
	}
	if g.weighed && !g.set && !e.definite && e.Type.future() {
		g.status, g.set = Possible, true
	}
	if g.status == Planned && (e.Type == Sanction || e.Type == Coerce) && g.control >= 0 && strings.HasPrefix(r.doc.Lower(g.control), "announce") {
		g.status, g.control = Occurred, -1 // "announced sanctions": that puts them in force
	}
	if e.Type == Support && g.control >= 0 && r.performs(g.control) {
		g.status = Occurred
	}
	e.control, e.said = g.control, g.said
	e.Status = g.status
	if tag := r.pos(node); verb && !g.set && e.Type.lasting() && (tag == "VBZ" || tag == "VBP" && r.doc.Lower(node) == r.lemma(node)) {
		e.Status = Ongoing
	}
	if !verb && !g.set && r.is(node, durable) {
		e.Status = Ongoing
	}
	if verb && !g.set && e.Type.lasting() && r.has(node, syntax.AuxPass, "is", "are") {
		e.Status = Ongoing // "are backed by"
	}
	if verb && r.tree.Label(node) == syntax.Amod && r.pos(node) == "VBG" {
		e.Status = Ongoing // "advancing troops"
	}
	if w := r.doc.Lower(node); !g.set && (w == "based" || w == "stationed" || w == "held" && r.tree.Label(node) == syntax.Acl) && r.passive(node) {
		e.Status = Ongoing
	}
	if !verb && !g.set && r.preposition(node) == "under" && r.has(node, syntax.Cop, "is", "are", "remain", "remains") {
		e.Status = Ongoing // "are under house arrest"
	}
	if !g.set && r.goingOn(e, node, verb) {
		e.Status = Ongoing
	}
	r.speak(e, g)
	if len(e.Actors) == 0 && g.control >= 0 && (e.Status == Planned || e.Status == Threatened || e.Status == Denied) {
		e.Actors = r.sides(g.speaker)
	}
	if len(e.Actors) == 0 && g.control >= 0 && r.verbal(g.control) && (e.Status == Requested || e.Status == Ordered) {
		if o := r.tree.Child(g.control, syntax.Obj); o >= 0 && o != node && r.phrase(o).kind&political != 0 {
			e.Actors = r.sides([]int{o})
		}
	}
	if g.control >= 0 {
		e.Rule += "<" + r.doc.Lower(g.control)
	}
}

// performs reports whether the verb at v is a wish that somebody fulfils by telling it: "I |want|
// to thank the soldiers".
func (r *reader) performs(v int) bool {
	s := r.subject(v)
	return s >= 0 && (wishes[r.lemma(v)] || r.lemma(v) == "like") && (r.doc.Lower(s) == "i" || r.doc.Lower(s) == "we")
}

// goingOn reports whether e has begun and not ended, by the tense of the verb that carries
// it: "has launched an |offensive|", "have laid |siege|", "the |protests| began in June",
// "were pursuing |retreating| troops".
func (r *reader) goingOn(e *Event, node int, verb bool) bool {
	switch words := strings.Fields(e.Rule); {
	case verb && len(words) > 1:
		return slices.Contains(words, "siege") && r.has(node, syntax.Aux, "has", "have")
	case verb:
		h := r.tree.Head(node)
		return h >= 0 && r.tree.Label(node) == syntax.Advcl && r.pos(node) == "VBG" && e.Type.moves() && node == h+1 && r.pos(h) == "VBG" && r.tree.Child(h, syntax.Aux) >= 0
	}
	h := r.tree.Head(r.wider(node))
	if h < 0 || !r.verbal(h) || !r.is(node, lasting) {
		return false
	}
	c, _ := r.control(h)
	switch r.tree.Label(r.wider(node)) {
	case syntax.Obj, syntax.NsubjPass:
		return c.light && opens[r.lemma(h)] && r.has(h, syntax.Aux, "has", "have")
	case syntax.Obl:
		w := r.preposition(node) // "have died during |protests|"
		return (w == "during" || w == "amid") && r.has(h, syntax.Aux, "has", "have")
	case syntax.Nsubj:
		return r.begun(node) && r.pos(h) == "VBD"
	}
	return false
}

// opens are the light verbs with which something goes on from then.
var opens = map[string]bool{"launch": true, "begin": true, "start": true, "mount": true, "stage": true, "impose": true, "unleash": true, "wage": true, "initiate": true, "open": true}

// before reads an order or plan that stands right before the noun at node, where
// the parser ties it elsewhere: "instructions for the |return|".
func (r *reader) before(g *reading, node int) {
	k := r.phrase(node).first - 2
	if k < r.sentence.First || !aim[r.doc.Lower(k+1)] {
		return
	}
	if c, ok := r.control(k); ok && !c.say && !c.light {
		r.decide(g, k, c)
	}
}
