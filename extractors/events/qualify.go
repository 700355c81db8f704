package events

import (
	"slices"
	"strconv"

	"sitrep/extractors/syntax"
)

// doers returns the actors of c, a noun's, and those whom "by" and "from" name: "an
// appeal by the |premier|", "objections from |Chad|".
func (c *clause) doers(e *entry) []int {
	out := slices.Clone(c.actors)
	for _, a := range c.adjuncts {
		if a.word == "by" || a.word == "from" && e.typ.speech() {
			out = append(out, a.head)
		}
	}
	return out
}

// joint gives the noun at node the owner of the noun that it is joined to: "Mali's
// annexation of the island and |backing| for the rebels".
func (r *reader) joint(c *clause, node int) {
	if h := r.tree.Head(node); len(c.actors) == 0 && r.tree.Label(node) == syntax.Conj && r.nominal(h) {
		if p := r.tree.Child(h, syntax.NmodPoss); p >= 0 && p < h {
			c.actors = append(c.actors, p)
		}
	}
}

// qualify reads the words before the noun at node, whose trigger begins at token i,
// that tell it from other actions: "a |second| attack", "|five| air strikes".
func (r *reader) qualify(e *Event, node, i int) {
	for k := r.phrase(node).first; k < i; k++ {
		switch w := r.doc.Lower(k); {
		case w == "retaliatory" || w == "counter" || w == "retaliation" || w == "reprisal":
			e.retaliatory = true
		case others[w]:
			e.another = true
		case r.pos(k) == "CD" && r.tree.Head(k) == node:
			e.times = number(w)
		}
	}
}

// others are the words that set an action apart from those told before.
var others = map[string]bool{"another": true, "other": true, "second": true, "third": true, "fourth": true, "fifth": true, "separate": true, "similar": true,
	"further": true, "fresh": true, "additional": true, "earlier": true, "previous": true, "subsequent": true}

// number returns a small number that tells counts of actions from each other, 0
// for no number.
func number(w string) int {
	for n, name := range [...]string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
		if w == name {
			return n + 1
		}
	}
	n, err := strconv.Atoi(w)
	if err != nil {
		return 0
	}
	return n
}
