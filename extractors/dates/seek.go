package dates

// seek returns the cheapest of the periods that in gives for the years around b; a
// negative cost rules one out.
func seek(b Day, in func(year int) (period, bool), cost func(period) int) (period, bool) {
	var best period
	least := -1
	for y := b.Year - 8; y <= b.Year+8; y++ {
		p, ok := in(y)
		if !ok {
			continue
		}
		if c := cost(p); c >= 0 && (least < 0 || c < least) {
			best, least = p, c
		}
	}
	return best, least >= 0
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
		part := *n
		if n.within.unit == months {
			part.month = a.period.first.Month
		}
		return part.answer(base{kind: a.anchor, span: a.anchorSpan}, a.period.first.Year)
	}
	b := r.now()
	if n.turn >= textBack {
		if t := r.fromText(years); t.reason == "" {
			b = t
		}
	} else if r.anchor.Narrative || b.reason != "" {
		if p, t, ok := r.told.place(n, e); ok {
			return n.qualified(base{kind: Text, span: t.Span}.answer(p))
		}
	}
	if b.reason != "" {
		return answer{value: n.open(), reason: b.reason}
	}
	p, ok := seek(b.day, n.in, r.cost(n, e, b.day))
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

// against is how much farther off a date is that lies where the tense does not look.
// A year is left out when it is plain, so that what is near outweighs the tense.
const against = 5

// cost returns how far a period is from b as the meaning of n, negative where its
// words exclude it.
func (r *resolver) cost(n *named, e *expression, b Day) func(period) int {
	toward := openEnded
	switch {
	case n.turn == unsaid && r.anchor.Narrative:
		toward = future // a narrative goes forward
	case n.turn == unsaid && e.bare:
		toward = r.direction(e)
	}
	if toward == past && e.relation == Until {
		toward = openEnded
	} else if toward == openEnded && n.unit != days {
		toward = past
	}
	return func(p period) int {
		own := b.in(p.unit)
		d := gap(b, p)
		switch n.turn {
		case lastOne, textBack:
			if n.unit == months && b.Month > 1 {
				own = own.plus(-1) // the one just gone is "last month", or "December"
			}
			return d - excluded(!p.first.Before(own.first) || !p.last().Before(b))
		case nextOne, textOn:
			return d - excluded(!own.last().Before(p.first))
		case thisOne, textSame:
			return d - excluded(p.first.Year != b.Year && !p.holds(b))
		}
		if n.weekday != 0 && p.first.isoWeekday() != n.weekday {
			d += 4000
		}
		switch gone := p.last().Before(b); {
		case toward == settled:
			return d - excluded(gone)
		case toward == future && gone, toward == past && b.Before(p.first):
			return against * d
		}
		return d
	}
}

func excluded(out bool) int {
	if out {
		return 1 << 30
	}
	return 0
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
		return d >= future || back > 3 // "closed until Friday"
	default:
		return d >= future
	}
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
	if s.unit == weekends && (s.weekend || s.n == 0) && b.day.Before(p.first) && r.direction(e) < future {
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
	if f := r.figure; n == -1 && u == years && !f.period.isZero() && f.sentence >= e.sentence-2 {
		return base{kind: Text, span: f.Span}.answer(f.period.plus(-4)) // what a figure is compared with
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
	p := b.day.in(u).plus(n)
	if at := r.anchor.Published; d.text && n > 0 && at.Before(p.first) && !at.IsZero() && !r.anchor.Narrative && r.direction(e) < future {
		return answer{value: (&shifted{unit: u}).open(), reason: "counted from an unknown day"}
	}
	return b.answer(p)
}

// whole returns the distance in a unit of which it is a whole number.
func (l *lasting) whole() (int, unit) {
	n, u := l.n, l.unit
	switch {
	case u == hours && int(n)%24 == 0:
		n, u = n/24, days
	case n == 1 && u == weeks:
		n, u = 7, days // "a week ago" is the same day of the week before
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
	if l.ahead && !l.some && r.willed(e) {
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

// willed reports whether e belongs to something that will be: "will be held in five
// years", but not "could be done in five years".
func (r *resolver) willed(e *expression) bool {
	for i := e.token - 1; i >= r.doc.Sentences[e.sentence].First && e.token-i < 12; i-- {
		switch r.doc.Lower(i) {
		case "will", "'ll", "shall", "wo", "would":
			return true
		}
		if r.doc.Tag(i) == "VBD" || r.doc.Tag(i) == "MD" {
			return false
		}
	}
	return false
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
