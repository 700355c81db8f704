package events

import (
	"sitrep/extractors/dates"
	"sitrep/extractors/syntax"
)

// stale is how many days ago what goes on is told of at the earliest, unless it is told that it goes
// on since then.
const stale = 90

// extend makes what has gone on for a time told an ongoing event, and what goes on since a
// day last until the day of publication.
func (r *reader) extend(e *Event) {
	if e.Date == nil || e.Date.First.IsZero() {
		return
	}
	since := e.Date.Relation == dates.Since
	through := since && r.perfect(e.node)
	if e.Status == Occurred && (e.Date.Rule == "numbered day" || e.repeats() && (through || r.throughout(e.Date) && r.perfect(e.node))) {
		e.Status = Ongoing // "the strike, now in its 13th day", "has shelled the town since May"
	}
	if e.Status == Ongoing && !since && e.Date.Last.AddDays(stale).Before(r.found.Published) && !r.begun(e.node) {
		e.Status = Occurred // "killed in the operation to retake the town in 1985"
	}
	if (through || e.Status == Ongoing && (since || r.begun(e.node))) && !r.found.Published.Before(e.Date.Last) {
		e.Date = until(e.Date, r.found.Published)
	}
}

// repeats reports whether what e tells of a longer time goes on through it: fighting does, an
// arrest or a killing is over.
func (e *Event) repeats() bool {
	switch e.Type {
	case Detain, Release, Seize, Meet, Agree, Support, Demand, Reject, Accuse:
		return false
	}
	return !casualty(e)
}

// throughout reports whether d says how long something has gone on: "|for| the past three days".
func (r *reader) throughout(d *dates.Mention) bool {
	first, _ := r.doc.TokensIn(d.Span)
	return d.Type == dates.Duration && (r.doc.Lower(first) == "for" || r.doc.Lower(first-1) == "for")
}

// until returns the time from the beginning of d to last.
func until(d *dates.Mention, last dates.Day) *dates.Mention {
	span := *d
	span.Last = last
	span.Value = d.First.String() + "/" + last.String()
	return &span
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
