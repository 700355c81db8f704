package dates

import "cmp"

// shifted is a period counted from the one that the anchor lies in: "yesterday",
// "last week", "the next day".
type shifted struct {
	unit    unit
	n       int
	text    bool // counted from a date told in the text
	weekend bool // "the weekend": which one the tense tells
	fiscal  bool
	soft    bool // without a date told, from publication
}

func (s *shifted) resolve(r *resolver, e *expression) answer {
	b := r.now()
	if s.text {
		t := r.fromText(s.unit)
		if t.reason == "" || !s.soft {
			b = t
		}
	}
	if r.anchor.Narrative && s.unit == days && !s.text {
		return answer{value: [...]string{"PAST_REF", "PRESENT_REF", "FUTURE_REF"}[1+cmp.Compare(s.n, 0)], reason: vagueReason} // "today" of an unknown day
	}
	if b.reason != "" {
		return answer{value: s.open(), reason: b.reason}
	}
	p := b.day.in(s.unit).plus(s.n)
	if s.unit == weekends && (s.weekend || s.n == 0) && b.day.Before(p.first) && r.direction(e) < future {
		p = p.plus(-1)
	}
	a := b.answer(p)
	if s.fiscal {
		a.reason = fiscalYears
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
