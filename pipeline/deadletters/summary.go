package deadletters

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// A Summary counts letters.
type Summary struct {
	Topic    string    `json:"topic"`
	Letters  int       `json:"letters"`  // that are counted
	Redriven int       `json:"redriven"` // of those chosen, were sent again
	Reasons  []Group   `json:"reasons"`  // most first
	Sources  []Source  `json:"sources"`
	Times    []Slot    `json:"times"` // in order, without empty ones
	Every    string    `json:"every"` // how long a slot is: hour or day
	Begun    []RunInfo `json:"unfinished"`
}

// A Group is the letters of one reason and stage.
type Group struct {
	Reason  string    `json:"reason"`
	Stage   string    `json:"stage"`
	Letters int       `json:"letters"`
	Again   int       `json:"again"` // of them, whose articles were sent again before
	First   time.Time `json:"first"`
	Last    time.Time `json:"last"`
	Example string    `json:"example"` // place of the last one's article
	Letter  string    `json:"letter"`  // place of the last one itself
	Message string    `json:"message"` // of the last one
}

// A Source is a topic, or a file, that articles came from.
type Source struct {
	Topic   string `json:"topic"`
	Letters int    `json:"letters"`
}

// A Slot is an hour or a day, in UTC.
type Slot struct {
	From    time.Time `json:"from"`
	Letters int       `json:"letters"`
}

// RunInfo is a redrive that has not ended.
type RunInfo struct {
	What  string    `json:"what"`
	Begun time.Time `json:"begun"`
}

// Slots that letters are counted by.
const (
	Hourly = "hour"
	Daily  = "day"
)

// Summarize counts the open letters of x, or all. Slots are hours when all letters are
// of two days, else days, unless every says so.
func Summarize(x *Index, topic string, all bool, every string) Summary {
	s := Summary{Topic: topic, Reasons: []Group{}, Sources: []Source{}, Times: []Slot{}, Begun: []RunInfo{}}
	type kind struct{ reason, stage string }
	groups, sources, slots := map[kind]*Group{}, map[string]int{}, map[time.Time]int{}
	var counted []*Letter
	for i := range x.Letters {
		l := &x.Letters[i]
		if !l.Open() {
			s.Redriven++
		}
		if all || l.Open() {
			counted = append(counted, l)
		}
	}
	s.Letters, s.Every = len(counted), cmp.Or(every, slotOf(counted))
	for _, l := range counted {
		k := kind{l.Reason, l.Stage}
		if groups[k] == nil {
			groups[k] = &Group{Reason: l.Reason, Stage: l.Stage, First: l.Time.UTC(), Last: l.Time.UTC()}
		}
		groups[k].add(l)
		sources[l.From.Topic]++
		slots[startOf(l.Time, s.Every)]++
	}
	for _, g := range groups {
		s.Reasons = append(s.Reasons, *g)
	}
	slices.SortFunc(s.Reasons, func(a, b Group) int {
		return cmp.Or(b.Letters-a.Letters, cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Stage, b.Stage))
	})
	for _, topic := range slices.Sorted(maps.Keys(sources)) {
		s.Sources = append(s.Sources, Source{topic, sources[topic]})
	}
	slices.SortStableFunc(s.Sources, func(a, b Source) int { return b.Letters - a.Letters })
	for _, at := range slices.SortedFunc(maps.Keys(slots), time.Time.Compare) {
		s.Times = append(s.Times, Slot{at, slots[at]})
	}
	latest := map[string]Run{}
	for _, r := range x.Runs {
		latest[r.What] = r
	}
	for _, r := range x.Runs {
		if !r.Done && latest[r.What].ID == r.ID {
			s.Begun = append(s.Begun, RunInfo{r.What, r.Begun.UTC()})
		}
	}
	return s
}

func (g *Group) add(l *Letter) {
	g.Letters++
	if l.Attempts > 0 {
		g.Again++
	}
	at := l.Time.UTC()
	if at.Before(g.First) {
		g.First = at
	}
	if !at.Before(g.Last) {
		g.Last, g.Example, g.Letter, g.Message = at, Place(l.From), Place(l.At), l.Message
	}
}

// slotOf chooses how long slots are.
func slotOf(letters []*Letter) string {
	if len(letters) == 0 {
		return Daily
	}
	byTime := func(a, b *Letter) int { return a.Time.Compare(b.Time) }
	first, last := slices.MinFunc(letters, byTime), slices.MaxFunc(letters, byTime)
	if last.Time.Sub(first.Time) <= 48*time.Hour {
		return Hourly
	}
	return Daily
}

func startOf(t time.Time, every string) time.Time {
	t = t.UTC()
	if every == Hourly {
		return t.Truncate(time.Hour)
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
