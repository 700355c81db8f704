package troops

// understood reads a number whose noun is not said: "wounding seven", "16
// others", "from 5,000 to 8,000".
func (f *finder) understood(q quantity) (phrase, bool) {
	p := phrase{first: q.first, last: q.last, head: -1, antecedent: -1}
	switch {
	case q.strong:
		return p, false
	case f.low(q.last) == "strong":
		return f.strong(p, q)
	case f.matches(q.last, []string{"the", "number", "of"}), f.matches(q.last, []string{"the", "total", "of"}):
		return f.total(p, q)
	case f.isOthers(q, &p):
		return f.others(p, q)
	case f.isPart(q, &p):
		return f.inherit(p, "part of a count", true)
	case f.isSize(q):
		return f.size(p, q), true
	case f.isDeathToll(q):
		p.what, p.noun, p.rule = Others, "deaths", "death toll"
		return p, true
	case f.isLoss(q):
		return f.inherit(p, "number and what befell them", false)
	case q.high >= 100 && !q.vague:
		return f.strength(p, q, "strength")
	}
	return p, false
}

// isSize reports whether q is the size of a body whose people are not named: "a
// brigade of 3,500".
func (f *finder) isSize(q quantity) bool {
	_, at := f.hedge(q)
	return at-2 >= f.first && f.low(at-1) == "of" && sizes[f.low(at-2)] && !f.nounFollows(q.last) && q.low >= 10 && f.about.military
}

func (f *finder) size(p phrase, q quantity) phrase {
	_, of := f.hedge(q)
	p.head, p.noun, p.what, p.rule = of-2, f.low(of-2), Troops, "force of number"
	p.first = of - 2
	if at := f.body(q); at >= 0 {
		p.first = at
	}
	p.mods = f.modifiersIn(p.first, of)
	p.force = p.forceBy(State)
	return p
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
	r, ok := f.inherit(p, "others", true)
	if ok || q.high < 100 || f.about.aircraft || f.low(p.first) != "another" {
		return r, ok
	}
	name, force, _ := f.sizeOf(p.first)
	r.what, r.noun, r.force = Troops, name, force
	return r, name != ""
}

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

// nounFollows reports whether the number at hand counts what begins at i.
func (f *finder) nounFollows(i int) bool {
	if i >= f.last || weekdays[f.low(i)] || closed[f.low(i)] {
		return false
	}
	if c := f.lex.cues[f.low(i)]; c != 0 && c <= released {
		return false
	}
	switch f.doc.Tag(i) {
	case "NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "$", "VBG":
		return true
	}
	return false
}

// isLoss reports whether q counts the killed, wounded or captured: "wounding
// seven", "11 wounded", "25 were injured".
func (f *finder) isLoss(q quantity) bool {
	next := q.last
	for next < q.last+3 && auxiliaries[f.low(next)] {
		next++
	}
	if c := f.lex.cues[f.low(next)]; c > 0 && c <= released && f.isPassive(next, next > q.last) {
		return true
	}
	if f.nounFollows(q.last) || f.low(q.last) == "of" || f.low(q.last) == "-" {
		return false
	}
	_, at := f.hedge(q)
	c := f.lex.cues[f.low(at-1)]
	return at-1 >= f.first && c > 0 && c <= released && f.doc.Tag(at-1) != "NN" && f.doc.Tag(at-1) != "NNS" && f.low(at-1) != "dead"
}

// isDeathToll reports whether q is a toll: "the death toll rose to 21".
func (f *finder) isDeathToll(q quantity) bool {
	_, at := f.hedge(q)
	switch f.low(at - 1) {
	case "to", "at", "is", "was", "of", "reached", "hit", "passed", "topped":
	default:
		return false
	}
	for i := at - 2; i >= max(f.first, at-12); i-- {
		if w := f.low(i); w == "toll" {
			return !f.nounFollows(q.last)
		} else if w == "," || w == ";" {
			return false
		}
	}
	return false
}

// inherit gives p the noun of the count before it. A count of the sentence
// before serves only where the text says so ("others"): far.
func (f *finder) inherit(p phrase, rule string, far bool) (phrase, bool) {
	p.rule, p.what, p.noun = rule, Others, "people"
	from := f.first
	if far {
		from = f.priorFirst
	}
	for k := len(f.counts) - 1; k >= max(0, len(f.counts)-8) && f.ends[k].sentence >= from; k-- {
		c := f.counts[k]
		if c.What == Units {
			continue
		}
		p.antecedent, p.what, p.noun, p.force = k, c.What, c.Noun, c.Force
		if lossNouns[c.Noun] != 0 && c.What == Others {
			p.noun = "people"
		}
		return p, true
	}
	if rule == "others" {
		if n, ok := f.single(p.first); ok {
			p.what, p.noun, p.force = n.what, n.plural, n.force
			return p, true
		}
	}
	return p, rule != "part of a count" && rule != "others" || f.isLossNear(p)
}

// single returns the noun of one person who suffered a fate before token at:
// "killing a suspected rebel and arresting seven others".
func (f *finder) single(at int) (noun, bool) {
	for i := at - 1; i >= max(f.first, at-14); i-- {
		n, ok := f.lex.singulars[f.low(i)]
		if !ok || n.need != always {
			continue
		}
		for k := i - 1; k >= max(f.first, i-4); k-- {
			if w := f.low(k); w == "a" || w == "an" {
				return n, true
			}
		}
	}
	return noun{}, false
}

// isLossNear reports whether a loss is told right beside p.
func (f *finder) isLossNear(p phrase) bool {
	for i := max(f.first, p.first-3); i < min(f.last, p.last+4); i++ {
		if c := f.lex.cues[f.low(i)]; c > 0 && c <= released {
			return true
		}
	}
	return false
}

// changes are words that tell of the size of a force.
var changes = set("reduced reduce reducing increase increased increasing grew grow grown growing rose rise risen raise raised raising swelling swelled swell bring brings brought bringing cut cutting " +
	"drop dropped fell fallen falling dwindled expand expanded expanding doubled doubling totaled totalled numbered numbering number count figure strength total boost boosted boosting size shrink shrank shrunk ceiling cap level levels ranks swollen down")

// strength reads the size of a force: "its strength fell to 40,000", "raised the
// number of soldiers from 2,000".
func (f *finder) strength(p phrase, q quantity, rule string) (phrase, bool) {
	if q.bare && q.low > 1500 && q.low < 2100 || f.nounFollows(q.last) {
		return p, false
	}
	_, at := f.hedge(q)
	switch f.low(at - 1) {
	case "to", "from", "at", "was", "is", "of", "were", "reached", "totaled", "totalled", "numbered", "numbering", "now", "currently", "against", "and", "than", "by":
	default:
		return p, false
	}
	noun, force, changed := f.sizeOf(at)
	if noun == "" || !changed {
		return p, false
	}
	if f.about.nations && force == State {
		force = Multinational
	}
	p.rule, p.what, p.noun, p.force = rule, Troops, noun, force
	return p, true
}

// changes reports whether a word of size stands shortly before token i.
func (f *finder) changes(i int) bool {
	for k := i - 1; k >= max(f.first, i-10); k-- {
		if changes[f.low(k)] {
			return true
		}
	}
	return false
}

// strong reads "a force 5,000 strong".
func (f *finder) strong(p phrase, q quantity) (phrase, bool) {
	_, at := f.hedge(q)
	for i := at - 1; i >= max(f.first, at-3); i-- {
		w := f.low(i)
		n, ok := f.lex.nouns[w]
		if strengths[w] || ok && n.what == Troops && n.need == always {
			p.what, p.noun, p.force, p.last, p.rule = Troops, w, n.force, q.last+1, "force strong by number"
			return p, !f.nounFollows(p.last)
		}
	}
	return p, false
}

// total reads "brings to 24 the number of captured soldiers".
func (f *finder) total(p phrase, q quantity) (phrase, bool) {
	behind, ok := f.phrase(quantity{first: q.first, last: q.last + 3, low: q.low, high: max(q.high, 2)})
	if !ok {
		return p, false
	}
	p.what, p.noun, p.force, p.mods, p.rule = behind.what, behind.noun, behind.force, behind.mods, "total"
	return p, true
}

// sizeOf looks around token at for the force that a number is the size of, and
// for a word that tells of size.
func (f *finder) sizeOf(at int) (name string, force Force, changed bool) {
	tolls := false
	for i := max(f.first, at-24); i < min(f.last, at+10); i++ {
		w := f.low(i)
		if w == "casualty" && f.about.military {
			tolls = true
		}
		changed = changed || changes[w]
		n, ok := f.lex.nouns[w]
		switch {
		case ok && n.what == Troops && (n.need == always || n.need == plenty):
			name, force = w, n.force
		case ok && n.what == Others, f.lex.modifiers[w]&civil != 0:
			name = "" // "the number of refugees"
		case strengths[w] && name == "":
			name = w
		case w == "troop" && changes[f.low(i+1)]:
			name = "troops"
		case f.lex.modifiers[w]&ofGroup != 0:
			name, force = w, NonState
		}
	}
	if tolls {
		name = "casualties"
	}
	return name, force, changed
}
