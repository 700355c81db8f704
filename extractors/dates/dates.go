// Package dates finds dates, times and durations in a text and resolves them to
// intervals of days. It knows no clock: what is relative resolves against the
// anchor it is handed, or stays unresolved with the reason.
package dates

import "sitrep/extractors/text"

// A Type is the TIMEX3 type of a mention.
type Type uint8

// The types.
const (
	Date Type = iota
	Time
	Duration
	Set
)

func (t Type) String() string { return [...]string{"DATE", "TIME", "DURATION", "SET"}[t] }

// A Precision says how long a resolved interval is by its wording.
type Precision uint8

// The precisions.
const (
	Unknown Precision = iota
	ByDay
	ByWeekend
	ByWeek
	ByMonth
	ByQuarter
	ByHalf
	BySeason
	ByYear
	ByDecade
	ByCentury
	ByMillennium
)

func (p Precision) String() string {
	return [...]string{"unknown", "day", "weekend", "week", "month", "quarter", "half", "season", "year", "decade", "century", "millennium"}[p]
}

// A Relation says how what is dated stands to the interval.
type Relation uint8

// The relations.
const (
	On Relation = iota // on the day, or within the longer interval
	Before
	After
	Since  // from its first day on
	Until  // up to its last day
	Within // at some time in it, or all through it
)

func (r Relation) String() string {
	return [...]string{"on", "before", "after", "since", "until", "within"}[r]
}

// An AnchorKind says what a date was resolved against.
type AnchorKind uint8

// The kinds of anchors.
const (
	Absolute    AnchorKind = iota // nothing: the words tell the whole date, or it is unresolved
	Publication                   // the day of publication
	Text                          // another date in the text
)

func (k AnchorKind) String() string { return [...]string{"", "publication", "text"}[k] }

// An Anchor is what relative dates are relative to.
type Anchor struct {
	Published Day  // zero: relative dates stay unresolved
	Narrative bool // resolve against the last full date in the text instead
}

// A Mention is a date, time or duration in the text.
type Mention struct {
	text.Span
	Type        Type
	Value       string     // TIMEX3: 2025-05-10, 2025-W11, P17D, PRESENT_REF, XXXX-05-10
	Mod         string     // TIMEX3: START, MID, END, APPROX, MORE_THAN …; or ""
	First, Last Day        // the interval, both days in it; zero when unresolved
	Precision   Precision  // of the interval by its wording; Unknown without one
	Relation    Relation   // of what is dated to the interval
	Anchor      AnchorKind // what it was resolved against
	AnchorSpan  text.Span  // the date in the text that it was, where that has a place
	Readings    []Day      // the days that it may mean, where digits leave that open
	Reason      string     // why there is no interval; "" with one, and for lengths of time
	Rule        string     // what it was read by
}

// Find returns the dates, times and durations in doc, in order and not overlapping.
// What stands in taken, in order, has been read as something else: no number there is
// part of a date.
func Find(doc *text.Document, a Anchor, taken ...text.Span) []Mention {
	s := newScanner(doc, taken)
	for i := range doc.Sentences {
		s.sentence(i)
	}
	r := resolver{doc: doc, anchor: a, opens: opening(s.out)}
	found := make([]Mention, len(s.out))
	for i := range s.out {
		found[i] = r.resolve(&s.out[i])
	}
	return found
}

// opening returns the first date that tells its year.
func opening(found []expression) told {
	for _, e := range found {
		if n, ok := e.means.(*named); ok && n.dated {
			if p, ok := n.in(n.year); ok {
				return told{Span: e.Span, period: p}
			}
		}
	}
	return told{}
}
