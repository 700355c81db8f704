package dates

// spelledOut reads a year in words: "nineteen ninety-six".
func (s *scanner) spelledOut(i int) int {
	y, end := s.spelledYear(i)
	if end == i || s.at(end).kind == kindUnits || s.at(end).kind == kindScale || s.tag(end) == "NNS" {
		return i
	}
	return s.emit(expression{first: i, means: inYear(y), rule: "year"}, end)
}

// Years that texts write about without saying "year".
const (
	earliestYear = 1400
	modernYear   = 1800
	latestYear   = 2059
)

// inYear is the meaning of a year.
func inYear(y int) *named { return &named{unit: years, year: y, dated: true} }

// year reads "1998", "1957-58", "490 BC", "AD 70" where the words around make the
// number a year.
func (s *scanner) year(i int) int {
	y, end := s.fullYearAt(i)
	p := s.at(i)
	switch {
	case end == i+2: // an era
		return s.emit(expression{first: i, means: inYear(y), rule: "year"}, end)
	case p.kind == kindDigits && p.n > 0 && len(p.low) < 4:
		return s.yearBeforeEra(i)
	case end == i || y < earliestYear || y > latestYear:
		return i
	}
	if end := s.yearRange(i, y); end > i {
		return end
	}
	if s.possessive(i+1) && y%10 == 0 && s.is(i-1, "the", "early", "late", "mid") {
		return s.emit(expression{first: i, means: ofDecade(y), rule: "decade"}, i+2) // "the 1980's"
	}
	if !s.yearLike(i, y) {
		return i
	}
	if s.is(end, "quarter", "period") && s.is(i-1, "the") {
		return s.emit(expression{first: i, means: &likewise{unit: quarters, year: y}, rule: "quarter"}, end+1) // "the 1988 quarter"
	}
	return s.emit(expression{first: i, means: inYear(y), rule: "year"}, end)
}

// yearBeforeEra reads the first year of "499 to 493 BC" and "477-450 BC".
func (s *scanner) yearBeforeEra(i int) int {
	if !s.joins(i + 1) {
		return i
	}
	to, end := s.fullYearAt(i + 2)
	if end != i+4 || to < 1 && s.at(i).n <= s.at(i+2).n {
		return i
	}
	return s.emit(expression{first: i, means: inYear(eraYear(s.at(i).n, s.at(i+3).n)), rule: "year"}, i+1)
}

// eraFirst reads "AD 70".
func (s *scanner) eraFirst(i int) int {
	p := s.at(i + 1)
	if s.at(i).n < 0 || !s.shouted(i) || p.kind != kindDigits || p.n < 1 || len(p.low) > 4 {
		return i
	}
	return s.emit(expression{first: i, means: inYear(p.n), rule: "year"}, i+2)
}

// yearRange reads "1957-58", "1995-1999", "1956–60" as two years.
func (s *scanner) yearRange(i, y int) int {
	mark, p := s.at(i+1), s.at(i+2)
	if mark.kind != kindDash && mark.kind != kindSlash || !mark.glued || !p.glued || p.kind != kindDigits {
		return i
	}
	to := p.n
	if len(p.low) == 2 {
		to += y / 100 * 100
	}
	if len(p.low) == 3 || to <= y || to > latestYear || s.at(i+3).glued && s.at(i+3).kind == kindDash {
		return i
	}
	s.emit(expression{first: i, means: inYear(y), rule: "year"}, i+1)
	return s.emit(expression{first: i + 2, means: inYear(to), rule: "year"}, i+3)
}

// yearLike reports whether the number y at i is a year by the words around it.
func (s *scanner) yearLike(i, y int) bool {
	before, after := s.at(i-1), s.at(i+1)
	if after.is(counted) || after.kind == kindDash && s.at(i+2).unit != noUnit || after.low == "%" || s.currency(i-1) {
		return false
	}
	next := s.tag(i + 1)
	counts := next == "NNS" || next == "CD" || after.kind == kindNumber || after.kind == kindScale
	switch {
	case before.low == "(" && (after.low == ")" || s.joins(i+1) || after.kind == kindComma || after.low == ";" || after.low == ":"):
		return true
	case before.kind == kindSeason || before.kind == kindFeast:
		return true
	case before.is(yearBehind):
		return y >= modernYear || !counts
	case before.is(perhapsYear):
		if s.joined(i) || s.joins(i+1) && s.sameLooks(i+2) {
			return true
		}
		return !counts && (next != "NN" || before.low == "of")
	case i == 0 && (after.low == ":" || after.kind == kindDash && !after.glued || len(s.pieces) == 1 || y >= modernYear && (next == "VBD" || next == "VBZ" || next == "MD" || next == "RB")):
		return true // a heading, "2007 saw"
	case before.low == "as" && s.is(i-2, "late", "early", "recently", "far"), s.possessive(i+1) && y >= modernYear:
		return true
	case before.kind == kindDash && before.glued && s.is(i-2, "post", "pre", "mid", "early", "late"):
		return true
	case (before.kind == kindComma || before.kind == kindDash) && s.joined(i), after.low == ")" && (before.kind == kindComma || s.tag(i-1) == "NNP"):
		return true // "1994, 1995", "(Smith, 2004)"
	}
	return s.modifies(i) && (y >= modernYear || next != "NNS" && next != "NNPS")
}

// sameLooks reports whether at i another year stands.
func (s *scanner) sameLooks(i int) bool {
	p := s.at(i)
	return p.kind == kindDigits && (len(p.low) == 4 && p.n >= earliestYear && p.n <= latestYear)
}

// joined reports whether the year at i continues a list or range of dates that
// has been read: "1994, 1995 and 1997", "between 1991 and 1997".
func (s *scanner) joined(i int) bool {
	if len(s.out) == 0 || !s.joins(i-1) && s.at(i-1).kind != kindComma {
		return false
	}
	prev := &s.out[len(s.out)-1]
	j := i - 1
	if s.at(j-1).kind == kindComma {
		j--
	}
	n, ok := prev.means.(*named)
	return ok && n.dated && prev.last == j && prev.Start >= s.pieces[0].Start
}

// modifies reports whether the number at i stands as an adjective: "a 2010 raid",
// "his 2007 campaign", "the 1992 protests".
func (s *scanner) modifies(i int) bool {
	switch s.tag(i - 1) {
	case "DT", "PRP$", "POS", "JJ":
	default:
		return false
	}
	j := i + 1
	if s.joins(j) && s.sameLooks(j+1) { // "the 1955 and 1959 elections"
		j += 2
	}
	next := s.tag(j)
	if s.tag(i-1) == "JJ" || s.is(i-1, "some", "all", "any", "no", "these", "those", "another") {
		return false
	}
	return next == "NN" || next == "NNP" || next == "JJ" || next == "NNS" || next == "NNPS" || next == "VBN" || next == "VBG"
}

// shortYear reads "'89" and "the '90s".
func (s *scanner) shortYear(i int) int {
	p := s.at(i + 1)
	if !p.glued || len(p.low) > 3 {
		return i
	}
	switch {
	case p.kind == kindDecade:
		return s.emit(expression{first: i, means: ofDecade(1900 + p.n), rule: "decade"}, i+2)
	case p.kind == kindDigits && len(p.low) == 2 && !s.at(i+2).glued && (s.at(i-1).is(yearBehind|perhapsYear) || s.is(i-1, "the")):
		return s.emit(expression{first: i, means: inYear(fullYear(p.n)), rule: "year"}, i+2)
	}
	return i
}
