package dates

// seek returns the period that a date without a year means: the one on the side
// that the wording says, of those that in gives for the years around the base.
func seek(b Day, in func(year int) (period, bool), fits func(period) bool, cost func(period) int) (period, bool) {
	var best period
	for y := b.Year - 8; y <= b.Year+8; y++ {
		p, ok := in(y)
		if ok && fits(p) && (best.isZero() || cost(p) < cost(best)) {
			best = p
		}
	}
	return best, !best.isZero()
}

// gap is how many days lie between b and p.
func gap(b Day, p period) int {
	switch {
	case p.holds(b):
		return 0
	case b.Before(p.first):
		return b.daysTo(p.first)
	}
	return p.last().daysTo(b)
}

func (n *named) resolve(r *resolver, e *expression) answer {
	switch {
	case n.dated:
		return n.answer(base{}, n.year)
	case n.within != nil:
		a := n.within.resolve(r, e)
		if a.reason != "" {
			return answer{value: n.open(), reason: a.reason}
		}
		return n.answer(base{kind: a.anchor, span: a.anchorSpan}, a.period.first.Year)
	}
	b := r.now()
	if n.turn >= textBack {
		if t := r.fromText(years); t.reason == "" {
			b = t
		}
	}
	if b.reason != "" {
		return answer{value: n.open(), reason: b.reason}
	}
	p, ok := seek(b.day, n.in, r.side(n, e, b.day), r.cost(b.day))
	if !ok {
		return answer{value: n.open(), reason: noSuchDay}
	}
	return n.qualified(b.answer(p))
}

// answer returns what n is in a year.
func (n *named) answer(b base, year int) answer {
	p, ok := n.in(year)
	if !ok {
		return answer{value: period{n.unit, p.first}.value(), reason: noSuchDay}
	}
	return n.qualified(b.answer(p))
}

// qualified takes the days from a fiscal year: companies and states begin it when
// they like.
func (n *named) qualified(a answer) answer {
	if n.fiscal {
		a.reason = "fiscal years differ"
	}
	return a
}

// open writes what n names without its year.
func (n *named) open() string {
	p, ok := n.in(2000)
	if !ok || n.feast != nil && n.feast(2001).Day != p.first.Day {
		return "XXXX-XX-XX"
	}
	return "XXXX" + p.value()[4:]
}

// side tells which periods n may mean, by its own words or the tense.
func (r *resolver) side(n *named, e *expression, b Day) func(period) bool {
	own := func(p period) period { return b.in(p.unit) }
	notAfter := func(p period) bool { return !b.Before(p.first) }
	notBefore := func(p period) bool { return !p.last().Before(b) }
	switch n.turn {
	case lastOne, textBack:
		return func(p period) bool { return p.first.Before(own(p).first) && p.last().Before(b) }
	case nextOne, textOn:
		return func(p period) bool { return own(p).last().Before(p.first) }
	case thisOne, textSame:
		return func(p period) bool { return p.first.Year == b.Year || p.holds(b) }
	}
	if r.anchor.Narrative {
		return func(period) bool { return true }
	}
	switch r.direction(e) {
	case past:
		return notAfter
	case future:
		return notBefore
	}
	if n.unit == days {
		return func(period) bool { return true }
	}
	return notAfter
}

// cost says how far a period is from the base. Narratives go forward: what would be
// a step back is as far as four steps on.
func (r *resolver) cost(b Day) func(period) int {
	return func(p period) int {
		d := gap(b, p)
		if r.anchor.Narrative && p.first.Before(b) {
			return 4 * d
		}
		return d
	}
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
	switch ahead := r.anchor.Narrative || w.turn == thisOne && r.direction(e) != past || w.turn == unsaid && r.direction(e) == future; {
	case w.turn == lastOne || w.turn == textBack:
		if back == 0 {
			day = day.AddDays(-7)
		}
	case w.turn == nextOne || w.turn == textOn || ahead && back > 0:
		day = day.AddDays(7)
	}
	return b.answer(day.in(days))
}

func (s *shifted) resolve(r *resolver, e *expression) answer {
	b := r.now()
	if s.text {
		t := r.fromText(s.unit)
		if t.reason == "" || !s.soft {
			b = t
		}
	}
	if b.reason != "" {
		return answer{value: s.open(), reason: b.reason}
	}
	if r.anchor.Narrative && s.unit == days && !s.text {
		return answer{value: "PRESENT_REF", reason: vagueReason} // "today" of an unknown day
	}
	p := b.day.in(s.unit).plus(s.n)
	if s.unit == weekends && (s.weekend || s.n == 0) && b.day.Before(p.first) && r.direction(e) != future {
		p = p.plus(-1)
	}
	a := b.answer(p)
	if s.fiscal {
		a.reason = "fiscal years differ"
	}
	return a
}

// open writes s with nothing known.
func (s *shifted) open() string {
	switch s.unit {
	case days:
		return "XXXX-XX-XX"
	case weekends:
		return "XXXX-WXX-WE"
	case weeks:
		return "XXXX-WXX"
	case months:
		return "XXXX-XX"
	case quarters:
		return "XXXX-QX"
	}
	return "XXXX"
}

func (d *distant) resolve(r *resolver, e *expression) answer {
	if d.some {
		value := "FUTURE_REF"
		if d.back {
			value = "PAST_REF"
		} else if d.text {
			value = (&shifted{unit: d.unit}).open()
		}
		return answer{value: value, reason: vagueReason}
	}
	n, u := d.whole()
	if d.back {
		n = -n
	}
	if n == -1 && u == years {
		if q, ok := r.quarterTold(e); ok {
			return base{kind: Text, span: q.Span}.answer(q.period.plus(-4))
		}
	}
	b := r.now()
	if d.text {
		if t := r.fromText(u); t.reason == "" {
			b = t
		} else if u == days {
			b = t
		}
	}
	switch {
	case b.reason != "":
		return answer{value: (&shifted{unit: u}).open(), reason: b.reason}
	case u < days:
		return answer{value: "XXXX-XX-XX", reason: "counted from an unknown hour"}
	}
	return b.answer(b.day.in(u).plus(n))
}

// whole returns the distance in a unit of which it is a whole number.
func (l *lasting) whole() (int, unit) {
	n, u := l.n, l.unit
	switch {
	case u == hours && int(n)%24 == 0:
		n, u = n/24, days
	case n != float64(int(n)) && u == years:
		n, u = 12*n, months
	case n != float64(int(n)) && u == decades:
		n, u = 10*n, years
	case n != float64(int(n)) && u == centuries:
		n, u = 100*n, years
	case n != float64(int(n)) && u == weeks:
		n, u = 7*n, days
	}
	return int(n), u
}

func (l *lasting) resolve(r *resolver, e *expression) answer {
	if l.ahead && !l.some && r.direction(e) == future {
		d := distant{lasting: *l}
		return d.resolve(r, e)
	}
	a := answer{value: l.value()}
	if l.turn == unsaid || l.some {
		return a
	}
	b := r.now()
	if l.turn >= textBack {
		b = r.fromText(days)
	}
	n, u := l.whole()
	if b.reason != "" || u < days {
		return a
	}
	a.anchor, a.anchorSpan = b.kind, b.span
	if l.turn == lastOne || l.turn == textBack {
		a.from, a.to = b.day.in(u).shifted(b.day, -n), b.day
	} else {
		a.from, a.to = b.day, b.day.in(u).shifted(b.day, n)
	}
	return a
}

// shifted returns the day that lies n units of p from d.
func (p period) shifted(d Day, n int) Day {
	moved := p.plus(n)
	switch p.unit {
	case days, weeks, weekends:
		return d.AddDays(p.first.daysTo(moved.first))
	case years, decades, centuries, millennia:
		moved = period{p.unit, Day{moved.first.Year + d.Year - p.first.Year, d.Month, 1}}
	default:
		moved.first.Month += d.Month - p.first.Month
	}
	return Day{moved.first.Year, moved.first.Month, min(d.Day, lastOf(moved.first.Year, moved.first.Month))}
}

// quarterTold returns the quarter that the figures before e are of.
func (r *resolver) quarterTold(e *expression) (told, bool) {
	for i := len(r.told) - 1; i >= max(0, len(r.told)-lookBack); i-- {
		if r.told[i].period.unit == quarters {
			return r.told[i], r.told[i].sentence >= e.sentence-2
		}
	}
	return told{}, false
}

func (l *likewise) resolve(r *resolver, e *expression) answer {
	for i := len(r.told) - 1; i >= max(0, len(r.told)-lookBack); i-- {
		t := r.told[i]
		if t.period.unit != quarters {
			continue
		}
		p := t.period.plus(-4 * l.back)
		if l.year != 0 {
			p.first.Year = l.year
		}
		return base{kind: Text, span: t.Span}.answer(p)
	}
	if l.back > 0 && l.unit == noUnit {
		return (&shifted{unit: years, n: -l.back}).resolve(r, e)
	}
	b := r.now()
	if b.reason != "" || l.unit == noUnit {
		return answer{value: "XXXX-QX", reason: nothingTold}
	}
	return b.answer(b.day.in(l.unit).plus(-1 - 4*l.back))
}

func (o onDay) resolve(r *resolver, e *expression) answer {
	if o.of != nil {
		return o.of.resolve(r, e)
	}
	b := r.fromText(days)
	if b.reason != "" || b.kind == Text && len(r.told) > 0 && r.told[len(r.told)-1].sentence < e.sentence-3 {
		b = r.now()
	}
	if b.reason != "" {
		return answer{value: "XXXX-XX-XX", reason: b.reason}
	}
	return b.answer(b.day.in(days))
}
