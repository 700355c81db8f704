package events

import (
	"cmp"

	"sitrep/extractors/dates"
	"sitrep/extractors/syntax"
)

// Actions that a sentence ties together happen at one moment: "on Friday they
// |attacked| the town and |seized| it, |killing| a guard during the |raid|". A
// moment is known by the token that its words hang on.

// dated is a date of the sentence, its first token, and the moment that it is told of.
type dated struct {
	date   *dates.Mention
	first  int
	moment int
}

// shareDates gives the events without a date that of their moment.
func (r *reader) shareDates() {
	for _, e := range r.triggers {
		if e.Date != nil {
			continue
		}
		if d := r.dateOf(r.moment(e.node), e); d != nil && e.Status != Ongoing && !(e.Status == Planned && r.has(e.node, syntax.Mark, "to")) {
			e.Date = d
		} else {
			e.Date = r.dateBeside(e)
		}
	}
}

// dateBeside returns the date that tells when e happened although it is told of
// something else: "took the town after a battle |on Monday|", "said |on Monday| after
// a meeting", "said |on Monday| that troops were crossing the border".
func (r *reader) dateBeside(e *Event) *dates.Mention {
	if e.Status == Ongoing && e.said >= 0 && e.StatusDate != nil && r.has(e.node, syntax.Aux, "was", "were") {
		return e.StatusDate
	}
	if came := r.cameAs(e.node); came >= 0 {
		return cmp.Or(r.dateOf(r.moment(came), e), e.StatusDate)
	}
	if e.Status != Occurred {
		return nil
	}
	if r.follows(e.node) && e.Type == Meet {
		if h := r.tree.Head(e.node); r.verbal(h) {
			return r.dateOf(r.moment(h), e)
		}
	}
	for c := range r.tree.Children(e.node) {
		if r.follows(c) {
			return r.dateOf(c, e)
		}
	}
	return nil
}

// cameAs returns the verb which says that something came while what token n tells, -1 for none:
// "the move on Monday |came| as the ministers were to meet".
func (r *reader) cameAs(n int) int {
	for range maxClimb {
		h := r.tree.Head(n)
		if h < 0 {
			return -1
		}
		if r.tree.Label(n) == syntax.Advcl && r.has(n, syntax.Mark, "as") && r.lemma(h) == "come" {
			return h
		}
		if r.tree.Label(n) == syntax.Advcl {
			return -1
		}
		n = h
	}
	return -1
}

// follows reports whether what token i tells is what something comes after.
func (r *reader) follows(i int) bool {
	if r.tree.Label(i) == syntax.Advcl && r.pos(i) == "VBG" {
		return r.has(i, syntax.Mark, "after", "following")
	}
	w := r.preposition(i)
	return r.tree.Label(i) == syntax.Obl && (w == "after" || w == "following")
}

// dateOf returns the date of moment m that stands nearest to e.
func (r *reader) dateOf(m int, e *Event) *dates.Mention {
	var best *dates.Mention
	near := 0
	take := func(d *dates.Mention, at int) {
		if n := abs(at - e.trigger); best == nil || n < near {
			best, near = d, n
		}
	}
	for _, d := range r.moments {
		if d.moment == m && m >= 0 && d.date != e.StatusDate {
			take(d.date, d.first)
		}
	}
	for _, o := range r.triggers {
		if o != e && o.Date != nil && r.moment(o.node) == m {
			take(o.Date, o.trigger)
		}
	}
	return best
}

// moment returns the token that the words of the moment of token n hang on.
func (r *reader) moment(n int) int {
	for range 2 * maxClimb {
		if n < 0 {
			break
		}
		h := r.tree.Head(n)
		if h < 0 || !r.atOnce(n, h) {
			break
		}
		n = h
	}
	return n
}

// scene returns the verb or action that what hangs on token n is told of: of "in the
// province on Friday", what happened there.
func (r *reader) scene(n int) int {
	for range 2 * maxClimb {
		if n < 0 || r.verbal(n) {
			break
		}
		for _, e := range r.triggers {
			if e.node == n {
				return n
			}
		}
		n = r.tree.Head(n)
	}
	return n
}

// together are the prepositions of an action within another.
var together = map[string]bool{"in": true, "during": true, "with": true, "by": true, "amid": true, "at": true}

// atOnce reports whether what token n tells happens when what its head h tells does.
func (r *reader) atOnce(n, h int) bool {
	l := r.tree.Label(n)
	c, governs := r.control(h)
	switch governs = governs && !c.light; l {
	case syntax.Xcomp:
		return !governs
	case syntax.Conj:
		return r.verbal(n) == r.verbal(h) && !r.auxiliary(n) && !(r.resumed(n) && (r.resumed(h) || r.tree.Child(n, syntax.Nsubj, syntax.NsubjPass) >= 0))
	case syntax.Advcl:
		if r.pos(n) == "VBG" && r.subject(n) >= 0 {
			return false // "with the first of them arriving on Tuesday"
		}
		return !governs && !r.apart(n) && !r.auxiliary(n) && !r.has(n, syntax.Mark, "that")
	case syntax.Acl:
		return r.verbal(n) && !r.has(n, syntax.Mark, "to") && !r.relativeClause(n)
	case syntax.AclRelcl:
		return !r.auxiliary(n) && (hits[r.doc.Lower(n)] || r.agent(h))
	case syntax.Obl, syntax.OblAgent:
		w := r.preposition(n)
		return r.verbal(h) && !(governs && c.say) && together[w]
	case syntax.Nmod:
		return r.preposition(n) == "of" && r.wider(n) == h || together[r.preposition(n)] && r.preposition(n) == "during"
	case syntax.Obj, syntax.Nsubj, syntax.NsubjPass:
		return r.verbal(h) && (c.light && !closes[r.lemma(h)] || happens[r.doc.Lower(h)] || hits[r.doc.Lower(h)])
	}
	return false
}

// agent reports whether the noun at n is by whom something is done: "killed by a band of
// |rebels| who raided the town on Monday".
func (r *reader) agent(n int) bool {
	n = r.wider(n)
	return r.tree.Label(n) == syntax.OblAgent || r.tree.Label(n) == syntax.Obl && r.preposition(n) == "by"
}

// closes are the light verbs whose date is not that of what they are told of.
var closes = map[string]bool{"end": true, "conclude": true, "finish": true, "kick": true, "renew": true, "resume": true}

// auxiliary reports whether the verb at v has a tense of its own: "attacked, and
// |will| attack".
func (r *reader) auxiliary(v int) bool { return r.tree.Child(v, syntax.Aux) >= 0 }

// resumed reports whether the verb at v, joined to another, has a date of its own.
func (r *reader) resumed(v int) bool {
	for c := range r.tree.Children(v) {
		if r.facts[c].date >= 0 {
			return true
		}
	}
	return false
}

// relativeClause reports whether the clause of the verb at v has a relative pronoun:
// "the zone |which| it carved out".
func (r *reader) relativeClause(v int) bool {
	for c := range r.tree.Children(v) {
		if r.relative(c) {
			return true
		}
	}
	return false
}

// outside returns the verb that a date at token first, after a comma, is told of when at, the one
// it hangs on, stands in an insertion: "launched an offensive, |codenamed Hawk|, on Friday".
func (r *reader) outside(at, first int) int {
	if at < 0 || first <= at || !r.verbal(at) || r.doc.Lower(at-1) != "," || r.doc.Lower(first-1) != "," && r.doc.Lower(first-2) != "," {
		return at
	}
	if h := r.tree.Head(at); h >= 0 && h < at && r.pos(at) != "VBG" && r.tree.Child(at, syntax.Cc, syntax.Nsubj) < 0 {
		return h
	}
	return at
}
