package dates

// distant is a point at a distance: "three days ago", "two weeks later".
type distant struct {
	lasting
	back bool
	text bool // from a date told in the text
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
	if at := r.anchor.Published; b.moves && d.text && n > 0 && at.Before(p.first) && !at.IsZero() && !r.anchor.Narrative && r.direction(e) < future {
		return answer{value: (&shifted{unit: u}).open(), reason: "counted from an unknown day"}
	}
	return b.answer(p)
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
	one := l.n == 1 && (s.is(i, "a", "an") || s.at(i).low == "one" && !l.plural)
	switch {
	case one && s.rate(i):
		return s.emit(expression{first: i, typ: Set, means: each(l.value()), rule: "set"}, end)
	case one && !s.lasts(i):
		return i
	}
	l.ahead = s.is(i-1, "in") && l.unit >= days && !s.is(end, "of", "when", "that", "which")
	return s.emit(expression{first: i, typ: Duration, means: &l, mod: l.mod(), rule: "duration"}, end)
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
	return s.emit(expression{first: i, means: d, mod: l.mod(), rule: "distance"}, end)
}

// isAge reports whether a length that ends at i is somebody's age: "50 years old".
func (s *scanner) isAge(i int) bool {
	if s.at(i).kind == kindDash {
		i++
	}
	return s.is(i, "old", "olds") || s.is(i, "of") && s.is(i+1, "age")
}

// rate reports whether "a day" at i says how often: "30 a day", "twice a week".
func (s *scanner) rate(i int) bool {
	t := s.tag(i - 1)
	return t == "CD" || s.is(i-1, "times", "once", "twice", "thrice", "%", "percent", "million", "billion") || t == "NNS" && (s.tag(i-2) == "CD" || s.at(i-2).kind == kindNumber || s.at(i-2).kind == kindDigits)
}

// lasts reports whether "a year" at i is a length by the word before it.
func (s *scanner) lasts(i int) bool {
	return s.at(i-1).is(lengthBehind) || s.at(i-1).kind == kindAbout || s.is(i, "half")
}

// fewOf reads "a few days", "several years", "a couple of weeks ago".
func (s *scanner) fewOf(i int) int {
	j := i
	if s.at(i).kind == kindIndefinite {
		j++
	}
	if s.at(j).kind != kindSeveral {
		return i
	}
	l, end := s.length(j)
	if end == j || s.isAge(end) {
		return i
	}
	if to := s.measured(i, l, end); to > i {
		return to
	}
	return s.emit(expression{first: i, typ: Duration, means: &l, mod: l.mod(), rule: "duration"}, end)
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
	if s.is(i+1, "and") && s.at(i+2).kind == kindUnits || !s.lastsLong(i) {
		return i
	}
	return s.emit(expression{first: i, typ: Duration, means: &l, mod: l.mod(), rule: "duration"}, i+1)
}

// lastsLong reports whether "years" at i is a length by the word before it.
func (s *scanner) lastsLong(i int) bool {
	switch s.tag(i - 1) {
	case "IN", "VB", "VBD", "VBP", "VBZ", "VBN", "VBG", "RB", "RP", "TO":
		return !s.is(i-1, "of", "by", "like", "as") || s.is(i-2, "couple", "number", "hundreds", "dozens")
	}
	return false
}
