package countries

// beside returns the country, as "LB", or region, as "US-TX", that words beside
// the place of q give it, "" if none do: "Paris, Texas", "Hyderabad in Pakistan",
// "Tripoli (Lebanon)", "the Iraqi town of Balad", "Pakistan's Hyderabad". Its
// name ends before token end.
func (f *finder) beside(q *query, end int) string {
	if land := f.behind(end); land != "" {
		return land
	}
	return f.before(q.first)
}

// behind returns the land that is named behind a place, past a comma, a bracket
// or "in".
func (f *finder) behind(end int) string {
	d := f.doc
	switch d.Lower(end) {
	case ",", "(":
		end++
		if d.Lower(end) == "in" || d.Lower(end) == "near" {
			end++
		}
	case "in":
		end++
	default:
		return ""
	}
	return f.land(end)
}

// land returns the country or region that tokens from i on name.
func (f *finder) land(i int) string {
	for compass[f.doc.Lower(i)] {
		i++
	}
	if i >= len(f.doc.Tokens) {
		return ""
	}
	if n := f.over[i]; n >= 0 {
		if m := &f.found[n]; m.Kind == Name && m.Span.Start == f.doc.Tokens[i].Start {
			return string(m.Country)
		}
	}
	if code, _ := f.lists.states.longest(i, f.doc.Word); code != nil {
		return *code
	}
	first, last := i, i+1
	if n := f.name[i]; n >= 0 && f.named[n].First == i {
		last = f.named[n].Last
	}
	found, count := f.lookup(first, last)
	if count < last-first {
		return ""
	}
	for p := range found.All() {
		if !p.Region() {
			return ""
		}
		return p.Code()
	}
	return ""
}

// before returns the country whose name or demonym stands before a place, as of
// "the northern Iraqi town of" and "Pakistan's".
func (f *finder) before(first int) string {
	d := f.doc
	i := first - 1
	if d.Lower(i) == "of" && sorts[d.Lower(i-1)] != anySort {
		i -= 2
	} else if sorts[d.Lower(i)] != anySort {
		i--
	} else if d.Tag(i) != "POS" {
		return ""
	}
	for n := 0; n < 4 && i >= 0; n++ {
		switch {
		case f.over[i] >= 0:
			m := &f.found[f.over[i]]
			if m.Kind > Demonym || m.Span.End != d.Tokens[i].End {
				return ""
			}
			return string(m.Country)
		case d.Tag(i) != "POS" && !isNoun(d.Tag(i)) && d.Tag(i) != "VBN":
			return ""
		}
		i--
	}
	return ""
}

var compass = wordSet("north south east west northern southern eastern western central northeastern northwestern southeastern southwestern " +
	"north-eastern north-western south-eastern south-western northeast northwest southeast southwest")
