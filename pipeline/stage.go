package pipeline

import "time"

// A Stage is a step of an article's way.
type Stage uint8

// The stages, in order.
const (
	StageDecode  Stage = iota // bytes to an article
	StageRead                 // to tokens, sentences, parts of speech and a language
	StageExtract              // to facts
	StageRecords              // to records, encoded
	Stages
)

func (s Stage) String() string { return [Stages]string{"decode", "read", "extract", "records"}[s] }

// A Watch is told when each stage of one article began and ended. It is called in
// order, and behind the time when an article that is too slow was given up.
type Watch func(s Stage, from, to time.Time)

// laps tells a watch of stages that follow each other. A nil one tells nobody.
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

// end says that s, which began where the last stage ended, is over.
func (l *laps) end(s Stage) {
	if l == nil {
		return
	}
	now := time.Now()
	l.watch(s, l.last, now)
	l.last = now
}
