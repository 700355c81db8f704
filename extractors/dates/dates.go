// Package dates finds dates, times and durations in a text and resolves them to
// intervals of days. It knows no clock: what is relative resolves against the
// anchor it is handed, or stays unresolved with the reason.
package dates

import (
	"strings"

	"sitrep/extractors/text"
)

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
	ByWeek
	ByMonth
	ByQuarter
	BySeason
	ByYear
	ByDecade
	ByCentury
)

func (p Precision) String() string {
	return [...]string{"unknown", "day", "week", "month", "quarter", "season", "year", "decade", "century"}[p]
}

// A Relation says how what is dated stands to the interval.
type Relation uint8

// The relations.
const (
	On Relation = iota // on the day, or within the longer interval
	Before
	After
	Since
	Until
)

func (r Relation) String() string {
	return [...]string{"on", "before", "after", "since", "until"}[r]
}

// An Anchor is what relative dates are relative to.
type Anchor struct {
	Published Day  // zero: relative dates stay unresolved
	Narrative bool // resolve against the last full date in the text instead
}

// A Mention is a date, time or duration in the text.
type Mention struct {
	text.Span
	Type        Type
	Value       string // TIMEX3: 2025-05-10, 2025-W11, P17D, PRESENT_REF, XXXX-05-10
	Mod         string // TIMEX3: START, MID, END, APPROX; or ""
	First, Last Day    // the interval, both days in it; zero when unresolved or a duration
	Precision   Precision
	Relation    Relation
	AnchorSpan  text.Span // the date in the text that this one was resolved against
	Reason      string    // why there is no interval; "" with one
	Rule        string
}

var months = map[string]int{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
	"aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12}

var weekdays = map[string]int{"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6}

var units = map[string]byte{"day": 'D', "days": 'D', "week": 'W', "weeks": 'W', "month": 'M', "months": 'M', "year": 'Y', "years": 'Y',
	"decade": 'E', "decades": 'E', "century": 'C', "centuries": 'C', "hour": 'H', "hours": 'H', "minute": 'm', "minutes": 'm', "night": 'N', "nights": 'N'}

var seasons = map[string]string{"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}

var dayParts = map[string]string{"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI", "noon": "MI", "dawn": "MO", "overnight": "NI"}

var mods = map[string]string{"early": "START", "mid": "MID", "late": "END", "beginning": "START", "end": "END", "middle": "MID", "start": "START"}

var numbers = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
	"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100}

// unmonth takes the point off "Dec." and folds it.
func unmonth(w string) string { return strings.TrimSuffix(w, ".") }

// number reads a small number in digits or words; ok is false for anything else.
func number(w string) (n int, ok bool) {
	if n, ok := numbers[w]; ok {
		return n, true
	}
	if a, b, found := strings.Cut(w, "-"); found {
		x, y := numbers[a], numbers[b]
		if x >= 20 && x%10 == 0 && y > 0 && y < 10 {
			return x + y, true
		}
		return 0, false
	}
	return digits(w)
}

// digits reads up to four decimal digits.
func digits(w string) (n int, ok bool) {
	if w == "" || len(w) > 4 {
		return 0, false
	}
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return 0, false
		}
		n = n*10 + int(w[i]-'0')
	}
	return n, true
}

// dayNumber reads "10", "10th", "1st": 1 to 31.
func dayNumber(w string) (int, bool) {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, suffix)
	}
	n, ok := digits(w)
	return n, ok && n >= 1 && n <= 31 && len(w) <= 2
}

// year reads a year of four digits that texts of news write about.
func year(w string) (int, bool) {
	n, ok := digits(w)
	return n, ok && len(w) == 4 && n >= 1000 && n <= 2199
}
