package events

import (
	"sitrep/extractors/dates"
	"sitrep/extractors/syntax"
)

// statusDate makes d the status date of the events that the word at token at
// governs or reports, and reports whether there are any.
func (r *reader) statusDate(at int, d *dates.Mention) bool {
	found := false
	for _, e := range r.triggers {
		if e.node == at {
			return false
		}
	}
	for _, e := range r.triggers {
		if e.control >= 0 && (e.control == at || r.tree.Head(e.control) == at && !r.verbal(e.control)) || e.said == at {
			found = true
			if e.StatusDate == nil {
				e.StatusDate = d
			}
		}
	}
	if c, ok := r.control(at); ok && c.say {
		return true
	}
	return found
}

// reported makes d, which stands right after a verb of saying, the status date of what is said,
// and reports whether it does: "the army said |on Friday| rebels might attack".
func (r *reader) reported(d *dates.Mention, first int) bool {
	v := first - 1
	if v > r.sentence.First && !r.verbal(v) {
		v--
	}
	if v < r.sentence.First || !r.verbal(v) {
		return false
	}
	if c, ok := r.control(v); !ok || !c.say || !r.statusDate(v, d) {
		return false
	}
	r.moments = append(r.moments, dated{d, first, r.moment(v)})
	return true
}

// uttered gives d, the date of the statement at token i, to the last thing said before it:
// "condemned the raid in a |letter| of Monday".
func (r *reader) uttered(i int, d *dates.Mention) bool {
	for n := len(r.triggers) - 1; n >= 0; n-- {
		if e := r.triggers[n]; e.trigger < i && e.Type.speech() {
			if e.Date == nil {
				e.Date = d
			}
			return true
		}
	}
	return false
}

// commented returns what somebody says of the known action e, when the day d, which stands behind
// both, is that of the report: "condemned the bombing of the embassy on |Thursday|".
func (r *reader) commented(e *Event, d *dates.Mention) *Event {
	if !e.noun() || !e.definite || d.First != d.Last || d.Last.AddDays(1).Before(r.found.Published) {
		return nil
	}
	for _, o := range r.triggers {
		if o != e && o.Type.speech() && o.Date == nil && o.node == r.tree.Head(e.node) && r.tree.Label(e.node) == syntax.Obj {
			return o
		}
	}
	return nil
}
