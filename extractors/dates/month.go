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
func (s *scanner) isMonth(i int) bool { return s.at(i).kind == kindMonth && s.capital(i) }

// monthAlone reports whether the month at i, with no day or year beside it, is
// one: "may" and "march" are words, May and April are people.
func (s *scanner) monthAlone(i int) bool {
	p := s.at(i)
	if s.at(i-1).kind == kindDash {
		return s.at(i-2).kind == kindEarly || p.code == "" && s.isMonth(i-2)
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

// someDay is one of the days that share a month and a year: "April 24 and 25, 1999".
type someDay struct{ first, last, day int }

// emitDays emits days of the month and year in of, the last of them ending at end.
func (s *scanner) emitDays(list []someDay, of named, end int) int {
	list[len(list)-1].last = end
	if d := list[0]; len(list) == 1 && !of.dated && of.within == nil {
		if known, ok := history()[two('0', of.month)[1:]+two('-', d.day)+" "+s.low(end)]; ok {
			return s.emit(expression{first: d.first, means: ofPeriod(known.in(days)), rule: "history"}, end)
		}
	}
	for _, d := range list {
		n := of
		n.unit, n.day = days, d.day
		s.emit(expression{first: d.first, means: &n, rule: "date"}, d.last)
	}
	return end
}

// monthDay reads "May 10, 2025", "May the 10th", "April 6-7", "June 3, 4 and 5".
func (s *scanner) monthDay(i int) int {
	j := i + 1
	if s.is(j, "the") {
		j++
	}
	day, end := s.dayOfMonth(j)
	if end == j || s.countsThings(i, end) {
		return i
	}
	list := []someDay{{i, end, day}}
	for {
		next, ok := s.nextDay(list[len(list)-1])
		if !ok {
			break
		}
		list = append(list, next)
	}
	of := named{month: s.at(i).n}
	end = s.yearOf(&of, list[len(list)-1].last)
	return s.emitDays(list, of, end)
}

// nextDay reads the day that is listed behind another: "-7", "and 25", ", 4 and 5".
func (s *scanner) nextDay(d someDay) (someDay, bool) {
	i := d.last
	if s.at(i).kind == kindComma && s.is(i+1, "and", "or") {
		i++
	}
	if !s.joins(i) && !(s.at(i).kind == kindComma && s.dayListed(i+1)) {
		return someDay{}, false
	}
	day, end := s.dayOfMonth(i + 1)
	if end == i+1 || day <= d.day || s.isMonth(end) || !s.at(i+1).glued && s.noun(end) {
		return someDay{}, false
	}
	return someDay{i + 1, end, day}, true
}

// dayListed reports whether at i stands one of several days: "June 3, 4 and 5".
func (s *scanner) dayListed(i int) bool {
	_, end := s.dayOfMonth(i)
	return end > i && (s.is(end, "and") || s.at(end).kind == kindComma && s.at(end+1).kind == kindDigits) && s.at(end+1).kind == kindDigits && s.at(end+1).n < 32
}

// countsThings reports whether the number behind the month at i counts what
// follows it: "In May 12 boats were lost".
func (s *scanner) countsThings(i, end int) bool {
	return s.is(i-1, "in") && s.at(end-1).kind == kindDigits && (s.tag(end) == "NNS" || s.is(end, "people", "percent", "per")) || s.is(end, "percent", "%")
}

// dayOfMonth reads "10", "10th", "tenth", "twenty-first".
func (s *scanner) dayOfMonth(i int) (day, end int) {
	if p := s.at(i); p.kind == kindDigits {
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

// dayMonth reads "10 May 2025", "4th of July", "13-15 April", "10 Dec 87", "the 10th of
// this month".
func (s *scanner) dayMonth(i int) int {
	day, end := s.dayOfMonth(i)
	if end == i {
		return i
	}
	list := []someDay{{i, end, day}}
	if s.joins(end) {
		if next, to := s.dayOfMonth(end + 1); to > end+1 && next > day {
			list = append(list, someDay{end + 1, to, next})
			end = to
		}
	}
	if s.is(end, "of") || s.at(end).kind == kindDash && s.at(end).glued {
		end++
	}
	if to, month := s.thisMonth(end); month != nil && s.is(end-1, "of") {
		return s.emitDays(list, named{within: month}, to)
	}
	if !s.isMonth(end) || s.is(end, "may") && s.tag(end+1) == "VB" {
		return i
	}
	of := named{month: s.at(end).n}
	to := s.twoDigits(&of, end+1)
	if to == end+1 {
		to = s.yearOf(&of, end+1)
	}
	return s.emitDays(list, of, to)
}

// thisMonth reads "this month", "the same month".
func (s *scanner) thisMonth(i int) (end int, m *shifted) {
	j := i
	if s.is(j, "the") {
		j++
	}
	if s.at(j).kind != kindToward || !s.is(j+1, "month") {
		return i, nil
	}
	return j + 2, &shifted{unit: months, n: s.at(j).n, text: j > i || s.is(j, "that")}
}

// twoDigits reads the year of "10 Dec 87" and "10-Dec-87".
func (s *scanner) twoDigits(n *named, i int) int {
	if s.at(i).kind == kindDash && s.at(i).glued {
		i++
	}
	p := s.at(i)
	if p.kind != kindDigits || len(p.low) != 2 || s.noun(i+1) && !s.at(i-1).glued && s.at(i-2).kind != kindStamp {
		return i
	}
	n.year, n.dated = fullYear(p.n), true
	return i + 1
}
