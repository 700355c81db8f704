package events

import "sitrep/extractors/syntax"

// present returns the event that the sentence tells by saying where somebody is:
// forces that "|are in| the port" are deployed, a minister who "|is in| Paris"
// visits, and who "|is in| jail" is held.
func (r *reader) present(i int) *Event {
	if !standing[r.preposition(i)] || r.facts[i].date >= 0 {
		return nil
	}
	subject := r.stayer(i)
	if subject < 0 {
		return nil
	}
	e := r.event(r.staying(i, subject), r.tree.Child(i, syntax.Case), i+1)
	if e.Type == 0 {
		return nil
	}
	e.Trigger = r.doc.Covering(e.trigger, e.trigger+1)
	e.Rule, e.node, e.control, e.said = "presence", i, -1, -1
	e.Status = Ongoing
	if r.tree.Child(i, syntax.Cop) >= 0 && r.has(i, syntax.Cop, "was", "were") && e.Type == Meet {
		e.Status = Occurred
	}
	if e.Place = r.placeOf(r.phrase(i)); e.Place != nil && e.Type == Deploy {
		e.Destination = e.Place.Country
	}
	if e.Type == Detain {
		e.Targets = r.sides([]int{subject})
	} else {
		e.Actors = r.sides([]int{subject})
	}
	r.count(e, []int{subject})
	return e
}

// stayer returns the head of who is said to be in, at or on the noun at i, -1
// when nobody is: "800 marines are in the |port|", "there are soldiers in |Mali|".
func (r *reader) stayer(i int) int {
	h := r.tree.Head(i)
	if s := r.tree.Child(i, syntax.Nsubj); s >= 0 && r.tree.Child(i, syntax.Cop) >= 0 {
		return s
	}
	if h >= 0 && r.tree.Label(i) == syntax.Nmod && r.tree.Label(h) == syntax.Nsubj && r.tree.Child(r.tree.Head(h), syntax.Expl) >= 0 {
		return h
	}
	return -1
}

// staying returns what kind of event it is that who subject heads is at the noun at i.
func (r *reader) staying(i, subject int) *entry {
	p, where := r.phrase(subject), r.phrase(i)
	place := r.placeOf(where)
	switch {
	case cells[r.doc.Lower(i)] && r.preposition(i) == "in" && p.kind&(Person|Force|Armed|Captive) != 0:
		return &entry{typ: Detain}
	case place == nil:
	case p.kind == Force, p.kind == Armed && p.count >= 0, p.kind == Arms && military[r.doc.Lower(subject)] && where.place:
		return &entry{typ: Deploy}
	case p.kind == Person && p.person >= 0 && p.country != "" && place.Country != "" && p.country != place.Country && r.preposition(i) == "in":
		return &entry{typ: Meet}
	}
	return &entry{}
}

// cells are where those are who are held.
var cells = map[string]bool{"jail": true, "prison": true, "custody": true, "detention": true, "captivity": true}

// military are the things that go where forces go.
var military = map[string]bool{"warplanes": true, "warships": true, "jets": true, "tanks": true, "frigates": true, "destroyers": true, "carrier": true, "carriers": true,
	"warship": true, "destroyer": true, "frigate": true, "submarine": true, "submarines": true, "bombers": true, "planes": true, "ships": true, "helicopters": true, "missiles": true}

var standing = map[string]bool{"in": true, "inside": true, "at": true, "near": true, "on": true, "outside": true, "around": true, "along": true}

// undergone adds who is under what the noun at node says: "three ministers are under
// house |arrest|", "the town came under |siege|".
func (r *reader) undergone(c *clause, e *entry, node int) {
	if r.preposition(node) != "under" || e.typ != Detain && !e.typ.harmful() {
		return
	}
	if s := r.tree.Child(node, syntax.Nsubj); s >= 0 {
		c.objects = append(c.objects, s)
	} else if v := r.tree.Head(node); v >= 0 && r.tree.Label(node) == syntax.Obl && r.verbal(v) {
		if o := r.objects(v); len(o) > 0 {
			c.objects = append(c.objects, o...)
		} else {
			c.objects = append(c.objects, r.subjects(v, 0)...)
		}
	}
}
