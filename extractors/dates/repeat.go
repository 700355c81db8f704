package dates

// each is how often something recurs, as TIMEX3 writes it.
type each string

func (v each) resolve(*resolver, *expression) answer { return answer{value: string(v)} }

// often reads "daily", "annually".
func (s *scanner) often(i int) int {
	if s.capital(i) && (i > 0 || s.capital(i+1)) && !s.shouted(i) {
		return i // "China Daily"
	}
	return s.emit(expression{first: i, typ: Set, means: each(s.at(i).code), rule: "set"}, i+1)
}

// every reads "every day", "each year", "every two weeks", "every Friday", "per day".
func (s *scanner) every(i int) int {
	j := i + 1
	if s.is(j, "other", "single") {
		j++
	}
	value := ""
	switch p := s.at(j); p.kind {
	case kindWeekday:
		value = openWeekday(p.n)
	case kindMonth:
		value = "XXXX" + two('-', p.n)
	case kindSeason:
		value = "XXXX-" + p.code
	case kindPart:
		value = "XXXX-XX-XXT" + p.code
	case kindUnit:
		value = lasting{n: float64(p.n), unit: p.unit}.value()
	default:
		l, end := s.length(j)
		if end == j {
			return i
		}
		return s.emit(expression{first: i, typ: Set, means: each(l.value()), rule: "set"}, end)
	}
	return s.emit(expression{first: i, typ: Set, means: each(value), rule: "set"}, j+1)
}
