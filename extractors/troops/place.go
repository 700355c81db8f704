package troops

import (
	"sort"

	"sitrep/extractors/countries"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// A Place is where the people of a count are.
type Place struct {
	text.Span
	Country countries.Code // "" when it is not known
}

// placesIn returns the places of a document, in order and not overlapping: those
// that name a country, and other names of places.
func placesIn(found []countries.Mention, named []names.Mention) []Place {
	var all []Place
	for _, m := range found {
		if m.Place {
			all = append(all, Place{m.Span, m.Country})
		}
	}
	for _, m := range named {
		if m.Type == names.Place {
			all = append(all, Place{Span: m.Span})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Start < all[j].Start })
	kept := all[:0]
	for _, p := range all {
		if n := len(kept); n == 0 || !kept[n-1].Overlaps(p.Span) {
			kept = append(kept, p)
		}
	}
	return kept
}

// place returns where the people of a count are, go to, leave, or were when
// something befell them, if their clause says so: "700 peacekeepers in
// Liberia"; nil if it does not.
func (f *finder) place(p phrase, c Count) *Place {
	end := f.doc.Tokens[min(p.last+reach, f.last)-1].End
	at := sort.Search(len(f.places), func(i int) bool { return f.places[i].Start >= c.End })
	for ; at < len(f.places) && f.places[at].End <= end; at++ {
		place := f.places[at]
		first, last := f.doc.TokensIn(place.Span)
		if f.newClause(p.last, first) {
			return nil
		}
		if f.isWhere(first, c.Status) && !f.belongsTo(last) {
			return &place
		}
	}
	return nil
}

// belongsTo reports whether a place that ends at token i only tells of what stands
// there: "in the U.S. military", "the minister in Peru said".
func (f *finder) belongsTo(i int) bool {
	return f.isNoun(i) || f.at(i).mods != 0 || f.is(i, speech)
}

// isWhere reports whether the place at token first is where people with status s
// are: behind "from" those who leave, behind "to" those who do not.
func (f *finder) isWhere(first int, s Status) bool {
	switch f.low(f.beforeLand(first)) {
	case "in", "at", "near", "inside", "across", "around", "on", "outside", "throughout", "along":
		return true
	case "to", "into", "toward", "towards":
		return s != Withdrawn
	case "from", "out":
		return s == Withdrawn || s == Released
	}
	return false
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

// abroad returns the status of a count whose people are only said to be
// somewhere: those who are in another country than their own were sent there.
func (c Count) abroad() Status {
	if c.Status == Present && c.Place != nil && c.Nationality != "" && c.Place.Country != "" && c.Place.Country != c.Nationality {
		return Deployed
	}
	return c.Status
}
