package dates

// named is a date by the names of the calendar. What is 0 or nil is not named.
type named struct {
	unit       unit // what is named: days, months, quarters, halves, seasons, years
	year       int
	dated      bool     // the year is known
	within     *shifted // the year or month it lies in: "July of that year"
	month, day int
	weekday    int // of the day, where it is said
	index      int // which quarter or half
	feast      func(year int) Day
	turn       turn
	fiscal     bool
}

// A turn says on which side of its anchor a date without a year lies.
type turn uint8

const (
	unsaid   turn = iota
	lastOne       // "last May"
	nextOne       // "next May"
	thisOne       // "this May"
	textBack      // "the previous May": before the date told last
	textOn        // "the following May"
	textSame      // "that May"
)

// in returns the period that n names in a year; ok is false where the year has
// none, as 29 February.
func (n *named) in(year int) (p period, ok bool) {
	var first Day
	switch {
	case n.feast != nil:
		first = n.feast(year)
	case n.unit == days:
		first = Day{year, n.month, n.day}
	case n.unit == quarters:
		first = Day{year, 3*n.index - 2, 1}
	case n.unit == halves:
		first = Day{year, 6*n.index - 5, 1}
	case n.unit == years:
		first = Day{year, 1, 1}
	default:
		first = Day{year, n.month, 1}
	}
	return period{n.unit, first}, first.exists()
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
		a.reason = fiscalYears
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
const againstTense = 7

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
	switch {
	case e.relation == Until && toward == past:
		toward = openEnded // what lasted until then may last still
	case e.relation != Until && toward == openEnded && n.unit != days:
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
		case n.unit == quarters && toward == past, len(r.told) == 0 && r.anchor.Narrative:
			return d - excluded(b.Before(p.first))
		case toward == settled:
			return d - excluded(gone)
		case toward == future && gone, toward == past && b.Before(p.first):
			return againstTense * d
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
