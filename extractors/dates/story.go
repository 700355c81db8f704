package dates

import "sitrep/extractors/text"

// told is a date that the text has told.
type told struct {
	text.Span
	period   period
	sentence int
	aside    bool // in brackets
	moves    bool // with the day of publication
}

// A story is the dates told so far. What has no year of its own is placed by them
// where the text is a narrative, or has no day of publication.
type story []told

// lookBack is how many dates back something may refer to.
const lookBack = 24

// last returns the last date told that is at least as exact as u.
func (s story) last(u unit) (told, bool) {
	for i := len(s) - 1; i >= max(0, len(s)-lookBack); i-- {
		if s[i].period.unit <= u {
			return s[i], true
		}
	}
	return told{}, false
}

// place returns the period that n means in the story, and the date told that it is
// nearest to. A story goes forward, what is told last counts most, and the more exact
// of two dates is the better guide.
func (s story) place(n *named, e *expression) (best period, by told, ok bool) {
	least := -1
	for i := len(s) - 1; i >= max(0, len(s)-lookBack); i-- {
		t := s[i]
		if t.period.unit > years {
			continue
		}
		cost := func(p period) int { return step(t.period, p) }
		p, found := seek(t.period.first, n.in, cost)
		if c := cost(p) + t.doubt(e.sentence) + doubtSkipped*(len(s)-1-i); found && (least < 0 || c < least) {
			best, by, least = p, t, c
		}
	}
	return best, by, least >= 0
}

// step is how far the story goes from one date told to the next, in days: what would
// be a step back is as far as four steps on.
func step(from, to period) int {
	switch {
	case !to.first.Before(from.first) && !from.last().Before(to.first), to.holds(from.first):
		return 0
	case to.first.Before(from.first):
		return 4 * to.last().daysTo(from.first)
	}
	return from.last().daysTo(to.first)
}

// What makes a date told a worse guide, in days. The figures lie on a plateau: any of
// half or double their size place the same dates but a few.
const (
	doubtSkipped = 30  // for each date told after it
	doubtLeft    = 4   // for each sentence since
	doubtCoarse  = 60  // for a year, half of it for a season
	doubtAside   = 100 // for a date in brackets
)

// doubt is how bad a guide t is for what is told in a sentence.
func (t told) doubt(sentence int) int {
	d := doubtLeft * (sentence - t.sentence)
	switch {
	case t.period.unit == years:
		d += doubtCoarse
	case t.period.unit > months:
		d += doubtCoarse / 2
	}
	if t.aside {
		d += doubtAside
	}
	return d
}
