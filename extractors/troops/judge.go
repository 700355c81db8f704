package troops

import "strings"

// judge decides what the people of a phrase are.
func (f *finder) judge(p phrase, q quantity) (phrase, bool) {
	if strings.HasPrefix(p.noun, "fighter") && (p.mods == 0 || p.mods&(ofForce|ofCountry) != 0) && f.aircraftNear(p, q) {
		return p, false
	}
	p.force = p.forceBy(p.force)
	if p.mods&former != 0 {
		p.what, p.rule = Others, p.rule+", former"
		return p, true
	}
	if p.what == Others {
		return p, true
	}
	if q.strong && p.what == Units { // "a 3,500-strong brigade"
		p.what = Troops
	}
	ok := f.holds(p, q)
	switch {
	case ok && p.need == military && p.mods&(ofGroup|ofForce|ofNations) == 0 && f.low(p.last) == "of":
		p = f.membersOf(p)
	case ok:
	case p.what == Units || p.need == plenty || p.need == mass:
		return p, false
	case p.need == loss && (p.noun == "lives" || p.noun == "losses") && q.high < 2:
		return p, false
	default:
		p.what = Others
	}
	if p.need == enemy && ok && p.force == State && f.fightsGroup() {
		p.force = NonState
	}
	return p, true
}

// forceBy returns whose force the modifiers tell, else that of the noun.
func (p phrase) forceBy(noun Force) Force {
	switch {
	case p.mods&ofGroup != 0:
		return NonState
	case p.mods&(ofNations|ofUnion|ofCountries) != 0 && noun == State:
		return Multinational
	}
	return noun
}

// holds reports whether what p's noun needs is there.
func (f *finder) holds(p phrase, q quantity) bool {
	force := p.mods & (ofForce | ofGroup | ofNations)
	if p.mods&civil != 0 && p.need != always {
		return false
	}
	switch p.need {
	case military:
		return f.isMilitary(p, q, force)
	case group:
		return p.mods&ofGroup != 0
	case plenty:
		return q.low >= 10 || q.vague && q.low > 9 || p.mods&special != 0 && q.low > 2
	case mass:
		return q.strong && (p.noun != "mission" && p.noun != "unit" || force != 0 || f.about.military)
	case enemy:
		return strings.HasSuffix(p.noun, " of war") || f.takenInBattle(p)
	case loss:
		return force != 0 || p.mods&civil == 0 && f.lostByTroops(p, q)
	case unit:
		return force != 0 || f.low(p.last) == "of" && f.forceAt(p.last+1) || f.about.military && p.noun != "companies"
	}
	return true
}

// isMilitary judges nouns that troops share with others: "officers", "men",
// "personnel".
func (f *finder) isMilitary(p phrase, q quantity, force modifier) bool {
	switch singularOf(p.noun) {
	case "woman":
		return p.mods&(ofForce|ofNations) != 0
	case "man":
		return p.mods&(ofForce|ofNations) != 0 || f.low(p.last) == "under" && f.low(p.last+1) == "arms" || f.manpower(p, q)
	case "person", "people":
		return p.mods&(ofForce|ofNations) != 0 && p.mods&civil == 0
	case "member":
		return force&^ofNations != 0 || f.membership(p.last)
	case "guard":
		return p.mods&ofGuard != 0 || force != 0
	case "personnel":
		return force != 0 || p.mods&security != 0 || f.about.military && !f.about.police
	case "officer", "recruit", "cadet", "volunteer", "trainee":
		return force != 0 && p.mods&security == 0 || p.mods&(security|civil) == 0 && f.about.military && !f.about.police
	case "staff", "doctor", "expert", "technician", "engineer", "observer", "monitor", "specialist":
		return force&ofForce != 0
	case "crewman", "crewmember", "pilot", "ranger", "scout", "rifle":
		return force != 0
	}
	return force != 0 || f.about.military && p.mods&civil == 0
}

func singularOf(w string) string {
	if w == "people" {
		return w
	}
	return singular(w)
}

// manpower reports whether "men" are those of a force: "an army of 8,000 men",
// "82 armed men led by Castro", "300 men turning back" in a war.
func (f *finder) manpower(p phrase, q quantity) bool {
	if p.mods&(ofCountry|civil|ofGroup) != 0 {
		return false
	}
	if f.body(q) >= 0 {
		return true
	}
	for i := q.first - 1; i >= max(f.first, q.first-14) && f.changes(q.first); i-- {
		if strengths[f.low(i)] {
			return true
		}
	}
	if p.mods&armed != 0 {
		return f.low(p.last) == "led" || f.low(p.last) == "under" || f.low(p.last) == "commanded"
	}
	if f.about.civilians || f.about.police || p.head != q.last || q.high < 50 {
		return false
	}
	if f.about.military {
		return true
	}
	_, at := f.hedge(q)
	switch f.low(at - 1) {
	case "his", "with", "commanded", "led", "landed":
		return true // "he landed 1,200 men", "held the pass with 600 men"
	}
	return f.about.battle && q.high >= 500 || f.low(at-2) == "his"
}

// strengths are words for a body of armed people, of which a number may be the
// size.
var strengths = set("army armies force forces garrison strength troops regiment brigade division battalion corps legion legions militia contingent detachment column " +
	"columns expedition reinforcements ranks armada")

// membership reports whether "of" at i opens the name of an armed force: "members
// of the Presidential Guard".
func (f *finder) membership(i int) bool { return f.low(i) == "of" && f.forceAt(i+1) }

// forceAt reports whether a few words from i on name an armed force or group.
func (f *finder) forceAt(i int) bool {
	for k := i; k < min(f.last, i+6); k++ {
		w := f.low(k)
		if n, ok := f.lex.nouns[w]; ok && n.what == Troops && (n.need == always || n.need == mass || n.need == plenty) {
			return true
		}
		m := f.lex.modifiers[w]
		if m&civil != 0 {
			return false
		}
		if m&(ofForce|ofGroup) != 0 {
			return true
		}
		switch f.doc.Tag(k) {
		case "IN", "VBD", "VBZ", "MD", ",", ".", ":":
			return false
		}
	}
	return false
}

// membersOf gives a phrase the force that "of" names behind it.
func (f *finder) membersOf(p phrase) phrase {
	for k := p.last + 1; k < min(f.last, p.last+6); k++ {
		if f.lex.modifiers[f.low(k)]&ofGroup != 0 {
			p.force = NonState
		}
	}
	return p
}

// aircraftNear reports whether "fighters" are planes.
func (f *finder) aircraftNear(p phrase, q quantity) bool {
	for i := q.last; i < p.head; i++ {
		if w := f.low(i); w == "jet" || strings.HasPrefix(w, "f-") || strings.HasPrefix(w, "mig") || w == "stealth" || w == "air" {
			return true
		}
	}
	if !f.about.aircraft {
		return false
	}
	for i := p.last; i < min(f.last, p.last+6); i++ {
		if c := f.lex.cues[f.low(i)]; c == killed || c == wounded || c == captured {
			return false
		}
	}
	for i := max(f.first, p.first-4); i < p.first; i++ {
		if c := f.lex.cues[f.low(i)]; c == killed || c == wounded || c == captured {
			return false
		}
	}
	return true
}

// takenInBattle reports whether prisoners were taken from an enemy: "took 256
// more prisoners".
func (f *finder) takenInBattle(p phrase) bool {
	if !f.about.military {
		return false
	}
	for i := p.first - 1; i >= max(f.first, p.first-3); i-- {
		switch f.low(i) {
		case "took", "taking", "taken", "take", "captured", "capturing":
			return true
		}
	}
	return false
}

// lostByTroops reports whether dead and wounded without a modifier were troops:
// a force suffered them or inflicted them on another.
func (f *finder) lostByTroops(p phrase, q quantity) bool {
	if f.about.civilians || f.about.police || p.mods&civil != 0 || p.noun == "lives" && p.mods&ofCountry == 0 {
		return false
	}
	for i := p.first - 1; i >= max(f.first, p.first-14); i-- {
		switch f.low(i) {
		case "suffered", "sustained", "inflicted", "suffering", "inflicting", "lost", "suffer", "inflict", "sustain", "cost", "costing":
			return f.about.military || f.prior.military || f.about.battle
		case "had", "having":
			if f.about.battle && i == q.first-1 {
				return true
			}
		}
	}
	return p.mods&ofCountry != 0 && f.about.military
}

// fightsGroup reports whether the last count of troops is of an armed group.
func (f *finder) fightsGroup() bool {
	for k := len(f.counts) - 1; k >= max(0, len(f.counts)-8) && f.ends[k].sentence == f.first; k-- {
		if f.counts[k].What == Troops {
			return f.counts[k].Force == NonState
		}
	}
	return false
}
