package people

import (
	"strings"

	"sitrep/extractors/countries"
)

// complement reads what stands behind the head of p: "for the Iraqi army", "of
// Poland", "to Washington", and moves its end.
func (r *reading) complement(p *phrase, limit int) {
	tells := true // what follows tells the office, and not where it is held
	for range 3 {
		w := r.doc.Lower(p.end)
		if !links[w] || p.end+1 >= limit {
			return
		}
		first := p.end + 1
		end, land, only := r.object(first, limit)
		if p.owner < 0 && end > first && r.person[end-1] >= 0 {
			p.owner = end - 1 // "aide to President Lund"
			p.role.owner = p.owner
		}
		if end == first || end > first && r.doc.Tag(end) == "POS" {
			return
		}
		owns := w == "of" || w == "for"
		if tells && owns && p.role.Country == "" {
			p.role.Country = land
		}
		if !owns && w != "to" {
			p.end, tells = end, false
			continue
		}
		if tells && (!only || w == "to") {
			p.role.Name = joinWords(p.role.Name, r.doc.Slice(r.doc.Covering(p.end, end)))
			if p.role.class == state && presides[r.doc.Lower(p.head)] {
				p.role.class = official // "president of the company"
			}
		}
		p.end = end
	}
}

// links join an office with what it is an office of.
var links = set("of for to in at with on from")

// object reads the noun phrase of a complement from token i on. It returns its
// end, the country that it names, and whether it is nothing but that country.
func (r *reading) object(i, limit int) (end int, land countries.Code, only bool) {
	first := i
	if w := r.doc.Lower(i); openers[w] {
		i++
	}
	start, named := i, false
	only = true
	for i < limit {
		if r.person[i] >= 0 {
			i, only = r.personEnd(i), false // "aide to President Lund"
			if r.doc.Tag(i) != "POS" {
				break
			}
			continue
		}
		if c := r.countryAt(i); c != nil {
			if land == "" && !c.Disputed {
				land, named = c.Country, c.Kind == countries.Name
			}
			i = r.past(i, c.End)
			continue
		}
		if w := r.doc.Lower(i); !r.nominal(i) && r.doc.Tag(i) != "POS" && w != "&" {
			// "the Ministry of Defence": one "of" between capitals
			if w != "of" || !capitalised(r.doc.Word(i-1)) || !capitalised(r.doc.Word(i+1)) || r.country[i+1] >= 0 {
				break
			}
		}
		only = false
		i++
	}
	if i == start {
		return first, "", false
	}
	return i, land, only && land != "" && named
}

func joinWords(a, b string) string { return strings.Join(strings.Fields(a+" "+b), " ") }
