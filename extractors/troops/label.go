package troops

import "strings"

// isLabel reports whether the number is a year, a date, money, a measure or a
// label: what stands around it says so.
func (f *finder) isLabel(q quantity) bool {
	before, after := q.first-1, q.last
	switch {
	case f.is(before, money), f.is(after, measure) && !q.strong:
		return true
	case q.isYearLike() && f.isYear(before, after):
		return true
	case q.bare && q.high <= 31 && (f.is(before, month) || f.is(after, month)): // "on May 12 soldiers"
		return true
	case q.bare && (f.is(before, label) || f.low(before) == "force" && f.low(before-1) == "task"): // "Hill 220", "Brigade 12"
		return true
	case q.high == 1 && f.low(after) != "of": // "this one", "no one"
		return isPronominal(f.low(before)) && !f.isConjunction(before)
	}
	return false
}

func (q quantity) isYearLike() bool {
	return q.bare && q.high == q.low && 1000 <= q.low && q.low < 2100
}

// isYear reports whether a number of four digits is a year there.
func (f *finder) isYear(before, after int) bool {
	return f.is(before, yearMark|month) || f.low(after) == "," || strings.HasPrefix(f.low(after), "-")
}

// isConjunction reports whether "that" at i begins a clause: "said that one soldier".
func (f *finder) isConjunction(i int) bool {
	return f.low(i) == "that" && (f.tag(i) == "IN" || f.is(i-1, speech) || f.isVerb(i-1))
}

func isPronominal(before string) bool {
	switch before {
	case "no", "any", "every", "some", "each", "this", "that", "which", "the", "another", "number":
		return true
	}
	return false
}
