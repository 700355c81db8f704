package dates

import "strconv"

// lasting is a length of time: "two weeks", "several years", "the past few days".
type lasting struct {
	n      float64
	unit   unit
	some   bool // "several", "a few": n is not said
	about  bool // "two or three", "a couple of", "a week or so"
	plural bool // the words are: "two weeks", but "a week"
	turn   turn // it ends at the anchor (lastOne, textBack) or begins there
	ahead  bool // "in five years": a point, if the tense looks forward
}

// length reads how long something lasts at i: "two weeks", "20-month", "few days",
// "two to six hours", "a year and a half", "ten hard years".
func (s *scanner) length(i int) (l lasting, end int) {
	l, end = s.amount(i)
	if end == i {
		return l, i
	}
	glued := s.at(end).kind == kindDash && (s.at(end).glued || s.at(end-1).kind == kindDigits)
	if glued {
		end++
	} else {
		end = s.adjective(end)
	}
	p := s.at(end)
	one := l.n <= 1 || s.noun(end+1) || s.tag(end+1) == "JJ" // "one week", "six year war"
	switch {
	case p.unit == quarters && (glued || s.is(end+1, "of")):
		return l, i // "three-quarters"
	case p.kind == kindUnits, p.kind == kindUnit && (glued || one):
		l.unit = p.unit
		l.n *= float64(p.n)
	case p.low == "night" && l.n == 1:
		l.unit = days
	case p.low == "second" && glued:
		l.unit = seconds
	default:
		return l, i
	}
	l.plural = p.kind == kindUnits || glued || l.n != 1
	return l, s.tail(&l, end+1)
}

// amount reads the number of a length: "two", "two to six", "a few", "a couple of".
func (s *scanner) amount(i int) (l lasting, end int) {
	if p := s.at(i); p.kind == kindSeveral {
		end = i + 1
		if s.is(end, "of") {
			end++
		}
		return lasting{n: float64(p.n), some: p.n == 0, about: p.n > 0}, end
	}
	l.n, end = s.count(i)
	if end > i && s.joins(end) && !s.is(end, "and") {
		if m, to := s.count(end + 1); to > end+1 && m > l.n {
			l.n, l.about, end = m, true, to
		}
	}
	return l, end
}

// tail reads what may follow the unit of a length: "and a half", "or so", "or two",
// "-long".
func (s *scanner) tail(l *lasting, i int) int {
	switch {
	case s.is(i, "and") && s.is(i+1, "a") && s.is(i+2, "half"):
		l.n += 0.5
		return i + 3
	case s.is(i, "or") && (s.is(i+1, "so", "more", "less", "two") || s.at(i+1).kind == kindUnits):
		l.some, l.about = s.is(i+1, "two"), true
		return i + 2
	case s.at(i).kind == kindDash && s.at(i).glued && s.is(i+1, "long"):
		return i + 2
	}
	return i
}

// mod returns what TIMEX3 calls a length that is not exact.
func (l lasting) mod() string {
	if l.about && !l.some {
		return "APPROX"
	}
	return ""
}

// adjective passes over a word between a number and its unit: "four more days",
// "two hard weeks".
func (s *scanner) adjective(i int) int {
	if s.at(i).kind == kindUnit || s.at(i).kind == kindUnits {
		return i
	}
	t := s.tag(i)
	if (t == "JJ" || t == "JJR" || t == "VBG" || s.is(i, "more", "trading", "working", "business", "calendar")) && s.at(i+1).kind == kindUnits {
		return i + 1
	}
	return i
}

// periodNames are how TIMEX3 writes lengths: so many of a letter, and the letter of
// an unknown number.
var periodNames = [...]struct {
	letter string
	times  float64
	some   string
}{seconds: {"S", 1, "S"}, minutes: {"M", 1, "M"}, hours: {"H", 1, "H"}, days: {"D", 1, "D"}, weekends: {"W", 1, "W"}, weeks: {"W", 1, "W"}, months: {"M", 1, "M"},
	quarters: {"M", 3, "Q"}, years: {"Y", 1, "Y"}, decades: {"Y", 10, "E"}, centuries: {"Y", 100, "C"}, millennia: {"Y", 1000, "L"}}

// value writes l as TIMEX3 does: P2W, PT24H, PXY.
func (l lasting) value() string {
	switch {
	case l.n == 0.5 && l.unit == hours:
		l.n, l.unit = 30, minutes
	case l.n == 0.5 && l.unit == years:
		l.n, l.unit = 6, months
	}
	name, begin := periodNames[l.unit], "P"
	if l.unit <= hours {
		begin = "PT"
	}
	if l.some {
		return begin + "X" + name.some
	}
	return begin + strconv.FormatFloat(l.n*name.times, 'f', -1, 64) + name.letter
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
		a := d.resolve(r, e)
		a.point = true
		return a
	}
	a := answer{value: l.value()}
	if l.turn == unsaid || l.some && (l.unit != hours || l.turn >= textBack) {
		return a
	}
	b := r.now()
	if l.some {
		return l.today(a, b)
	}
	if l.turn >= textBack {
		b = r.fromText(days)
	}
	n, u := l.whole()
	if b.reason != "" || u < days {
		a.reason = b.reason
		return a
	}
	a.anchor, a.anchorSpan, a.precision = b.kind, b.span, precisions[u]
	if l.turn == lastOne || l.turn == textBack {
		a.from, a.to = b.day.in(u).shifted(b.day, -n), b.day
	} else {
		a.from, a.to = b.day, b.day.in(u).shifted(b.day, n)
	}
	return a
}

// today resolves a few hours before or after the anchor to its day.
func (l *lasting) today(a answer, b base) answer {
	if b.reason == "" {
		a.anchor, a.anchorSpan, a.precision, a.from, a.to = b.kind, b.span, ByDay, b.day, b.day
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
