package countries

import (
	"sitrep/extractors/names"
	"sitrep/extractors/places"
)

// towns finds the countries of the places that no list of ours holds: of those
// that the tagger sees. The same name is the same place all over the text. What
// is surest comes first and speaks for what is less so: words beside a name, then
// how well a place is known, then the countries that the text names.
func (f *finder) towns() {
	asked := f.ask()
	for _, find := range []func(*query) at{f.byNeighbour, f.byFame, f.byContext} {
		fresh := len(f.settled)
		for n := range asked {
			q := &asked[n]
			if _, ok := f.settled[q.key]; ok {
				continue
			}
			if where := find(q); where.country != "" {
				f.settled[q.key] = where
			}
		}
		if len(f.settled) > fresh {
			f.countSettled(asked)
		}
	}
	for n := range asked {
		q := &asked[n]
		f.place(q, f.settled[q.key])
	}
}

// at is where a name's place was found to be: in which country, at which site,
// by which rule. The zero value is nowhere.
type at struct {
	country Code
	site    places.Place
	rule    string
}

// A query is a name that the tagger takes for a place's.
type query struct {
	first, last int // tokens, without words that say what sort of place it is
	key         string
	sort        sortOf
	beside      land
	counted     bool // its country is in the evidence
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
		if compass[q.key] {
			continue
		}
		if over, trapped := f.mentionOver(m); trapped || over != nil && !f.isElsewhere(over, &q) {
			continue
		}
		out = append(out, q)
	}
	return out
}

// isElsewhere reports whether q, which m takes for a capital or a country, lies in
// other land by the words beside it: "Paris, Texas", "Lebanon, Pennsylvania".
func (f *finder) isElsewhere(m *Mention, q *query) bool {
	return m.Place && q.beside.code != "" && q.beside.country() != m.Country && (m.Kind == Capital || m.Kind == Name && q.beside.isRegion())
}

// mentionOver returns a mention over the tokens of m, nil if there is none, and
// whether a trap stands there.
func (f *finder) mentionOver(m names.Mention) (over *Mention, trapped bool) {
	for i := m.First; i < m.Last; i++ {
		switch n := f.over[i]; {
		case n == trap:
			return nil, true
		case n >= 0:
			return &f.found[n], false
		}
	}
	return nil, false
}

// query returns what to look up for m.
func (f *finder) query(m names.Mention) query {
	q := query{first: m.First, last: m.Last}
	d := f.doc
	end := m.Last
	if q.sort = sorts[d.Lower(m.Last)]; q.sort != anySort {
		end++
	} else if q.sort = sorts[d.Lower(m.Last-1)]; q.sort != anySort && m.Last-m.First > 1 {
		if _, n := f.lookup(q.first, q.last); n < q.last-q.first {
			q.last-- // "Kunar Province", but "Mexico City"
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
	q.beside = f.beside(q.first, end)
	return q
}

// countSettled adds the countries of the places that are settled to the evidence.
func (f *finder) countSettled(asked []query) {
	for n := range asked {
		q := &asked[n]
		if where := f.settled[q.key]; where.country != "" && !q.counted && f.over[q.first] < 0 {
			q.counted = true
			f.count(where.country)
		}
	}
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
