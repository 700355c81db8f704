package events

import (
	"slices"
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/dates"
	"sitrep/extractors/text"
)

// merge makes one record of what is told several times, keeping the first
// trigger; all is in order.
func merge(doc *text.Document, all []*Event) []Event {
	var out []*Event
	for _, e := range all {
		if into := earlier(doc, out, e); into != nil {
			into.absorb(e)
			continue
		}
		if e.hollow {
			continue
		}
		out = append(out, e)
	}
	events := make([]Event, len(out))
	for i, e := range out {
		events[i] = *e
	}
	return events
}

// earlier returns the event of list that e tells again, or nil.
func earlier(doc *text.Document, list []*Event, e *Event) *Event {
	for i := len(list) - 1; i >= 0; i-- {
		o := list[i]
		if !sameKind(o, e) || !sameDate(o.Date, e.Date) || !samePlace(doc, o, e) || !sameCounts(o, e) {
			continue
		}
		bare := e.retells || len(e.Actors) == 0 && len(e.Targets) == 0 && len(e.Counts) == 0
		if bare && e.definite || e.toll(o) {
			return o
		}
		if o.Type != e.Type || !sameStatus(o.Status, e.Status) || o.Evidence == e.Evidence && !bare && !(e.Type == Meet && (e.noun() || len(e.Actors) > 1 && len(o.Actors) > 1)) && !(e.Type == Strike && e.noun() && len(codes(e.Actors)) == len(codes(o.Actors))) {
			continue
		}
		if again(o, e) {
			return o
		}
	}
	return nil
}

// near is how many sentences after an assault its losses may be told.
const near = 2

// toll reports whether e tells only the losses of the assault o, told before.
func (e *Event) toll(o *Event) bool {
	if !casualty(e) || o.Type != Attack && o.Type != Strike && o.Type != Clash || e.sentence-o.sentence > near || !compatible(codes(e.Targets), codes(o.Targets)) {
		return false
	}
	return len(e.Actors) == 0 || !casualty(o) && len(codes(e.Actors)) > 0 && within(e.Actors, o.Actors)
}

// sameKind reports whether e may tell o again by its type: a strike may be called
// an attack, a battle or an operation.
func sameKind(o, e *Event) bool {
	return o.Type == e.Type || casualty(e) && (o.Type == Strike || o.Type == Clash) || e.noun() && e.Type == Attack && (o.Type == Strike || o.Type == Clash)
}

func (e *Event) noun() bool { return strings.HasPrefix(e.Rule, "noun:") }

// again reports whether those who take part in e are those of o. A noun may leave
// out some of them; a verb tells its own, so that they must be the same.
func again(o, e *Event) bool {
	a, b := codes(o.Actors), codes(e.Actors)
	s, t := codes(o.Targets), codes(e.Targets)
	if !compatible(a, b) || !compatible(s, t) {
		return false
	}
	if len(a) == 0 && len(b) == 0 && !sameNames(o.Actors, e.Actors) {
		return false
	}
	if e.noun() {
		if (e.Type == Meet || e.Type.speech()) && !within(e.Actors, o.Actors) && !within(o.Actors, e.Actors) {
			return false
		}
		if len(a) == 0 && len(b) > 0 && !e.definite {
			return false
		}
		return e.definite || len(b) > 0 && len(a) == len(b) || len(t) > 0 && len(s) == len(t) || o.Evidence == e.Evidence
	}
	if len(a) != len(b) || len(a) == 0 && len(e.Actors)+len(o.Actors) > 0 && !(len(e.Actors) > 0 && len(o.Actors) > 0) {
		return false
	}
	if e.Type.speech() {
		return len(s) == len(t) && len(t) > 0
	}
	if e.Type == Meet {
		return within(e.Actors, o.Actors) || within(o.Actors, e.Actors)
	}
	return len(s) == len(t) && (o.Place != nil && e.Place != nil && o.Place.town && e.Place.town && !e.Place.near || o.Date != nil && e.Date != nil ||
		len(e.Targets) > 0 && within(e.Targets, o.Targets))
}

// absorb adds what e tells to o.
func (o *Event) absorb(e *Event) {
	o.Mentions = append(o.Mentions, e.Trigger)
	o.Mentions = append(o.Mentions, e.Mentions...)
	if e.lasts() && !o.lasts() {
		o.Status, o.StatusWord, o.Date = Ongoing, e.StatusWord, e.Date
	}
	if !o.lasts() && (o.weak && !e.weak || !e.weak && rank[e.Status] > rank[o.Status]) {
		o.Status, o.StatusWord = e.Status, e.StatusWord
		if e.Speaker != nil {
			o.Speaker = e.Speaker
		}
	}
	if len(o.Actors) == 0 {
		o.Actors = e.Actors
	}
	if len(o.Targets) == 0 {
		o.Targets = e.Targets
	}
	if o.Place == nil {
		o.Place = e.Place
	}
	if o.Origin == "" {
		o.Origin = e.Origin
	}
	if o.Destination == "" {
		o.Destination = e.Destination
	}
	if o.Date == nil || e.Date != nil && o.Date.Precision >= dates.ByYear && !o.lasts() && narrower(e.Date, o.Date) {
		o.Date, o.DateReason = e.Date, e.DateReason
	}
	if o.StatusDate == nil {
		o.StatusDate = e.StatusDate
	}
	if len(o.Counts) == 0 || e.retells || casualty(e) {
		for _, c := range e.Counts {
			o.addCount(c)
		}
	}
	if o.Speaker == nil {
		o.Speaker = e.Speaker
	}
}

// rank orders statuses by how much they tell: an order tells more than a plan,
// and what happened more than both.
var rank = map[Status]int{Possible: 0, Planned: 1, Requested: 2, Threatened: 2, Ordered: 3, Denied: 3, Ongoing: 4, Occurred: 5}

// sameStatus reports whether an event of status a may be told again with b. What
// is only wished for and what happened stay apart: the article tells of two.
func sameStatus(a, b Status) bool {
	if a == b {
		return true
	}
	real := func(s Status) bool { return s == Occurred || s == Ongoing }
	future := func(s Status) bool { return s == Planned || s == Ordered }
	return real(a) && real(b) || future(a) && future(b) || a == Ordered && b == Occurred || a == Occurred && b == Ordered
}

func codes(list []Participant) map[countries.Code]bool {
	out := map[countries.Code]bool{}
	for _, p := range list {
		if p.Country != "" {
			out[p.Country] = true
		}
	}
	return out
}

// compatible reports whether one of a and b is unknown or part of the other.
func compatible(a, b map[countries.Code]bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for c := range a {
		if !b[c] {
			return false
		}
	}
	return true
}

// within reports whether each of a is one of b, by name or, for a state and its
// organs, by country.
func within(a, b []Participant) bool {
	for _, p := range a {
		if !slices.ContainsFunc(b, func(q Participant) bool {
			return p.Name == q.Name || p.Country != "" && p.Country == q.Country && (p.Kind != Person || q.Kind != Person)
		}) {
			return false
		}
	}
	return true
}

func sameNames(a, b []Participant) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, p := range a {
		for _, q := range b {
			if p.Name == q.Name {
				return true
			}
		}
	}
	return false
}

func sameDate(a, b *dates.Mention) bool {
	if a == nil || b == nil || a.Value == b.Value {
		return true
	}
	if a.First.IsZero() || b.First.IsZero() {
		return false
	}
	inside := func(a, b *dates.Mention) bool {
		return !a.First.Before(b.First) && !b.Last.Before(a.Last)
	}
	return inside(a, b) || inside(b, a)
}

// lasts reports whether e is told to go on for a time, within which what is told later lies: "has
// fought since May".
func (e *Event) lasts() bool {
	return e.Status == Ongoing && e.Date != nil && e.Date.First != e.Date.Last
}

// narrower reports whether a is a part of b: "on 3 March" of "in 2016".
func narrower(a, b *dates.Mention) bool {
	return !a.First.IsZero() && !a.First.Before(b.First) && !b.Last.Before(a.Last) && (a.First != b.First || a.Last != b.Last)
}

// samePlace reports whether a and b may happen at one place: not at two towns.
func samePlace(doc *text.Document, a, b *Event) bool {
	if a.Place == nil || b.Place == nil {
		return true
	}
	if a.Place.Country != b.Place.Country {
		return a.Place.Country == "" || b.Place.Country == ""
	}
	if a.Place.near != b.Place.near {
		return true
	}
	return !a.Place.town || !b.Place.town || strings.EqualFold(doc.Slice(a.Place.Span), doc.Slice(b.Place.Span))
}

func sameCounts(a, b *Event) bool {
	for _, c := range a.Counts {
		for _, d := range b.Counts {
			if c.What == d.What && c.Status == d.Status && (c.Min != d.Min || c.Max != d.Max) {
				return false
			}
		}
	}
	return true
}
