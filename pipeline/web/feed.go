package web

import (
	"encoding/json"
	"slices"
	"sync"
	"time"

	"sitrep/pipeline"
)

// The bounds of what a Feed keeps.
const (
	keptEvents  = 10000
	keptBytes   = 48 << 20
	keptLetters = 200
	keptReasons = 100 // whoever may write to the topic can make up more
)

// A Feed keeps the newest events and dead letters for those who watch. Events are
// numbered as they come; who reads them keeps the number up to which he has read, so
// that nobody waits for anybody, and who is too slow finds that some are gone.
type Feed struct {
	keep, room int           // events, and bytes for them, at most
	again      time.Duration // after which what fails is tried again

	mu      sync.Mutex
	events  []*event // nil where a later record replaced it
	first   int64    // the number of events[0]
	at      map[string]int64
	bytes   int
	letters []letter
	reasons map[string]int // dead letters seen, by reason
	arrived tempo          // events
	dead    tempo
	unread  int64             // records that are no events
	faults  map[string]string // what cannot be read at the moment, by topic
}

// NewFeed returns a feed of nothing.
func NewFeed() *Feed {
	return &Feed{keep: keptEvents, room: keptBytes, again: 5 * time.Second, at: map[string]int64{}, reasons: map[string]int{}, faults: map[string]string{}}
}

// Event adds a record of the topic of events. One that takes back or replaces another
// removes it; one that says it again is passed over.
func (f *Feed) Event(raw pipeline.Raw) {
	e, err := newEvent(raw)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.unread++
		return
	}
	f.arrived.add(time.Now(), 1)
	if at, ok := f.at[e.id]; ok {
		old := &f.events[at-f.first]
		if !e.gone && string((*old).value) == string(e.value) {
			return
		}
		f.bytes -= (*old).size()
		*old = nil
		delete(f.at, e.id)
	} else if e.gone {
		return // nobody has seen it
	}
	if !e.gone {
		f.at[e.id] = f.first + int64(len(f.events))
	}
	f.events = append(f.events, e)
	f.bytes += e.size()
	f.trim()
}

// trim forgets the oldest events until the bounds are kept.
func (f *Feed) trim() {
	n := 0
	for len(f.events)-n > f.keep || f.bytes > f.room && n < len(f.events) {
		if e := f.events[n]; e != nil {
			f.bytes -= e.size()
			if f.at[e.id] == f.first+int64(n) {
				delete(f.at, e.id)
			}
			f.events[n] = nil
		}
		n++
	}
	f.events = f.events[n:]
	f.first += int64(n)
}

// since returns the events from number n on, the number behind the last, and how many
// of those asked for are gone.
func (f *Feed) since(n int64) (list []*event, next, missed int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	next = f.first + int64(len(f.events))
	if n > next { // of another process
		n = 0
	}
	missed = max(0, f.first-n)
	return slices.DeleteFunc(slices.Clone(f.events[max(0, n-f.first):]), func(e *event) bool { return e == nil }), next, missed
}

// all returns the events that are kept and pass, the oldest first.
func (f *Feed) all(by filter) []*event {
	list, _, _ := f.since(0)
	return slices.DeleteFunc(list, func(e *event) bool { return e.gone || !by.passes(e) })
}

// find returns an event that is kept, or nil.
func (f *Feed) find(id string) *event {
	f.mu.Lock()
	defer f.mu.Unlock()
	if at, ok := f.at[id]; ok {
		return f.events[at-f.first]
	}
	return nil
}

// fault notes that a topic cannot be read, or "" that it can.
func (f *Feed) fault(topic, why string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if why == "" {
		delete(f.faults, topic)
	} else {
		f.faults[topic] = why
	}
}

// A tempo counts what comes, second by second.
type tempo struct {
	total   int64
	last    int64 // Unix time of the newest second
	seconds [minutes * 60]int32
}

// minutes is how far back a tempo goes.
const minutes = 5

func (t *tempo) add(now time.Time, n int32) {
	t.turn(now)
	t.total += int64(n)
	t.seconds[t.last%int64(len(t.seconds))] += n
}

// turn makes now the newest second.
func (t *tempo) turn(now time.Time) {
	second := now.Unix()
	t.last = max(t.last, second-int64(len(t.seconds)))
	for ; t.last < second; t.last++ {
		t.seconds[(t.last+1)%int64(len(t.seconds))] = 0
	}
}

// bars returns how many came in each five seconds, the oldest first.
func (t *tempo) bars(now time.Time) []int32 {
	t.turn(now)
	const width = 5
	out := make([]int32, len(t.seconds)/width)
	for i := range t.seconds {
		age := i // seconds ago
		out[len(out)-1-age/width] += t.seconds[(t.last-int64(age)+int64(len(t.seconds)))%int64(len(t.seconds))]
	}
	return out
}

// rows returns the rows of events that pass, at most most: the newest.
func rows(list []*event, by filter, most int) (out []json.RawMessage, gone []string, dropped int64) {
	out, gone = []json.RawMessage{}, []string{}
	for _, e := range slices.Backward(list) {
		switch {
		case e.gone:
			gone = append(gone, e.id)
		case !by.passes(e):
		case len(out) == most:
			dropped++
		default:
			out = append(out, e.row)
		}
	}
	return out, gone, dropped
}
