package troops

import "strings"

// judge decides what the people of a phrase are.
func (f *finder) judge(p phrase, q quantity) (phrase, bool) {
	if f.areAircraft(p, q) {
		p.what, p.force, p.need = Aircraft, State, always
		return p, true
	}
	p.force = p.forceBy(p.force)
	if p.what == Units && q.strong { // "a 3,500-strong brigade"
		p.what = Troops
	}
	switch {
	case p.need == loss && q.high < 2: // "one of its worst losses"
		return p, false
	case p.what == Units && q.isYearLike(): // "the 1920 Revolution Brigades"
		return p, false
	case p.mods&former != 0:
		p.what, p.rule = Others, p.rule+", former"
		return p, true
	case p.what == Others:
		return p, true
	case p.mods&(ofGroup|ofForce|ofNations) == 0 && f.low(p.last) == "of" && f.namesGroup(p.last+1):
		p.force = NonState // "12 members of the Tamil Tigers"
	}
	if !f.holds(p, q) {
		return p.civilian()
	}
	if p.force == State && (p.need == enemy && f.fightsGroup() || p.need == loss && f.lostByGroup(p)) {
		p.force = NonState
	}
	return p, true
}

// civilian makes others of people who are no troops. Bodies and things of the
// kind are not counted.
func (p phrase) civilian() (phrase, bool) {
	if p.what != Troops || p.need == plenty || p.need == mass {
		return p, false
	}
	p.what = Others
	return p, true
}

// forceBy returns whose force the modifiers tell, else that of the noun.
func (p phrase) forceBy(noun Force) Force {
	switch {
	case p.mods&ofGroup != 0:
		return NonState
	case p.mods&(ofNations|ofPeace|ofCountries) != 0 && noun == State:
		return Multinational
	}
	return noun
}

// holds reports whether what p's noun needs is there.
func (f *finder) holds(p phrase, q quantity) bool {
	force := p.mods & (ofForce | ofGroup | ofNations | ofPeace)
	if p.need == always {
		return true
	}
	if p.mods&civil != 0 {
		return false
	}
	switch p.need {
	case uniformed:
		return force&(ofForce|ofPeace) != 0
	case named:
		return force != 0
	case guard:
		return force != 0 || p.mods&ofGuard != 0
	case spoken:
		return force != 0 || p.mods&security == 0 && f.about.military && !f.about.police || p.noun == "personnel" && f.areForces(p)
	case group:
		return p.mods&ofGroup != 0
	case manpower:
		return force != 0 || f.isManpower(p, q)
	case membership:
		return force&^ofNations != 0 || f.low(p.last) == "of" && f.forceAt(p.last+1)
	case plenty:
		return q.low >= 10 || p.mods&special != 0 && q.low > 2
	case mass:
		return q.strong && (p.noun != "mission" && p.noun != "unit" || force != 0 || f.about.military)
	case enemy:
		return strings.HasSuffix(p.noun, " of war") || f.areTakenInBattle(p)
	case loss:
		return force != 0 || f.areLostByTroops(p)
	case unit:
		of := f.low(p.last) == "of" && f.forceAt(p.last+1)
		if p.noun == "companies" {
			return of || force == ofForce
		}
		return of || force != 0 || f.about.military
	}
	return false
}

// areForces reports whether "personnel" are soldiers: "security personnel", "U.S.
// personnel", or people who are sent and brought home.
func (f *finder) areForces(p phrase) bool {
	said := f.predicate(p)
	return !f.about.civilians && (p.mods&(security|ofCountry) != 0 || said.known && said.status.isMove())
}

// isManpower reports whether "men" are those of a force: "an army of 8,000 men",
// "60 armed men led by a captain", "40 men turned back" in a war.
func (f *finder) isManpower(p phrase, q quantity) bool {
	switch {
	case p.mods&ofCountry != 0:
		return false
	case f.isOfBody(q), f.matches(p.last, []string{"under", "arms"}), f.isChange(q.first) && f.strengthBefore(q.first):
		return true
	case p.mods&armed != 0:
		return f.low(p.last) == "led" || f.low(p.last) == "under" || f.low(p.last) == "commanded" || f.about.rebels && q.low >= 100
	case f.about.civilians, f.about.police, p.head != q.last, q.high < 50:
		return false
	case f.about.military:
		return true
	}
	_, at := f.hedge(q)
	return f.is(at-1, muster) || f.low(at-2) == "his" || f.about.battle && q.high >= 500
}

// strengthBefore reports whether a body of armed people stands shortly before
// token i: "raised the army to 8,000 men".
func (f *finder) strengthBefore(i int) bool {
	for k := i - 1; k >= i-14; k-- {
		if f.is(k, strength) {
			return true
		}
	}
	return false
}

// forceAt reports whether a few words from i on name an armed force or group.
func (f *finder) forceAt(i int) bool {
	for k := i; k < i+6; k++ {
		w, _ := f.longest(k, func(w *word) bool { return w.mods != 0 })
		switch {
		case w.noun != nil && w.noun.what == Troops && (w.noun.need == always || w.noun.need == mass || w.noun.need == plenty):
			return true
		case w.mods&civil != 0:
			return false
		case w.mods&(ofForce|ofGroup) != 0:
			return true
		}
		switch f.tag(k) {
		case "IN", "VBD", "VBZ", "MD", ",", ".", ":", "":
			return false
		}
	}
	return false
}

// namesGroup reports whether a few words from i on name an armed group.
func (f *finder) namesGroup(i int) bool {
	for k := i; k < i+5; k++ {
		w, _ := f.longest(k, func(w *word) bool { return w.mods != 0 || w.isTroops() })
		if w.mods&ofGroup != 0 || w.isTroops() && w.noun.force == NonState {
			return true
		}
	}
	return false
}

// areAircraft reports whether "fighters" or "bombers" are planes.
func (f *finder) areAircraft(p phrase, q quantity) bool {
	if !strings.HasPrefix(p.noun, "fighter") && !strings.HasPrefix(p.noun, "bomber") {
		return false
	}
	for i := q.last; i < p.head; i++ {
		if f.low(i) == "suicide" {
			return false
		}
		if w := f.low(i); w == "jet" || w == "stealth" || w == "air" || strings.ContainsAny(w, "0123456789") { // "40 F-15 fighters"
			return true
		}
	}
	return f.about.aviation && p.mods&^(ofForce|ofCountry) == 0 && !f.befallen(p)
}

// befallen reports whether a word beside p tells what befalls people.
func (f *finder) befallen(p phrase) bool {
	for i := p.first - 4; i < p.last+6; i++ {
		if c := f.at(i).verb; (i < p.first || i >= p.last) && c.of != none && c.says.isFate() {
			return true
		}
	}
	return false
}

// areTakenInBattle reports whether prisoners were taken from an enemy: "took 80
// more prisoners", "90 prisoners were taken".
func (f *finder) areTakenInBattle(p phrase) bool {
	for i := p.first - 4; i < p.last+4; i++ {
		switch f.low(i) {
		case "took", "taking", "taken", "take":
			return !f.about.police && !f.about.civilians
		case "captured", "capturing":
			return f.about.military || f.about.battle
		}
	}
	return false
}

// areLostByTroops reports whether dead and wounded without a modifier were troops:
// a force suffered them or inflicted them on another.
func (f *finder) areLostByTroops(p phrase) bool {
	military := f.about.military || f.prior.military || f.about.battle
	if p.noun == "losses" && p.mods&ofCountry != 0 && f.about.military {
		return true
	}
	if f.about.civilians || f.about.police || p.noun == "lives" && p.mods&ofCountry == 0 {
		return false
	}
	if f.lossVerb(p) >= 0 || (f.low(p.last) == "on" || f.low(p.last) == "among") && f.forceAt(p.last+1) {
		return military // "inflicted 90 casualties", "90 casualties among the troops"
	}
	had := f.low(p.first-1) == "had" || f.low(p.first-1) == "having"
	return f.about.battle && had || f.about.military && p.mods&ofCountry != 0
}

// lossVerb returns the verb before p that tells who suffered a loss, -1 without one.
func (f *finder) lossVerb(p phrase) int {
	for i := p.first - 1; i >= p.first-14; i-- {
		if f.is(i, suffer|inflict|lose) {
			return i
		}
	}
	return -1
}

// lostByGroup reports whether an armed group suffered the loss p: "the rebels
// suffered 40 casualties".
func (f *finder) lostByGroup(p phrase) bool {
	verb := f.lossVerb(p)
	first, last := verb-10, verb
	if f.is(verb, inflict) {
		first, last = p.last, p.last+5
	}
	for i := last - 1; verb >= 0 && i >= first; i-- {
		w, _ := f.longest(i, func(w *word) bool { return w.mods != 0 || w.isTroops() })
		switch {
		case w.isTroops():
			return w.noun.force == NonState
		case w.mods&ofGroup != 0:
			return true
		case w.mods&ofForce != 0:
			return false
		}
	}
	return false
}

// fightsGroup reports whether the last count of troops in the sentence is of an
// armed group.
func (f *finder) fightsGroup() bool {
	for k := len(f.counts) - 1; k >= max(0, len(f.counts)-8) && f.ends[k].sentence == f.first; k-- {
		if f.counts[k].What == Troops {
			return f.counts[k].Force == NonState
		}
	}
	return false
}
