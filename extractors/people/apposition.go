package people

// apposedBefore reads the phrase before a comma that names c: "the Turkish
// foreign minister, Ali Demir, said".
func (r *reading) apposedBefore(c *candidate, start int, take func(phrase)) {
	comma := c.lead - 1
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
	if r.isPerson(i) {
		return true
	}
	if r.doc.Word(i) != "," || !r.isPerson(i+1) {
		return false
	}
	return r.leads(&r.all[r.person[i+1]])
}

func (r *reading) isPerson(i int) bool { return i < len(r.person) && r.person[i] >= 0 }

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
