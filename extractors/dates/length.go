package dates

import "strconv"

// lasting is a length of time: "two weeks", "several years", "the past few days".
type lasting struct {
	n      float64
	unit   unit
	some   bool // "several", "a few": n is not said
	plural bool // the words are: "two weeks", but "a week"
	turn   turn // it ends at the anchor (lastOne, textBack) or begins there
	ahead  bool // "in five years": a point, if the tense looks forward
}

// length reads how long something lasts at i: "two weeks", "20-month", "few days",
// "two to six hours", "a year and a half", "ten bloody years".
func (s *scanner) length(i int) (l lasting, end int) {
	switch {
	case s.at(i).kind == several:
		l.n, l.some, end = float64(s.at(i).n), s.at(i).n == 0, i+1
		if s.is(end, "of") {
			end++
		}
	default:
		l.n, end = s.count(i)
		if end == i {
			return l, i
		}
		if s.joins(end) && !s.is(end, "and") {
			if m, to := s.count(end + 1); to > end+1 && m > l.n { // "two to six"
				l.n, end = m, to
			}
		}
	}
	glued := s.at(end).kind == dash && (s.at(end).glued || s.at(end-1).kind == digits)
	if glued {
		end++
	} else {
		end = s.adjective(end)
	}
	p := s.at(end)
	switch {
	case p.unit == quarters && (glued || s.is(end+1, "of")):
		return l, i // "three-quarters"
	case p.kind == unitsWord, p.kind == unitWord && (glued || l.n <= 1 || s.noun(end+1) || s.tag(end+1) == "JJ"), p.low == "night" && l.n == 1:
		l.unit, l.plural = p.unit, p.kind == unitsWord || glued || l.n != 1
		if p.n > 1 {
			l.n *= float64(p.n)
		}
	case s.at(end).kind == ordinal && p.low == "second" && glued:
		l.unit, l.plural = seconds, true
	default:
		return l, i
	}
	if p.low == "night" {
		l.unit = days
	}
	end++
	switch {
	case s.is(end, "and") && s.is(end+1, "a") && s.is(end+2, "half"):
		l.n, end = l.n+0.5, end+3
	case s.is(end, "or") && (s.is(end+1, "so", "more", "less", "two") || s.at(end+1).kind == unitsWord):
		l.some = s.is(end+1, "two")
		end += 2
	case s.at(end).kind == dash && s.at(end).glued && s.is(end+1, "long"):
		end += 2
	}
	return l, end
}

// adjective passes over a word between a number and its unit: "four more days",
// "two bloody weeks".
func (s *scanner) adjective(i int) int {
	if s.at(i).kind == unitWord || s.at(i).kind == unitsWord {
		return i
	}
	t := s.tag(i)
	if (t == "JJ" || t == "JJR" || t == "VBG" || s.is(i, "more", "trading", "working", "business", "calendar")) && s.at(i+1).kind == unitsWord {
		return i + 1
	}
	return i
}

// value writes l as TIMEX3 does: P2W, PT24H, PXY.
func (l lasting) value() string {
	n := "X"
	switch {
	case l.n == 0.5 && l.unit == hours:
		l.n, l.unit = 30, minutes
	case l.n == 0.5 && l.unit == years:
		l.n, l.unit = 6, months
	}
	factor, letter := 1.0, byte('D')
	switch l.unit {
	case seconds:
		letter = 'S'
	case minutes:
		letter = 'M'
	case hours:
		letter = 'H'
	case weekends, weeks:
		letter = 'W'
	case months:
		letter = 'M'
	case quarters:
		letter, factor = 'M', 3
	case years:
		letter = 'Y'
	case decades:
		letter, factor = 'Y', 10
	case centuries:
		letter, factor = 'Y', 100
	case millennia:
		letter, factor = 'Y', 1000
	}
	if !l.some {
		n = strconv.FormatFloat(l.n*factor, 'f', -1, 64)
	} else if factor > 1 {
		letter = map[unit]byte{quarters: 'Q', decades: 'E', centuries: 'C', millennia: 'L'}[l.unit]
	}
	if l.unit <= hours {
		return "PT" + n + string(letter)
	}
	return "P" + n + string(letter)
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
