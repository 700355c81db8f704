package troops

import "sitrep/extractors/text"

// understood reads a number whose noun is not said: "wounding seven", "16
// others", "from 5,000 to 8,000".
func (f *finder) understood(q quantity) (phrase, bool) {
	p := phrase{first: q.first, last: q.last, head: -1, antecedent: -1}
	switch {
	case q.strong:
		return p, false
	case f.low(q.last) == "strong", f.matches(q.last, []string{"in", "number"}):
		return f.strong(p, q)
	case f.matches(q.last, []string{"the", "number", "of"}), f.matches(q.last, []string{"the", "total", "of"}):
		return f.total(p, q)
	case f.isOthers(q, &p):
		return f.others(p, q)
	case f.isPart(q, &p):
		return f.part(p)
	case f.isSize(q):
		return f.sized(p, q), true
	case f.isDeathToll(q):
		p.what, p.noun, p.fate, p.rule = Others, "deaths", Killed, "death toll"
		return p, true
	case f.isLoss(q):
		return f.lost(f.inherit(p, f.first, "number and what befell them"), q), true
	case f.isParallel(q):
		return f.inherit(p, f.first, "parallel"), true
	case f.isSubject(q):
		p.rule = "subject"
		return p.like(f.lastPlural(q.first)), true
	case q.high >= 100 && !q.vague:
		return f.size(p, q)
	}
	return p, false
}

// isOthers extends p over "25 others", "another 200", "the other two".
func (f *finder) isOthers(q quantity, p *phrase) bool {
	before := f.low(q.first - 1)
	switch f.low(q.last) {
	case "others":
		p.last = q.last + 1
		return true
	case "more", "other":
		if f.nounFollows(q.last + 1) {
			return false
		}
		p.last = q.last + 1
		return f.low(q.last+1) != "than"
	}
	if before == "another" || before == "other" && q.high < 100 {
		if f.nounFollows(q.last) {
			return false
		}
		p.first = q.first - 1
		return true
	}
	return false
}

// others gives "25 others" the noun of the count before, and "another 4,000" that
// of the force the sentence speaks of.
func (f *finder) others(p phrase, q quantity) (phrase, bool) {
	if n := f.apposed(p.last); n != nil {
		p.rule = "apposition"
		return p.like(n), true
	}
	p = f.inherit(p, f.priorFirst, "others")
	if p.antecedent >= 0 {
		return p, true
	}
	if n, model := f.single(p.first); n != nil {
		p.model = model
		return p.like(n), true
	}
	if q.high >= 100 && !f.about.aviation && f.low(p.first) == "another" {
		sized, _, ok := f.sizeOf(p, p.first)
		return sized, ok
	}
	return p, f.isLossNear(p)
}

// partRule marks counts of some of those counted before.
const partRule = "part of a count"

// isPart extends p over "two of them", "three of those".
func (f *finder) isPart(q quantity, p *phrase) bool {
	if f.low(q.last) != "of" {
		return false
	}
	switch f.low(q.last + 1) {
	case "them", "those", "whom", "these":
		p.last = q.last + 2
		return !f.nounFollows(p.last)
	}
	return false
}

// part gives "two of them" the noun of the count before, or else of the people
// the sentence last spoke of: "clashed with rebels, killing two of them".
func (f *finder) part(p phrase) (phrase, bool) {
	if n := f.apposed(p.last); n != nil {
		p.rule = "apposition"
		return p.like(n), true
	}
	p = f.inherit(p, f.priorFirst, partRule)
	if p.antecedent >= 0 {
		return p, true
	}
	n := f.lastPlural(p.first)
	if n == nil {
		return p, f.isLossNear(p)
	}
	return p.like(n), true
}

// like gives p the noun n. Of units that fight it is their people.
func (p phrase) like(n *noun) phrase {
	p.what, p.noun, p.force = n.what, n.plural, n.force
	if n.what == Units {
		p.what, p.noun = Troops, "men"
	}
	return p
}

// lastPlural returns the noun of the last people named before token at.
func (f *finder) lastPlural(at int) *noun {
	for i := at - 1; i >= at-16; i-- {
		n := f.at(i).noun
		if n == nil || n.what.IsMateriel() || f.isHead(i+1, quantity{}) || f.isSingular(i+1) || f.isCompound(i+1) {
			continue // "infantry" of "infantry brigade"
		}
		if n.need != always {
			return nil
		}
		return n
	}
	return nil
}

// apposed returns the noun for troops that explains a number without one right
// behind it: "the other two, it seems army officers", "two of those known
// as soldiers".
func (f *finder) apposed(at int) *noun {
	if f.low(at) != "," && f.low(at+1) != "as" {
		return nil
	}
	for i := at + 1; i < at+5; i++ {
		n := f.at(i).noun
		if n != nil && n.what == Troops && (n.need == always || n.need <= spoken && f.at(i-1).mods&(ofForce|ofGroup) != 0) {
			return n
		}
		if f.low(i) == "," || f.isVerb(i) || f.tag(i) == "CD" {
			return nil
		}
	}
	return nil
}

// isParallel reports whether q stands to its place as the count before to its own:
// "2,500 troops in the north and 900 in the south".
func (f *finder) isParallel(q quantity) bool {
	_, at := f.hedge(q)
	n := len(f.ends) - 1
	return n >= 0 && f.ends[n].sentence == f.first && isLink(f.low(at-1)) && f.is(q.last, locative) &&
		f.counts[n].What == Troops && f.low(q.last) == f.low(f.ends[n].last)
}

// isSubject reports whether q is the subject of a sentence about troops: "troops
// left, but about 10,000 are still there".
func (f *finder) isSubject(q quantity) bool {
	n := f.lastPlural(q.first)
	verb := f.is(q.last, be|have) || f.isVerb(q.last) && f.tag(q.last) != "VBG" && !f.about.capitals
	return q.low >= 20 && verb && n != nil && n.what == Troops && f.low(q.first-1) != "to"
}

// isLoss reports whether q counts the killed, wounded or captured: "wounding
// seven", "11 wounded", "25 were injured".
func (f *finder) isLoss(q quantity) bool {
	next := q.last
	for next < q.last+3 && f.is(next, be|have|adverb) {
		next++
	}
	if c := f.cueAt(next); c.of != none && c.of != nominal && c.says.isFate() && f.isUndergone(next, c, next > q.last) {
		return true
	}
	if f.nounFollows(q.last) || f.low(q.last) == "of" || f.low(q.last) == "-" {
		return false
	}
	_, at := f.hedge(q)
	c := f.at(at - 1).verb
	return c.of == object && c.says.isFate() && f.tag(at-1) != "NN" && f.tag(at-1) != "NNS"
}

// lost makes troops of the killed and wounded of whom no noun is said, where a
// force has them: "the brigade had 300 killed", "casualties were 20 dead and 60
// wounded".
func (f *finder) lost(p phrase, q quantity) phrase {
	if p.antecedent >= 0 || f.about.civilians || f.about.police {
		return p
	}
	fought := f.about.military || f.about.battle || f.about.rebels
	for i := p.first - 1; i >= p.first-8; i-- {
		n := f.at(i).noun
		casualties := n != nil && n.need == loss && n.fate == Casualties
		had := (f.low(i) == "had" || f.low(i) == "lost") && i >= p.first-3
		if casualties && fought || had && (fought || q.high >= 100) || f.is(i, suffer|inflict) && fought {
			p.what, p.noun = Troops, "casualties"
			if n := f.lastPlural(p.first); f.lostByGroup(p) || n != nil && n.force == NonState {
				p.force = NonState
			}
			return p
		}
	}
	return p
}

// isDeathToll reports whether q is a toll: "the death toll rose to 21".
func (f *finder) isDeathToll(q quantity) bool {
	_, at := f.hedge(q)
	switch f.low(at - 1) {
	case "to", "at", "is", "was", "of", "reached", "hit", "passed", "topped":
	default:
		return false
	}
	for i := at - 2; i >= at-12; i-- {
		switch f.low(i) {
		case "toll":
			return !f.nounFollows(q.last)
		case ",", ";":
			return false
		}
	}
	return false
}

// inherit gives p the noun of the count before it, from token from on.
func (f *finder) inherit(p phrase, from int, rule string) phrase {
	p.rule, p.what, p.noun = rule, Others, "people"
	for k := len(f.counts) - 1; k >= max(0, len(f.counts)-8) && f.ends[k].sentence >= from; k-- {
		c := f.counts[k]
		if !c.What.IsPeople() {
			continue
		}
		p.antecedent, p.what, p.noun, p.force = k, c.What, c.Noun, c.Force
		if n := f.lex.words[c.Noun]; c.What == Others && n != nil && n.noun != nil && n.noun.fate != Unknown {
			p.noun = "people"
		}
		return p
	}
	return p
}

// single returns the noun of one person who suffered a fate before token at, and
// the tokens that name this person: "they shot a rebel and held six
// others".
func (f *finder) single(at int) (*noun, text.Span) {
	for i := at - 1; i >= at-14; i-- {
		n := f.at(i).singular
		if n == nil || n.need != always {
			continue
		}
		for k := i - 1; k >= i-4; k-- {
			if w := f.low(k); w == "a" || w == "an" || w == "one" {
				return n, text.Span{Start: k, End: i + 1}
			}
		}
	}
	return nil, text.Span{}
}

// isLossNear reports whether a loss is told right beside p.
func (f *finder) isLossNear(p phrase) bool {
	for i := p.first - 3; i < p.last+4; i++ {
		if c := f.cueAt(i); c.of != none && c.says.isFate() {
			return true
		}
	}
	return false
}
