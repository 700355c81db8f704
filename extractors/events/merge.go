package events

import (
	"sitrep/extractors/countries"
	"sitrep/extractors/dates"
	"sitrep/extractors/text"
)

// merge makes one record of what is told several times, keeping the first
// trigger; all is in order.
func merge(doc *text.Document, all []*Event) []Event {
	var out []*Event
	for _, e := range all {
		if into := earlier(out, e); into != nil {
			into.absorb(e)
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
func earlier(list []*Event, e *Event) *Event {
	for i := len(list) - 1; i >= 0; i-- {
		o := list[i]
		if o.Type != e.Type || !sameDate(o.Date, e.Date) {
			continue
		}
		// Two actions in one sentence are two, unless one has nothing of its own.
		bare := len(e.Actors) == 0 && len(e.Targets) == 0 && len(e.Counts) == 0
		if o.Evidence == e.Evidence && !bare && o.Type != Strike {
			continue
		}
		if e.definite && bare && (e.Place == nil || o.Place == nil || e.Place.Country == o.Place.Country) {
			return o
		}
		if !compatible(codes(o.Actors), codes(e.Actors)) || !compatible(codes(o.Targets), codes(e.Targets)) {
			continue
		}
		if !samePlace(o, e) || !sameCounts(o, e) || !sameStatus(o.Status, e.Status) {
			continue
		}
		if len(codes(o.Actors)) == 0 && len(codes(e.Actors)) == 0 && !sameNames(o.Actors, e.Actors) {
			continue
		}
		return o
	}
	return nil
}

// absorb adds what e tells to o.
func (o *Event) absorb(e *Event) {
	o.Mentions = append(o.Mentions, e.Trigger)
	o.Mentions = append(o.Mentions, e.Mentions...)
	if rank[e.Status] > rank[o.Status] {
		o.Status = e.Status
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
	if o.Date == nil {
		o.Date, o.DateReason = e.Date, e.DateReason
	}
	if o.StatusDate == nil {
		o.StatusDate = e.StatusDate
	}
	if len(o.Counts) == 0 {
		o.Counts = e.Counts
	}
	if o.Speaker == nil {
		o.Speaker = e.Speaker
	}
	o.Confidence = max(o.Confidence, e.Confidence)
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

func samePlace(a, b *Event) bool {
	return a.Place == nil || b.Place == nil || a.Place.Country == b.Place.Country || a.Place.Country == "" || b.Place.Country == ""
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
