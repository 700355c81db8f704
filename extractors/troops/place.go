package troops

import (
	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

// place returns where the people of a count are, are sent, or were when something
// befell them, if the text says so: "7,000 peacekeepers in Ivory Coast".
func (f *finder) place(p phrase, c Count) *Place {
	for _, k := range f.near(c.Start) {
		m := f.found[k]
		first, _ := f.doc.TokensIn(m.Span)
		if !m.Place || first < p.last || !f.isLocative(first) {
			continue
		}
		if first > p.last+reach || f.newClause(p.last, first) {
			return nil
		}
		return &Place{m.Span, m.Country}
	}
	return nil
}

// newClause reports whether another clause begins in tokens [first, last).
func (f *finder) newClause(first, last int) bool {
	for i := first; i < last; i++ {
		if f.endsClause(i) || f.is(i, speech) {
			return true
		}
	}
	return false
}

// A Place is where people are.
type Place struct {
	text.Span
	Country countries.Code
}

// abroad returns the status of a count whose people are only said to be
// somewhere: those who are in another country than their own were sent there.
func (c Count) abroad() Status {
	if c.Status == Present && c.Place != nil && c.Nationality != "" && c.Place.Country != "" && c.Place.Country != c.Nationality {
		return Deployed
	}
	return c.Status
}
