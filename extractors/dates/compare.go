package dates

// likewise is the period that a figure is compared with: "the year-earlier quarter",
// "a year ago" behind the figure of a quarter.
type likewise struct {
	unit unit // what kind of period, none: that of the figure before
	back int  // years
	year int  // or the year it lies in
}

func (l *likewise) resolve(r *resolver, e *expression) answer {
	if f := r.figure; !f.period.isZero() {
		p := f.period.plus(-4 * l.back)
		if l.year != 0 {
			p.first.Year = l.year
		}
		return base{kind: Text, span: f.Span}.answer(p)
	}
	b := r.now()
	switch {
	case l.back > 0 && l.unit == noUnit:
		return (&shifted{unit: years, n: -l.back}).resolve(r, e)
	case b.reason != "" || l.unit == noUnit:
		return answer{value: "XXXX-QX", reason: nothingTold}
	}
	return b.answer(b.day.in(l.unit).plus(-1 - 4*l.back))
}

// compared reads "year-earlier", "year-ago quarter", "year-earlier period".
func (s *scanner) compared(i int) int {
	if !s.is(i, "year") || s.at(i+1).kind != kindDash || !s.is(i+2, "ago", "earlier") {
		return i
	}
	end := i + 3
	m := &likewise{back: 1}
	if n, to := s.ordinalAt(end); to > end && n <= 4 && s.is(to, "quarter") {
		m.unit, end = quarters, to+1
	} else if s.is(end, "quarter") {
		m.unit = quarters
		end++
	} else if s.is(end, "period", "month") {
		end++
	}
	first := i
	if s.is(i-1, "the") {
		first--
	}
	return s.emit(expression{first: first, means: m, rule: "compared"}, end)
}

// unitFirst reads "year-end", "year-earlier", "decade-long".
func (s *scanner) unitFirst(i int) int {
	if s.is(i, "year") && s.at(i+1).kind == kindDash && s.is(i+2, "end") {
		return s.emit(expression{first: i, means: &shifted{unit: years}, mod: "END", rule: "unit"}, i+3)
	}
	if p := s.at(i); s.at(i+1).kind == kindDash && s.is(i+2, "long") {
		l := lasting{n: float64(p.n), unit: p.unit}
		return s.emit(expression{first: i, typ: Duration, means: &l, rule: "duration"}, i+3)
	}
	return s.compared(i)
}

// theQuarter reads "the quarter", "the period": that which the text is about.
func (s *scanner) theQuarter(i int) int {
	m := &likewise{unit: quarters}
	if s.is(i+1, "period") {
		m.unit = noUnit
	}
	if s.noun(i+2) || s.is(i+2, "of") || !s.figures() && !s.is(i+2, "ended", "ending") {
		return i
	}
	return s.emit(expression{first: i, means: m, rule: "quarter"}, i+2)
}

// latest reads "the latest quarter".
func (s *scanner) latest(i, j int) int {
	m := &likewise{unit: s.at(j).unit}
	return s.emit(expression{first: i, means: m, rule: "quarter"}, j+1)
}

// figures reports whether the dates read last are of the quarters of business news.
func (s *scanner) figures() bool {
	for _, e := range s.out[max(0, len(s.out)-lookBack):] {
		if n, ok := e.means.(*named); ok && n.unit == quarters {
			return true
		}
	}
	return false
}
