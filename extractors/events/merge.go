package events

import (
	"slices"
	"strings"

	"sitrep/extractors/dates"
	"sitrep/extractors/text"
)

// merge makes one record of what is told several times, keeping the first
// trigger; all is in order.
func merge(doc *text.Document, all []*Event) []Event {
	var out []*Event
	for _, e := range all {
		if e.Type == Aid && e.entry() == "noun:evacuation" && slices.ContainsFunc(out, e.evacuates) {
			e.Type = Withdraw
		}
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

// evacuates reports whether e, an evacuation of nobody told, is the withdrawal o told before.
func (e *Event) evacuates(o *Event) bool {
	return o.Type == Withdraw && len(e.Targets) == 0 && len(e.Actors) > 0 && len(codes(e.Actors)) == len(codes(o.Actors)) && compatible(codes(e.Actors), codes(o.Actors))
}

// earlier returns the event of list that e tells again, or nil: the last one called as e calls
// it, else the last that fits.
func earlier(doc *text.Document, list []*Event, e *Event) *Event {
	if e.called != "" {
		named := slices.DeleteFunc(slices.Clone(list), func(o *Event) bool { return !o.isCalled(doc, e.called) })
		if o := lastTold(doc, named, e); o != nil {
			return o
		}
	}
	return lastTold(doc, list, e)
}

// isCalled reports whether e is told by the noun w: "the strikes" may be one told before.
func (e *Event) isCalled(doc *text.Document, w string) bool {
	calls := func(m text.Span) bool {
		told := strings.ToLower(doc.Slice(m))
		return strings.HasSuffix(told, w) || strings.HasSuffix(told, strings.TrimSuffix(w, "s"))
	}
	return calls(e.Trigger) || slices.ContainsFunc(e.Mentions, calls)
}

// lastTold returns the last event of list that e may tell again, or nil.
func lastTold(doc *text.Document, list []*Event, e *Event) *Event {
	for i := len(list) - 1; i >= 0; i-- {
		o := list[i]
		if !sameKind(o, e) || e.another || o.times != e.times && o.times*e.times > 0 || !sameDate(o.Date, e.Date) || !samePlace(doc, o, e) || !sameCounts(o, e) {
			continue
		}
		if casualty(e) && e.Status == Occurred && o.Status != Occurred && o.Status != Ongoing {
			continue // nobody dies in what is only planned
		}
		if e.bare() && (e.definite || (e.Type == Protest || e.Type == Ceasefire) && e.noun()) || e.toll(o) {
			return o
		}
		if o.Type == e.Type && (sameStatus(o.Status, e.Status) || e.weak && e.noun()) && !apart(o, e) && again(doc, o, e) {
			return o
		}
	}
	return nil
}

// bare reports whether e says nothing of its own about who takes part.
func (e *Event) bare() bool {
	return e.retells || len(e.Actors)+len(e.Targets)+len(e.Counts) == 0
}

// apart reports whether o and e are two because one sentence tells both. Talks
// and air raids are named twice in one breath: "attacked the camp in the ninth
// |raid| this year".
func apart(o, e *Event) bool {
	if o.Evidence != e.Evidence || e.bare() {
		return false
	}
	switch e.Type {
	case Meet:
		return !e.noun() && (len(e.Actors) < 2 || len(o.Actors) < 2)
	case Strike:
		return !e.noun() || len(codes(e.Actors)) != len(codes(o.Actors))
	}
	return true
}

// near is how many sentences after an assault its losses may be told.
const near = 2

// toll reports whether e tells only the losses of the assault o, told before.
func (e *Event) toll(o *Event) bool {
	if !casualty(e) || o.Type != Attack && o.Type != Strike && o.Type != Clash || e.sentence-o.sentence > near || !compatible(codes(e.Targets), codes(o.Targets)) && !within(e.Targets, o.Actors) {
		return false
	}
	return len(e.Actors) == 0 || !casualty(o) && len(codes(e.Actors)) > 0 && within(e.Actors, o.Actors)
}

// sameKind reports whether e may tell o again by its type: a strike may be called
// an attack, a battle or an operation.
func sameKind(o, e *Event) bool {
	return o.Type == e.Type || casualty(e) && (o.Type == Strike || o.Type == Clash) || e.Type == Attack && (o.Type == Strike || o.Type == Clash) && e.noun()
}

func (e *Event) noun() bool { return strings.HasPrefix(e.Rule, "noun:") }

// again reports whether those who take part in e are those of o. A noun may leave
// out some of them; a verb tells its own, so that they must be the same.
func again(doc *text.Document, o, e *Event) bool {
	a, b := codes(o.Actors), codes(e.Actors)
	s, t := codes(o.Targets), codes(e.Targets)
	if !compatible(a, b) || !compatible(s, t) || len(a)+len(b) == 0 && !meets(o.Actors, e.Actors) {
		return false
	}
	if opposed(o.Actors, e.Actors) && !e.Type.mutual() {
		return false
	}
	if e.noun() {
		if (e.Type == Meet || e.Type.speech()) && !within(e.Actors, o.Actors) && !within(o.Actors, e.Actors) {
			return false
		}
		if e.Type.speech() && !within(e.Targets, o.Targets) {
			return false // condolences to others
		}
		if len(a) == 0 && len(b) > 0 && !e.definite && rank[e.Status] > rank[Threatened] {
			return false
		}
		if !e.definite && len(e.Mentions) == 0 && anew(doc, e.Targets) && !meets(o.Targets, e.Targets) {
			return false // "a strike on |a school|", after one on a port
		}
		return e.definite || len(b) > 0 && len(a) == len(b) || len(t) > 0 && len(s) == len(t) || o.Evidence == e.Evidence
	}
	if e.Type == Meet {
		return len(a) > 0 && len(b) > 0 && (within(e.Actors, o.Actors) || within(o.Actors, e.Actors))
	}
	if (e.Type == Withdraw || e.Type == Ceasefire) && len(b) > 0 && len(a) == len(b) {
		return true
	}
	if len(a) != len(b) || len(a) == 0 && len(e.Actors)+len(o.Actors) > 0 && !(len(e.Actors) > 0 && len(o.Actors) > 0) {
		return false
	}
	if !meets(e.Actors, o.Actors) {
		return false
	}
	named := len(e.Targets) > 0 && within(e.Targets, o.Targets)
	switch {
	case e.Type.speech():
		return len(t) > 0 && len(s) == len(t) && named && (e.Type != Support || e.Rule == o.Rule)
	case !named && anew(doc, e.Targets):
		return false
	}
	return len(s) == len(t) && (named || o.Place != nil && e.Place != nil && o.Place.town && e.Place.town && !e.Place.near || o.Date != nil && e.Date != nil)
}

// absorb adds what e tells to o.
func (o *Event) absorb(e *Event) {
	o.Mentions = append(o.Mentions, e.Trigger)
	o.Mentions = append(o.Mentions, e.Mentions...)
	if e.lasts() && !o.lasts() {
		o.Status, o.StatusWord, o.Date = Ongoing, e.StatusWord, e.Date
	}
	if !o.lasts() && (o.weak && !e.weak || !e.weak && rank[e.Status] > rank[o.Status] && o.Status != Ongoing) {
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
			if !o.tells(c) {
				o.addCount(c)
			}
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
