package backfill

import (
	"encoding/json"
	"fmt"
	"strings"

	"sitrep/pipeline"
)

// A Checkpoint is how far one part of a job has come. It is made durable together
// with the records that it counts.
type Checkpoint struct {
	Plan   string `json:"plan"`             // hash of the plan that the job began with
	Run    string `json:"run"`              // the process that wrote it
	Next   int64  `json:"-"`                // raw records of the files passed, or the next offset of the partition
	Digest string `json:"digest,omitempty"` // of the records of files passed
	End    int64  `json:"end,omitempty"`    // of the partition, fixed at the start
	Done   bool   `json:"done,omitempty"`   // the part is complete
	Tally  Tally  `json:"tally"`
}

// text writes c, but for Next, so that it fits the metadata of an offset.
func (c Checkpoint) text() string {
	data, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings and numbers
	}
	return string(data)
}

func parseCheckpoint(next int64, text string) (Checkpoint, error) {
	var c Checkpoint
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return c, fmt.Errorf("read checkpoint: %w", err)
	}
	c.Next = next
	return c, nil
}

// A Tally counts what has come out.
type Tally struct {
	Raw      int            `json:"raw"`
	Dead     map[string]int `json:"dead,omitempty"`     // dead letters by reason
	Articles map[string]int `json:"articles,omitempty"` // by status
	Events   map[string]int `json:"events,omitempty"`   // by type
}

func newTally() Tally {
	return Tally{Dead: map[string]int{}, Articles: map[string]int{}, Events: map[string]int{}}
}

// plus returns the sum of t and other, and shares nothing with them.
func (t Tally) plus(other Tally) Tally {
	sum := newTally()
	for _, x := range []Tally{t, other} {
		sum.Raw += x.Raw
		for i, m := range []map[string]int{x.Dead, x.Articles, x.Events} {
			into := []map[string]int{sum.Dead, sum.Articles, sum.Events}[i]
			for k, n := range m {
				into[k] += n
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
		var what struct{ Status, Type string }
		switch r.Stream {
		case pipeline.DeadLetters:
			t.Dead[strings.TrimPrefix(headerOf(r, "__connect.errors.exception.class.name"), "sitrep.")]++
		case pipeline.Articles:
			_ = json.Unmarshal(r.Value, &what) // we wrote it
			t.Articles[what.Status]++
		case pipeline.Events:
			_ = json.Unmarshal(r.Value, &what)
			t.Events[what.Type]++
		}
	}
	return t
}

func headerOf(r pipeline.Record, key string) string {
	for _, h := range r.Headers {
		if h.Key == key {
			return string(h.Value)
		}
	}
	return ""
}
