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
	}
	if end == i+1 || !l.plural {
		return i
	}
	return s.emit(expression{first: i, typ: Duration, means: &l, rule: "duration"}, end)
}

// numbered reads "the 99th day": a day that is counted from something told.
func (s *scanner) numbered(i int) int {
	n, end := s.ordinalAt(i)
	if end == i || s.is(i, "latter") || n < 2 && !s.is(i-1, "the") || !s.is(end, "day") || s.is(end+1, "of") && s.at(end+2).kind == month {
		return i
	}
	return s.emit(expression{first: i, means: open{"XXXX-XX-XX", "counted from an event"}, rule: "numbered day"}, end+1)
}

// open is what no day can be given for.
type open struct{ value, reason string }

func (o open) resolve(*resolver, *expression) answer {
	return answer{value: o.value, reason: o.reason}
}

// season reads "the spring of 1780", "summer 2007", "in autumn".
func (s *scanner) season(i int) int {
	p := s.at(i)
	n := &named{unit: seasons, month: p.n}
	end := s.yearOf(n, i+1)
	if end == i+1 && !s.seasonAlone(i) {
		return i
	}
	return s.emit(expression{first: i, means: n, rule: "season"}, end)
}

// seasonAlone reports whether the word at i, with no year beside it, is a season:
// "fall" and "spring" are other things too.
func (s *scanner) seasonAlone(i int) bool {
	if s.is(i+1, "of") || s.capital(i) && s.is(i-1, "the") && s.tag(i+1) == "NNP" {
		return false
	}
	the := s.is(i-1, "the") || s.at(i-1).kind == early
	if s.low(i) == "fall" {
		return the && s.is(i-2, "in", "by", "this", "during", "since", "until", "throughout")
	}
	return the && !s.noun(i+1) || s.is(i-1, "in", "by", "since", "until", "during", "through", "over", "mid") || s.joins(i-1) && s.at(i-2).kind == season
}

// feast reads "Christmas 1963", "Thanksgiving Day", "9/11".
func (s *scanner) feast(i int) int {
	f, end := s.feastAt(i)
	if end == i {
		return i
	}
	n := &named{unit: days, feast: f.in}
	if d := f.in(1); d == f.in(2) { // one day of history
		return s.emit(expression{first: i, means: ofPeriod(d.in(days)), rule: "feast"}, end)
	}
	return s.emit(expression{first: i, means: n, rule: "feast"}, s.yearOf(n, end))
}

// feastAt returns the longest name of a feast at i; "Good Friday Agreement" and
// "Easter Island" are none.
func (s *scanner) feastAt(i int) (f holiday, end int) {
	for _, h := range calendarOfFeasts()[s.low(i)] {
		to := s.matches(i, h.words)
		if to > end && to > i {
			f, end = h, to
		}
	}
	if end <= i || s.at(i).low[0] >= 'a' && !s.capital(i) || s.capital(end) && s.at(end).kind == plain {
		return holiday{}, i
	}
	return f, end
}

// matches returns where words end that begin at i, i where they do not.
func (s *scanner) matches(i int, words []string) int {
	j := i
	for _, w := range words {
		low := s.low(j)
		if rest, found := cutClitic(w, low); found { // "new year's" is two tokens
			low, j = rest, j+1
		}
		if low != w && low+s.low(j) != w {
			return i
		}
		j++
	}
	return j
}

// cutClitic reports whether low is w without its "'s".
func cutClitic(w, low string) (rest string, found bool) {
	return low, len(w) == len(low)+2 && w[:len(low)] == low && w[len(low):] == "'s"
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
