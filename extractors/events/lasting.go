package events

import (
	"sitrep/extractors/dates"
	"sitrep/extractors/syntax"
)

// extend makes what has gone on for a time told an ongoing event, and what goes on since a
// day last until the day of publication.
func (r *reader) extend(e *Event) {
	if e.Date == nil || e.Date.First.IsZero() {
		return
	}
	since := e.Date.Relation == dates.Since
	if e.Status == Occurred && (e.Date.Rule == "numbered day" || (since || e.Date.Type == dates.Duration) && r.perfect(e.node)) {
		e.Status = Ongoing // "the strike, now in its 13th day", "has shelled the town since May"
	}
	if e.Status == Ongoing && (since || r.begun(e.node)) && !r.found.Published.Before(e.Date.Last) {
		e.Date = until(e.Date, r.found.Published)
	}
}

// until returns the time from the beginning of d to last.
func until(d *dates.Mention, last dates.Day) *dates.Mention {
	span := *d
	span.Last = last
	span.Value = d.First.String() + "/" + last.String()
	return &span
}

// perfect reports whether the action at token n is told in the present perfect: "|have|
// fought since May", "has been under |siege| since May".
func (r *reader) perfect(n int) bool {
	for range maxClimb {
		if n < 0 {
			return false
		}
		if r.verbal(n) && r.has(n, syntax.Aux, "has", "have", "'ve") {
			return true
		}
		if l := r.tree.Label(n); l == syntax.AclRelcl || l == syntax.Conj && r.verbal(n) && r.tree.Child(n, syntax.Nsubj, syntax.NsubjPass) >= 0 {
			return false
		}
		n = r.tree.Head(n)
	}
	return false
}

// begun reports whether the noun at n names what a verb says has begun: "the |protests|
// began in June".
func (r *reader) begun(n int) bool {
	h := r.tree.Head(r.wider(n))
	if h < 0 || !r.verbal(h) || r.tree.Label(r.wider(n)) != syntax.Nsubj {
		return false
	}
	w := r.lemma(h)
	return w == "begin" || w == "start"
}
