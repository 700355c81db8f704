package countries

import (
	"strings"

	"sitrep/extractors/names"
	"sitrep/extractors/places"
)

// choose settles the names that several lands go by: on the one that the rest of
// the text names, or the first in the list.
func (f *finder) choose() {
	for _, c := range f.unsure {
		m := &f.found[c.mention]
		for _, other := range c.others {
			if f.evidence[m.Country] == 0 && f.speaksFor(other, m) {
				f.become(m, other)
			}
		}
	}
	for _, c := range f.unsure {
		f.count(f.found[c.mention].Country)
	}
	for _, s := range f.seats {
		if f.evidence[s.country] > 0 {
			f.take(s.first, s.last, s.reading, "list:country named in the text")
		}
	}
}

// speaksFor reports whether the text names land, or, where it is a region, a
// town of it before the mention ("Atlanta, Georgia") or other regions of its
// country ("Alabama").
func (f *finder) speaksFor(land Code, m *Mention) bool {
	country, region, ok := strings.Cut(string(land), "-")
	if !ok {
		return f.evidence[land] > 0
	}
	first, _ := f.doc.TokensIn(m.Span)
	return f.townBefore(first, country, region) || f.regionsNamed(country) > 0
}

// become makes land what m names.
func (f *finder) become(m *Mention, land Code) {
	m.Rule = "list:named in the text"
	country, region, ok := strings.Cut(string(land), "-")
	m.Country = Code(country)
	if !ok {
		return
	}
	m.Kind = Region
	for _, p := range places.Lookup(f.doc.Slice(m.Span)) {
		if p.Region() && p.Country == country && p.Admin == region {
			m.Site = p
		}
	}
}

// townBefore reports whether a town of the region stands before token i and a comma.
func (f *finder) townBefore(i int, country, region string) bool {
	if f.doc.Word(i-1) != "," || i < 2 {
		return false
	}
	first, last := i-2, i-1
	if n := f.name[i-2]; n >= 0 {
		first, last = f.named[n].First, f.named[n].Last
	}
	found, count := f.lookup(first, last)
	if count < last-first {
		return false
	}
	for p := range found.All() {
		if p.Country == country && p.Admin == region {
			return true
		}
	}
	return false
}

// regionsNamed counts the names that are those of regions of country before all.
func (f *finder) regionsNamed(country string) int {
	n, ok := f.regions[country]
	if ok {
		return n
	}
	for _, m := range f.named {
		if m.Type != names.Place || f.over[m.First] >= 0 {
			continue
		}
		found, count := f.lookup(m.First, m.Last)
		if count < m.Last-m.First {
			continue
		}
		for p := range found.All() {
			if p.Region() && p.Country == country {
				n++
			}
			break // the most populous
		}
	}
	f.regions[country] = n
	return n
}
