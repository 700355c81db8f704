package people

import (
	"strings"

	"sitrep/extractors/names"
)

// trim takes off c what is no name: titles before it, days and months and the
// word I at its ends.
func (r *reading) trim(c *candidate) {
	c.first = r.behindTitles(c.first, c.last)
	if o, end := r.lex.offices.longest(r.doc, c.first, c.last, true); o != nil && end == c.last && !r.surnameOf(c.first, c.last) {
		c.first = c.last // a title and no name
	}
	for c.first < c.last && notEnds[r.doc.Lower(c.last-1)] && !r.first(c.last-1) {
		c.last--
	}
	for c.last-c.first > 1 && notEnds[r.doc.Lower(c.first)] && r.doc.Word(c.first+1) != "." {
		c.first++
	}
}

// first reports whether the word I at token i counts a ruler: "Pedro I".
func (r *reading) first(i int) bool {
	return r.doc.Word(i) == "I" && r.given(i-1)
}

// behindTitles returns the token behind the titles that open tokens [first, last).
func (r *reading) behindTitles(first, last int) int {
	for {
		o, end := r.lex.offices.longest(r.doc, first, last, true)
		if o == nil || end == last {
			return first
		}
		first = end
	}
}

// surnameOf reports whether the single title that a name consists of is a
// surname there: "Bishop" behind "Julie Bishop".
func (r *reading) surnameOf(first, last int) bool {
	return last-first == 1 && r.surnames()[r.doc.Lower(first)]
}

// surnames holds the last words of names of several words, as the tagger has
// them.
func (r *reading) surnames() map[string]bool {
	if r.lasts == nil {
		r.lasts = map[string]bool{}
		for _, m := range r.named {
			first, last := r.behindTitles(m.First, m.Last), m.Last-1
			for last > first && suffixes[strings.TrimSuffix(r.doc.Lower(last), ".")] {
				last--
			}
			if m.Type == names.Person && last > first {
				r.lasts[r.doc.Lower(last)] = true
			}
		}
	}
	return r.lasts
}

// notEnds are words that no name begins or ends with.
var notEnds = set(`i monday tuesday wednesday thursday friday saturday sunday january february april june july august september october november december
	the of and for but if when while as in on at by 's ' , . - he she it they we you his her their its this that`)
