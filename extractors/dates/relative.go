package dates

// turns are the sides that "last" and the like stand for: of publication, of what
// the text has told.
func (s *scanner) turn(i int) turn {
	text := s.is(i, "following", "previous", "preceding", "prior", "same", "that")
	switch n := s.at(i).n; {
	case text && n < 0:
		return textBack
	case text && n > 0:
		return textOn
	case text:
		return textSame
	case n < 0:
		return lastOne
	case n > 0:
		return nextOne
	}
	return thisOne
}

// toward reads what begins with "last", "next", "this", "that" and the like: "last
// week", "next Friday", "this past spring", "that same day", "the past few days".
func (s *scanner) toward(i int) int {
	head := i
	if s.is(head, "this") && s.at(head+1).kind == kindToward || s.is(head, "that") && s.is(head+1, "same") { // "this coming Sunday"
		head++
	}
	j := head + 1
	if s.at(j).kind == kindFiscal {
		j++
	} else if s.is(j, "full", "calendar", "financial", "very") {
		j++
	}
	switch p := s.at(j); p.kind {
	case kindWeekday:
		if p.code != "short" && s.capital(j) {
			return s.onWeekday(i, j, &aWeekday{weekday: p.n, turn: s.turn(head)})
		}
	case kindMonth:
		if s.capital(j) && p.code != "short" {
			return s.monthToward(i, head, j)
		}
	case kindSeason:
		if s.low(j) != "fall" || !s.is(head, "that", "latest") {
			return s.emit(expression{first: i, means: &named{unit: seasons, month: p.n, turn: s.turn(head)}, rule: "season"}, j+1)
		}
	case kindFeast:
		if f, end := s.feastAt(j); end > j {
			return s.emit(expression{first: i, means: &named{unit: days, feast: f.in, turn: s.turn(head)}, rule: "feast"}, end)
		}
	case kindPart:
		return s.partToward(i, head, j)
	case kindUnit:
		return s.unitToward(i, head, j)
	}
	return s.spanToward(i, head)
}

// monthToward reads "last May", "last Oct. 23", "this March".
func (s *scanner) monthToward(i, head, j int) int {
	n := &named{unit: months, month: s.at(j).n, turn: s.turn(head)}
	end := j + 1
	if day, to := s.dayOfMonth(end); to > end {
		n.unit, n.day, end = days, day, to
	} else if s.is(head, "that") {
		return i
	}
	return s.emit(expression{first: i, means: n, rule: "month"}, end)
}

// partToward reads "this morning", "last night", "that afternoon".
func (s *scanner) partToward(i, head, j int) int {
	p, m := s.at(j), &shifted{unit: days}
	switch {
	case s.is(head, "last"):
		m.n = -1
	case s.is(head, "this"):
	case s.is(head, "that", "same"):
		m.text = true
	case s.is(head, "next", "following"):
		m.n, m.text = 1, true
	case s.is(head, "previous", "preceding"):
		m.n, m.text = -1, true
	default:
		return i
	}
	return s.emit(expression{first: i, typ: Time, means: m, clock: clock{part: p.code}, rule: "part of a day"}, j+1)
}

// unitToward reads "last week", "this year", "the next day", "that same month".
func (s *scanner) unitToward(i, head, j int) int {
	p := s.at(j)
	switch {
	case s.titled(i, j+1):
		return i
	case s.is(head, "latest"):
		return s.latest(i, j)
	case s.spans(i, head, p):
		return s.spanToward(i, head)
	case p.unit < days:
		return i
	}
	m := &shifted{unit: p.unit, n: s.at(head).n * p.n, fiscal: s.at(j-1).kind == kindFiscal}
	switch {
	case s.is(head, "that", "same"), p.unit == days && s.is(head, "this"):
		m.text = true
	case s.is(head, "following", "previous", "preceding", "prior"), s.is(head, "next") && s.is(i-1, "the"):
		m.text, m.soft = true, p.unit >= weeks
	}
	if n, end := s.quarterOfYear(m, j+1); end > j+1 {
		return s.emit(expression{first: i, means: n, rule: "quarter"}, end)
	}
	return s.emit(expression{first: i, means: m, rule: "unit"}, j+1)
}

// spans reports whether a word like "last" and a unit mean a length and no point: "the
// past year", "the last month", "the coming week", "for the next decade".
func (s *scanner) spans(i, head int, p *piece) bool {
	if !s.is(i-1, "the") {
		return s.is(head, "past") && p.unit >= weeks
	}
	switch {
	case s.is(head, "last", "past"):
		return p.unit != quarters
	case s.is(head, "coming", "upcoming"):
		return p.unit != weekends
	}
	return s.is(head, "next") && s.is(i-2, "for") && p.unit > days
}

// quarterOfYear reads what is of a year named before: "last year's third quarter".
func (s *scanner) quarterOfYear(year *shifted, i int) (*named, int) {
	if year.unit != years || !s.possessive(i) {
		return nil, i
	}
	q := s.at(i + 1)
	switch {
	case q.kind == kindOrdinal && q.n <= 4 && s.is(i+2, "quarter"):
		return &named{unit: quarters, index: q.n, within: year}, i + 3
	case q.kind == kindSeason:
		return &named{unit: seasons, month: q.n, within: year}, i + 2
	}
	return nil, i
}

// spanToward reads "the past two months", "the next few days", "the last year": a
// length that ends or begins at the anchor.
func (s *scanner) spanToward(i, head int) int {
	n := s.at(head).n
	if n == 0 {
		return i
	}
	if s.at(head+1).kind == kindUnits && !s.is(head, "last", "next", "following") { // "the coming weeks"
		value := "PAST_REF"
		if n > 0 {
			value = "FUTURE_REF"
		}
		return s.emit(expression{first: i, means: open{value, vagueReason}, rule: "vague"}, head+2)
	}
	l, end := s.length(head + 1)
	switch p := s.at(head + 1); {
	case end > head+1 && !l.plural:
		return i
	case end > head+1:
	case p.kind == kindUnit:
		l, end = lasting{n: float64(p.n), unit: p.unit}, head+2
	case p.kind == kindUnits: // "the following days"
		l, end = lasting{unit: p.unit, some: true}, head+2
	default:
		return i
	}
	if s.is(end, "of") && s.is(head, "last") {
		return s.emit(expression{first: i, typ: Duration, means: &l, rule: "duration"}, end) // "the last months of the war"
	}
	l.turn = s.turn(head)
	return s.emit(expression{first: i, typ: Duration, means: &l, rule: "span"}, end)
}

// deictic reads "today", "yesterday morning", "tonight".
func (s *scanner) deictic(i int) int {
	p := s.at(i)
	if s.titled(i, i+1) {
		return i
	}
	e := expression{first: i, means: &shifted{unit: days, n: p.n}, rule: "day", clock: clock{part: p.code}}
	end := i + 1
	if q := s.at(end); q.kind == kindPart && p.code == "" {
		e.clock.part = q.code
		end++
	}
	if e.clock.part != "" {
		e.typ = Time
	}
	return s.emit(e, end)
}

// definite reads what begins with "the": "the past", "the weekend", "the year" in
// "the end of the year", "the year-earlier quarter".
func (s *scanner) definite(i int) int {
	p := s.at(i + 1)
	switch {
	case s.is(i+1, "past", "future"):
		return s.thePast(i)
	case p.unit == weekends && p.kind == kindUnit:
		return s.emit(expression{first: i, means: &shifted{unit: weekends, weekend: true}, rule: "weekend"}, i+2)
	case p.unit == quarters && p.kind == kindUnit, p.low == "period" && s.is(i-1, "in", "for", "during") && s.figures():
		return s.theQuarter(i)
	case p.low == "day" && s.is(i+2, "before", "after") && s.is(i+3, "yesterday", "tomorrow"):
		return s.emit(expression{first: i, means: &shifted{unit: days, n: 2 * s.at(i+3).n}, rule: "day"}, i+4)
	case p.kind == kindUnit && p.unit >= days:
		return s.theUnit(i)
	}
	return i
}

// theUnit reads "the year" where it is one that everybody knows: "the end of the
// month", "later in the day", "for the week".
func (s *scanner) theUnit(i int) int {
	if end := s.compared(i + 1); end > i+1 {
		return end
	}
	u := s.at(i + 1).unit
	m := &shifted{unit: u}
	switch {
	case s.is(i-1, "of") && s.at(i-2).kind == kindEdge && s.ends(i+2):
		m.text, m.soft = u == days, true
	case s.is(i-1, "in") && s.is(i-2, "early", "earlier", "late", "later") && s.ends(i+2):
		m.text, m.soft = true, true
	case s.is(i-1, "for") && u == weeks && s.ends(i+2):
	case s.is(i+2, "ended", "ending"):
		return s.emit(expression{first: i, typ: Duration, means: &lasting{n: 1, unit: u}, rule: "duration"}, i+2)
	default:
		return i
	}
	return s.emit(expression{first: i, means: m, rule: "unit"}, i+2)
}
