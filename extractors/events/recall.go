package events

import "slices"

// recall gives events that are only spoken of, and sanctions, the sides that they leave
// out, where an event of the same kind before told them: "Peru's invasion of Chile … Peru
// denies planning to |invade|. … An |invasion| could start." All is in order.
func recall(all []Event) {
	for n := range all {
		e := &all[n]
		if !e.repeatable() || len(e.Actors) > 0 && len(e.Targets) > 0 {
			continue
		}
		for k := n - 1; k >= max(0, n-maxRecall); k-- {
			if o := &all[k]; sameKind(o, e) && e.complete(o) {
				break
			}
		}
	}
}

// maxRecall is how many events before one are asked for those that it leaves out.
const maxRecall = 12

// repeatable reports whether e is likely between the same two sides as others of its
// type in the article.
func (e *Event) repeatable() bool {
	real := e.Status == Occurred || e.Status == Ongoing
	return e.Type == Sanction || (e.Type == Attack || e.Type == Strike) && !real
}

// complete gives e those of o whom it leaves out, and reports whether it could: both
// sides if it names neither, the side done to when the doers are the same.
func (e *Event) complete(o *Event) bool {
	switch {
	case len(o.Actors) == 0 || len(o.Targets) == 0 || o.Targets[0].Kind != State:
		return false
	case len(e.Actors) == 0 && len(e.Targets) == 0 && e.noun() && len(e.Counts) == 0:
		e.Actors, e.Targets = slices.Clone(o.Actors), slices.Clone(o.Targets)
		return true
	case len(e.Actors) > 0 && len(e.Targets) == 0 && len(e.Counts) == 0 && sameCountries(e.Actors, o.Actors):
		e.Targets = slices.Clone(o.Targets)
		return true
	case len(e.Actors) == 0 && e.Type == Sanction && sameCountries(e.Targets, o.Targets):
		e.Actors = slices.Clone(o.Actors)
		return true
	}
	return false
}

// sameCountries reports whether a and b name the same countries, and some.
func sameCountries(a, b []Participant) bool {
	x, y := codes(a), codes(b)
	return len(x) > 0 && len(x) == len(y) && compatible(x, y)
}
