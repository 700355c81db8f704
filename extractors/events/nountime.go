package events

import (
	"strings"

	"sitrep/extractors/dates"
	"sitrep/extractors/syntax"
)

// prefixed returns the event whose noun the date of tokens [first, last) stands
// right before: "|last year's| attacks", "the |2010| raid".
func (r *reader) prefixed(first, last int) *Event {
	if r.doc.Lower(last) == "'s" {
		last++
	}
	for _, e := range r.triggers {
		if !e.noun() || e.Date != nil {
			continue
		}
		if p := r.phrase(e.node); last <= e.node && (last == p.first && r.doc.Tag(last) != "DT" || first >= p.first) {
			return e
		}
	}
	return nil
}

// names reports whether d only says which one a noun means: "the |2010| raid".
func (r *reader) names(d *dates.Mention) bool {
	first, last := r.doc.TokensIn(d.Span)
	t := r.doc.Tag(last)
	return d.Precision == dates.ByYear && r.doc.Tag(first-1) != "IN" && (strings.HasPrefix(t, "NN") || t == "JJ")
}

// yearOf returns the action of the noun phrase that the year at token n stands in: "a |2010|
// commando raid", but not "rebels of the |2014| revolt fled".
func (r *reader) yearOf(n int) *Event {
	for range maxClimb {
		for _, e := range r.triggers {
			if e.node == n {
				return e
			}
		}
		if n < 0 || r.tree.Label(n) == syntax.Nmod || r.tree.Label(n) == syntax.Obl {
			return nil
		}
		n = r.tree.Head(n)
	}
	return nil
}

// tookPlace returns the action that the relative clause of the verb at v says took place: "an attack
// on a bridge that |took| place on Monday".
func (r *reader) tookPlace(v int) *Event {
	if r.tree.Label(v) != syntax.AclRelcl || !happens[r.doc.Lower(v)] {
		return nil
	}
	for n := len(r.triggers) - 1; n >= 0; n-- {
		if e := r.triggers[n]; e.noun() && e.node < v {
			return e
		}
	}
	return nil
}

// tolled reports whether the sentence tells losses of the assault at n, told before: "the
// death toll from that |strike| rose to nine".
func (r *reader) tolled(e *entry, n int) bool {
	if e.typ != Strike && e.typ != Attack && e.typ != Clash || !r.phrase(n).definite {
		return false
	}
	for _, c := range r.found.Troops {
		if r.sentence.Start <= c.Start && c.End <= r.sentence.Span.End && causes(e.typ, c.Status) {
			return true
		}
	}
	return false
}

// placesInTime reports whether the clause of the definite noun at n says when it happened: "the
// |seizure| took place in November".
func (r *reader) placesInTime(n int) bool {
	v := r.carrierOf(n)
	return v >= 0 && happens[r.doc.Lower(v)] && r.resumed(v) && r.phrase(n).definite
}
