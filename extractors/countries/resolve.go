package countries

import (
	"iter"
	"math"
	"strings"

	"sitrep/extractors/names"
	"sitrep/extractors/places"
)

// A sortOf says what sort of place words say that it is.
type sortOf uint8

const (
	anySort sortOf = iota
	townSort
	regionSort
)

// sorts are the words for sorts of places beside their names.
var sorts = sortWords(map[sortOf]string{
	townSort:   "city town village port suburb capital hamlet township camp municipality district districts",
	regionSort: "province provinces state governorate region oblast county department departments prefecture division territory republic",
})

func sortWords(m map[sortOf]string) map[string]sortOf {
	out := map[string]sortOf{}
	for s, list := range m {
		for w := range strings.FieldsSeq(list) {
			out[w] = s
		}
	}
	return out
}

// candidates gives the places that go by the name of q.
func (f *finder) candidates(q *query) iter.Seq[places.Place] {
	found, n := f.lookup(q.first, q.last)
	if n < q.last-q.first {
		found = places.Matches{}
	}
	return found.All()
}

// lookup returns the places of the longest name that begins tokens [first, last).
func (f *finder) lookup(first, last int) (places.Matches, int) {
	var words [8]string
	n := 0
	for ; n < len(words) && first+n < last; n++ {
		words[n] = f.doc.Word(first + n)
	}
	return places.Longest(words[:n])
}

// What speaks for a place. Scores are decimal logarithms of people, raised by
// how well a place is known; see fame.
const (
	known     = 0.6  // for each doubling of the names that the world has for a town
	renown    = 1.5  // of a region, whose names nobody has counted
	byAlias   = -0.5 // sought by another name than the usual one
	around    = -1.0 // a region, where the text may as well mean the town in it
	mismatch  = -2.0 // a town where the text says province, or the other way
	uncounted = 4.0  // the people of a town that nobody has counted
	fromText  = 4.0  // if all that the text names is in its country; less by the root of the share
	enough    = 8.0  // to be taken for granted
	famous    = 9.0  // to be taken for granted before the rest of the text is asked
	peculiar  = 6.0  // a region whose name no other place comes near, "Helmand", where nothing speaks against it
	margin    = 1.0  // over the next land
)

// fame tells how likely a place is meant by its name, other things equal.
func fame(p *places.Place, s sortOf) float64 {
	score := uncounted
	if p.Population > 0 {
		score = math.Log10(float64(p.Population))
	}
	if p.Alias {
		score += byAlias
	}
	if p.Region() {
		score += renown
	} else {
		score += known * math.Log2(float64(1+p.Names))
	}
	switch {
	case s == anySort && p.Region():
		score += around
	case s == townSort && p.Region(), s == regionSort && !p.Region():
		score += mismatch
	}
	return score
}

// best returns the place of the highest score, and how far it is above the best
// of other lands.
func best(all iter.Seq[places.Place], score func(*places.Place) float64) (p places.Place, top, lead float64) {
	second := 0.0
	for other := range all {
		switch s := score(&other); {
		case s <= top && other.Country != p.Country:
			second = max(second, s)
		case s > top:
			if other.Country != p.Country {
				second = max(second, top)
			}
			p, top = other, s
		}
	}
	return p, top, top - second
}

// byNeighbour finds the place that lies in the land named beside it, or, where
// the lists do not know it and the words are plain, just that land.
func (f *finder) byNeighbour(q *query) at {
	if q.beside.code == "" {
		return at{}
	}
	country := q.beside.country()
	p, top, _ := best(f.candidates(q), func(p *places.Place) float64 {
		if Code(p.Country) != country || q.beside.isRegion() && p.Code() != q.beside.code {
			return 0
		}
		return fame(p, q.sort)
	})
	switch {
	case top > 0:
		f.confirm(&q.beside)
		return at{country, p, "town:words beside it"}
	case q.beside.plain && f.over[q.first] < 0 && !f.isKnown(q): // "Troy, Tennessee"
		return at{country, places.Place{}, "town:words beside it alone"}
	}
	return at{}
}

// confirm notes the region beside a place that lies in it: "Fla.", "Texas".
func (f *finder) confirm(l *land) {
	if !l.isRegion() {
		return
	}
	q := query{first: l.first, last: l.last, key: places.Key(f.doc.Slice(f.doc.Covering(l.first, l.last)))}
	where := at{l.country(), l.region, "town:words beside it"}
	if p, _, _ := best(f.candidates(&q), func(p *places.Place) float64 { return fame(p, anySort) }); !p.Region() && p.Code() == l.code {
		return // "Albany, New York": elsewhere in the text it is the city
	}
	t, _, _ := f.taggedOver(l.first)
	switch over := f.over[l.first]; {
	case over >= 0 && f.found[over].Kind == Capital, over == -1 && t != names.Place:
		f.place(&q, where)
	case over == -1:
		f.settled[q.key] = where
	}
}

// isKnown reports whether the name of q is well known for a place elsewhere.
func (f *finder) isKnown(q *query) bool {
	_, top, _ := best(f.candidates(q), func(p *places.Place) float64 { return fame(p, anySort) })
	return top >= enough
}

// byFame finds the place that is so well known that no other of its name comes
// near.
func (f *finder) byFame(q *query) at {
	p, top, lead := best(f.candidates(q), func(p *places.Place) float64 { return fame(p, q.sort) })
	if top < famous || lead < 1.5*margin || f.over[q.first] >= 0 {
		return at{}
	}
	return at{Code(p.Country), p, "town:well known"}
}

// needed returns the score that q needs: more in text in capitals, where the
// tagger takes many words for names.
func (f *finder) needed(q *query) float64 {
	if f.upper[f.doc.SentenceAt(f.doc.Tokens[q.first].Start)] {
		return enough + 1
	}
	return enough
}

// byContext finds the place that the countries which the text names, and how
// often it does, make the likeliest.
func (f *finder) byContext(q *query) at {
	p, top, lead := best(f.candidates(q), func(p *places.Place) float64 {
		if p.Country == "US" && !p.Region() {
			return fame(p, q.sort) // news gives the state beside all but the best known
		}
		share := float64(f.evidence[Code(p.Country)]) / float64(max(1, f.total))
		return fame(p, q.sort) + fromText*math.Sqrt(share)
	})
	country := Code(p.Country)
	switch mentioned := f.evidence[country] > 0; {
	case f.over[q.first] >= 0:
		return at{}
	case p.Region() && lead >= 2*margin && (top >= enough-margin || top >= peculiar && (mentioned || f.total == 0)):
		return at{country, p, "town:no other of its name"}
	case top < f.needed(q):
		return at{}
	case mentioned:
		return at{country, p, "town:country named in the text"}
	case lead >= margin && (f.total == 0 || top >= famous):
		return at{country, p, "town:well known"}
	}
	return at{}
}
