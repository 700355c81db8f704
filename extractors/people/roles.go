package people

import (
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

// rolesOf returns for each candidate the roles that the words beside it give, and
// tells each its gender and age.
func (r *reading) rolesOf(all []candidate) [][]Role {
	r.person = make([]int32, len(r.doc.Tokens))
	for i := range r.person {
		r.person[i] = -1
	}
	for n, c := range all {
		for i := c.first; i < c.last; i++ {
			r.person[i] = int32(n)
		}
	}
	r.all = all
	out := make([][]Role, len(all))
	for n := range all {
		c := &all[n]
		s := r.doc.Sentences[r.sentence[c.first]]
		take := func(p phrase) {
			if p.role.class > honorific {
				out[n] = append(out[n], p.role)
			}
			if c.gender == unknown {
				c.gender = p.gender
			}
			if c.age == "" {
				c.age = p.age
			}
		}
		if part := r.part[c.first]; part == text.Author || part == text.Bio {
			c.lead = c.first
			continue
		}
		limit := r.before(c, s.First, take)
		c.lead, c.relative = limit, r.relativeOf(limit, s.First)
		r.apposedBefore(c, s.First, limit, take)
		r.after(c, s.Last, take)
		r.of(c, s.Last, out[n])
		if land := r.owner(limit); land != "" {
			c.home = land
		}
	}
	return out
}

// relativeOf reports whether the name at token lead is that of somebody whose
// relative has just been named: "Rosa Lund, sister of President Lund".
func (r *reading) relativeOf(lead, start int) bool {
	if r.doc.Lower(lead-1) != "of" {
		return false
	}
	for s := lead - 2; s >= max(start, lead-4); s-- {
		if o, end := r.officeAt(s, lead-1); o != nil && end == lead-1 {
			return o.class == kin
		}
	}
	return false
}

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

// apposedBefore reads the phrase before a comma that names c: "the Turkish
// foreign minister, Ali Demir, said".
func (r *reading) apposedBefore(c *candidate, start, limit int, take func(phrase)) {
	comma := limit - 1
	if r.doc.Word(comma) != "," || comma <= start || !r.closes(c.last) && !r.finite(c.last) {
		return
	}
	for s := max(start, comma-14); s < comma; s++ {
		p, ok := r.phrase(s, comma)
		if !ok || p.end != comma || !p.definite && !p.article || r.doc.Tag(s-1) == "POS" || !p.article && r.inPhrase(s) {
			continue
		}
		if r.doc.Word(s-1) == "," && s > 1 && r.person[s-2] >= 0 && !r.leads(c) {
			return
		}
		take(p)
		return
	}
}

// inPhrase reports whether the token before s goes on in the noun phrase at s.
func (r *reading) inPhrase(s int) bool {
	return s > 0 && (r.nominal(s-1) || r.countryAt(s-1) != nil || openers[r.doc.Lower(s-1)])
}

// leads reports whether a phrase before the comma before c is of c and not of
// the person before it: nothing of the kind follows c.
func (r *reading) leads(c *candidate) bool {
	if r.finite(c.last) {
		return true
	}
	if r.doc.Word(c.last) != "," {
		return false
	}
	p, ok := r.phrase(c.last+1, len(r.doc.Tokens))
	return !ok || !r.closes(p.end)
}

// closes reports whether a phrase or name may end before token i: a mark, or a
// word that goes on with something else.
func (r *reading) closes(i int) bool {
	switch w := r.doc.Lower(i); w {
	case "", ",", ".", ";", ":", ")", "]", "-", "--", "–", "—", "_", "?", "!", `"`, "”", "''", "'", "’", "who", "whose", "and", "or":
		return true
	}
	return false
}

// after reads the phrase behind c: "Ali Demir, the Turkish foreign minister,",
// "Ali Demir, 54, a farmer,", "Ali Demir is the leader of".
func (r *reading) after(c *candidate, last int, take func(phrase)) {
	i := c.last
	switch w := r.doc.Lower(i); {
	case w == "," || w == "(" || w == "-" || w == "–" || w == "—":
		i++
		if isAge(r.doc.Word(i)) && (r.doc.Word(i+1) == "," || r.doc.Word(i+1) == ")") {
			c.age = r.doc.Word(i)
			if r.doc.Word(i+1) == ")" {
				return
			}
			i += 2
		}
		if land := r.party(i); land != "" {
			c.party = land
			return
		}
		if r.doc.Lower(i) == "who" && copulas[r.doc.Lower(i+1)] {
			r.predicate(i+2, last, take)
			return
		}
		if p, ok := r.phrase(i, last); ok && r.closes(p.end) && !r.leadsOn(&p) && !r.subject(&p, last) {
			take(p)
			if r.doc.Word(p.end) == "," && copulas[r.doc.Lower(p.end+1)] {
				r.predicate(p.end+2, last, take)
			}
		}
	case copulas[w]:
		r.predicate(i+1, last, take)
	}
}

// copulas join a name with what the person is.
var copulas = set("is was became")

// predicate reads what a person is said to be, from token i on.
func (r *reading) predicate(i, last int, take func(phrase)) {
	for range 2 {
		if w := r.doc.Lower(i); w == "also" || w == "now" || w == "then" || w == "once" || w == "still" || w == "currently" {
			i++
		}
	}
	if p, ok := r.phrase(i, last); ok && (p.article || p.definite || p.role.class >= government) && r.doc.Tag(p.end) != "POS" && p.end < len(r.person) && r.person[p.end] < 0 {
		take(p)
	}
}

// leadsOn reports whether a person's name follows whose the phrase p is.
func (r *reading) leadsOn(p *phrase) bool {
	i := p.end
	if r.person1(i) {
		return true
	}
	if r.doc.Word(i) != "," || !r.person1(i+1) {
		return false
	}
	return r.leads(&r.all[r.person[i+1]])
}

func (r *reading) person1(i int) bool { return i < len(r.person) && r.person[i] >= 0 }

// subject reports whether p, after a comma, opens the main clause: "After
// meeting Lund, the president and his wife flew home".
func (r *reading) subject(p *phrase, last int) bool {
	return r.doc.Lower(p.end) == "and" && p.definite && r.finiteSoon(p.end+1, last)
}

func (r *reading) finiteSoon(i, last int) bool {
	for k := i; k < min(i+4, last); k++ {
		if r.finite(k) {
			return true
		}
	}
	return false
}

// isAge reports whether w is a number of years that a person may have.
func isAge(w string) bool {
	return (len(w) == 2 || len(w) == 1) && w[0] >= '1' && w[0] <= '9' && (len(w) == 1 || w[1] >= '0' && w[1] <= '9')
}

// party returns the country of a member of Congress by the party and state
// behind the name: "R-Ariz.".
func (r *reading) party(i int) countries.Code {
	w := r.doc.Word(i)
	if len(w) > 4 && (w[0] == 'R' || w[0] == 'D' || w[0] == 'I') && w[1] == '-' && capitalised(w[2:]) {
		return "US"
	}
	return ""
}

// owner returns the country before the possessive right before token lead:
// "Iraq's Saddam".
func (r *reading) owner(lead int) countries.Code {
	if r.doc.Tag(lead-1) == "POS" {
		if m := r.countryAt(lead - 2); m != nil && m.Kind == countries.Name {
			return m.Country
		}
	}
	return ""
}

// of gives the roles of c the country behind the name: "Foreign Minister Demir of
// Turkey".
func (r *reading) of(c *candidate, last int, roles []Role) {
	land := c.party
	if r.doc.Lower(c.last) == "of" {
		i := c.last + 1
		if r.doc.Lower(i) == "the" {
			i++
		}
		if m := r.countryAt(i); m != nil && m.Kind == countries.Name {
			if end := r.past(i, m.End); end >= last || r.doc.Tag(end) != "POS" && !r.nominal(end) {
				land = m.Country
				c.home = land
			}
		}
	}
	for k := range roles {
		if roles[k].Country == "" && roles[k].class >= rank {
			roles[k].Country = land
		}
	}
}
