package dates

// qualify takes in what stands before e and says which part of it is meant: "early",
// "mid-", "the end of", "late on", "the first days of", and the article.
func (s *scanner) qualify(e *expression) {
	if e.typ == Duration || e.typ == Set {
		s.article(e)
		return
	}
	i := e.first - 1
	if s.at(i).kind == kindDefinite && s.takesArticle(e) {
		e.first, i = i, i-1
	}
	switch {
	case s.at(i).kind == kindEarly && !s.comparative(i):
		e.mod, e.first = s.at(i).code, i
	case s.at(i).kind == kindDash && s.at(i).glued && s.at(i-1).kind == kindEarly:
		e.mod, e.first = s.at(i-1).code, i-1
	case s.is(i, "in", "on") && s.at(i-1).kind == kindEarly && s.isDated(e):
		e.mod, e.first = s.at(i-1).code, i-1
	case s.is(i, "of") && s.at(i-1).kind == kindEdge:
		e.mod, e.first = s.at(i-1).code, i-1
	case s.is(i, "of") && (s.at(i-1).kind == kindPart || s.is(i-1, "hours")) && isDay(e.means):
		s.partOfDay(e, i-1)
	case s.is(i, "of") && (s.at(i-1).kind == kindUnits || s.at(i-1).kind == kindUnit || s.is(i-1, "half")):
		s.partOf(e, i-1)
	default:
		return
	}
	if s.is(e.first-1, "very", "as") {
		e.first--
	}
	if s.at(e.first-1).kind == kindDefinite {
		e.first--
	}
}

// comparative reports whether the word at i says when something else was: "two years
// later Friday", "or later".
func (s *scanner) comparative(i int) bool {
	return s.is(i, "later", "earlier") && (s.at(i-1).kind == kindUnits || s.at(i-1).kind == kindUnit || s.is(i-1, "or"))
}

// isDated reports whether e means a stretch of the calendar.
func (s *scanner) isDated(e *expression) bool {
	switch e.means.(type) {
	case *named, *aWeekday, *shifted, ofPeriod:
		return true
	}
	return false
}

// article takes in the article of a duration: "the three years", but "the 20-month war".
func (s *scanner) article(e *expression) {
	if s.at(e.first-1).kind == kindDefinite && !s.noun(e.last) {
		e.first--
	}
}

// takesArticle reports whether "the" belongs to e: "the third quarter", but "the 2010
// raid".
func (s *scanner) takesArticle(e *expression) bool {
	if s.at(e.first).kind == kindOrdinal || s.at(e.first).kind == kindNumber {
		return true // "the 4th of July"
	}
	switch m := e.means.(type) {
	case *named:
		return m.unit != years && m.unit != days && m.unit != months || m.fiscal || m.feast != nil
	case *aWeekday:
		return m.turn != unsaid
	case ofPeriod:
		return m.unit != days
	case digitsOnly:
		return false
	}
	return true
}

// partOfDay reads "the night of", "the early hours of", "early in the morning of".
func (s *scanner) partOfDay(e *expression, i int) {
	code := s.at(i).code
	if s.is(i, "hours") {
		if s.at(i-1).kind == kindPart {
			i--
			code = s.at(i).code
		} else if !s.is(i-1, "early", "late") {
			return
		} else {
			code = map[string]string{"early": "MO", "late": "NI"}[s.low(i-1)]
		}
	}
	if s.at(i-1).kind == kindEarly {
		i--
	}
	e.clock, e.typ, e.first = clock{part: code}, Time, i
}

// partOf reads "the first days of May", "the last week of", "the first half of".
func (s *scanner) partOf(e *expression, i int) {
	mod := ""
	switch p := s.at(i - 1); {
	case s.is(i-1, "first", "early", "opening"):
		mod = "START"
	case s.is(i-1, "last", "final", "closing", "latter", "dying"), s.is(i-1, "second") && s.is(i, "half"):
		mod = "END"
	case p.kind == kindOrdinal && p.n < 4:
		mod = "MID"
	}
	if mod != "" {
		e.mod, e.first = mod, i-1
	}
}

// hedge takes in what says how exact e is: "about", "more than", "at least", "or so".
func (s *scanner) hedge(e *expression) {
	switch m := e.means.(type) {
	case *lasting:
		if m.turn != unsaid {
			return // "over the past two years"
		}
	case *distant, onDay, ofPeriod:
	case *named:
		if m.unit != years || !s.is(e.first-1, "about", "around", "circa", "ca", "c") {
			return
		}
	default:
		return
	}
	i := e.first - 1
	switch {
	case s.at(i).kind == kindAbout:
		e.mod = s.at(i).code
	case s.is(i, "than") && s.is(i-1, "more", "longer", "greater"):
		e.mod, i = "MORE_THAN", i-1
		if s.is(i-1, "no", "not") {
			e.mod, i = "EQUAL_OR_LESS", i-1
		}
	case s.is(i, "than") && s.is(i-1, "less", "fewer"):
		e.mod, i = "LESS_THAN", i-1
		if s.is(i-1, "no", "not") {
			e.mod, i = "EQUAL_OR_MORE", i-1
		}
	case s.is(i, "least") && s.is(i-1, "at"):
		e.mod, i = "EQUAL_OR_MORE", i-1
	case s.is(i, "most") && s.is(i-1, "at"), s.is(i, "to") && s.is(i-1, "up"):
		e.mod, i = "EQUAL_OR_LESS", i-1
	case s.is(i, "only", "just"):
	default:
		return
	}
	if s.is(i-1, "just", "well") {
		i--
	}
	e.first = i
}
