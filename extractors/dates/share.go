package dates

// share lets the expressions of a sentence lend each other what only one of them
// says: the year of a list or range, the day of a time of day.
func (s *scanner) share(found []expression) {
	for k := len(found) - 1; k >= 0; k-- {
		if k+1 < len(found) {
			s.lendYear(&found[k], &found[k+1])
		}
	}
	for k := range found {
		if _, ok := found[k].means.(onDay); ok {
			found[k].means = onDay{dayBeside(found, k)}
		}
		found[k].aside = s.aside(found[k].first)
	}
}

// lendYear gives the year of the second to the first in "April and June 1955",
// "between January 12 and January 16, 1936", "August/September 1956".
func (s *scanner) lendYear(a, b *expression) {
	to, ok := b.means.(*named)
	if !ok || !to.dated && to.within == nil || to.unit == years {
		return
	}
	from, ok := a.means.(*named)
	if !ok || from.dated || from.within != nil || from.turn != unsaid || from.unit == years || !s.linked(a.last, b.first) {
		return
	}
	from.year, from.dated, from.within = to.year, to.dated, to.within
	if to.dated && from.month > to.month && from.month > 0 && to.month > 0 {
		from.year--
	}
}

// linked reports whether nothing but a conjunction stands from piece i to j.
func (s *scanner) linked(i, j int) bool {
	if s.is(j-1, "the", "in", "on", "from") && j-1 > i {
		j--
	}
	switch j - i {
	case 1:
		return s.joins(i) || s.at(i).kind == kindComma
	case 2:
		return (s.at(i).kind == kindComma || s.is(i, "and")) && (s.joins(i+1) || s.is(i+1, "from", "again", "early", "late"))
	}
	return false
}

// dayBeside returns the meaning of the date that stands nearest to the time of day
// found[k] in its sentence, nil where there is none.
func dayBeside(found []expression, k int) meaning {
	if k+1 < len(found) && isDay(found[k+1].means) && found[k+1].first-found[k].last < 4 {
		return found[k+1].means
	}
	for j := k - 1; j >= 0; j-- {
		if isDay(found[j].means) {
			return found[j].means
		}
	}
	return nil
}

// aside reports whether piece i stands in brackets.
func (s *scanner) aside(i int) bool {
	for j := i - 1; j >= 0 && i-j < 40; j-- {
		switch s.low(j) {
		case ")":
			return false
		case "(":
			return true
		}
	}
	return false
}
