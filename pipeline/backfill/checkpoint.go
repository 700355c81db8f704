package backfill

import (
	"encoding/json"
	"fmt"

	"sitrep/pipeline"
)

// A Checkpoint is how far one part of a job has come. It is made durable together
// with the records that it counts.
type Checkpoint struct {
	Plan   string `json:"plan"`             // hash of the plan that the job began with
	Run    string `json:"run"`              // the process that wrote it
	Next   int64  `json:"next"`             // raw records of the files passed, or the next offset of the partition
	Digest string `json:"digest,omitempty"` // of the records of files passed
	End    int64  `json:"end,omitempty"`    // of the partition, fixed at the start
	Starts int    `json:"starts,omitempty"` // of processes that have committed nothing since
	Done   bool   `json:"done,omitempty"`   // the part is complete
	Tally  Tally  `json:"tally"`
}

// suspicious is the number of starts in vain from which records are tried one by
// one: one of them may kill whoever works on it.
const suspicious = 3

// text writes c so that it fits the metadata of an offset.
func (c Checkpoint) text() string {
	data, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings and numbers
	}
	return string(data)
}

func parseCheckpoint(text string) (c Checkpoint, err error) {
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return c, fmt.Errorf("read checkpoint: %w", err)
	}
	return c, nil
}

// A Tally counts what has come out.
type Tally struct {
	Raw      int            `json:"raw"`
	Dead     map[string]int `json:"dead,omitempty"`     // dead letters by reason
	Articles map[string]int `json:"articles,omitempty"` // by status
	Events   map[string]int `json:"events,omitempty"`   // by type

	Retracted int `json:"retracted,omitempty"` // tombstones
	Passed    int `json:"passed,omitempty"`    // articles left alone, for something newer stands in the topics
}

func newTally() Tally {
	return Tally{Dead: map[string]int{}, Articles: map[string]int{}, Events: map[string]int{}}
}

// plus returns the sum of t and other, and shares nothing with them.
func (t Tally) plus(other Tally) Tally {
	sum := newTally()
	for _, x := range []Tally{t, other} {
		sum.Raw += x.Raw
		sum.Retracted += x.Retracted
		sum.Passed += x.Passed
		for _, stream := range []pipeline.Stream{pipeline.Events, pipeline.Articles, pipeline.DeadLetters} {
			for kind, n := range x.of(stream) {
				sum.of(stream)[kind] += n
			}
		}
	}
	return sum
}

// count returns the tally of a batch.
func count(b pipeline.Batch) Tally {
	t := newTally()
	t.Raw = b.Raw
	for _, r := range b.Records {
		if isTombstone(r) {
			t.Retracted++
			continue
		}
		t.of(r.Stream)[r.Kind]++
	}
	return t
}

func (t Tally) of(s pipeline.Stream) map[string]int {
	switch s {
	case pipeline.Events:
		return t.Events
	case pipeline.Articles:
		return t.Articles
	default:
		return t.Dead
	}
}
