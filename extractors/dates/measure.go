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

// distant is a point at a distance: "three days ago", "two weeks later".
type distant struct {
	lasting
	back bool
	text bool // from a date told in the text
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

// measure reads a number and a unit and what becomes of them: a duration, "three
// days ago", "two weeks later", "$1 billion a year".
func (s *scanner) measure(i int) int {
	l, end := s.length(i)
	if end == i || s.isAge(end) || l.n > 1e5 || s.titled(i, end) {
		return i
	}
	if to := s.measured(i, l, end); to > i {
		return to
	}
	one := s.is(i, "a", "an") || s.at(i).low == "one" && !l.plural
	switch {
	case one && s.rate(i):
		return s.emit(expression{first: i, typ: Set, means: each(l.value()), rule: "set"}, end)
	case one && !s.lasts(i):
		return i
	}
	l.ahead = s.is(i-1, "in") && l.unit >= days && !s.is(end, "of", "when", "that", "which")
	return s.emit(expression{first: i, typ: Duration, means: &l, rule: "duration"}, end)
}

// measured reads what turns a length into a point: ago, later, earlier, from now.
func (s *scanner) measured(i int, l lasting, end int) int {
	d := &distant{lasting: l}
	switch {
	case s.is(end, "ago"):
		d.back = true
		end++
	case s.is(end, "from") && s.is(end+1, "now", "today"), s.is(end, "hence"):
		if s.is(end, "from") {
			end++
		}
		end++
	case s.is(end, "earlier", "previously", "beforehand"), s.is(end, "before", "prior") && s.closes(end+1):
		d.back, d.text = true, true
		end++
	case s.is(end, "later", "afterwards", "afterward", "thereafter"), s.is(end, "after", "on") && s.closes(end+1):
		d.text = true
		end++
	default:
		return i
	}
	return s.emit(expression{first: i, means: d, rule: "distance"}, end)
}

// closes reports whether nothing follows at i that a preposition before it could
// be about.
func (s *scanner) closes(i int) bool {
	return i >= len(s.pieces) || s.at(i).kind == comma || s.is(i, ".", ";", ":", ")", "\"", "”", "''", "and", "but")
}

// isAge reports whether a length that ends at i is somebody's age: "50 years old".
func (s *scanner) isAge(i int) bool {
	if s.at(i).kind == dash {
		i++
	}
	return s.is(i, "old", "olds") || s.is(i, "of") && s.is(i+1, "age")
}

// rate reports whether "a day" at i says how often: "30 a day", "twice a week".
func (s *scanner) rate(i int) bool {
	t := s.tag(i - 1)
	return t == "CD" || s.is(i-1, "times", "once", "twice", "thrice", "%", "percent", "million", "billion") || t == "NNS" && (s.tag(i-2) == "CD" || s.at(i-2).kind == number || s.at(i-2).kind == digits)
}

// lasts reports whether "a year" at i is a length by the word before it.
func (s *scanner) lasts(i int) bool {
	return s.at(i-1).is(lengthBehind) || s.at(i-1).kind == about || s.is(i, "half")
}

// fewOf reads "a few days", "several years", "a couple of weeks ago".
func (s *scanner) fewOf(i int) int {
	j := i
	if s.at(i).kind == indefinite {
		j++
	}
	if s.at(j).kind != several {
		return i
	}
	l, end := s.length(j)
	if end == j || s.isAge(end) {
		return i
	}
	if to := s.measured(i, l, end); to > i {
		return to
	}
	return s.emit(expression{first: i, typ: Duration, means: &l, rule: "duration"}, end)
}

// measureless reads "years", "months ago", "for decades".
func (s *scanner) measureless(i int) int {
	p := s.at(i)
	l := lasting{unit: p.unit, some: true, plural: true}
	if p.unit < hours && p.unit != minutes || p.unit == weekends || s.isAge(i+1) {
		return i
	}
	if end := s.measured(i, l, i+1); end > i {
		return end
	}
	if s.is(i+1, "and") && s.at(i+2).kind == unitsWord || !s.lastsLong(i) {
		return i
	}
	return s.emit(expression{first: i, typ: Duration, means: &l, rule: "duration"}, i+1)
}

// lastsLong reports whether "years" at i is a length by the word before it.
func (s *scanner) lastsLong(i int) bool {
	switch s.tag(i - 1) {
	case "IN", "VB", "VBD", "VBP", "VBZ", "VBN", "VBG", "RB", "RP", "TO":
		return !s.is(i-1, "of", "by", "like", "as") || s.is(i-2, "couple", "number", "hundreds", "dozens")
	}
	return false
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
