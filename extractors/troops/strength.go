package troops

import "sitrep/extractors/text"

// bodyBefore returns the first token of "Libyan force of" before q, -1 when q is
// not the size of a body of people.
func (f *finder) bodyBefore(q quantity) int {
	_, at := f.hedge(q)
	if f.low(at-1) != "of" || !f.is(at-2, body) {
		return -1
	}
	first := at - 2
	for first-1 >= f.first && first > at-8 && f.belongsToBody(first-1) {
		first--
	}
	return first
}

// modifiersOfBody returns what "African Union mission of" before q says of the
// people, without being a part of the count.
func (f *finder) modifiersOfBody(q quantity) modifier {
	_, at := f.hedge(q)
	if f.low(at-1) != "of" || !f.is(at-2, sizable) {
		return 0
	}
	return f.modifiersIn(max(f.first, at-5), at-2) & (ofNations | ofGroup)
}

// isOfBody reports whether q is the size of a body of armed people: "a column of
// 1,200 men".
func (f *finder) isOfBody(q quantity) bool {
	_, at := f.hedge(q)
	return f.low(at-1) == "of" && f.is(at-2, sizable|strength)
}

// belongsToBody reports whether token i may stand before "force of 3,000" as a
// part of it.
func (f *finder) belongsToBody(i int) bool {
	switch f.low(i) {
	case "african", "fighting", "union":
		return true
	}
	return f.at(i).mods&(ofForce|ofNations|ofPeace|armed|special) != 0 || f.countryAt(i) >= 0 && !f.isPossessive(i+1) && f.tag(i) != "POS"
}

// isSize reports whether q is the size of a body whose people are not named: "a
// brigade of 3,500".
func (f *finder) isSize(q quantity) bool {
	_, at := f.hedge(q)
	return f.low(at-1) == "of" && f.is(at-2, sizable) && !f.nounFollows(q.last) && q.low >= 10 && (f.about.military || f.about.rebels || f.low(at-3) == "fighting")
}

func (f *finder) sized(p phrase, q quantity) phrase {
	_, at := f.hedge(q)
	p.head, p.noun, p.what, p.rule = at-2, f.low(at-2), Troops, "force of number"
	p.first = at - 2
	if first := f.bodyBefore(q); first >= 0 {
		p.first = first
	}
	p.mods = f.modifiersIn(p.first, at-1)
	p.force = p.forceBy(State)
	return p
}

// strong reads "a force 5,000 strong" and "the 5,000 strong FARC".
func (f *finder) strong(p phrase, q quantity) (phrase, bool) {
	if w, tokens := f.longest(q.last+1, func(w *word) bool { return w.mods&ofGroup != 0 }); tokens > 0 && !f.nounFollows(q.last+1+tokens) {
		p.what, p.force, p.mods = Troops, NonState, w.mods
		p.last, p.rule = q.last+1+tokens, "force strong by number"
		p.head, p.noun = p.last-1, f.low(p.last-1)
		return p, true
	}
	_, at := f.hedge(q)
	for i := at - 1; i >= at-4; i-- {
		w := f.at(i)
		if w.class&strength != 0 || w.isTroops() {
			p.what, p.noun, p.last, p.rule = Troops, f.low(i), q.last+1, "force strong by number"
			if f.low(q.last) == "in" { // "5,000 in number"
				p.last++
			}
			if w.noun != nil {
				p.force = w.noun.force
			}
			return p, !f.nounFollows(p.last)
		}
	}
	return p, false
}

// totalRule marks counts whose noun follows in "brings to 31 the number of".
const totalRule = "total"

// total reads "brings to 31 the number of captured sailors".
func (f *finder) total(p phrase, q quantity) (phrase, bool) {
	behind, ok := f.phrase(quantity{first: q.first, last: q.last + 3, low: q.low, high: max(q.high, 2)})
	if !ok {
		return p, false
	}
	p.what, p.noun, p.force, p.mods, p.fate, p.rule = behind.what, behind.noun, behind.force, behind.mods, behind.fate, totalRule
	return p, true
}

// sizeRule marks counts that are the size of a force named elsewhere in the
// sentence.
const sizeRule = "size of a force"

// isChange reports whether a word of size stands shortly before token i: "cut the
// army from 12,000".
func (f *finder) isChange(i int) bool {
	for k := i - 1; k >= i-10; k-- {
		if f.is(k, size) {
			return true
		}
	}
	return false
}

// size reads the size of a force: "its strength fell to 40,000", "raised the
// number of soldiers from 2,000", "the troops, who number about 500".
func (f *finder) size(p phrase, q quantity) (phrase, bool) {
	if q.isYearLike() || f.nounFollows(q.last) {
		return p, false
	}
	_, at := f.hedge(q)
	if f.low(at-1) == "the" {
		at--
	}
	if !isBeforeSize(f.low(at-1)) && !(f.is(at-1, size) && f.isVerb(at-1)) && !f.isRaised(q.first-2) {
		return p, false
	}
	p, changed, ok := f.sizeOf(p, at)
	if !ok || !changed {
		return p, false
	}
	if f.about.nations && p.force == State {
		p.force = Multinational
	}
	p.rule = sizeRule
	return p, true
}

// countsTroops reports whether the plural that begins at i, behind its modifiers,
// is one for troops.
func (f *finder) countsTroops(i int) bool {
	for k := i; k < i+5; k++ {
		w := f.at(k)
		switch {
		case w.class&strength != 0, w.mods != 0 && w.mods&civil == 0, w.noun != nil && w.noun.what == Troops:
			return true
		case f.tag(k) == "NNS", w.noun != nil:
			return false
		}
	}
	return true
}

// isBeforeSize reports whether w may stand right before a size: "rose to 500".
func isBeforeSize(w string) bool {
	switch w {
	case "to", "from", "at", "was", "is", "of", "were", "reached", "totaled", "totalled", "numbered", "numbering", "number", "numbers", "now", "currently",
		"against", "and", "than", "by", "take", "raise", "-", "–", "--":
		return true
	}
	return false
}

// sizeOf gives p the noun of the force, named around token at, that a number is
// the size of. changed tells that a word of size stands there too.
func (f *finder) sizeOf(p phrase, at int) (sized phrase, changed, ok bool) {
	name, force, where, toll := "", State, 0, false
	for i := at - 24; i < at+10; i++ {
		w := f.at(i)
		changed = changed || w.class&size != 0
		switch n := w.noun; {
		case w.class&size != 0 && f.low(i+1) == "of" && !f.countsTroops(i+2):
			return p, false, false // "the number of strikes"
		case f.isToll(i, n):
			toll, where = true, i
		case n != nil && n.what == Troops && (n.need == always || n.need == plenty):
			name, force, where = f.low(i), n.force, i
		case n != nil && (n.what == Others || n.what.IsMateriel()), w.mods&civil != 0:
			name = "" // "the number of refugees"
		case w.class&strength != 0 && name == "":
			name, where = f.low(i), i
		case f.low(i) == "troop" && (f.is(i+1, size) || f.is(i+1, strength)):
			name, where = "troops", i
		case w.mods&ofGroup != 0 && !f.isNoun(i+1):
			name, force, where = f.low(i), NonState, i
		}
	}
	if toll {
		name, p.fate = "casualties", Casualties
	}
	p.what, p.noun, p.force, p.model = Troops, name, force, text.Span{Start: where - 3, End: where + 1}
	return p, changed, name != ""
}

// isToll reports whether token i, with noun n, makes a size one of losses: "the
// casualty figure", "losses exceeded 500".
func (f *finder) isToll(i int, n *noun) bool {
	losses := f.low(i) == "casualty" || n != nil && n.need == loss && n.fate == Casualties
	return losses && f.about.military && !f.about.civilians
}
