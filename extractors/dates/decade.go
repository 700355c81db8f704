package dates

// ofPeriod is a period whose days are known.
type ofPeriod period

func (p ofPeriod) resolve(*resolver, *expression) answer { return answer{period: period(p)} }

func ofDecade(y int) ofPeriod { return ofPeriod(Day{y, 1, 1}.in(decades)) }

// decade reads "1990s", "the nineties", "470s BC", and the centuries "1800s".
func (s *scanner) decade(i int) int {
	p := s.at(i)
	switch {
	case p.code == "word":
		if !s.is(i-1, "the") && s.at(i-1).kind != kindEarly && s.at(i-2).kind != kindEarly || p.n < 30 {
			return i
		}
		return s.emit(expression{first: i, means: ofDecade(1900 + p.n), rule: "decade"}, i+1)
	case s.at(i+1).kind == kindEra && s.capital(i+1):
		y := p.n
		if s.at(i+1).n < 0 {
			y = eraYear(p.n+9, -1)
		}
		return s.emit(expression{first: i, means: ofDecade(y), rule: "decade"}, i+2)
	case p.n < 1000 || p.n > latestYear:
		return i
	case p.n%100 == 0 && p.n < 1900:
		return s.emit(expression{first: i, means: ofPeriod(Day{p.n + 1, 1, 1}.in(centuries)), rule: "century"}, i+1)
	}
	return s.emit(expression{first: i, means: ofDecade(p.n), rule: "decade"}, i+1)
}

// century reads "20th century", "eighteenth-century", "4th century BC", "19th and
// 20th centuries".
func (s *scanner) century(i int) int {
	n, end := s.ordinalAt(i)
	if end == i || n > 30 {
		return i
	}
	if s.joins(end) {
		if m, to := s.ordinalAt(end + 1); to > end+1 && s.is(to, "centuries") {
			s.emit(expression{first: i, means: ofCentury(n, 1), rule: "century"}, end)
			return s.emit(expression{first: end + 1, means: ofCentury(m, 1), rule: "century"}, to+1)
		}
	}
	if s.at(end).kind == kindDash && s.at(end).glued {
		end++
	}
	if !s.is(end, "century") {
		return i
	}
	end++
	which := 1
	if s.at(end).kind == kindEra && s.capital(end) {
		which = s.at(end).n
		end++
	}
	return s.emit(expression{first: i, means: ofCentury(n, which), rule: "century"}, end)
}

func ofCentury(n, era int) ofPeriod {
	if era < 0 {
		return ofPeriod(Day{eraYear(100*n, era), 1, 1}.in(centuries))
	}
	return ofPeriod(Day{100*n - 99, 1, 1}.in(centuries))
}
