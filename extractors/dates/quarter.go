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
	if s.at(i).kind == ordinal {
		if s.at(end).kind == fiscal {
			end++
		}
		if s.at(end).kind == dash && s.at(end).glued {
			end++
		}
		if q < 1 || q > 4 || !s.is(end, "quarter") {
			return i
		}
		end++
	}
	n := &named{unit: quarters, index: q, fiscal: s.at(i-1).kind == fiscal}
	end = s.yearOf(n, end)
	return s.emit(expression{first: i, means: n, rule: "quarter"}, end)
}

// half reads "first half of 2008", "second half of last year", "latter half of".
func (s *scanner) half(i int) int {
	n := named{unit: halves, index: s.at(i).n}
	end := i + 1
	if s.at(end).kind == dash {
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
	if p := s.at(i + 1); p.kind == unitsWord { // "the first hours"
		l, end = lasting{unit: p.unit, some: true, plural: true}, i+2
		if k := s.at(i + 3).kind; s.is(end, "of") && (k == month || k == season || k == digits || k == toward || k == decade) {
			return i // "the first days of May"
		}
	}
	if end == i+1 || !l.plural {
		return i
	}
	return s.emit(expression{first: i, typ: Duration, means: &l, rule: "duration"}, end)
}

// fiscal reads "fiscal 1989", "fiscal year 2014", "FY 2015", "the fiscal year".
func (s *scanner) fiscal(i int) int {
	end := i + 1
	if y := s.at(i).n; y > 0 { // FY2015, FY15
		if y < 100 {
			y = fullYear(y)
		}
		n := inYear(y)
		n.fiscal = true
		return s.emit(expression{first: i, means: n, rule: "fiscal year"}, end)
	}
	if s.is(end, "year") {
		end++
	}
	if y, to := s.fullYearAt(end); to > end {
		n := inYear(y)
		n.fiscal = true
		return s.emit(expression{first: i, means: n, rule: "fiscal year"}, to)
	}
	if end == i+2 && (s.is(i-1, "the", "its", "full")) {
		return s.emit(expression{first: i, means: &shifted{unit: years, fiscal: true}, rule: "fiscal year"}, end)
	}
	return i
}
