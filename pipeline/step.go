package pipeline

import "time"

// A Step is one on an article's way.
type Step uint8

// The steps, in order.
const (
	StepDecode  Step = iota // bytes to an article
	StepRead                // to tokens, sentences, parts of speech and a language
	StepExtract             // to facts
	StepRecords             // to records, encoded
	Steps
)

func (s Step) String() string { return [Steps]string{"decode", "read", "extract", "records"}[s] }

// A Watch is told when each step of one article began and ended. It is called in
// order, and behind the time when an article that is too slow was given up.
type Watch func(s Step, from, to time.Time)

// laps tells a watch of steps that follow each other. A nil one tells nobody.
type laps struct {
	watch Watch
	last  time.Time
}

func (w Watch) start() *laps {
	if w == nil {
		return nil
	}
	return &laps{w, time.Now()}
}

// end says that s, which began where the last step ended, is over.
func (l *laps) end(s Step) {
	if l == nil {
		return
	}
	now := time.Now()
	l.watch(s, l.last, now)
	l.last = now
}
