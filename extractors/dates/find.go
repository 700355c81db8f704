package dates

import (
	"fmt"
	"strings"

	"sitrep/extractors/text"
)

// A scanner reads the dates of one document from left to right.
type scanner struct {
	doc    *text.Document
	anchor Anchor
	last   *Mention // the last resolved day in the text
	out    []Mention
}

// Find returns the dates, times and durations in doc, in order and not overlapping.
func Find(doc *text.Document, a Anchor) []Mention {
	s := &scanner{doc: doc, anchor: a}
	for i := 0; i < len(doc.Tokens); {
		m, end := s.at(i)
		if end <= i {
			i++
			continue
		}
		m.Span = doc.Covering(i, end)
		s.relate(&m, i)
		if m.Reason == "" && m.First.IsZero() && m.Type != Duration && m.Type != Set {
			m.Reason = "vague"
		}
		s.out = append(s.out, m)
		if !m.First.IsZero() && m.Precision == ByDay {
			s.last = &s.out[len(s.out)-1]
			kept := s.out[len(s.out)-1]
			s.last = &kept
		}
		i = end
	}
	return s.out
}

func (s *scanner) low(i int) string { return unmonth(s.doc.Lower(i)) }

// relate reads the word before the mention.
func (s *scanner) relate(m *Mention, i int) {
	switch s.doc.Lower(i - 1) {
	case "since", "from":
		m.Relation = Since
	case "until", "till", "by", "through":
		m.Relation = Until
	case "before":
		m.Relation = Before
	case "after":
		m.Relation = After
	}
}

// base returns the day that relative dates are relative to.
func (s *scanner) base() (Day, string) {
	if s.anchor.Narrative {
		if s.last != nil {
			return s.last.First, ""
		}
		return Day{}, "no date before it in the text"
	}
	if s.anchor.Published.IsZero() {
		return Day{}, "no publication date"
	}
	return s.anchor.Published, ""
}

// at reads the mention that begins at token i; end is i when there is none.
func (s *scanner) at(i int) (Mention, int) {
	w := s.low(i)
	if w == "" {
		return Mention{}, i
	}
	for _, rule := range [...]func(int, string) (Mention, int){s.weekday, s.monthDay, s.dayMonth, s.numeric, s.month, s.modified, s.deictic, s.shifted,
		s.counted, s.plainYear, s.decade, s.reference, s.clock, s.repeated} {
		if m, end := rule(i, w); end > i {
			return m, end
		}
	}
	return Mention{}, i
}

func onDay(d Day, rule string) Mention {
	return Mention{Value: d.String(), First: d, Last: d, Precision: ByDay, Rule: rule}
}

func inMonth(y, m int, rule string) Mention {
	return Mention{Value: fmt.Sprintf("%04d-%02d", y, m), First: Day{y, m, 1}, Last: Day{y, m, lastOf(y, m)}, Precision: ByMonth, Rule: rule}
}

func inYear(y int, rule string) Mention {
	return Mention{Value: fmt.Sprintf("%04d", y), First: Day{y, 1, 1}, Last: Day{y, 12, 31}, Precision: ByYear, Rule: rule}
}

func unresolved(value, reason, rule string) Mention {
	return Mention{Value: value, Reason: reason, Rule: rule}
}

// isMonth reports whether token i is the name of a month, by its looks: "may",
// "march" and "mar" are words.
func (s *scanner) isMonth(i int) (int, bool) {
	m, ok := months[s.low(i)]
	w := s.doc.Word(i)
	if !ok || w == "" || w[0] < 'A' || w[0] > 'Z' {
		return 0, false
	}
	return m, true
}

// withYear reads ", 2025" or "2025" or "of last year" at token i.
func (s *scanner) withYear(i int) (int, int) {
	j := i
	if s.doc.Word(j) == "," {
		j++
	}
	if y, ok := year(s.doc.Word(j)); ok {
		return y, j + 1
	}
	if s.doc.Lower(j) == "of" {
		j++
		if y, ok := year(s.doc.Word(j)); ok {
			return y, j + 1
		}
	}
	if base, reason := s.base(); reason == "" && s.doc.Lower(j+1) == "year" {
		switch s.doc.Lower(j) {
		case "last":
			return base.Year - 1, j + 2
		case "this":
			return base.Year, j + 2
		case "next":
			return base.Year + 1, j + 2
		}
	}
	return 0, i
}

// monthDay reads "May 10, 2025", "May. 10", "Dec 5th".
func (s *scanner) monthDay(i int, _ string) (Mention, int) {
	m, ok := s.isMonth(i)
	if !ok {
		return Mention{}, i
	}
	j := i + 1
	if s.doc.Word(j) == "." {
		j++
	}
	d, ok := dayNumber(s.doc.Lower(j))
	if !ok {
		return Mention{}, i
	}
	y, end := s.withYear(j + 1)
	return s.dated(y, m, d, i), end
}

// dated makes a mention of a day whose year may be missing.
func (s *scanner) dated(y, m, d, i int) Mention {
	if y != 0 {
		day := Day{y, m, d}
		if !day.valid() {
			return unresolved(fmt.Sprintf("%04d-%02d-%02d", y, m, d), "no such day in the calendar", "date")
		}
		return onDay(day, "date")
	}
	base, reason := s.base()
	if reason != "" {
		return unresolved(fmt.Sprintf("XXXX-%02d-%02d", m, d), reason, "date without year")
	}
	day := Day{base.Year, m, d}
	if s.future(i) {
		if day.Before(base) {
			day.Year++
		}
	} else if limit := base.AddDays(14); limit.Before(day) && !s.anchor.Narrative {
		day.Year--
	}
	if !day.valid() {
		return unresolved(fmt.Sprintf("XXXX-%02d-%02d", m, d), "no such day in the calendar", "date without year")
	}
	return onDay(day, "date without year")
}

// dayMonth reads "10 May 2025", "the 10th of May".
func (s *scanner) dayMonth(i int, w string) (Mention, int) {
	d, ok := dayNumber(w)
	if !ok {
		return Mention{}, i
	}
	j := i + 1
	if s.doc.Lower(j) == "of" {
		j++
	}
	m, ok := s.isMonth(j)
	if !ok {
		return Mention{}, i
	}
	if y, ok := digits(s.doc.Word(j + 1)); ok && len(s.doc.Word(j+1)) == 2 && y >= 60 {
		return s.dated(1900+y, m, d, i), j + 2 // "10 Dec 87"
	}
	y, end := s.withYear(j + 1)
	return s.dated(y, m, d, i), end
}

// numeric reads 2025-05-10 and 10/05/2025, the latter only where the order of
// day and month is sure.
func (s *scanner) numeric(i int, w string) (Mention, int) {
	if len(w) < 6 || len(w) > 10 || w[0] < '0' || w[0] > '9' {
		return Mention{}, i
	}
	for _, sep := range []string{"-", "/", "."} {
		f := strings.Split(w, sep)
		if len(f) != 3 {
			continue
		}
		if y, ok := year(f[0]); ok {
			m, ok1 := digits(f[1])
			d, ok2 := digits(f[2])
			if day := (Day{y, m, d}); ok1 && ok2 && day.valid() {
				return onDay(day, "iso"), i + 1
			}
		}
		a, ok1 := digits(f[0])
		b, ok2 := digits(f[1])
		y, ok3 := digits(f[2])
		if !ok1 || !ok2 || !ok3 || sep == "." && len(f[2]) != 4 {
			continue
		}
		if len(f[2]) == 2 {
			y += 2000
			if y > 2060 {
				y -= 100
			}
		}
		first, second := Day{y, b, a}, Day{y, a, b} // day first, month first
		switch {
		case first == second || first.valid() && !second.valid():
			if first.valid() {
				return onDay(first, "numeric"), i + 1
			}
		case second.valid() && !first.valid():
			return onDay(second, "numeric"), i + 1
		case first.valid():
			return unresolved(fmt.Sprintf("%04d-XX-XX", y), "day and month could change places", "numeric"), i + 1
		}
	}
	return Mention{}, i
}

// month reads "December 2024", "December last year", "last December", "in May".
func (s *scanner) month(i int, w string) (Mention, int) {
	j := i
	shift := ""
	if w == "last" || w == "next" || w == "this" || w == "past" {
		shift, j = w, i+1
	}
	mod := ""
	if m, ok := mods[s.low(j)]; ok && (s.low(j) == "early" || s.low(j) == "mid" || s.low(j) == "late") {
		mod = m
		j++
		if s.doc.Word(j) == "-" {
			j++
		}
	} else if head, tail, found := strings.Cut(s.doc.Word(j), "-"); found && mods[strings.ToLower(head)] != "" {
		m, ok := months[unmonth(strings.ToLower(tail))]
		if !ok || tail == "" || tail[0] < 'A' || tail[0] > 'Z' {
			return Mention{}, i
		}
		y, end := s.withYear(j + 1)
		out := s.monthOf(y, m, shift, i)
		out.Mod = mods[strings.ToLower(head)]
		return out, end
	}
	m, ok := s.isMonth(j)
	if !ok {
		return Mention{}, i
	}
	y, end := s.withYear(j + 1)
	name := s.low(j)
	if (name == "may" || name == "march" || name == "mar") && y == 0 && shift == "" && mod == "" {
		switch s.doc.Lower(j - 1) {
		case "in", "since", "of", "until", "by", "from", "during", "and", "to", "for", "early", "late":
			if s.doc.Tag(j+1) == "VB" && s.doc.Lower(j-1) != "in" {
				return Mention{}, i
			}
		default:
			return Mention{}, i
		}
	}
	if len(name) == 3 && name != "may" && y == 0 {
		return Mention{}, i
	}
	if y == 0 && s.doc.Tag(j+1) == "NNP" && s.doc.Tag(j) == "NNP" && s.given(j) {
		return Mention{}, i
	}
	out := s.monthOf(y, m, shift, i)
	out.Mod = mod
	return out, end
}

// given reports whether the month name at j begins a person's name ("April Ryan").
func (s *scanner) given(j int) bool {
	w := s.low(j)
	return (w == "april" || w == "may" || w == "june" || w == "august") && s.doc.Lower(j-1) != "in" && s.doc.Lower(j-1) != "last"
}

func (s *scanner) monthOf(y, m int, shift string, i int) Mention {
	if y != 0 {
		return inMonth(y, m, "month")
	}
	base, reason := s.base()
	if reason != "" {
		return unresolved(fmt.Sprintf("XXXX-%02d", m), reason, "month without year")
	}
	y = base.Year
	switch {
	case shift == "last" || shift == "past":
		if m >= base.Month {
			y--
		}
	case shift == "next":
		if m <= base.Month {
			y++
		}
	case shift == "this":
	case s.future(i):
		if m < base.Month {
			y++
		}
	case m > base.Month && !s.anchor.Narrative:
		y--
	}
	return inMonth(y, m, "month without year")
}

// weekday reads "Saturday", "last Tuesday", "Saturday, May 10, 2025", "Friday night".
func (s *scanner) weekday(i int, w string) (Mention, int) {
	j, shift := i, ""
	if w == "last" || w == "next" || w == "this" {
		shift, j = w, i+1
	}
	name := s.low(j)
	d, ok := weekdays[name]
	word := s.doc.Word(j)
	if !ok {
		if name == "sundays" || name == "fridays" || name == "mondays" {
			return Mention{Type: Set, Value: fmt.Sprintf("XXXX-WXX-%d", (weekdays[name[:len(name)-1]]+6)%7+1), Rule: "weekdays"}, j + 1
		}
		return Mention{}, i
	}
	if word[0] < 'A' || word[0] > 'Z' {
		return Mention{}, i
	}
	end := j + 1
	k := end
	if s.doc.Word(k) == "," {
		k++
	}
	if shift == "" {
		if m, e := s.monthDay(k, ""); e > k && !m.First.IsZero() {
			return m, e
		}
		if m, e := s.dayMonth(k, s.low(k)); e > k && !m.First.IsZero() {
			return m, e
		}
	}
	iso := (d+6)%7 + 1
	base, reason := s.base()
	part := dayParts[s.low(end)]
	if part != "" {
		end++
	}
	var m Mention
	if reason != "" {
		m = unresolved(fmt.Sprintf("XXXX-WXX-%d", iso), reason, "weekday")
	} else {
		back := (int(base.Weekday()) - d + 7) % 7
		forward := (d - int(base.Weekday()) + 7) % 7
		day := base.AddDays(-back)
		switch {
		case shift == "last" && back == 0:
			day = base.AddDays(-7)
		case shift == "next":
			if forward == 0 {
				forward = 7
			}
			day = base.AddDays(forward)
		case shift == "this" || shift == "" && s.future(i):
			if shift == "" || forward <= back {
				day = base.AddDays(forward)
			}
		}
		m = onDay(day, "weekday")
	}
	if part != "" {
		m.Type, m.Value = Time, m.Value+"T"+part
	}
	return m, end
}

// future reports whether the clause of token i looks forward: its nearest verb
// is "will …", or a word says that something is to come.
func (s *scanner) future(i int) bool {
	if sentence := s.doc.SentenceAt(s.doc.Tokens[i].Start); sentence >= 0 {
		first := s.doc.Sentences[sentence].First
		for j := i - 1; j >= first && i-j < 16; j-- {
			switch w := s.doc.Lower(j); w {
			case "will", "shall", "'ll", "due", "scheduled", "plans", "upcoming", "planned", "expected", "set":
				return true
			case "would":
				return true
			case "said", "told", "was", "were", "had":
				return false
			}
			if tag := s.doc.Tag(j); tag == "VBD" {
				return false
			}
		}
		for j := i + 1; j < s.doc.Sentences[sentence].Last && j < i+8; j++ {
			switch s.doc.Lower(j) {
			case "will", "shall":
				return i-first < 3
			}
			if tag := s.doc.Tag(j); tag == "VBD" {
				return false
			}
		}
	}
	return false
}

// modified reads "the end of 2024", "early 1998", "mid-1990s", "late last month".
func (s *scanner) modified(i int, w string) (Mention, int) {
	j := i
	mod := mods[w]
	if head, tail, found := strings.Cut(w, "-"); found && mods[head] != "" {
		if y, ok := year(tail); ok {
			m := inYear(y, "year")
			m.Mod = mods[head]
			return m, i + 1
		}
		if y, ok := year(strings.TrimSuffix(tail, "s")); ok && strings.HasSuffix(tail, "s") {
			m := decadeOf(y)
			m.Mod = mods[head]
			return m, i + 1
		}
		return Mention{}, i
	}
	if mod == "" {
		return Mention{}, i
	}
	j++
	if w == "beginning" || w == "end" || w == "middle" || w == "start" {
		if s.doc.Lower(j) != "of" {
			return Mention{}, i
		}
		j++
	}
	if s.doc.Lower(j) == "the" {
		j++
	}
	for _, rule := range [...]func(int, string) (Mention, int){s.plainYear, s.decade, s.month, s.shifted} {
		if y, ok := year(s.doc.Word(j)); ok {
			m := inYear(y, "year")
			m.Mod = mod
			return m, j + 1
		}
		if m, end := rule(j, s.low(j)); end > j {
			m.Mod = mod
			return m, end
		}
	}
	return Mention{}, i
}

// deictic reads "today", "yesterday", "tonight", "this morning".
func (s *scanner) deictic(i int, w string) (Mention, int) {
	shift, ok := map[string]int{"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}[w]
	end := i + 1
	part := ""
	switch {
	case ok:
		if part = dayParts[s.low(end)]; part != "" {
			end++
		}
		if w == "tonight" {
			part = "NI"
		}
	case (w == "this" || w == "last") && dayParts[s.low(i+1)] != "":
		part, end = dayParts[s.low(i+1)], i+2
		if w == "last" {
			shift = -1
		}
	default:
		return Mention{}, i
	}
	base, reason := s.base()
	if reason != "" {
		return unresolved("XXXX-XX-XX", reason, "deictic"), end
	}
	m := onDay(base.AddDays(shift), "deictic")
	if part != "" {
		m.Type, m.Value = Time, m.Value+"T"+part
	}
	return m, end
}

// shifted reads "last week", "next month", "this year", "the following day".
func (s *scanner) shifted(i int, w string) (Mention, int) {
	j, article := i, false
	if w == "the" || w == "that" {
		article = true
		if w == "the" {
			j++
		}
	}
	var shift int
	switch s.low(j) {
	case "last", "past", "previous":
		shift = -1
	case "next", "coming":
		shift = 1
	case "this", "current":
	case "following":
		shift = 1
	case "same", "that":
	default:
		return Mention{}, i
	}
	word := s.low(j)
	unit := s.low(j + 1)
	end := j + 2
	anaphoric := article && (word == "next" || word == "following" || word == "previous" || word == "same" || word == "that")
	if article && (word == "last" || word == "past" || word == "coming") && units[unit] != 0 {
		return Mention{Type: Duration, Value: fmt.Sprintf("P1%c", units[unit]), Rule: "span"}, end
	}
	base, reason := s.base()
	if anaphoric {
		if s.last == nil {
			if unit == "day" {
				return unresolved("XXXX-XX-XX", "no date before it in the text", "anaphora"), end
			}
			return Mention{}, i
		}
		base, reason = s.last.First, ""
	}
	if word == "that" && !anaphoric {
		return Mention{}, i
	}
	var m Mention
	switch unit {
	case "day":
		if !anaphoric {
			return Mention{}, i
		}
		m = onDay(base.AddDays(shift), "anaphora")
	case "week", "weekend":
		if reason != "" {
			return unresolved("XXXX-WXX", reason, "week"), end
		}
		m = inWeek(base.AddDays(7*shift), "week")
		if unit == "weekend" {
			if word == "last" && base.Weekday() == 0 {
				m = inWeek(base, "weekend")
			}
			m.Value += "-WE"
			m.First = m.Last.AddDays(-1)
			m.Precision = ByDay
		}
	case "month":
		if reason != "" {
			return unresolved("XXXX-XX", reason, "month"), end
		}
		t := Day{base.Year, base.Month, 1}.time().AddDate(0, shift, 0)
		m = inMonth(t.Year(), int(t.Month()), "month")
	case "year":
		if reason != "" {
			return unresolved("XXXX", reason, "year"), end
		}
		m = inYear(base.Year+shift, "year")
	default:
		season, ok := seasons[unit]
		if !ok || reason != "" {
			return Mention{}, i
		}
		m = Mention{Value: fmt.Sprintf("%04d-%s", base.Year+shift, season), Reason: "seasons differ by place", Rule: "season"}
	}
	if anaphoric {
		m.AnchorSpan, m.Rule = s.last.Span, "anaphora"
	}
	return m, end
}

// inWeek returns the ISO week of d.
func inWeek(d Day, rule string) Mention {
	y, w := d.time().ISOWeek()
	monday := d.AddDays(-((int(d.Weekday()) + 6) % 7))
	return Mention{Value: fmt.Sprintf("%04d-W%02d", y, w), First: monday, Last: monday.AddDays(6), Precision: ByWeek, Rule: rule}
}

// counted reads "three days ago", "two weeks later", "20 years", "the past six
// months", "decades".
func (s *scanner) counted(i int, w string) (Mention, int) {
	j := i
	span := false
	if w == "the" {
		j++
	}
	if l := s.low(j); (l == "past" || l == "last" || l == "next" || l == "coming" || l == "recent" || l == "previous") && (units[s.low(j+1)] != 0 || units[s.low(j+2)] != 0 || units[s.low(j+3)] != 0) {
		span = true
		j++
	} else if w == "the" {
		return Mention{}, i
	}
	if span && s.low(j-1) == "recent" {
		if u := units[s.low(j)]; u != 0 && strings.HasSuffix(s.low(j), "s") {
			return Mention{Value: "PAST_REF", Reason: "vague", Rule: "vague"}, j + 1
		}
		return Mention{}, i
	}
	n, ok := number(s.low(j))
	if head, tail, found := strings.Cut(s.low(j), "-"); found && !ok { // "three-day", "10-year"
		if k, isNumber := number(head); isNumber && units[tail] != 0 && s.low(j) != "" {
			return Mention{Type: Duration, Value: duration(k, units[tail]), Rule: "duration"}, j + 1
		}
	}
	k := j
	vague := false
	switch l := s.low(j); {
	case ok:
		k++
		if n == 1 && (l == "a" || l == "an") {
			switch s.low(k) {
			case "few", "couple":
				vague = true
				if s.low(k) == "couple" && s.low(k+1) == "of" {
					k++
					n, vague = 2, false
				}
				k++
			}
		}
		if s.low(k) == "more" || s.low(k) == "consecutive" || s.low(k) == "straight" || s.low(k) == "full" {
			k++
		}
	case l == "several" || l == "many" || l == "few":
		vague = true
		k++
	case l == "decades" || l == "years" || l == "months" || l == "weeks" || l == "days" || l == "hours" || l == "centuries":
		vague = true
		next := s.low(k + 1)
		if !span && next != "ago" && next != "later" && next != "earlier" && s.doc.Lower(i-1) != "for" && s.doc.Lower(i-1) != "in" && s.doc.Lower(i-1) != "within" {
			return Mention{}, i
		}
	default:
		return Mention{}, i
	}
	unit := units[s.low(k)]
	if unit == 0 {
		return Mention{}, i
	}
	if s.low(k) == "days" && false {
		return Mention{}, i
	}
	end := k + 1
	if s.doc.Lower(end) == "old" || s.doc.Lower(end) == "-" && s.doc.Lower(end+1) == "old" {
		return Mention{}, i // an age
	}
	value := duration(n, unit)
	if vague {
		value = strings.Replace(strings.Replace(duration(7, unit), "70", "X0", 1), "7", "X", 1)
	}
	direction := 0
	switch s.low(end) {
	case "ago":
		direction = -1
	case "earlier", "before":
		direction = -1
	case "later":
		direction = 1
	}
	if direction == 0 || span || unit == 'H' || unit == 'm' {
		if (w == "a" || w == "an") && direction == 0 && s.doc.Lower(i-1) != "for" && s.doc.Lower(i-1) != "in" && s.doc.Lower(i-1) != "within" && s.doc.Lower(i-1) != "after" && s.doc.Lower(i-1) != "than" {
			return Mention{}, i // "twice a day", "a year of"
		}
		return Mention{Type: Duration, Value: value, Rule: "duration"}, end
	}
	if s.low(end) == "before" && s.low(end+1) != "," && s.low(end+1) != "." {
		return Mention{Type: Duration, Value: value, Rule: "duration"}, end
	}
	word := s.low(end)
	end++
	base, reason := s.base()
	var anchor text.Span
	if word != "ago" && s.last != nil {
		base, reason, anchor = s.last.First, "", s.last.Span
	}
	if vague {
		return Mention{Value: map[bool]string{true: "PAST_REF", false: "FUTURE_REF"}[direction < 0], Reason: "vague", Rule: "vague"}, end
	}
	if reason != "" {
		return unresolved("XXXX", reason, "distance"), end
	}
	n *= direction
	var m Mention
	switch unit {
	case 'D', 'N':
		m = onDay(base.AddDays(n), "distance")
	case 'W':
		m = inWeek(base.AddDays(7*n), "distance")
	case 'M':
		t := Day{base.Year, base.Month, 1}.time().AddDate(0, n, 0)
		m = inMonth(t.Year(), int(t.Month()), "distance")
	case 'E', 'C':
		n *= map[byte]int{'E': 10, 'C': 100}[unit]
		fallthrough
	default:
		if y := base.Year + n; y >= 1 && y <= 9999 {
			m = inYear(y, "distance")
		} else {
			return unresolved("XXXX", "outside the calendar", "distance"), end
		}
	}
	m.AnchorSpan = anchor
	return m, end
}

// duration writes n units as TIMEX3 does.
func duration(n int, unit byte) string {
	switch unit {
	case 'E':
		return fmt.Sprintf("P%dY", 10*n)
	case 'C':
		return fmt.Sprintf("P%dY", 100*n)
	case 'H':
		return fmt.Sprintf("PT%dH", n)
	case 'm':
		return fmt.Sprintf("PT%dM", n)
	case 'N':
		return fmt.Sprintf("P%dD", n)
	}
	return fmt.Sprintf("P%d%c", n, unit)
}

// yearBefore are words after which a number of four digits is a year.
var yearBefore = map[string]bool{"in": true, "since": true, "of": true, "by": true, "until": true, "till": true, "from": true, "during": true,
	"before": true, "after": true, "the": true, "to": true, "around": true, "between": true, "and": true, "(": true, "late": true, "early": true,
	"through": true, "for": true, "fiscal": true, "year": true, "spring": true, "summer": true, "autumn": true, "winter": true}

// plainYear reads a bare year where the words around make it one.
func (s *scanner) plainYear(i int, w string) (Mention, int) {
	if a, b, found := strings.Cut(w, "-"); found {
		y, ok := year(a)
		z, ok2 := digits(b)
		if ok && ok2 && y >= 1500 && y <= 2100 {
			if len(b) == 2 {
				z += y / 100 * 100
			}
			if z > y && z <= 2100 && len(b) != 3 {
				return Mention{Value: fmt.Sprintf("%04d/%04d", y, z), First: Day{y, 1, 1}, Last: Day{z, 12, 31}, Precision: ByYear, Rule: "years"}, i + 1
			}
		}
		return Mention{}, i
	}
	y, ok := year(w)
	if !ok || y < 1400 || y > 2100 {
		return Mention{}, i
	}
	before, next := s.doc.Lower(i-1), s.doc.Tag(i+1)
	if !yearBefore[before] {
		return Mention{}, i
	}
	strict := before == "in" || before == "since" || before == "during" || before == "until"
	if (next == "NNS" || next == "CD") && !strict || next == "NNS" && before != "the" && before != "in" {
		return Mention{}, i // "of 2000 soldiers"
	}
	if next == "NN" && !strict && before != "the" && before != "(" && before != "of" {
		return Mention{}, i
	}
	if before == "(" && s.doc.Word(i+1) != ")" && s.doc.Word(i+1) != "-" && s.doc.Word(i+1) != "–" {
		return Mention{}, i
	}
	if (before == "to" || before == "and" || before == "for" || before == "around") && (y < 1900 || y > 2060) {
		return Mention{}, i
	}
	return inYear(y, "year"), i + 1
}

// decade reads "the 1990s", "1980s".
func (s *scanner) decade(i int, w string) (Mention, int) {
	w = strings.TrimPrefix(w, "'")
	trimmed := strings.TrimSuffix(strings.TrimSuffix(w, "s"), "'")
	if trimmed == w {
		return Mention{}, i
	}
	y, ok := year(trimmed)
	if !ok || y%10 != 0 {
		return Mention{}, i
	}
	return decadeOf(y), i + 1
}

func decadeOf(y int) Mention {
	return Mention{Value: fmt.Sprintf("%03d", y/10), First: Day{y, 1, 1}, Last: Day{y + 9, 12, 31}, Precision: ByDecade, Rule: "decade"}
}

// reference reads words that point to the past, present or future without a date.
func (s *scanner) reference(i int, w string) (Mention, int) {
	value := map[string]string{"now": "PRESENT_REF", "currently": "PRESENT_REF", "recently": "PAST_REF", "nowadays": "PRESENT_REF"}[w]
	end := i + 1
	switch {
	case w == "at" && s.low(i+1) == "present":
		return Mention{Value: "PRESENT_REF", Reason: "vague", Rule: "vague"}, i + 2
	case w == "so" && s.low(i+1) == "far":
		return Mention{}, i
	case value == "" || w == "now" && s.doc.Lower(i+1) == "that":
		return Mention{}, i
	}
	return Mention{Value: value, Reason: "vague", Rule: "vague"}, end
}

// clock reads "10:30 a.m.", "5 p.m.", "14:05 GMT", "noon".
func (s *scanner) clock(i int, w string) (Mention, int) {
	hour, minute, ok := 0, 0, false
	if a, b, found := strings.Cut(w, ":"); found {
		var ok1, ok2 bool
		hour, ok1 = digits(a)
		minute, ok2 = digits(b)
		ok = ok1 && ok2 && len(b) == 2
	} else if h, isNumber := digits(w); isNumber && len(w) <= 2 {
		hour, ok = h, isMeridiem(s.doc.Lower(i+1))
	} else if w == "noon" || w == "midnight" {
		if d := s.doc.Lower(i - 1); d != "at" && d != "by" && d != "before" && d != "after" && d != "until" {
			return Mention{}, i
		}
		hour, ok = map[string]int{"noon": 12, "midnight": 0}[w], true
	}
	if !ok || hour > 24 || minute > 59 {
		return Mention{}, i
	}
	end := i + 1
	if m := s.doc.Lower(end); isMeridiem(m) {
		if m[0] == 'p' && hour < 12 {
			hour += 12
		}
		if m[0] == 'a' && hour == 12 {
			hour = 0
		}
		end++
	} else if minute == 0 && !strings.Contains(w, ":") && w != "noon" && w != "midnight" {
		return Mention{}, i
	}
	if z := s.doc.Word(end); z == "GMT" || z == "UTC" || z == "EST" || z == "EDT" {
		end++
	}
	m := Mention{Type: Time, Value: fmt.Sprintf("XXXX-XX-XXT%02d:%02d", hour, minute), Reason: "no day beside the time", Rule: "clock"}
	if base, reason := s.base(); reason == "" && s.last == nil {
		m.Value = fmt.Sprintf("%sT%02d:%02d", base, hour, minute)
		m.First, m.Last, m.Precision, m.Reason = base, base, ByDay, ""
	} else if s.last != nil {
		m.Value = fmt.Sprintf("%sT%02d:%02d", s.last.First, hour, minute)
		m.First, m.Last, m.Precision, m.Reason, m.AnchorSpan = s.last.First, s.last.First, ByDay, "", s.last.Span
	}
	return m, end
}

func isMeridiem(w string) bool { return w == "a.m." || w == "p.m." || w == "am" || w == "pm" }

// repeated reads "every day", "each year", "daily", "annually".
func (s *scanner) repeated(i int, w string) (Mention, int) {
	switch w {
	case "every", "each":
		u := units[s.low(i+1)]
		if d, ok := weekdays[s.low(i+1)]; ok {
			return Mention{Type: Set, Value: fmt.Sprintf("XXXX-WXX-%d", (d+6)%7+1), Rule: "set"}, i + 2
		}
		if u != 0 {
			return Mention{Type: Set, Value: duration(1, u), Rule: "set"}, i + 2
		}
	case "daily":
		return Mention{Type: Set, Value: "P1D", Rule: "set"}, i + 1
	case "weekly":
		return Mention{Type: Set, Value: "P1W", Rule: "set"}, i + 1
	case "annually", "yearly":
		return Mention{Type: Set, Value: "P1Y", Rule: "set"}, i + 1
	}
	return Mention{}, i
}
