package dates

import "fmt"

// onDay is the meaning of a time of day with no day beside it.
type onDay struct{ of meaning } // the date beside it in the sentence, nil without one

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

// clockWord reads "10:30", "10:30 a.m.", "5pm", "0800Z".
func (s *scanner) clockWord(i int) int {
	p := s.at(i)
	c := clock{known: true, minutes: p.n, zone: p.code}
	end := s.meridiem(&c, p.n/60, i+1)
	end, _ = s.zone(&c, end)
	if end == i+1 && c.zone == "" && !s.at(i-1).is(clockBehind) && !s.dateEnds(i-1) && p.low[len(p.low)-1] != 'm' {
		return i
	}
	return s.timed(i, end, c)
}

// dateEnds reports whether a date that has been read ends at i.
func (s *scanner) dateEnds(i int) bool {
	if n := len(s.out); n > 0 && s.out[n-1].Start >= s.pieces[0].Start {
		return s.out[n-1].last == i+1 || s.out[n-1].last == i && (s.at(i).kind == kindComma || s.low(i) == "•" || s.low(i) == "|")
	}
	return false
}

// clockDigits reads "5 p.m.", "11 am", "0800 GMT", "at 0600", "4 in the morning",
// "5 o'clock".
func (s *scanner) clockDigits(i int) int {
	p := s.at(i)
	if at, ok := timeOfDay(p.low + "am"); p.n < 0 && ok { // "8.15 a.m."
		c := clock{known: true}
		if end := s.meridiem(&c, at.n/60, i+1); end > i+1 {
			c.minutes += at.n % 60
			return s.timed(i, end, c)
		}
	}
	if p.n < 0 {
		return i
	}
	c := clock{known: true, minutes: 60 * p.n}
	if p.n <= 24 && (len(p.low) <= 2 || p.kind == kindNumber) {
		if end := s.meridiem(&c, p.n, i+1); end > i+1 {
			end, _ = s.zone(&c, end)
			return s.timed(i, end, c)
		}
		return i
	}
	if len(p.low) != 4 || p.n/100 > 24 || p.n%100 > 59 {
		return i
	}
	c.minutes = p.n/100*60 + p.n%100
	end, zoned := s.zone(&c, i+1)
	if !zoned && !(s.is(i-1, "at") && (p.low[0] == '0' || s.ends(i+1) && p.n < 1400 && !s.is(i-1, "of"))) {
		return i
	}
	return s.timed(i, end, c)
}

// meridiem reads "a.m.", "pm", "in the morning", "o'clock" behind an hour, and sets c
// to the clock of 24 hours.
func (s *scanner) meridiem(c *clock, hour, i int) int {
	after, end := 0, i
	switch {
	case s.is(i, "a.m.", "am", "a.m"):
		after, end = 1, i+1
	case s.is(i, "p.m.", "pm", "p.m"):
		after, end = 2, i+1
	case s.is(i, "o'clock"):
		end = i + 1
	}
	if after == 0 && s.is(end, "in") && s.is(end+1, "the") && s.at(end+2).kind == kindPart && hour <= 12 {
		after = 2
		if s.at(end+2).code == "MO" {
			after = 1
		}
		end += 3
	}
	if hour > 12 {
		return end
	}
	c.minutes = onClock(hour, c.minutes%60, after)
	return end
}

// zone reads "GMT", "EST", "local time", "hours" behind a time.
func (s *scanner) zone(c *clock, i int) (end int, said bool) {
	switch p := s.at(i); {
	case p.kind == kindZone && s.capital(i):
		c.zone = zoneName(p.n)
		return i + 1, true
	case s.is(i, "local") && s.is(i+1, "time"):
		return i + 2, true
	case s.is(i, "hours", "hrs") && s.tag(i+1) != "IN":
		return i + 1, true
	}
	return i, false
}

func zoneName(minutes int) string {
	if minutes == 0 {
		return "Z"
	}
	sign := "+"
	if minutes < 0 {
		sign, minutes = "-", -minutes
	}
	return fmt.Sprintf("%s%02d:%02d", sign, minutes/60, minutes%60)
}

// noon reads "noon", "midnight".
func (s *scanner) noon(i int) int {
	if !s.at(i-1).is(clockBehind) && s.at(i+1).kind != kindWeekday && s.at(i+1).kind != kindDeictic {
		return i
	}
	return s.timed(i, i+1, clock{known: true, minutes: s.at(i).n})
}

// timed emits a time of day with the day that stands behind it: "10 p.m.
// Wednesday", "5 p.m. EST, Nov. 6".
func (s *scanner) timed(i, end int, c clock) int {
	j := end
	if s.at(j).kind == kindComma {
		j++
	}
	if k := s.at(j).kind; k == kindWeekday || k == kindMonth || k == kindDeictic || k == kindDigits {
		n := len(s.out)
		if to := s.read(j); len(s.out) == n+1 && s.out[n].first == j {
			if e := &s.out[n]; isDay(e.means) && e.typ == Date {
				e.clock, e.typ = c, Time
				s.stretch(e, i)
				return to
			}
		}
		s.out = s.out[:n]
	}
	return s.emit(expression{first: i, typ: Time, means: onDay{}, clock: c, rule: "time of day"}, end)
}

// isDay reports whether m means one day.
func isDay(m meaning) bool {
	switch m := m.(type) {
	case *named:
		return m.unit == days
	case *shifted:
		return m.unit == days
	case *aWeekday, digitsOnly:
		return true
	}
	return false
}

// military reads "111230Z DEC 89": the 11th, 12:30 UTC.
func (s *scanner) military(i int) int {
	p := s.at(i)
	day, hour, minute := p.n/10000, p.n/100%100, p.n%100
	if s.at(i+1).kind != kindMonth || day < 1 || day > 31 || hour > 24 || minute > 59 {
		return i
	}
	n := &named{unit: days, month: s.at(i + 1).n, day: day}
	end := s.twoDigits(n, i+2)
	if end == i+2 {
		end = s.yearOf(n, end)
	}
	return s.emit(expression{first: i, typ: Time, means: n, clock: clock{known: true, minutes: hour*60 + minute, zone: "Z"}, rule: "date-time group"}, end)
}

// partAlone reads "mid-afternoon", "late evening": a part of the day told of.
func (s *scanner) partAlone(i int) int {
	if s.capital(i) || s.at(i-1).kind != kindEarly && !(s.at(i-1).kind == kindDash && s.at(i-2).kind == kindEarly) {
		return i
	}
	return s.emit(expression{first: i, typ: Time, means: onDay{}, clock: clock{part: s.at(i).code}, rule: "part of a day"}, i+1)
}
