package dates

import "sitrep/extractors/text"

// A resolver gives expressions their place in the calendar, in the order of the
// text.
type resolver struct {
	doc    *text.Document
	anchor Anchor
	told   story  // the dates resolved so far
	focus  told   // in a narrative, where it has got to
	figure told   // the last quarter that figures were given for
	opens  told   // in a narrative, the first date with a year
	order  *order // of day and month in dates of digits, once it is asked for
}

type order struct{ dayFirst, known bool }

// Reasons why a date has no days.
const (
	noPublication = "no publication date"
	nothingTold   = "no date before it in the text"
	noSuchDay     = "no such day in the calendar"
	outside       = "outside the years 1 to 9999"
	fiscalYears   = "fiscal years differ"
)

func (r *resolver) dayFirst() (first, known bool) {
	if r.order == nil {
		first, known := dayFirst(r.doc)
		r.order = &order{first, known}
	}
	return r.order.dayFirst, r.order.known
}

// A base is the day that something is relative to.
type base struct {
	day    Day
	kind   AnchorKind
	span   text.Span
	moves  bool   // with the day of publication
	reason string // why there is none
}

// now returns the time of telling: publication, or where the narrative has got to.
func (r *resolver) now() base {
	switch {
	case !r.anchor.Narrative && r.anchor.Published.IsZero():
		return base{reason: noPublication}
	case !r.anchor.Narrative:
		return base{day: r.anchor.Published, kind: Publication, moves: true}
	case !r.focus.period.isZero():
		return base{day: r.focus.period.first, kind: Text, span: r.focus.Span}
	case !r.opens.period.isZero():
		return base{day: r.opens.period.first, kind: Text, span: r.opens.Span}
	}
	return base{reason: nothingTold}
}

// fromText returns the date told before, for "two days later" and "that month".
func (r *resolver) fromText(u unit) base {
	t, ok := r.told.last(u)
	if !ok {
		return base{reason: nothingTold}
	}
	return base{day: t.period.first, kind: Text, span: t.Span, moves: t.moves}
}

// answer makes the answer p resolved against b.
func (b base) answer(p period) answer { return answer{period: p, anchor: b.kind, anchorSpan: b.span} }

// direction tells where the wording of e looks.
func (r *resolver) direction(e *expression) direction {
	if r.anchor.Narrative {
		return openEnded
	}
	last, _ := r.doc.TokensIn(text.Span{Start: e.End, End: e.End + 1})
	return tense(r.doc, r.doc.Sentences[e.sentence], e.token, max(last, e.token+1))
}

// resolve makes the mention of e.
func (r *resolver) resolve(e *expression) Mention {
	a := e.means.resolve(r, e)
	m := Mention{Span: e.Span, Type: e.typ, Mod: e.mod, Relation: e.relation, Value: a.value, First: a.from, Last: a.to, Precision: a.precision,
		Anchor: a.anchor, AnchorSpan: a.anchorSpan, Readings: a.readings, Reason: a.reason, Rule: e.rule}
	if a.rule != "" {
		m.Rule = a.rule
	}
	if a.point {
		m.Type = Date
	}
	if !a.period.isZero() {
		m.Value = a.period.value()
		m.Precision = precisions[a.period.unit]
		if a.reason == "" {
			m.First, m.Last = a.period.interval()
		}
		r.tell(e, a.period, a.anchor == Publication)
	}
	if e.typ == Time {
		m.Value += e.clock.value()
	}
	if y := m.First.Year; !m.First.IsZero() && (y < 1 || m.Last.Year > 9999) {
		m.First, m.Last, m.Reason = Day{}, Day{}, outside
	}
	return m
}

// tell remembers what e has told, unless it stands in a link or a note that tells
// of other articles.
func (r *resolver) tell(e *expression, p period, moves bool) {
	if r.doc.RoleAt(e.Start).Aside() {
		return
	}
	t := told{e.Span, p, e.sentence, e.aside, moves}
	r.told = append(r.told, t)
	switch m := e.means.(type) {
	case *named:
		if m.unit == quarters {
			r.figure = t
		}
	case *likewise:
		if m.back == 0 && m.year == 0 {
			r.figure.sentence = e.sentence
		}
	}
	if r.anchor.Narrative && !e.aside && p.unit <= years {
		r.focus = t
	}
}
