package people

import "sitrep/extractors/countries"

// relativeOf reports whether the name at token lead is that of somebody whose
// relative has just been named: "Rosa Lund, sister of President Lund".
func (r *reading) relativeOf(lead, start int) bool {
	if r.doc.Lower(lead-1) != "of" {
		return false
	}
	for s := lead - 2; s >= max(start, lead-4); s-- {
		if o, end := r.officeAt(s, lead-1); o != nil && end == lead-1 {
			return o.class == kin
		}
	}
	return false
}

// owner returns the country before the possessive right before token lead:
// "Iraq's Saddam".
func (r *reading) owner(lead int) countries.Code {
	if r.doc.Tag(lead-1) == "POS" {
		if m := r.countryAt(lead - 2); m != nil && m.Kind == countries.Name {
			return m.Country
		}
	}
	return ""
}

// of gives the roles of c the country behind the name: "Foreign Minister Demir of
// Turkey".
func (r *reading) of(c *candidate, last int, roles []Role) {
	land := c.party
	if r.doc.Lower(c.last) == "of" {
		i := c.last + 1
		if r.doc.Lower(i) == "the" {
			i++
		}
		if m := r.countryAt(i); m != nil && m.Kind == countries.Name {
			if end := r.past(i, m.End); end >= last || r.doc.Tag(end) != "POS" && !r.nominal(end) {
				land = m.Country
				c.home = land
			}
		}
	}
	for k := range roles {
		if roles[k].Country == "" && roles[k].class >= rank {
			roles[k].Country = land
		}
	}
}

// party returns the country of a member of Congress by the party and state
// behind the name: "R-Ariz.".
func (r *reading) party(i int) countries.Code {
	w := r.doc.Word(i)
	if len(w) > 4 && (w[0] == 'R' || w[0] == 'D' || w[0] == 'I') && w[1] == '-' && capitalised(w[2:]) {
		return "US"
	}
	return ""
}
