package troops

import (
	"strings"
	"sync"

	"sitrep/extractors/countries"
)

// nationality returns whose force a count is of, and by which rule.
func (f *finder) nationality(p phrase, c Count) (countries.Code, string) {
	if code, n := f.named(p.first, p.last); n > 1 || n == 1 && p.mods&ofNations != 0 && f.isJoint(p) {
		return "", ""
	} else if n == 1 {
		return code, "named in the count"
	}
	if code := f.possessor(p); code != "" {
		return code, "owner"
	}
	if p.model.Len() > 0 {
		if code, n := f.named(p.model.Start, p.model.End); n == 1 {
			return code, "named with the noun"
		}
	}
	if p.antecedent >= 0 && f.counts[p.antecedent].Nationality != "" {
		return f.counts[p.antecedent].Nationality, "that of the count before"
	}
	contributed := c.Force == Multinational && p.rule != sizeRule && !f.about.nations && c.Status.isMove() // "Ghana sent 160 peacekeepers"
	owned := !c.What.IsMateriel() || f.isPossessed(p)                                                      // "its ships"
	if c.What == Others || !owned || c.Force != State && !contributed || p.mods&(ofNations|ofCountries) != 0 {
		return "", ""
	}
	if code := f.namedBehind(p); code != "" {
		return code, "named behind the noun"
	}
	if code := f.ownForce(p); code != "" {
		return code, "name of a force"
	}
	if code := f.agent(p); code != "" {
		return code, "does what is told"
	}
	if code, rule := f.owner(p, c); code != "" {
		return code, rule
	}
	if code := f.earlier(c); code != "" {
		return code, "same force as before"
	}
	if code := f.opponent(p); code != "" {
		return code, "fights a group of the land"
	}
	if !f.namesCountry() {
		if code := f.subject(); code != "" {
			return code, "country of the article"
		}
	}
	return "", ""
}

// namesCountry reports whether the sentence names a country, not only towns.
func (f *finder) namesCountry() bool {
	for _, k := range f.near(f.doc.Tokens[f.first].Start) {
		if f.found[k].Kind != countries.Region {
			return true
		}
	}
	return false
}

// isMove reports whether s tells that people are sent, kept or brought home.
func (s Status) isMove() bool { return s.isInPlace() || s == Planned || s == Withdrawn }

// isJoint reports whether a phrase joins several forces: "Afghan and NATO troops".
func (f *finder) isJoint(p phrase) bool {
	for i := p.first; i < p.head; i++ {
		if w := f.low(i); w == "and" || w == "or" {
			return true
		}
	}
	return false
}

// possessor returns the country of "Togo's 400 troops".
func (f *finder) possessor(p phrase) countries.Code {
	if k := f.countryAt(p.first - 2); k >= 0 && f.isPossessive(p.first-1) && f.found[k].Kind != countries.Region {
		return f.found[k].Country
	}
	return ""
}

// named returns the country named in tokens [first, last), and how many different
// ones there are.
func (f *finder) named(first, last int) (code countries.Code, n int) {
	for i := first; i < last; i++ {
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

// namedBehind returns the country of "members of the Peruvian army".
func (f *finder) namedBehind(p phrase) countries.Code {
	if f.low(p.last) != "of" {
		return ""
	}
	last := p.last + 1
	for last < p.last+6 && f.inside(last) && f.tag(last) != "IN" && f.tag(last) != "," && !f.isVerb(last) {
		last++
	}
	code, n := f.named(p.last+1, last)
	if n != 1 {
		return ""
	}
	return code
}

// ownForce reads names that only one state's force bears: "IDF soldiers", "two
// Marines", and "service members", which the press says of Americans when no other
// country is named.
func (f *finder) ownForce(p phrase) countries.Code {
	for i := p.first; i < p.last; i++ {
		if w := f.at(i); w.mods&ofForce != 0 && w.nation != "" && f.doc.Word(i) != f.low(i) {
			return w.nation
		}
	}
	switch {
	case strings.HasSuffix(f.doc.Word(p.last-1), "Marines") && !f.about.capitals:
		if f.low(p.last-2) == "royal" {
			return "GB"
		}
		return "US"
	case strings.HasPrefix(p.noun, "service member") || strings.HasPrefix(p.noun, "servicemember"):
		for _, k := range f.here {
			if m := f.found[k]; m.Kind != countries.Region && !m.Place {
				return ""
			}
		}
		return "US"
	}
	return ""
}

// opponent returns the country whose force fights an armed group named shortly
// before: "FARC rebels killed six soldiers".
func (f *finder) opponent(p phrase) countries.Code {
	for i := p.first - 1; i >= p.first-reach; i-- {
		if w, _ := f.longest(i, func(w *word) bool { return w.mods&ofGroup != 0 }); w.mods&ofGroup != 0 && w.nation != "" {
			return w.nation
		}
	}
	return ""
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

// subjectOf returns a function for the country that an article is about: the one
// with more than half of the mentions, "" when there is none.
func subjectOf(found []countries.Mention) func() countries.Code {
	return sync.OnceValue(func() countries.Code {
		n := map[countries.Code]int{}
		total := 0
		for _, m := range found {
			if m.Kind != countries.Region {
				n[m.Country]++
				total++
			}
		}
		for code, k := range n {
			if 2*k > total {
				return code
			}
		}
		return ""
	})
}
