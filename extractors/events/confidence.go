package events

// The shares of events that are right, as far as how they were found tells,
// counted on annotated articles: an action told by a verb, with somebody who
// does it, at a place and on a day, is seldom a misreading.
const (
	byNoun     = 0.35
	byVerb     = 0.45
	withActor  = 0.20
	withTarget = 0.10 // and an actor
	withPlace  = 0.15
	withDate   = 0.10
	surest     = 0.90
)

// confidence returns how likely e is right, from 0 to 1.
func (e *Event) confidence() float64 {
	c := byVerb
	if e.noun() {
		c = byNoun
	}
	if len(e.Actors) > 0 {
		c += withActor
		if len(e.Targets) > 0 {
			c += withTarget
		}
	}
	if e.Place != nil {
		c += withPlace
	}
	if e.Date != nil {
		c += withDate
	}
	return min(c, surest)
}
