package countries

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/extractors/names"
	"sitrep/extractors/places"
)

// A land is a country, as "LB", or a region, as "US-TX", that stands beside the
// name of a place in it.
type land struct {
	code        string
	plain       bool         // the words say so even of a place that nobody knows
	region      places.Place // of a region
	first, last int          // tokens of a region's name
}

func (l land) country() Code  { c, _, _ := strings.Cut(l.code, "-"); return Code(c) }
func (l land) isRegion() bool { return strings.Contains(l.code, "-") }

// beside returns the land that words beside the place at tokens [first, end) give
// it: "Paris, Texas", "Hyderabad in Pakistan", "Tripoli (Lebanon)", "the Iraqi
// town of Balad", "Pakistan's Hyderabad".
func (f *finder) beside(first, end int) land {
	if l := f.behind(first, end); l.code != "" {
		return l
	}
	return f.before(first)
}

// behind returns the land that is named behind a place, past a comma, a bracket
// or "in".
func (f *finder) behind(first, end int) land {
	d := f.doc
	i := end
	switch d.Lower(i) {
	case ",", "(":
		i++
		if d.Lower(i) == "in" || d.Lower(i) == "near" {
			i++
		}
	case "in":
		i++
	default:
		return land{}
	}
	l, next := f.landAt(i)
	if l.code == "" || !l.isRegion() && d.Word(end) == "," && f.goesOn(next) {
		return land{}
	}
	l.plain = d.Word(end) == "," && f.looksUnknown(first, end) && !f.inList(first, next)
	return l
}

// goesOn reports whether token i goes on with a clause that the land before it
// opens, so that it tells nothing of the place before: "In Kirkuk, U.S. forces",
// "in Tripoli, Lebanon has".
func (f *finder) goesOn(i int) bool {
	tag := f.doc.Tag(i)
	return strings.HasPrefix(tag, "VB") || tag == "MD" || (isNoun(tag) || tag == "POS" && isNoun(f.doc.Tag(i+1))) && !calendar[f.doc.Lower(i)]
}

var calendar = wordSet("january february march april may june july august september october november december " +
	"monday tuesday wednesday thursday friday saturday sunday yesterday today")

// looksUnknown reports whether tokens [first, last) may be a place that no list
// holds: a name, not a quarter of the compass, and not in a text in capitals,
// where the tagger sees too many.
func (f *finder) looksUnknown(first, last int) bool {
	d := f.doc
	r, _ := utf8.DecodeRuneInString(d.Word(first))
	return unicode.IsUpper(r) && !compass[d.Lower(last-1)] && !f.upper[d.SentenceAt(d.Tokens[first].Start)]
}

// inList reports whether the place that begins at token first and the land before
// token next stand in a list of lands: "Chad, X, Sudan and Libya".
func (f *finder) inList(first, next int) bool {
	d := f.doc
	if w := d.Lower(next); w == "," || w == "and" {
		if l, _ := f.landAt(next + 1); l.code != "" {
			return true
		}
		if d.Lower(next+1) == "and" {
			return true
		}
	}
	i := first - 1
	if d.Lower(i) == "the" || d.Lower(i) == "and" {
		i--
	}
	return d.Word(i) == "," && i > 0 && f.over[i-1] >= 0
}

// landAt returns the country or region that tokens from i on name, and the token
// after it.
func (f *finder) landAt(i int) (land, int) {
	if compass[f.doc.Word(i)] {
		i++ // "Khost, eastern Afghanistan", but not "South Carolina"
	}
	if i >= len(f.doc.Tokens) {
		return land{}, i
	}
	if n := f.over[i]; n >= 0 {
		m := &f.found[n]
		if l, next := f.regionAt(i); m.Kind == Capital && l.code != "" && l.country() == m.Country && l.code != m.Site.Code() {
			return l, next // "Seattle, Washington"
		}
		if m.Kind != Name && m.Kind != Region || m.Country == "" || m.Span.Start != f.doc.Tokens[i].Start {
			return land{}, i
		}
		for i < len(f.over) && f.over[i] == n {
			i++
		}
		return land{code: string(m.Country)}, i
	}
	if l, next := f.stateAt(i); l.code != "" {
		return l, next
	}
	return f.regionAt(i)
}

// stateAt returns the region whose abbreviation stands at token i: "Ga.", "NSW".
// In capitals, "LA" and "OR" are words.
func (f *finder) stateAt(i int) (land, int) {
	p, next := f.lists.states.longest(i, f.doc.Word)
	if p == nil || next == i+1 && len(f.doc.Word(i)) == 2 && f.upper[f.doc.SentenceAt(f.doc.Tokens[i].Start)] {
		return land{}, i
	}
	return land{code: p.Code(), region: *p, first: i, last: next}, next
}

// regionAt returns the region that the tagger's place at token i is, if its name
// is that of no larger town elsewhere.
func (f *finder) regionAt(i int) (land, int) {
	n := f.name[i]
	if n < 0 || f.named[n].First != i || f.named[n].Type != names.Place {
		return land{}, i
	}
	last := f.named[n].Last
	found, count := f.lookup(i, last)
	if count < last-i && sorts[f.doc.Lower(last-1)] == regionSort {
		found, count = f.lookup(i, last-1)
		count++
	}
	if count < last-i {
		return land{}, i
	}
	for p := range found.All() {
		if p.Region() {
			return land{code: p.Code(), region: p, first: i, last: last}, last
		}
		break
	}
	return land{}, i
}

// before returns the country whose name or demonym stands before a place, as of
// "the northern Iraqi town of" and "Pakistan's".
func (f *finder) before(first int) land {
	d := f.doc
	i := first - 1
	plain := true
	switch {
	case d.Lower(i) == "of" && sorts[d.Lower(i-1)] != anySort:
		i -= 2
	case sorts[d.Lower(i)] != anySort:
		i--
	case d.Tag(i) == "POS":
		plain = false
	default:
		return land{}
	}
	for n := 0; n < 4 && i >= 0; n++ {
		if f.over[i] >= 0 {
			m := &f.found[f.over[i]]
			if m.Kind > Demonym || m.Span.End != d.Tokens[i].End {
				return land{}
			}
			return land{code: string(m.Country), plain: plain && f.looksUnknown(first, first+1)}
		}
		if d.Tag(i) != "POS" && !isNoun(d.Tag(i)) && d.Tag(i) != "VBN" {
			return land{}
		}
		i--
	}
	return land{}
}

var compass = wordSet("north south east west northern southern eastern western central northeastern northwestern southeastern southwestern " +
	"north-eastern north-western south-eastern south-western northeast northwest southeast southwest")
