package people

import (
	"strings"

	"sitrep/extractors/countries"
)

// before reads the offices right before c, the nearest first: "Iraqi Prime
// Minister", "NATO spokesman Lt. Col.". It returns the token where they begin.
func (r *reading) before(c *candidate, start int, take func(phrase)) int {
	limit := c.first
	for range 3 {
		p, ok := r.ending(limit, start)
		if !ok {
			if p, ok = r.capitalPhrase(limit, start); !ok {
				break
			}
		}
		take(p)
		limit = p.first
		if p.role.Country != "" && p.head < limit {
			break
		}
	}
	return limit
}

// ending reads the office that ends right before token limit, with the words
// before it that belong to it.
func (r *reading) ending(limit, start int) (phrase, bool) {
	head, o := -1, (*office)(nil)
	for s := max(start, limit-5); s < limit; s++ {
		if found, end := r.officeAt(s, limit); found != nil && end == limit && r.person[s] < 0 {
			head, o = s, found
			break
		}
	}
	if o == nil {
		return phrase{}, false
	}
	p := phrase{first: head, head: head, end: limit, gender: o.gender, owner: -1, role: Role{class: o.class}}
	words := appendRange(r.modifiers(&p, start), head, limit)
	r.describe(&p, words, o)
	p.role.Span = r.doc.Covering(words[0], limit)
	return p, true
}

// modifiers returns the tokens before the head of p that belong to its name, and
// moves p.first to where it begins with its country.
func (r *reading) modifiers(p *phrase, start int) []int {
	var words []int
	for p.first > start && p.head-p.first < 7 {
		k := p.first - 1
		if c := r.countryAt(k); c != nil {
			first, _ := r.doc.TokensIn(c.Span)
			if p.role.Country != "" || r.locates(c, first, p) {
				break
			}
			p.claim(c)
			if r.seat(c) {
				words = append(appendRange(nil, first, p.first), words...)
			}
			p.first = first
			continue
		}
		if r.doc.Tag(k) == "POS" {
			r.possessor(p, k)
			break
		}
		if r.person[k] >= 0 || !r.nominal(k) || r.heads(p, k, start) || !r.belongs(p, k) {
			break
		}
		words = append([]int{k}, words...)
		p.first = k
	}
	return words
}

// locates reports whether the country c, from token first on, tells where
// something happens and not whose the office is: "in London President Lund".
func (r *reading) locates(c *countries.Mention, first int, p *phrase) bool {
	return c.Place && r.prepositionAt(first-1) && (c.Kind != countries.Name || !strings.HasPrefix(r.doc.Tag(p.head), "NN"))
}

// belongs reports whether the word at token k can belong to the office of p: to
// a title only one written large, to a rank only a service, before a country only
// what says since when or how ("former Peruvian president").
func (r *reading) belongs(p *phrase, k int) bool {
	w := r.doc.Lower(k)
	title := capitalised(r.doc.Word(p.head))
	switch {
	case notModifiers[w], qualifiers[w]:
		return true
	case title && p.role.class == rank:
		return services[w] // "Chief of Staff Gen."
	case lesser[w]:
		return true
	}
	return p.role.Country == "" && (!title || capitalised(r.doc.Word(k)))
}

// services may stand before a rank: "Marine Corps Gen."
var services = set("army navy air force marine marines corps coast guard national police royal naval reserve border security revolutionary special forces republican")

// possessor takes whose office p is from the word before the "'s" at token k.
func (r *reading) possessor(p *phrase, k int) {
	p.definite = true
	if c := r.countryAt(k - 1); c != nil {
		p.claim(c)
	} else if k > 0 && r.person[k-1] >= 0 {
		p.owner = k - 1
	}
}

// heads reports whether token k ends another office than the one behind it. A
// noun in small letters before another describes it: "rebel commander"; so does
// one written large that is no title: "Marine Corps General".
func (r *reading) heads(p *phrase, k, start int) bool {
	large := capitalised(r.doc.Word(k))
	if lesser[r.doc.Lower(k)] || !large && !capitalised(r.doc.Word(p.head)) {
		return false
	}
	if o, _ := r.lex.offices.longest(r.doc, k, k+1, true); large && o == nil {
		return false
	}
	for s := max(start, k-4); s <= k; s++ {
		if o, end := r.officeAt(s, k+1); o != nil && end == k+1 {
			return true
		}
	}
	return false
}

func (r *reading) prepositionAt(i int) bool {
	tag := r.doc.Tag(i)
	return i >= 0 && (tag == "IN" || tag == "TO")
}

// capitalPhrase reads an office with its complement, written large, that ends
// right before token limit: "Minister for the Middle East".
func (r *reading) capitalPhrase(limit, start int) (phrase, bool) {
	for s := limit - 2; s >= max(start, limit-9); s-- {
		switch w := r.doc.Word(s); {
		case isWordy(w) && !capitalised(w) && !links[w] && w != "the" && w != "and":
			return phrase{}, false
		case !isWordy(w):
			return phrase{}, false
		}
		if o, end := r.officeAt(s, limit); o == nil || end >= limit-1 || o.class < official || !capitalised(r.doc.Word(s)) || !links[r.doc.Lower(end)] {
			continue
		}
		if p, ok := r.phrase(s, limit); ok && p.end == limit && p.head == s {
			r.widen(&p, start)
			return p, true
		}
	}
	return phrase{}, false
}

// widen adds the words before a phrase with a complement: "U.S. Assistant".
func (r *reading) widen(p *phrase, start int) {
	q := *p
	words := r.modifiers(&q, start)
	p.first = q.first
	if q.role.Country != "" {
		p.role.Country = q.role.Country
	}
	if len(words) > 0 {
		p.role.Name = joinWords(r.doc.Slice(r.doc.Covering(words[0], p.head)), p.role.Name)
		p.role.Start = r.doc.Tokens[words[0]].Start
	}
}
