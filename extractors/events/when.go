package events

import (
	"sort"
	"strings"

	"sitrep/extractors/dates"
	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
)

// dates gives the dates of the sentence to its events: each to the action whose
// clause it stands in, or, where it stands with the word that orders or reports
// it, to the status.
func (r *reader) dates() {
	for _, d := range r.datesIn(r.sentence.Span) {
		if !r.heading(d) {
			r.date(d)
		}
	}
	r.shareDates()
	for _, e := range r.triggers {
		r.extend(e)
		e.narrated = r.narrate(e)
	}
	for _, e := range r.triggers {
		if e.Date == nil {
			e.DateReason = "not stated"
		}
	}
}

// datesIn returns the dates in s that tell when something may happen.
func (r *reader) datesIn(s text.Span) []*dates.Mention {
	all := r.found.Dates
	var out []*dates.Mention
	for n := sort.Search(len(all), func(n int) bool { return all[n].Start >= s.Start }); n < len(all) && all[n].End <= s.End; n++ {
		if d := &all[n]; r.tells(d) {
			out = append(out, d)
		}
	}
	return out
}

// heading reports whether d is the day that the report is of: "KABUL (|Jan. 25|) –".
func (r *reader) heading(d *dates.Mention) bool {
	if r.doc.RoleAt(d.Start) != text.News {
		return true
	}
	first, last := r.doc.TokensIn(d.Span)
	return first < r.sentence.First || first-r.sentence.First <= 2*reach && r.doc.Word(first-1) == "(" && r.doc.Word(last) == ")" && r.doc.Tag(first-2) == "NNP"
}

// tells reports whether d is a day or a longer time in which something may happen.
func (r *reader) tells(d *dates.Mention) bool {
	switch {
	case d.Type == dates.Set, strings.HasSuffix(d.Value, "_REF"), d.Rule == "numbered day" && d.First.IsZero():
		return false
	case d.Type == dates.Duration: // "for the past three days", "in its third week"
		return !d.First.IsZero() && d.Last == r.found.Published
	}
	return true
}

// date gives d to the events that it dates.
func (r *reader) date(d *dates.Mention) {
	first, last := r.doc.TokensIn(d.Span)
	if e := r.prefixed(first, last); e != nil {
		e.Date = d
		return
	}
	if r.names(d) {
		if e := r.yearOf(r.top(first, last)); e != nil && e.Date == nil {
			e.Date = d
		}
		return
	}
	if r.reported(d, first) {
		return
	}
	at := r.outside(r.tree.Head(r.top(first, last)), first)
	r.moments = append(r.moments, dated{d, first, r.moment(r.scene(at))})
	for range 2 * maxClimb {
		if at < 0 {
			break
		}
		if r.statusDate(at, d) || r.nominal(at) && r.is(at, saying) && r.uttered(at, d) {
			return
		}
		if e := r.owner(at, first); e != nil {
			if o := r.commented(e, d); o != nil {
				e = o
			}
			if e.Date == nil {
				e.Date = d
			}
			return
		}
		if e := r.tookPlace(at); e != nil && e.Date == nil {
			e.Date = d
			return
		}
		if l := r.tree.Label(at); l == syntax.AclRelcl || l == syntax.Acl && r.relativeClause(at) || l == syntax.Ccomp || l == syntax.Advcl && r.apart(at) {
			return
		}
		at = r.tree.Head(at)
	}
	if h := r.tree.Head(r.top(first, last)); h < last || r.verbal(h) {
		r.nearest(first, d)
	}
}

// nearest gives d, which hangs on no action, to that of the main clause which
// stands next to token i.
func (r *reader) nearest(i int, d *dates.Mention) {
	var best *Event
	for _, e := range r.triggers {
		if best == nil || abs(e.trigger-i) < abs(best.trigger-i) {
			best = e
		}
	}
	if best != nil && best.Date == nil {
		best.Date = d
	}
}

// top returns the token of [first, last) that the others hang on.
func (r *reader) top(first, last int) int {
	n := first
	for h := r.tree.Head(n); h >= first && h < last; h = r.tree.Head(n) {
		n = h
	}
	return n
}

// owner returns the event that a date which hangs on token at, and stands at i,
// belongs to.
func (r *reader) owner(at, i int) *Event {
	var best *Event
	for _, e := range r.triggers {
		if e.node != at && !r.carries(at, e) {
			continue
		}
		if e.node == at {
			return e
		}
		if best == nil || abs(e.trigger-i) < abs(best.trigger-i) {
			best = e
		}
	}
	return best
}

// carries reports whether the verb at v is of the clause that e, a noun, is the
// action of: "|held| talks", "an attack |took place|".
func (r *reader) carries(v int, e *Event) bool {
	n := e.node
	if r.verbal(n) && r.tree.Label(n) == syntax.Xcomp && r.tree.Head(n) == v && v != e.control && v != e.said {
		return true // "began to attack"
	}
	if c, ok := r.control(v); r.verbal(n) || v == e.control || v == e.said || ok && c.say {
		return false
	}
	for k := range maxClimb {
		l := r.tree.Label(n)
		n = r.tree.Head(n)
		if k == 0 && n == v && (l == syntax.Obj || l == syntax.Nsubj || l == syntax.NsubjPass) && r.is(v, about|weighs) {
			return false // "the strike was |ruled| illegal last week"
		}
		if n < 0 || n == e.control || l == syntax.Ccomp || l == syntax.AclRelcl || l == syntax.Parataxis {
			return false
		}
		if n == v {
			return true
		}
	}
	return false
}

// apart reports whether the clause of the verb at v is of another time than the
// one it hangs on: "after a strike was banned last week".
func (r *reader) apart(v int) bool {
	return r.has(v, syntax.Mark, "after", "before", "since", "until", "because", "if", "although", "though")
}
