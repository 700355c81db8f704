package events

import (
	"sitrep/extractors/dates"
	"sitrep/extractors/syntax"
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
	next := 0
	for n, s := range r.doc.Sentences {
		first := next
		for next < len(all) && all[next].sentence == n {
			next++
		}
		here := all[first:next]
		day, other := r.dayOf(s)
		switch {
		case day != nil && r.found.Published.Before(day.First) && !r.found.Published.IsZero():
			ep = episode{}
			continue
		case day != nil:
			ep = episode{date: day, sentence: n, parties: r.parties(s)}
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

// dayOf returns the one day that s tells, and whether it tells any other time.
func (r *reader) dayOf(s text.Sentence) (day *dates.Mention, other bool) {
	for n := range r.found.Dates {
		d := &r.found.Dates[n]
		if d.Span.Start < s.Start || d.Span.End > s.End || r.doc.RoleAt(d.Start) != text.News || !tells(d) || r.bracketed(d) {
			continue
		}
		if d.Precision != dates.ByDay || d.First != d.Last || d.Relation != dates.On && d.Relation != dates.Within || day != nil && day.First != d.First {
			return nil, true
		}
		if day == nil {
			day = d
		}
	}
	return day, false
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

// parties returns the countries that s names.
func (r *reader) parties(s text.Sentence) map[string]bool {
	out := map[string]bool{}
	for i := s.First; i < s.Last; i++ {
		if c := r.facts[i].country; c >= 0 {
			out[string(r.found.Countries[c].Country)] = true
		}
	}
	return out
}

var shifting = map[string]bool{"earlier": true, "previously": true, "formerly": true, "since": true, "past": true, "ago": true, "recent": true, "recently": true, "year": true, "years": true,
	"month": true, "months": true, "weeks": true, "history": true, "decade": true, "decades": true, "often": true, "regularly": true, "repeatedly": true, "usually": true, "once": true, "always": true, "latest": true}

// shifts reports whether s leaves the time told before.
func (r *reader) shifts(s text.Sentence) bool {
	for i := s.First; i < s.Last; i++ {
		if shifting[r.doc.Lower(i)] {
			return true
		}
	}
	return false
}

// narrate reports whether the clause of token n is told in the simple past.
func (r *reader) narrate(n int) bool {
	for range 2 * maxClimb {
		if r.verbal(n) {
			switch r.pos(n) {
			case "VBD":
				if h := r.tree.Head(n); r.tree.Label(n) == syntax.Conj && r.tree.Child(n, syntax.Nsubj, syntax.NsubjPass) < 0 && r.has(h, syntax.Aux, "had", "has", "have") {
					return false
				}
				return !r.has(n, syntax.Aux, "had", "has", "have", "'d", "would")
			case "VBN":
				if r.has(n, syntax.Aux, "had", "has", "have", "is", "are", "be", "will", "would") {
					return false
				}
				if r.has(n, syntax.AuxPass, "was", "were") {
					return true
				}
			case "VBZ", "VBP", "VB":
				return false
			case "VBG":
				if r.tree.Child(n, syntax.Aux) >= 0 {
					return false
				}
			}
		}
		h := r.tree.Head(n)
		if h < 0 || r.tree.Label(n) == syntax.AclRelcl {
			return false
		}
		n = h
	}
	return false
}
