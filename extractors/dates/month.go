package dates

// month reads "May 10, 2025", "April 24 and 25", "Dec 5th", "May 1789", "July of
// that year", "in May".
func (s *scanner) month(i int) int {
	if !s.isMonth(i) {
		return i
	}
	if end := s.any(i, (*scanner).feast, (*scanner).monthDay); end > i { // "May Day"
		return end
	}
	n := named{unit: months, month: s.at(i).n}
	end := s.yearOf(&n, i+1)
	if end == i+1 && !s.monthAlone(i) {
		return i
	}
	return s.emit(expression{first: i, means: &n, rule: "month"}, end)
}

// isMonth reports whether the word at i is written as the name of a month.
func (s *scanner) isMonth(i int) bool { return s.at(i).kind == month && s.capital(i) }

// monthAlone reports whether the month at i, with no day or year beside it, is
// one: "may" and "march" are words, May and April are people.
func (s *scanner) monthAlone(i int) bool {
	p := s.at(i)
	if s.at(i-1).kind == dash {
		return s.at(i-2).kind == early || p.code == "" && s.isMonth(i-2)
	}
	switch p.code {
	case "short":
		return s.at(i-1).is(monthBehind) && s.doc.Text[s.at(i).End-1] == '.'
	case "word":
		if i > 0 && s.describes(i-1) && s.noun(i+1) && !s.headline() {
			return true // "the March elections"
		}
		return s.at(i-1).is(monthBehind) && s.tag(i+1) != "VB" || s.joins(i-1) && s.isMonth(i-2) || s.joins(i+1) && s.isMonth(i+2) && s.at(i+2).code == ""
	}
	named := s.tag(i+1) == "NNP" && s.tag(i) == "NNP" && !s.at(i-1).is(monthBehind) && (p.n == 4 || p.n == 6 || p.n == 8)
	return !named
}

// monthDay reads a month and the days behind it.
func (s *scanner) monthDay(i int) int {
	j := i + 1
	if s.is(j, "the") {
		j++
	}
	day, end := s.dayOfMonth(j)
	if end == j || s.countsThings(i, end) {
		return i
	}
	list := []expression{{first: i, last: end, means: &named{unit: days, month: s.at(i).n, day: day}}}
	for {
		k := end
		if s.at(k).kind == comma && s.is(k+1, "and", "or") {
			k++
		}
		if !s.joins(k) && !(s.at(k).kind == comma && s.dayListed(k+1)) {
			break
		}
		next, to := s.dayOfMonth(k + 1)
		if to == k+1 || next <= day || s.isMonth(to) || !s.at(k+1).glued && s.noun(to) {
			break
		}
		list = append(list, expression{first: k + 1, last: to, means: &named{unit: days, month: s.at(i).n, day: next}})
		day, end = next, to
	}
	last := list[len(list)-1].means.(*named)
	if to := s.yearOf(last, end); to > end {
		list[len(list)-1].last, end = to, to
	}
	for _, e := range list {
		n := e.means.(*named)
		n.year, n.dated, n.within = last.year, last.dated, last.within
		e.rule = "date"
		s.emit(e, e.last)
	}
	return end
}

// dayListed reports whether at i stands one of several days: "June 3, 4 and 5".
func (s *scanner) dayListed(i int) bool {
	_, end := s.dayOfMonth(i)
	return end > i && (s.is(end, "and") || s.at(end).kind == comma && s.at(end+1).kind == digits) && s.at(end+1).kind == digits && s.at(end+1).n < 32
}

// countsThings reports whether the number behind the month at i counts what
// follows it: "In May 12 boats were lost".
func (s *scanner) countsThings(i, end int) bool {
	return s.is(i-1, "in") && s.at(end-1).kind == digits && (s.tag(end) == "NNS" || s.is(end, "people", "percent", "per")) || s.is(end, "percent", "%")
}

// dayOfMonth reads "10", "10th", "tenth", "twenty-first".
func (s *scanner) dayOfMonth(i int) (day, end int) {
	if p := s.at(i); p.kind == digits {
		next := s.at(i + 1)
		if p.n >= 1 && p.n <= 31 && len(p.low) <= 2 && !(next.glued && (next.low == "%" || next.low == "°")) {
			return p.n, i + 1
		}
		return 0, i
	}
	n, end := s.ordinalAt(i)
	if n > 31 {
		return 0, i
	}
	return n, end
}

// dayMonth reads "10 May 2025", "4th of July", "13-15 April", "10 Dec 87".
func (s *scanner) dayMonth(i int) int {
	day, end := s.dayOfMonth(i)
	if end == i {
		return i
	}
	list := []expression{{first: i, last: end, means: &named{unit: days, day: day}}}
	if s.joins(end) {
		if next, to := s.dayOfMonth(end + 1); to > end+1 && next > day {
			list = append(list, expression{first: end + 1, last: to, means: &named{unit: days, day: next}})
			end = to
		}
	}
	if s.is(end, "of") || s.at(end).kind == dash && s.at(end).glued {
		end++
	}
	if to := s.dayOfThis(list, end); to > end {
		return to
	}
	if !s.isMonth(end) || s.at(end).code == "word" && s.at(end).low == "may" && s.tag(end+1) == "VB" {
		return i
	}
	m := s.at(end).n
	end++
	last := list[len(list)-1].means.(*named)
	if to := s.twoDigits(last, end); to > end {
		end = to
	} else {
		end = s.yearOf(last, end)
	}
	list[len(list)-1].last = end
	for _, e := range list {
		n := e.means.(*named)
		n.month, n.year, n.dated, n.within = m, last.year, last.dated, last.within
		e.rule = "date"
		s.emit(e, e.last)
	}
	return end
}

// dayOfThis reads "the 10th of this month".
func (s *scanner) dayOfThis(list []expression, i int) int {
	the := 0
	if s.is(i, "the") {
		the = 1
	}
	if !s.is(i-1, "of") || s.at(i+the).kind != toward || !s.is(i+the+1, "month") {
		return i
	}
	e := list[len(list)-1]
	n := e.means.(*named)
	n.within = &shifted{unit: months, n: s.at(i + the).n, text: the > 0 || s.is(i, "that")}
	e.rule = "date"
	return s.emit(e, i+the+2)
}

// twoDigits reads the year of "10 Dec 87" and "10-Dec-87".
func (s *scanner) twoDigits(n *named, i int) int {
	if s.at(i).kind == dash && s.at(i).glued {
		i++
	}
	p := s.at(i)
	if p.kind != digits || len(p.low) != 2 || s.noun(i+1) && !s.at(i-1).glued && s.at(i-2).kind != stamp {
		return i
	}
	n.year, n.dated = fullYear(p.n), true
	return i + 1
}
