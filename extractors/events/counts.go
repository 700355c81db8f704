package events

import "sitrep/extractors/troops"

// count takes the counts that stand in the phrases at heads, or in what these
// are made of.
func (r *reader) count(e *Event, heads []int) {
	for _, h := range heads {
		for _, m := range r.members(h) {
			for p := r.phrase(m); p != nil; p = p.inner {
				if p.count >= 0 {
					e.addCount(r.found.Troops[p.count])
				}
			}
		}
	}
}

func (e *Event) addCount(c troops.Count) {
	if c.What == troops.Units || e.Type == Meet || e.Type.speech() {
		return
	}
	for _, have := range e.Counts {
		if have.Span == c.Span {
			return
		}
	}
	e.Counts = append(e.Counts, c)
}

// casualties gives the killed, wounded and captured of the sentence to the
// nearest action that may have caused it.
func (r *reader) casualties() {
	for _, c := range r.found.Troops {
		if c.Start < r.sentence.Start || c.End > r.sentence.Span.End {
			continue
		}
		first, _ := r.doc.TokensIn(c.Span)
		if e := r.cause(c.Status, first); e != nil && !r.claimed(c) {
			e.addCount(c)
		}
	}
}

func (r *reader) claimed(c troops.Count) bool {
	for _, e := range r.triggers {
		for _, have := range e.Counts {
			if have.Span == c.Span {
				return true
			}
		}
	}
	return false
}

// cause returns the action nearest to token i that a loss of kind s comes from.
func (r *reader) cause(s troops.Status, i int) *Event {
	var best *Event
	for _, e := range r.triggers {
		if !causes(e.Type, s) {
			continue
		}
		if best == nil || abs(e.trigger-i) < abs(best.trigger-i) {
			best = e
		}
	}
	return best
}

func causes(t Type, s troops.Status) bool {
	switch s {
	case troops.Killed, troops.Wounded, troops.Casualties:
		return t == Strike || t == Attack || t == Clash || t == Seize
	case troops.Captured:
		return t == Detain
	case troops.Released:
		return t == Release
	}
	return false
}

func abs(n int) int { return max(n, -n) }
