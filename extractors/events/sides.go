package events

// sides returns the participants that the phrases at heads stand for, with
// those joined to them; pronouns are replaced by what they stand for.
func (r *reader) sides(heads []int) []Participant {
	var out []Participant
	for _, h := range heads {
		for _, m := range r.members(h) {
			out = append(out, r.side(m)...)
		}
	}
	return out
}

func (r *reader) side(h int) []Participant {
	p := r.phrase(h)
	if list := r.hyphenated(h); list != nil {
		return list
	}
	if r.pronoun(p) && p.person < 0 {
		return r.antecedent(p)
	}
	if (both[r.doc.Lower(p.head)] || r.doc.Lower(p.head) == "country" && either[r.doc.Lower(p.first)]) && p.country == "" && r.onlyTwo(p) {
		return r.pair(p.head)
	}
	if g := r.namedGroup(p); g != nil {
		return []Participant{*g}
	}
	if p.kind&(political|Captive) == 0 && (p.country == "" || p.kind == Territory || p.kind == Other && p.place) {
		return nil
	}
	if p.kind == Accord && !r.pronoun(p) {
		return nil // "signed the |Peru Treaty|"
	}
	if p.first == p.head && r.doc.Lower(p.head) == "force" {
		return nil // "a show of |force|"
	}
	if list := r.delegates(p); list != nil {
		return list
	}
	if list := r.listed(p); list != nil {
		return list
	}
	if list := r.nations(p); list != nil {
		return list
	}
	return []Participant{r.participant(p)}
}

var either = map[string]bool{"neither": true, "either": true, "each": true}

// both are the nouns that stand for two sides told before.
var both = map[string]bool{"neighbors": true, "neighbours": true, "countries": true, "sides": true, "nations": true, "two": true, "both": true, "leaders": true, "parties": true}

// onlyTwo reports whether p says nothing of the sides but that they were told
// before: not "some Western countries".
func (r *reader) onlyTwo(p *phrase) bool {
	for k := p.first; k < p.head; k++ {
		w := r.doc.Lower(k)
		if t := r.doc.Tag(k); t[0] == 'J' && !paired[w] || w == "some" || w == "no" || w == "any" || w == "many" || w == "several" || w == "three" {
			return false
		}
	}
	return true
}

// paired are the adjectives of two sides.
var paired = map[string]bool{"both": true, "neighboring": true, "neighbouring": true, "rival": true, "warring": true, "opposing": true, "hostile": true, "once-close": true, "respective": true, "same": true}
