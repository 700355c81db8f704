package countries

import (
	"math"
	"strings"

	"sitrep/extractors/names"
	"sitrep/extractors/places"
)

// at is where a name's place was found to be: in which country, at which site,
// by which rule. The zero value is nowhere.
type at struct {
	country Code
	site    places.Place
	rule    string
}

// towns finds the countries of the places that no list of ours holds: of those
// that the tagger sees. The same name is the same place all over the text.
func (f *finder) towns() {
	asked := f.ask()
	for _, q := range asked {
		old := f.settled[q.key]
		if q.beside != "" && (old.rule != besideRule || old.country == "") {
			if where := f.byNeighbour(&q); where.country != "" {
				f.settled[q.key] = where
			}
		}
	}
	for _, q := range asked {
		where, ok := f.settled[q.key]
		if !ok {
			where = f.resolve(&q)
			f.settled[q.key] = where
		}
		f.place(&q, where)
	}
}

// A query is a name that the tagger takes for a place's.
type query struct {
	first, last int // tokens, without words that say what sort of place it is
	key         string
	sort        sortOf
	beside      string // the country or region that words beside it give, or ""
}

// A sortOf says what sort of place words say that it is.
type sortOf uint8

const (
	anySort sortOf = iota
	townSort
	regionSort
)

// sorts are the words for sorts of places beside their names.
var sorts = sortWords(map[sortOf]string{
	townSort:   "city town village port suburb capital hamlet township camp municipality",
	regionSort: "province provinces state governorate region oblast county department prefecture division district territory republic",
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

// ask gathers the names to look up: those of places that have no mention yet,
// and those of capitals beside which other land is named ("Paris, Texas").
func (f *finder) ask() []query {
	var out []query
	for _, m := range f.named {
		if m.Type != names.Place {
			continue
		}
		q := f.query(m)
		if over := f.mentionOver(m); over != nil {
			if over.Kind != Capital || !over.Place || q.beside == "" || strings.HasPrefix(q.beside, string(over.Country)) {
				continue
			}
		}
		out = append(out, q)
	}
	return out
}

// mentionOver returns a mention over the tokens of m, nil if there is none.
func (f *finder) mentionOver(m names.Mention) *Mention {
	for i := m.First; i < m.Last; i++ {
		if f.over[i] >= 0 {
			return &f.found[f.over[i]]
		}
	}
	return nil
}

func (f *finder) query(m names.Mention) query {
	q := query{first: m.First, last: m.Last}
	d := f.doc
	q.sort = sorts[d.Lower(m.Last)]
	if q.sort == anySort && m.Last-m.First > 1 {
		if q.sort = sorts[d.Lower(m.Last-1)]; q.sort != anySort {
			if _, n := f.lookup(q.first, q.last); n < q.last-q.first {
				q.last--
			}
		}
	}
	if q.sort == anySort {
		before := q.first - 1
		if d.Lower(before) == "of" {
			before--
		}
		q.sort = sorts[d.Lower(before)]
	}
	q.key = places.Key(d.Slice(d.Covering(q.first, q.last)))
	q.beside = f.beside(&q, m.Last)
	return q
}

const besideRule = "town:words beside it"

// byNeighbour returns where the place is that lies in the land named beside it,
// or just that land where the lists do not know it.
func (f *finder) byNeighbour(q *query) at {
	country, region, _ := strings.Cut(q.beside, "-")
	where := at{country: Code(country), rule: besideRule}
	best := -1.0
	for p := range f.candidates(q) {
		if p.Country != country || region != "" && p.Admin != region && !(p.Region() && p.Admin == "") {
			continue
		}
		if s := fit(&p, q.sort); s > best {
			where.site, best = p, s
		}
	}
	if best < 0 && f.over[q.first] >= 0 {
		return at{} // a capital after all: "in Cairo, Jordan said"
	}
	return where
}

// candidates gives the places that go by the name.
func (f *finder) candidates(q *query) func(func(places.Place) bool) {
	found, n := f.lookup(q.first, q.last)
	if n < q.last-q.first {
		return func(func(places.Place) bool) {}
	}
	return found.All()
}

// fit tells how well a place fits what sort it is said to be, between 0 and 8, by
// the logarithm of its people. A town comes before the region around it.
func fit(p *places.Place, s sortOf) float64 {
	score := math.Log10(float64(max(p.Population, 1000))) // 3 to 7.5
	if p.Alias {
		score -= 0.5
	}
	switch {
	case p.Region() == (s == regionSort):
		return score
	case s == anySort:
		return score - 1.5
	}
	return score - 3
}

// What speaks for a country, beside people.
const (
	mentioned  = 2.0 // the text names it
	often      = 0.5 // for each doubling of how often it does
	prominent  = 5.3 // a town of this size needs no mention of its country
	clearly    = 1.0 // if no other place of the name comes near it
	longestLog = 4   // doublings that count
)

// resolve chooses among the places that go by the name.
func (f *finder) resolve(q *query) at {
	var best places.Place
	top, second, size := -1.0, -1.0, 0.0
	for p := range f.candidates(q) {
		s := fit(&p, q.sort)
		score := s
		if n := f.evidence[Code(p.Country)]; n > 0 {
			score += mentioned + often*min(longestLog, math.Log2(float64(n)))
		}
		switch {
		case score > top:
			if best.Country != p.Country {
				second = top
			}
			best, top, size = p, score, s
		case p.Country != best.Country:
			second = max(second, score)
		}
	}
	switch country := Code(best.Country); {
	case top < 0:
		return at{}
	case f.evidence[country] > 0:
		return at{country, best, "town:country named in the text"}
	case size >= prominent && top-second >= clearly:
		return at{country, best, "town:most populous"}
	}
	return at{}
}

// place notes that the name of q stands where it was found to be.
func (f *finder) place(q *query, where at) {
	if where.country == "" {
		return
	}
	m := Mention{Span: f.doc.Covering(q.first, q.last), Country: where.country, Kind: Region, Place: true, Site: where.site, Rule: where.rule}
	m.dispute(f.lists.disputeAt(&where.site))
	if f.isCapital(&m, q.first, q.last) {
		m.Kind = Capital
	}
	if over := f.over[q.first]; over >= 0 {
		f.found[over] = m
		return
	}
	f.cover(q.first, q.last, m)
}

// isCapital reports whether m, at tokens [first, last), is one of those that share
// their name with other towns, as San Jose.
func (f *finder) isCapital(m *Mention, first, last int) bool {
	r, end := f.lists.phrases.longest(first, func(i int) string { return straight(f.doc.Word(i)) })
	return r != nil && end == last && r.kind == Capital && r.country == m.Country && r.site.GeoNames == m.Site.GeoNames
}

// disputeAt returns the dispute about the land that p lies in, nil if there is none.
func (l *lists) disputeAt(p *places.Place) *dispute {
	if p.Country == "" {
		return nil
	}
	if d := l.disputed[p.Code()]; d != nil {
		return d
	}
	return l.disputed[p.Country+"-"]
}
