package dates

import "sitrep/extractors/text"

// An expression is a date as it is worded, with nothing resolved.
type expression struct {
	text.Span
	first, last int // its pieces, the last not in it
	token       int // its first token
	sentence    int
	means       meaning
	clock       clock
	typ         Type
	mod         string
	relation    Relation
	aside       bool // in brackets
	bare        bool // no noun follows that it describes: "on Friday", but "an April 25 deadline"
	rule        string
}

// A meaning is what an expression says of the calendar.
type meaning interface {
	// resolve returns the period that e means, or why there is none.
	resolve(r *resolver, e *expression) answer
}

// An answer is what a meaning resolves to: a period, or days, or a value and the
// reason why there is no more.
type answer struct {
	period     period
	from, to   Day // days that no period has, as of "the past three days"
	precision  Precision
	value      string // of what has no period
	readings   []Day
	point      bool // it is one, although it reads as a length: "in five years"
	anchor     AnchorKind
	anchorSpan text.Span
	reason     string
	rule       string // instead of the expression's
}

// A clock is a time of day.
type clock struct {
	known   bool
	minutes int    // since midnight
	part    string // TIMEX3 code of a part of the day: MO, NI
	zone    string // "Z", "+02:00"; "" when it is not said
}

// value returns what TIMEX3 writes behind a day: T14:30Z, TMO.
func (c clock) value() string {
	switch {
	case c.known:
		return "T" + two(':', c.minutes/60)[1:] + two(':', c.minutes%60) + c.zone
	case c.part != "":
		return "T" + c.part
	}
	return ""
}
