package events

import "sitrep/extractors/syntax"

// present returns the deployment that the sentence tells by saying where forces
// are: "800 marines |are in| the port", "there are 300 soldiers |in| Mali".
func (r *reader) present(i int) *Event {
	if !standing[r.preposition(i)] || r.facts[i].date >= 0 {
		return nil
	}
	subject := r.tree.Child(i, syntax.Nsubj)
	switch h := r.tree.Head(i); {
	case subject >= 0 && r.tree.Child(i, syntax.Cop) >= 0:
	case h >= 0 && r.tree.Label(i) == syntax.Nmod && r.tree.Label(h) == syntax.Nsubj && r.tree.Child(r.tree.Head(h), syntax.Expl) >= 0:
		subject = h
	default:
		return nil
	}
	p, place := r.phrase(subject), r.placeOf(r.phrase(i))
	if p.kind != Force || place == nil {
		return nil
	}
	e := r.event(&entry{typ: Deploy}, r.tree.Child(i, syntax.Case), i+1)
	e.Trigger = r.doc.Covering(e.trigger, e.trigger+1)
	e.Rule, e.node, e.control, e.said = "presence", i, -1, -1
	e.Status, e.Place, e.Destination = Ongoing, place, place.Country
	e.Actors = r.sides([]int{subject})
	r.count(e, []int{subject})
	return e
}

var standing = map[string]bool{"in": true, "inside": true, "at": true, "near": true, "on": true, "outside": true, "around": true, "along": true}
