package dates

const vagueReason = "vague"

// open is what no day can be given for.
type open struct{ value, reason string }

func (o open) resolve(*resolver, *expression) answer {
	return answer{value: o.value, reason: o.reason}
}

// vague reads "now", "currently", "recently".
func (s *scanner) vague(i int) int {
	if s.titled(i, i+1) || s.at(i+1).kind == kindDash && s.at(i+1).glued {
		return i // "Times Now", "the now-collapsed plan"
	}
	first := i
	if s.is(i-1, "right", "just") && s.is(i, "now") {
		first--
	}
	return s.emit(expression{first: first, means: open{s.at(i).code, vagueReason}, rule: "vague"}, i+1)
}

// thePast reads "the past", "the future" where no noun follows.
func (s *scanner) thePast(i int) int {
	switch s.at(i + 2).kind {
	case kindNumber, kindDigits, kindSeveral:
		return i
	}
	if t := s.tag(i + 2); s.noun(i+2) || t == "JJ" || t == "NNP" || s.titled(i, i+2) {
		return i
	}
	value := "PAST_REF"
	if s.is(i+1, "future") {
		value = "FUTURE_REF"
	}
	return s.emit(expression{first: i, means: open{value, vagueReason}, rule: "vague"}, i+2)
}

// atTime reads "at present", "at the moment", "at this time", "at the time".
func (s *scanner) atTime(i int) int {
	value, end := "PRESENT_REF", i+2
	switch {
	case s.is(i+1, "present") && s.at(i+2).kind != kindDash:
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

// recent reads "recent years", "future quarters", "these days".
func (s *scanner) recent(i int) int {
	p, q := s.at(i), s.at(i+1)
	if q.kind != kindUnits || p.low == "these" && q.low != "days" {
		return i
	}
	end := i + 2
	if s.is(end, "and") && s.at(end+1).kind == kindUnits {
		end += 2
	}
	return s.emit(expression{first: i, means: open{p.code, vagueReason}, rule: "vague"}, end)
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

// numbered reads "the 99th day": a day that is counted from something told; and "in its
// third week".
func (s *scanner) numbered(i int) int {
	n, end := s.ordinalAt(i)
	if p := s.at(end); end > i && p.kind == kindUnit && p.unit >= days && s.is(i-1, "its", "their") && s.is(i-2, "in", "into", "entered", "entering", "enters") {
		return s.emit(expression{first: i, means: running{n * p.n, p.unit}, typ: Duration, rule: "numbered day"}, end+1)
	}
	if end == i || s.is(i, "latter") || n < 2 && !s.is(i-1, "the") || !s.is(end, "day") || s.is(end+1, "of") && s.at(end+2).kind == kindMonth {
		return i
	}
	return s.emit(expression{first: i, means: open{"XXXX-XX-XX", "counted from an event"}, rule: "numbered day"}, end+1)
}
