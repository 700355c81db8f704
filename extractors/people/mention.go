package people

import (
	"slices"
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// A candidate is a run of tokens that names a person, without titles.
type candidate struct {
	first, last int
	part        text.Span // of a compound, where the name stands in the word
	rule        string
	gender      gender // by the title before it
	form        form
	age         string         // "54"
	party       countries.Code // by the party behind the name: "R-Ohio"
	home        countries.Code // "Iraq's Saddam", "Lund of Norway"
	lead        int            // the token where the titles before it begin
	relative    bool           // named as whose relative somebody is
}

// longestName is the most tokens that a name has.
const longestName = 8

// mentions returns the spans that name persons, in order and not overlapping.
func (r *reading) mentions() []candidate {
	taken := make([]bool, len(r.doc.Tokens))
	var all []candidate
	take := func(list []candidate) {
		for _, c := range list {
			if c.first >= c.last || slices.Contains(taken[c.first:c.last], true) {
				continue
			}
			if c.form = r.formOf(&c); len(c.form.words) == 0 || !isWordy(r.doc.Slice(r.span(&c))) {
				continue
			}
			for i := c.first; i < c.last; i++ {
				taken[i] = true
			}
			all = append(all, c)
		}
	}
	take(r.tagged())
	take(r.titled(taken))
	take(r.bylined(taken))
	take(r.credited(taken))
	take(r.introduced(taken))
	all = r.withoutNoise(r.withoutThings(all))
	take(r.withoutThings(r.untagged(all, taken)))
	slices.SortFunc(all, func(a, b candidate) int { return a.first - b.first })
	return all
}

// tagged returns the names that the tagger found.
func (r *reading) tagged() []candidate {
	pieces := r.pieces()
	var out []candidate
	for k := 0; k < len(pieces); k++ {
		c := candidate{first: pieces[k].first, last: pieces[k].last, rule: "tagger"}
		for k+1 < len(pieces) && r.joins(c, pieces[k+1]) {
			k++
			c.last = pieces[k].last
		}
		c.last = r.extend(c.first, c.last)
		for k+1 < len(pieces) && pieces[k+1].first < c.last {
			k++
		}
		r.trim(&c)
		if s, ok := r.inside(c.first); ok && c.last-c.first == 1 {
			c.part = s
		}
		if !r.landed(&c) {
			out = append(out, c)
		}
	}
	return out
}

// pieces returns what the tagger has as persons, parted where a word in small
// letters or a number stands that is in no name: "Waugh b Lund 22 Moe". With "of"
// the whole is none: "Our Lady of Salvation".
func (r *reading) pieces() []span {
	var out []span
	for _, m := range r.named {
		if m.Type != names.Person {
			continue
		}
		first, n := m.First, len(out)
		for i := m.First; i <= m.Last; i++ {
			if i < m.Last && !r.parts(i) {
				continue
			}
			if i > first {
				out = append(out, span{first, i})
			}
			first = i + 1
			if w := r.doc.Lower(i); i < m.Last && (w == "of" || w == "the") {
				out = out[:n]
				break
			} else if i < m.Last && len(w) > 3 && isWordy(w) {
				out = out[:n] // "film legend Ann Moe"
			}
		}
	}
	return out
}

// parts reports whether token i, inside what was tagged as one name, parts it.
func (r *reading) parts(i int) bool {
	w := r.doc.Word(i)
	if r.quote[i] >= 0 && i > 0 && r.quote[i] != r.quote[r.named[r.name[i]].First] {
		return false // the nickname in Roberto "Hands of Stone" Ruiz
	}
	return isWordy(w) && !capitalised(w) && !particles[r.doc.Lower(i)] && !r.article(i) && strings.ToLower(w) == w || isNumber(w) || w == ";" || w == ":"
}

// landed reports whether c is a part of a country's name: "Sri".
func (r *reading) landed(c *candidate) bool {
	for i := c.first; i < c.last; i++ {
		if r.country[i] >= 0 {
			return true
		}
	}
	return false
}

func isNumber(w string) bool { return w != "" && strings.Trim(w, "0123456789") == "" }
