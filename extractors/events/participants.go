package events

import (
	"slices"

	"sitrep/extractors/text"
)

// assign gives e its actors, targets, counts and the places that its adjuncts name.
func (r *reader) assign(e *Event, c *clause) {
	r.emptied(c)
	if c.verb && (e.Type == Accuse || e.Type == Support) {
		r.answerable(c)
	}
	actors, targets := r.sides(r.doers(c.actors)), r.victims(e, c.objects)
	r.count(e, r.uncounted(c.actors))
	r.lose(e, c.objects)
	if e.Type.moves() {
		r.ground(e, c.objects)
	}
	if e.Type.moves() || e.Type == Mobilize {
		if onward[r.lemma(e.trigger)] && len(targets) > 0 {
			actors = nil
		}
		if len(actors) == 0 || e.Type == Withdraw && !c.verb {
			actors = append(actors, targets...)
		}
		targets = nil
	}
	if e.Type.mutual() {
		actors = append(actors, targets...)
		targets = nil
	}
	for _, a := range c.adjuncts {
		switch r.role(e, c, a, len(actors) > 0) {
		case isActor:
			actors = append(actors, r.sides([]int{a.head})...)
			r.count(e, []int{a.head})
		case isTarget:
			targets = append(targets, r.victims(e, []int{a.head})...)
			r.lose(e, []int{a.head})
		}
		r.locate(e, a)
	}
	e.Actors, e.Targets = distinct(actors), distinct(targets)
	for _, a := range e.Actors {
		e.Targets = without(e.Targets, a.Span)
	}
	unguess(e)
	if e.Place != nil && e.Type.moves() {
		e.Actors = without(e.Actors, e.Place.Span)
	}
	r.ends(e, c)
}

// doers puts whose they are in the place of deeds, which do nothing themselves: "|SDF|
// operations isolated the town".
func (r *reader) doers(heads []int) []int {
	var out []int
	for _, h := range heads {
		if w := r.doc.Lower(h); r.phrase(h).kind == Other && r.facts[h].country < 0 && !both[w] && (r.deed(w) || abstract(w)) {
			if h = r.holder(h); h < 0 {
				continue
			}
		}
		out = append(out, h)
	}
	return out
}

// onward are the verbs that nothing is done by to others: "pursued retreating |troops|".
var onward = map[string]bool{"retreat": true, "advance": true, "march": true}

// emptied puts what they are of in the place of objects that say nothing of
// their own: "took control |of the city|".
func (r *reader) emptied(c *clause) {
	for n, h := range c.objects {
		if !empty[r.doc.Lower(h)] {
			continue
		}
		for _, a := range append(r.adjuncts(h), r.adjuncts(c.node)...) {
			if a.word == "of" || a.word == "over" {
				c.objects[n] = a.head
				break
			}
		}
	}
}

var empty = map[string]bool{"control": true, "possession": true, "charge": true, "command": true, "thousands": true, "dozens": true, "number": true, "use": true, "delivery": true}

type part uint8

const (
	isNeither part = iota
	isActor
	isTarget
)

// role says what the noun of adjunct a is in e.
func (r *reader) role(e *Event, c *clause, a adjunct, acted bool) part {
	assault := e.Type == Strike || e.Type == Attack
	switch a.word {
	case "by":
		if !c.verb || c.passive && !acted {
			return isActor
		}
	case "from":
		if !c.verb && (assault || e.Type.speech()) && !acted {
			return isActor
		}
	case "to", "for":
		if e.Type == Aid || e.Type == Train || e.Type == Support && a.word == "to" {
			return isTarget
		}
		if e.Type == Demand && a.word == "to" {
			return isTarget
		}
	case "on", "against", "upon", "at":
		if (!c.verb || hurled[r.lemma(e.trigger)]) && assault || a.word == "against" || e.Type == Sanction || e.Type == Coerce || e.Type == Demand || e.Type == Accuse {
			return isTarget
		}
	case "between", "among":
		if e.Type.mutual() {
			return isActor
		}
	case "with":
		if e.Type.mutual() {
			return isActor
		}
	}
	return isNeither
}

func distinct(list []Participant) []Participant {
	var out []Participant
	for _, p := range list {
		if !slices.ContainsFunc(out, func(q Participant) bool { return q.Span.Overlaps(p.Span) || q.Name == p.Name }) {
			out = append(out, p)
		}
	}
	return out
}

func without(list []Participant, s text.Span) []Participant {
	var out []Participant
	for _, p := range list {
		if !p.Span.Overlaps(s) {
			out = append(out, p)
		}
	}
	return out
}
