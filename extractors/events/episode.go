package events

import (
	"sitrep/extractors/dates"
	"sitrep/extractors/text"
)

// An episode is what follows a dated action in a story: "Troops stormed the camp on
// Friday. They |killed| two guards." It goes on as long as the story is told in the simple
// past and of the same parties, and no other time is told.
type episode struct {
	date     *dates.Mention
	sentence int // where it was last told
	parties  map[string]bool
}

// longest is how many sentences may lie between two that tell of an episode.
const longest = 3

// episodes gives the events without a date the day of the episode that they are told in.
func (r *reader) episodes(all []Event) {
	var ep episode
	var period *dates.Mention // last told
	next := 0
	for n, s := range r.doc.Sentences {
		first := next
		for next < len(all) && all[next].sentence == n {
			next++
		}
		here := all[first:next]
		if period != nil && r.samePeriod(s) {
			for i := range here {
				if e := &here[i]; e.Date == nil && e.Status == Occurred {
					e.Date, e.DateReason = period, ""
				}
			}
		}
		period = r.lastDate(s, period)
		day, other := r.dayOf(s)
		switch {
		case day != nil && r.found.Published.Before(day.First) && !r.found.Published.IsZero():
			ep = episode{}
			continue
		case day != nil && (r.reportDay(day) || !acted(here, day)):
			ep = episode{}
			continue
		case day != nil:
			ep = episode{date: day, sentence: n, parties: r.parties(s, here, ep.parties)}
			continue
		case other || r.shifts(s):
			ep = episode{}
			continue
		case ep.date == nil || n-ep.sentence > longest:
			continue
		}
		for i := range here {
			if e := &here[i]; e.Date == nil && e.follows(&ep) {
				e.Date, e.DateReason = ep.date, ""
			}
		}
		if r.inPast(s) {
			ep.sentence = n
		}
	}
}

// samePeriod reports whether s says that it is of the time told last: "in the same |period|".
func (r *reader) samePeriod(s text.Sentence) bool {
	for i := s.First; i+1 < s.Last; i++ {
		if w := r.doc.Lower(i); (w == "same" || w == "that") && r.doc.Lower(i+1) == "period" {
			return true
		}
	}
	return false
}

// lastDate returns the last date of s that has an interval, else before.
func (r *reader) lastDate(s text.Sentence, before *dates.Mention) *dates.Mention {
	for _, d := range r.datesIn(s.Span) {
		if !d.First.IsZero() {
			before = d
		}
	}
	return before
}

// acted reports whether some of the events of a sentence happened on day, unless it has none.
func acted(here []Event, day *dates.Mention) bool {
	dated := false
	for _, e := range here {
		if e.Date == day {
			if e.Status == Occurred || e.Status == Ongoing {
				return true
			}
			dated = true
		}
	}
	return !dated
}

// reportDay reports whether d is when something was said: "the ministry said on |Friday|".
func (r *reader) reportDay(d *dates.Mention) bool {
	first, _ := r.doc.TokensIn(d.Span)
	for i := first - 1; i >= max(0, first-reach/2); i-- {
		if c, ok := r.lex.controls["v"+r.doc.Lower(i)]; ok && c.say {
			return true
		}
		if t := r.doc.Tag(i); t[0] == 'V' || t == "," {
			return false
		}
	}
	return false
}

// follows reports whether e is told as part of ep.
func (e *Event) follows(ep *episode) bool {
	if !e.narrated && !(e.resumes() && e.sentence == ep.sentence+1) || e.Status != Occurred || e.Type.speech() || e.Type == Sanction {
		return false
	}
	for _, list := range [][]Participant{e.Actors, e.Targets} {
		for _, p := range list {
			if p.Country == "" || ep.parties[string(p.Country)] {
				return true
			}
		}
	}
	return len(e.Actors)+len(e.Targets) == 0
}

// resumes reports whether those who act in e are told by a pronoun.
func (e *Event) resumes() bool {
	return len(e.Actors) > 0 && e.Actors[0].End <= e.Evidence.Start
}

// dayOf returns the one day, or recent month, that s tells, and whether it tells any other time.
func (r *reader) dayOf(s text.Sentence) (day *dates.Mention, other bool) {
	for _, d := range r.datesIn(s.Span) {
		if r.doc.RoleAt(d.Start) != text.News || r.bracketed(d) || r.names(d) {
			continue
		}
		if !(d.Precision == dates.ByDay && d.First == d.Last) && !r.lately(d) || d.Relation != dates.On && d.Relation != dates.Within || day != nil && day.First != d.First {
			return nil, true
		}
		if day == nil {
			day = d
		}
	}
	return day, false
}

// lately reports whether d is a month not long before publication, of which reports sum up what
// happened: "in |November|, rebels killed nine".
func (r *reader) lately(d *dates.Mention) bool {
	return d.Precision == dates.ByMonth && len(d.Value) == len("2006-01") && !r.found.Published.IsZero() && !d.Last.AddDays(stale).Before(r.found.Published)
}

func (r *reader) bracketed(d *dates.Mention) bool {
	first, last := r.doc.TokensIn(d.Span)
	return r.doc.Word(first-1) == "(" && r.doc.Word(last) == ")"
}

// inPast reports whether all finite verbs of s are in the past.
func (r *reader) inPast(s text.Sentence) bool {
	past := false
	for i := s.First; i < s.Last; i++ {
		switch r.doc.Tag(i) {
		case "VBD":
			past = true
		case "VBZ", "VBP", "MD":
			return false
		}
	}
	return past
}

// parties returns the countries that s names or that act in its events, those told before when
// there are none.
func (r *reader) parties(s text.Sentence, here []Event, before map[string]bool) map[string]bool {
	out := map[string]bool{}
	for _, e := range here {
		for c := range codes(append(e.Actors[:len(e.Actors):len(e.Actors)], e.Targets...)) {
			out[string(c)] = true
		}
	}
	for i := s.First; i < s.Last; i++ {
		if c := r.facts[i].country; c >= 0 {
			out[string(r.found.Countries[c].Country)] = true
		}
	}
	if len(out) == 0 {
		return before
	}
	return out
}

// shifts reports whether s leaves the time told before.
func (r *reader) shifts(s text.Sentence) bool {
	for i := s.First; i < s.Last; i++ {
		if r.is(i, shift) {
			return true
		}
	}
	return false
}
