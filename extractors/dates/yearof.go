package dates

// yearOf reads the year behind a part of it: ", 2025", "of 1789", "last year",
// "of that year", "480 BC".
func (s *scanner) yearOf(n *named, i int) int {
	j := i
	if s.at(j).kind == kindComma || s.is(j, "of") {
		j++
	}
	if y, end := s.fullYearAt(j); end > j {
		n.year, n.dated = y, true
		return end
	}
	if end := s.ofYear(n, j); end > j && s.at(i).kind != kindComma {
		return end
	}
	return i
}

// ofYear reads "last year", "that year", "the same year".
func (s *scanner) ofYear(n *named, i int) int {
	j := i
	the := s.is(j, "the")
	if the {
		j++
	}
	if s.at(j).kind != kindToward || !s.is(j+1, "year") {
		return i
	}
	n.within = &shifted{unit: years, n: s.at(j).n, text: the || s.is(j, "that", "same")}
	return j + 2
}

// fullYearAt reads a year in four digits, "'89", or in any with an era, or words.
func (s *scanner) fullYearAt(i int) (year, end int) {
	p := s.at(i)
	switch {
	case p.kind == kindDigits && p.n > 0 && s.at(i+1).kind == kindEra && s.capital(i+1):
		return eraYear(p.n, s.at(i+1).n), i + 2
	case p.kind == kindDigits && len(p.low) == 4 && p.n >= 1000 && p.n < 2200:
		return p.n, i + 1
	case p.kind == kindQuote && s.at(i+1).kind == kindDigits && s.at(i+1).glued && len(s.low(i+1)) == 2:
		return fullYear(s.at(i + 1).n), i + 2
	case p.kind == kindNumber:
		return s.spelledYear(i)
	}
	return 0, i
}

// eraYear counts the years before the common era down from 0.
func eraYear(n, era int) int {
	if era < 0 {
		return 1 - n
	}
	return n
}

// fullYear returns the year that two digits stand for.
func fullYear(n int) int {
	if n < 60 {
		return 2000 + n
	}
	return 1900 + n
}
