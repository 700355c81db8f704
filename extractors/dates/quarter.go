package dates

// ordinal reads what begins with an ordinal number: "third quarter", "first half
// of 2008", "20th century", "first nine months", "seventh day".
func (s *scanner) ordinal(i int) int {
	return s.any(i, (*scanner).century, (*scanner).quarter, (*scanner).half, (*scanner).firstOf, (*scanner).numbered)
}

// quarter reads "third quarter", "fiscal second-quarter", "third quarter of 1990",
// "Q3 2020", "fourth quarter last year".
func (s *scanner) quarter(i int) int {
	q, end := s.at(i).n, i+1
	if s.at(i).kind == kindOrdinal {
		if s.at(end).kind == kindFiscal {
			end++
		}
		if s.at(end).kind == kindDash && s.at(end).glued {
			end++
		}
		if q < 1 || q > 4 || !s.is(end, "quarter") {
			return i
		}
		end++
	}
	n := &named{unit: quarters, index: q, fiscal: s.at(i-1).kind == kindFiscal}
	end = s.yearOf(n, end)
	return s.emit(expression{first: i, means: n, rule: "quarter"}, end)
}

// half reads "first half of 2008", "second half of last year", "latter half of".
func (s *scanner) half(i int) int {
	n := named{unit: halves, index: s.at(i).n}
	end := i + 1
	if s.at(end).kind == kindDash {
		end++
	}
	if n.index > 2 || !s.is(end, "half") {
		return i
	}
	to := s.yearOf(&n, end+1)
	if to == end+1 {
		return i
	}
	return s.emit(expression{first: i, means: &n, rule: "half"}, to)
}

// firstOf reads "first nine months", "first few days": how long they are.
func (s *scanner) firstOf(i int) int {
	if s.at(i).n != 1 {
		return i
	}
	l, end := s.length(i + 1)
	if p := s.at(i + 1); p.kind == kindUnits { // "the first hours"
		l, end = lasting{unit: p.unit, some: true, plural: true}, i+2
		if k := s.at(i + 3).kind; s.is(end, "of") && (k == kindMonth || k == kindSeason || k == kindDigits || k == kindToward || k == kindDecade) {
			return i // "the first days of May"
		}
	}
	if end == i+1 || !l.plural {
		return i
	}
	return s.emit(expression{first: i, typ: Duration, means: &l, rule: "duration"}, end)
}

// fiscal reads "fiscal 1989", "fiscal year 2014", "FY2015", "the fiscal year".
func (s *scanner) fiscal(i int) int {
	end := i + 1
	if s.is(end, "year") {
		end++
	}
	y, to := s.fullYearAt(end)
	switch n := s.at(i).n; {
	case n >= 100: // FY2015
		y, to = n, i+1
	case n > 0: // FY15
		y, to = fullYear(n), i+1
	case to > end:
	case end == i+2 && s.is(i-1, "the", "its", "full"):
		return s.emit(expression{first: i, means: &shifted{unit: years, fiscal: true}, rule: "fiscal year"}, end)
	default:
		return i
	}
	m := inYear(y)
	m.fiscal = true
	return s.emit(expression{first: i, means: m, rule: "fiscal year"}, to)
}
