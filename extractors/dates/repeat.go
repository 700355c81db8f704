package dates

const vagueReason = "vague"

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
	case weekday:
		value = openWeekday(p.n)
	case month:
		value = "XXXX" + two('-', p.n)
	case season:
		value = "XXXX-" + p.code
	case part:
		value = "XXXX-XX-XXT" + p.code
	case unitWord:
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

// vague reads "now", "currently", "recently".
func (s *scanner) vague(i int) int {
	if s.titled(i, i+1) || s.at(i+1).kind == dash && s.at(i+1).glued {
		return i // "Times Now", "the now-collapsed plan"
	}
	first := i
	if s.is(i-1, "right", "just") && s.is(i, "now") {
		first--
	}
	return s.emit(expression{first: first, means: open{s.at(i).code, vagueReason}, rule: "vague"}, i+1)
}

// atTime reads "at present", "at the moment", "at this time", "at the time".
func (s *scanner) atTime(i int) int {
	value, end := "PRESENT_REF", i+2
	switch {
	case s.is(i+1, "present") && !s.noun(i+2):
	case s.is(i+1, "the") && s.is(i+2, "moment") && s.ends(i+3), s.is(i+1, "this") && s.is(i+2, "time", "moment"):
		end++
	case s.is(i+1, "the", "that") && s.is(i+2, "time") && s.ends(i+3):
		value = "PAST_REF"
		end++
	default:
		return i
	}
	return s.emit(expression{first: i + 1, means: open{value, vagueReason}, rule: "vague"}, end)
}

// longAgo reads "long ago", "a long time ago", "some time ago".
func (s *scanner) longAgo(i int) int {
	end := i + 1
	if s.is(end, "time") {
		end++
	}
	if !s.is(end, "ago") {
		return i
	}
	if s.is(i-1, "a", "not", "so") {
		i--
	}
	return s.emit(expression{first: i, means: open{"PAST_REF", vagueReason}, rule: "vague"}, end+1)
}

// spelledOut reads a year in words: "nineteen ninety-six".
func (s *scanner) spelledOut(i int) int {
	y, end := s.spelledYear(i)
	if end == i || s.at(end).kind == unitsWord || s.at(end).kind == scale || s.tag(end) == "NNS" {
		return i
	}
	return s.emit(expression{first: i, means: inYear(y), rule: "year"}, end)
}

// recent reads "recent years", "future quarters", "these days".
func (s *scanner) recent(i int) int {
	p, q := s.at(i), s.at(i+1)
	if q.kind != unitsWord || p.low == "these" && q.low != "days" {
		return i
	}
	end := i + 2
	if s.is(end, "and") && s.at(end+1).kind == unitsWord {
		end += 2
	}
	return s.emit(expression{first: i, means: open{p.code, vagueReason}, rule: "vague"}, end)
}
