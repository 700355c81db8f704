package troops

import (
	"sort"
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

// agent returns the country right before the verb that sends or withdraws the
// people: "thanked Togo for sending 120 troops".
func (f *finder) agent(p phrase) countries.Code {
	verb := p.first - 1
	for verb > p.first-reach && !f.is(verb, speech) && !(f.at(verb).verb.of != none && f.at(verb).verb.says.isMove() && f.isVerb(verb)) {
		verb--
	}
	if f.at(verb).verb.of != object && f.at(verb).verb.of != either || f.is(verb, speech) {
		return ""
	}
	for i := verb - 1; i >= verb-4; i-- {
		if k := f.countryAt(i); k >= 0 {
			first, last := f.doc.TokensIn(f.found[k].Span)
			if f.found[k].Kind == countries.Region || f.isLocative(first, last) {
				return ""
			}
			return f.found[k].Country
		}
		if !f.isVerb(i) && !f.isBetweenVerbs(i) && f.low(i) != "for" && f.low(i) != "to" {
			return ""
		}
	}
	return ""
}

// owner returns the country in the sentence that the troops belong to: the one
// that acts, speaks for them, or in whose land they fell.
func (f *finder) owner(p phrase, c Count) (countries.Code, string) {
	fell := c.Status >= Killed && c.Status <= Casualties
	local := fell && !f.about.nations || c.Status == Captured && f.about.rebels // by people of the land
	its := f.isPossessed(p)
	var place, owner countries.Code
	at := 0 // where owner ends
	for _, k := range f.near(c.Start) {
		m := f.found[k]
		if m.Kind == countries.Region || f.isCounted(m) || f.isOfLeader(m) {
			continue
		}
		first, last := f.doc.TokensIn(m.Span)
		before := last <= p.first
		switch {
		case f.doc.RoleAt(m.Start) == text.Dateline:
			if place == "" && local {
				place = m.Country
			}
		case f.isLocative(first, last) && !f.isForceOf(first, last):
			if w := f.low(first - 1); place == "" && local && w != "to" && w != "from" && w != "into" {
				place = m.Country
			}
		case !before, (fell || c.Status == Captured) && f.isEnemy(last, p.first):
		case owner == "" || its || f.isReport(at, first):
			owner, at = m.Country, last
		}
	}
	if owner != "" {
		return owner, "named in the sentence"
	}
	if place != "" {
		return place, "where they fell"
	}
	return "", ""
}

// isOfLeader reports whether m is part of a word such as "U.S.-led".
func (f *finder) isOfLeader(m countries.Mention) bool {
	rest, _, _ := strings.Cut(f.doc.Text[m.End:min(m.End+12, len(f.doc.Text))], " ")
	return strings.HasPrefix(rest, "-led") || strings.HasPrefix(rest, "-backed")
}

// near returns the mentions of the sentence around offset: no rule looks at
// more, so that a page without a full stop costs no more than another.
func (f *finder) near(offset int) []int {
	const before, behind = 40, 10
	at := sort.Search(len(f.here), func(n int) bool { return f.found[f.here[n]].Start >= offset })
	return f.here[max(0, at-before):min(len(f.here), at+behind)]
}

// isPossessed reports whether "its" stands shortly before the noun, so that the
// country named last is meant.
func (f *finder) isPossessed(p phrase) bool {
	for i := p.first - 5; i < p.last; i++ {
		if w := f.low(i); w == "its" || w == "their" {
			return true
		}
	}
	return false
}

// isReport reports whether a verb of saying stands in tokens [first, last), so
// that the country before only speaks: "the Danish agency said Thai troops".
func (f *finder) isReport(first, last int) bool {
	for i := first; i < min(last, first+10); i++ {
		if f.is(i, speech) {
			return true
		}
	}
	return false
}

// isForceOf reports whether the country in tokens [first, last) has its force
// named: "the losses of and raids on Thai forces" tell of Thai troops.
func (f *finder) isForceOf(first, last int) bool {
	switch f.low(first - 1) {
	case "for", "on", "at", "against", "among":
		n := f.at(last).noun
		return n != nil && n.what == Troops && n.force == State
	}
	return false
}

// isCounted reports whether m is the noun of a count of its own: "700 Americans".
func (f *finder) isCounted(m countries.Mention) bool {
	for k := len(f.counts) - 1; k >= 0 && f.ends[k].sentence == f.first && k > len(f.counts)-8; k-- {
		if c := f.counts[k]; c.Rule == nationalsRule && c.Contains(m.Span) {
			return true
		}
	}
	return false
}

// isLocative reports whether the country in tokens [first, last) is a place: "in
// Iraq", "from northern Iraq", "Iraq's eastern province".
func (f *finder) isLocative(first, last int) bool {
	if f.isPossessive(last) {
		return f.is(last+1, land) || f.is(last+2, land)
	}
	before := f.beforeLand(first)
	if f.low(before) == "," && f.is(before-1, land) { // "in the Chadian capital, N'Djamena"
		before = f.beforeLand(before)
		if f.countryAt(before) >= 0 {
			before = f.beforeLand(before)
		}
	}
	return f.is(before, locative)
}

// beforeLand returns the token before the place at token first and what belongs to
// it: "in" of "in the northern city of Mosul".
func (f *finder) beforeLand(first int) int {
	i := first - 1
	for range 4 {
		if w := f.low(i); !f.is(i, land) && w != "the" && w != "neighboring" && w != "neighbouring" && !(w == "of" && f.is(i-1, land)) {
			break
		}
		i--
	}
	return i
}

// isEnemy reports whether the country that ends at token last names those who
// killed or captured the people: "Israeli troops killed".
func (f *finder) isEnemy(last, count int) bool {
	for i := last; i < min(count, last+4); i++ {
		if f.is(i, target) {
			return false // "hit a Danish army vehicle"
		}
	}
	force := false
	for i := last; i < min(count, last+8); i++ {
		force = force || f.isFighting(i)
		if c := f.at(i).verb; force && c.of == object && c.says.isLoss() {
			return !f.isPassive(i)
		}
		switch f.low(i) {
		case "said", "says", "say", "lost", "suffered", "crash", "crashed":
			return false
		}
	}
	return false
}

// isFighting reports whether token i names people or things that fight.
func (f *finder) isFighting(i int) bool {
	if n := f.at(i).noun; n != nil && n.what != Others {
		return true
	}
	switch f.low(i) {
	case "airstrike", "strike", "airstrikes", "strikes", "missile", "missiles":
		return true
	}
	return false
}

// isPassive reports whether a form of "be" stands shortly before the verb at i.
func (f *finder) isPassive(i int) bool {
	return f.is(i-1, be) || f.is(i-2, be) || f.is(i-3, be)
}
