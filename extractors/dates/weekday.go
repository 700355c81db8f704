package dates

// aWeekday is a day of the week: "Friday", "last Friday", "Friday of last week".
type aWeekday struct {
	weekday int
	turn    turn
	within  *shifted // the week it lies in
}

// weekday reads "Saturday", "Saturday, May 10, 2025", "Tue, Nov 19, 2019", "Friday
// night", "Friday of last week".
func (s *scanner) weekday(i int) int {
	if !s.capital(i) || s.capital(i-1) && s.at(i-1).is(nicknames) {
		return i
	}
	w, j := s.at(i), i+1
	if s.at(j).kind == kindComma || s.low(j) == "." {
		j++
	}
	if s.is(j, "the") {
		j++
	}
	if end := s.dateBehind(i, j); end > i {
		return end
	}
	if w.code == "short" || s.capital(i+1) && s.at(i+1).is(papers) {
		return i
	}
	m := &aWeekday{weekday: w.n}
	return s.onWeekday(i, i, m)
}

// dateBehind reads the date that a weekday stands before; the date is first to say
// which day it is.
func (s *scanner) dateBehind(i, j int) int {
	var end int
	switch s.at(j).kind {
	case kindMonth:
		end = s.monthDay(j)
	case kindDigits, kindOrdinal:
		end = s.dayMonth(j)
	case kindNumeric:
		end = s.numeric(j)
	}
	if end <= j {
		return i
	}
	e := &s.out[len(s.out)-1]
	if n, ok := e.means.(*named); ok {
		n.weekday = s.at(i).n
	}
	s.stretch(e, i)
	return end
}

// onWeekday emits the weekday at i with the part of the day and the week behind it.
func (s *scanner) onWeekday(first, i int, m *aWeekday) int {
	e := expression{first: first, means: m, rule: "weekday"}
	end := i + 1
	if p := s.at(end); p.kind == kindPart && p.code != "" && !s.is(end+1, "'s") {
		e.clock.part, e.typ = p.code, Time
		end++
	}
	j := end
	if s.is(j, "of") {
		j++
	}
	if s.at(j).kind == kindToward && s.is(j+1, "week") && m.turn == unsaid {
		m.within = &shifted{unit: weeks, n: s.at(j).n, text: s.is(j, "that", "same", "following", "previous")}
		end = j + 2
	}
	return s.emit(e, end)
}

func (w *aWeekday) resolve(r *resolver, e *expression) answer {
	open := openWeekday(w.weekday)
	if w.within != nil {
		a := w.within.resolve(r, e)
		if a.reason != "" {
			return answer{value: open, reason: a.reason}
		}
		a.period = a.period.first.AddDays(w.weekday - 1).in(days)
		return a
	}
	b := r.now()
	if w.turn >= textBack {
		if t := r.fromText(days); t.reason == "" {
			b = t
		}
	}
	if b.reason != "" {
		return answer{value: open, reason: b.reason}
	}
	back := (b.day.isoWeekday() - w.weekday + 7) % 7 // days since the last one
	day := b.day.AddDays(-back)
	switch w.turn {
	case lastOne, textBack:
		if back == 0 {
			day = day.AddDays(-7)
		}
	case nextOne, textOn:
		day = day.AddDays(7)
	default:
		if back > 0 && w.ahead(r, e, back) {
			day = day.AddDays(7)
		}
	}
	return b.answer(day.in(days))
}

// ahead reports whether the weekday is the coming one and not the one that was back
// days ago.
func (w *aWeekday) ahead(r *resolver, e *expression, back int) bool {
	if r.anchor.Narrative {
		return true
	}
	switch d := r.direction(e); {
	case w.turn == thisOne:
		return d != past
	case e.relation == Until:
		return d != past || back > 3 // "closed until Friday"
	default:
		return d >= future
	}
}

// weekdays reads "Fridays": every one.
func (s *scanner) weekdays(i int) int {
	if !s.capital(i) {
		return i
	}
	return s.emit(expression{first: i, typ: Set, means: each(openWeekday(s.at(i).n)), rule: "set"}, i+1)
}

func openWeekday(w int) string { return "XXXX-WXX-" + string(digit(w)) }
