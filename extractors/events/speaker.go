package events

import "sitrep/extractors/syntax"

// nounSpeaker returns whose the order, plan or call at h is: "Iraq's request
// for", "|Holm| issued a directive for".
func (r *reader) nounSpeaker(h int) []int {
	if p := r.tree.Child(h, syntax.NmodPoss); p >= 0 {
		return []int{p}
	}
	for _, a := range r.adjuncts(h) {
		if a.word == "by" || a.word == "from" {
			return []int{a.head}
		}
	}
	if v := r.tree.Head(h); v >= 0 && r.verbal(v) && !r.passive(v) {
		if c, ok := r.control(v); ok && c.light {
			return r.subjects(v, 0)
		}
	}
	return nil
}

// speak sets who says, orders or asks for e.
func (r *reader) speak(e *Event, g reading) {
	list := r.sides(g.speaker)
	for _, h := range g.speaker {
		if who := r.personIn(h); who != nil {
			list = []Participant{*who}
		}
	}
	if g.control >= 0 && len(list) == 0 || g.speaker == nil {
		list = r.sides(r.teller(e.node))
	}
	if len(list) == 0 || list[0].Kind&(political&^People) == 0 {
		return
	}
	if len(e.Actors) > 0 && e.Actors[0].Span == list[0].Span && g.control < 0 {
		return
	}
	e.Speaker = &list[0]
}

// personIn returns the first person named in the phrase at h: "the Chilean
// minister |Ana Rojo|".
func (r *reader) personIn(h int) *Participant {
	first, last := r.tree.Subtree(h)
	for i := first; i < min(last, first+2*reach); i++ {
		if f := r.facts[i].person; f >= 0 {
			p := r.participant(r.phrase(i))
			return &p
		}
		if r.tree.Label(i) == syntax.AclRelcl {
			break
		}
	}
	return nil
}

// teller returns who reports what stands at node: "…, said the minister",
// "according to the ministry".
func (r *reader) teller(node int) []int {
	for range 2 * maxClimb {
		for c := range r.tree.Children(node) {
			if l := r.tree.Label(c); l == syntax.Parataxis || l == syntax.Ccomp || l == syntax.Advcl {
				if ctl, ok := r.control(c); ok && ctl.say && l == syntax.Parataxis {
					return r.subjects(c, 0)
				}
			}
			if r.preposition(c) == "according to" {
				return []int{c}
			}
		}
		if ctl, ok := r.control(node); ok && ctl.say && r.verbal(node) {
			return r.subjects(node, 0)
		}
		h := r.tree.Head(node)
		if h < 0 {
			return nil
		}
		node = h
	}
	return nil
}
