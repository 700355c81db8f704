package troops

import (
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

// armies are abbreviations that name the force of a state.
var armies = map[string]countries.Code{"ana": "AF", "idf": "IL", "pla": "CN", "isf": "IQ", "rok": "KR", "csdf": "JP"}

// nationality returns whose force a count is of, and by which rule.
func (f *finder) nationality(p phrase, q quantity, c Count) (countries.Code, string) {
	if code, n := f.named(p); n > 1 || n == 1 && p.mods&ofNations != 0 && f.isJoint(p) {
		return "", ""
	} else if n == 1 {
		return code, "named in the count"
	}
	if p.antecedent >= 0 && f.counts[p.antecedent].Nationality != "" {
		return f.counts[p.antecedent].Nationality, "that of the count before"
	}
	contributed := c.Force == Multinational && p.rule != "strength" && !f.about.nations && c.Status.moved() // "Ghana sent 160 peacekeepers"
	if c.What == Others || c.Force != State && !contributed || p.mods&(ofNations|ofUnion|ofCountries) != 0 {
		return "", ""
	}
	if code := f.army(p); code != "" {
		return code, "name of a force"
	}
	if code := f.owner(p, c); code != "" {
		return code, "named in the sentence"
	}
	if code := f.earlier(c); code != "" {
		return code, "same force as before"
	}
	if f.isServiceMember(p) {
		return "US", "American term"
	}
	if len(f.here) == 0 {
		if code := f.subject(); code != "" {
			return code, "country of the article"
		}
	}
	return "", ""
}

// isJoint reports whether a phrase joins several forces: "Afghan and NATO troops".
func (f *finder) isJoint(p phrase) bool {
	for i := p.first; i < p.head; i++ {
		if w := f.low(i); w == "and" || w == "or" {
			return true
		}
	}
	return false
}

// named returns the country named inside the count or as the owner right before
// it, and how many different ones there are.
func (f *finder) named(p phrase) (code countries.Code, n int) {
	first := p.first
	for i := first; i < p.last; i++ {
		k := f.countryAt(i)
		if k < 0 || f.found[k].Kind == countries.Region {
			continue
		}
		if f.found[k].Country != code {
			code = f.found[k].Country
			n++
		}
		if _, other, ok := strings.Cut(f.doc.Word(i), "-"); ok && other != "" && other[0] >= 'A' && other[0] <= 'Z' && f.found[k].Len() < f.doc.Tokens[i].Len() {
			n++ // "Franco-American"
		}
	}
	return code, n
}

// army reads names that only one state's force bears.
func (f *finder) army(p phrase) countries.Code {
	for i := p.first; i < p.last; i++ {
		if code := armies[f.low(i)]; code != "" && f.doc.Word(i) != f.low(i) {
			return code
		}
	}
	if f.doc.Word(p.last-1) == "Marines" && !f.about.upper {
		if f.low(p.last-2) == "royal" {
			return "GB"
		}
		return "US"
	}
	return ""
}

// isServiceMember reports whether the noun is "service members", which the press
// says of American troops when it names no other country.
func (f *finder) isServiceMember(p phrase) bool {
	return strings.HasPrefix(p.noun, "member") && f.low(p.head-1) == "service" || strings.HasPrefix(p.noun, "servicemember")
}

// owner returns the country in the sentence that the troops belong to: the one
// that acts, speaks for them, or in whose land they fell.
func (f *finder) owner(p phrase, c Count) countries.Code {
	fell := c.Status >= Killed && c.Status <= Casualties
	local := fell && !f.about.nations || c.Status == Captured && f.about.rebels // by people of the land
	its := f.isPossessed(p)
	var place, owner countries.Code
	at := 0 // where owner ends
	for _, k := range f.near(c.Start) {
		m := f.found[k]
		if m.Kind == countries.Region || f.isCounted(m) {
			continue
		}
		first, last := f.doc.TokensIn(m.Span)
		before := last <= p.first
		switch {
		case f.doc.RoleAt(m.Start) == text.Dateline:
			if place == "" && local {
				place = m.Country
			}
		case f.isLocative(first) && f.low(last) != "'s" && !f.isForceOf(first, last):
			if w := f.low(first - 1); place == "" && local && w != "to" && w != "from" && w != "into" {
				place = m.Country
			}
		case !before, (fell || c.Status == Captured) && f.isEnemy(last, p.first):
		case owner == "" || its || f.isReport(at, first):
			owner, at = m.Country, last
		}
	}
	if owner != "" {
		return owner
	}
	return place
}

// isPossessed reports whether "its" stands shortly before the count, so that the
// country named last is meant.
func (f *finder) isPossessed(p phrase) bool {
	for i := p.first - 1; i >= max(f.first, p.first-5); i-- {
		if w := f.low(i); w == "its" || w == "their" {
			return true
		}
	}
	return false
}

// isReport reports whether a verb of saying stands in tokens [first, last), so
// that the country before only speaks: "the Iranian agency said Iraqi troops".
func (f *finder) isReport(first, last int) bool {
	for i := first; i < min(last, first+10); i++ {
		if speech[f.low(i)] {
			return true
		}
	}
	return false
}

// isForceOf reports whether the country in tokens [first, last) has its force
// named: "the casualties of and attacks on U.S. forces" tell of U.S. troops.
func (f *finder) isForceOf(first, last int) bool {
	switch f.low(first - 1) {
	case "for", "on", "at", "against", "among":
		n, ok := f.lex.nouns[f.low(last)]
		return ok && n.what == Troops && n.force == State || f.low(last) == "military"
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

// isLocative reports whether the country at token first is a place: "in Iraq",
// "from northern Iraq".
func (f *finder) isLocative(first int) bool {
	i := first - 1
	for range 3 {
		switch f.low(i) {
		case "the", "northern", "southern", "eastern", "western", "central", "neighboring", "neighbouring", "northwestern", "northeastern", "southwestern", "southeastern":
			i--
		}
	}
	switch f.low(i) {
	case "in", "into", "from", "to", "near", "at", "inside", "across", "outside", "toward", "towards", "on", "through", "over", "against", "with", "for", "around", "leave", "invading", "invaded":
		return i >= f.first
	}
	return false
}

// isEnemy reports whether the country that ends at token last names those who
// killed or captured the people: "Israeli troops killed".
func (f *finder) isEnemy(last, count int) bool {
	force := false
	for i := last; i < min(count, last+4); i++ {
		if targets[f.low(i)] {
			return false // "ripped through a Danish army vehicle"
		}
	}
	for i := last; i < min(count, last+8); i++ {
		w := f.low(i)
		if n, ok := f.lex.nouns[w]; ok && n.what != Others || w == "forces" || w == "airstrike" || w == "strike" || w == "airstrikes" || w == "strikes" || w == "army" || w == "missile" {
			force = true
		}
		if c := f.lex.cues[w]; force && c > 0 && c <= captured {
			return f.isActive(i)
		}
		switch w {
		case "said", "says", "say", "lost", "suffered", "crash", "crashed":
			return false
		}
	}
	return false
}

// targets are things of a force that are hit.
var targets = set("vehicle vehicles convoy convoys patrol patrols base bases outpost outposts helicopter checkpoint checkpoints post posts camp barracks position positions bus truck plane tank warship ship")

func (f *finder) isActive(i int) bool {
	for k := i - 1; k > i-4; k-- {
		if be[f.low(k)] {
			return false
		}
	}
	return true
}

// earlier returns the country of an earlier count of the same number, or else of
// the same noun.
func (f *finder) earlier(c Count) countries.Code {
	for k := len(f.counts) - 1; k >= max(0, len(f.counts)-20); k-- {
		d := f.counts[k]
		if d.What == Troops && d.Force == c.Force && d.Nationality != "" && d.Min == c.Min && d.Max == c.Max && c.Max >= 20 {
			return d.Nationality
		}
	}
	for k := len(f.counts) - 1; k >= max(0, len(f.counts)-6); k-- {
		d := f.counts[k]
		if d.What == Troops && d.Force == c.Force && strings.TrimSuffix(d.Noun, "s") == strings.TrimSuffix(c.Noun, "s") {
			return d.Nationality
		}
	}
	return ""
}

// subject returns the country that the article is about, "" when no one country
// has more than half of the mentions.
func (f *finder) subject() countries.Code {
	if f.fallbackSet {
		return f.fallback
	}
	f.fallbackSet = true
	n := map[countries.Code]int{}
	total := 0
	for _, m := range f.found {
		if m.Kind != countries.Region {
			n[m.Country]++
			total++
		}
	}
	for code, k := range n {
		if 2*k > total {
			f.fallback = code
		}
	}
	return f.fallback
}
