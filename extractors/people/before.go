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
	words := r.modifiers(&p, start)
	for i := head; i < limit; i++ {
		words = append(words, i)
	}
	r.describe(&p, words, o)
	p.role.Span = r.doc.Covering(words[0], limit)
	return p, true
}

// modifiers returns the tokens before the head of p that belong to its name, and
// moves p.first to where it begins with its country.
func (r *reading) modifiers(p *phrase, start int) []int {
	var words []int
	title := capitalised(r.doc.Word(p.head))
	i := p.head
	for i > start && p.head-i < 7 {
		k := i - 1
		if c := r.countryAt(k); c != nil {
			first, _ := r.doc.TokensIn(c.Span)
			if p.role.Country != "" || c.Place && r.prepositionAt(first-1) && !strings.HasPrefix(r.doc.Tag(p.head), "NN") {
				break
			}
			if c.Place && c.Kind != countries.Name && r.prepositionAt(first-1) {
				break // "in London President Lund"
			}
			if !c.Disputed {
				p.role.Country = c.Country
			}
			for k := i - 1; r.seat(c) && k >= first; k-- {
				words = append([]int{k}, words...)
			}
			i = first
			continue
		}
		if r.doc.Tag(k) == "POS" {
			r.possessor(p, k)
			break
		}
		w := r.doc.Lower(k)
		if r.person[k] >= 0 || !r.nominal(k) || r.heads(p, k, start) || title && !capitalised(r.doc.Word(k)) && !notModifiers[w] && !lesser[w] && !qualifiers[w] {
			break
		}
		if p.role.class == rank && title && !services[w] && !notModifiers[w] && !qualifiers[w] {
			break // "Chief of Staff Gen."
		}
		if p.role.Country != "" && !notModifiers[w] && !lesser[w] && !qualifiers[w] {
			break
		}
		words = append([]int{k}, words...)
		i = k
	}
	p.first = i
	return words
}

// services may stand before a rank: "Marine Corps Gen."
var services = set("army navy air force marine marines corps coast guard national police royal naval reserve border security revolutionary special forces republican")

// possessor takes whose office p is from the word before the "'s" at token k.
func (r *reading) possessor(p *phrase, k int) {
	p.definite = true
	if c := r.countryAt(k - 1); c != nil {
		if p.role.Country == "" && !c.Disputed {
			p.role.Country = c.Country
		}
		return
	}
	if k > 0 && r.person[k-1] >= 0 {
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
