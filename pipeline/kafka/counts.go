package kafka

import (
	"maps"
	"time"

	"sitrep/pipeline"
)

// Counts are what a member has done since it started.
type Counts struct {
	Articles     int64 // committed, null values not among them
	Nulls        int64 // records without a value, which are skipped
	DeadLetters  int64 // committed
	Transactions int64 // committed
	Abandoned    int64 // transactions begun and not known to be committed
	Restarts     int64 // returns of a partition to its last commit, after an error
	Fenced       int64 // of them: because somebody else had taken the partition
	Generations  int64 // of the group: 1, and 1 for each time partitions were shared out anew
}

// add adds the counts of o to c.
func (c *Counts) add(o Counts) {
	c.Articles += o.Articles
	c.Nulls += o.Nulls
	c.DeadLetters += o.DeadLetters
	c.Transactions += o.Transactions
	c.Abandoned += o.Abandoned
	c.Restarts += o.Restarts
	c.Fenced += o.Fenced
	c.Generations += o.Generations
}

// A Tally counts committed records by what they tell of.
type Tally struct {
	Articles    map[string]int64 // by status
	Events      map[string]int64 // by type
	DeadLetters map[pipeline.Failure]int64
}

func newTally() Tally {
	return Tally{map[string]int64{}, map[string]int64{}, map[pipeline.Failure]int64{}}
}

// add counts records, and returns how many dead letters are among them.
func (t Tally) add(records []pipeline.Record) (dead int64) {
	for i := range records {
		switch r := &records[i]; r.Stream {
		case pipeline.Events:
			t.Events[r.Kind]++
		case pipeline.Articles:
			t.Articles[r.Kind]++
		case pipeline.DeadLetters:
			t.DeadLetters[pipeline.Failure{Reason: r.Kind, Stage: stage(r)}]++
			dead++
		}
	}
	return dead
}

// stage returns where a dead letter came to be, as its headers say.
func stage(r *pipeline.Record) string {
	for _, h := range r.Headers {
		if h.Key == "__connect.errors.stage" {
			return string(h.Value)
		}
	}
	return ""
}

// Tally returns what the committed records tell of.
func (h *Health) Tally() Tally {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.tally.Articles == nil {
		return newTally()
	}
	return Tally{maps.Clone(h.tally.Articles), maps.Clone(h.tally.Events), maps.Clone(h.tally.DeadLetters)}
}

// committed counts a batch that is done.
func (h *Health) committed(b pipeline.Batch, nulls int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.tally.Articles == nil {
		h.tally = newTally()
	}
	h.counts.add(Counts{Articles: int64(b.Raw) - nulls, Nulls: nulls, DeadLetters: h.tally.add(b.Records)})
}

// Commits says how committing fares.
type Commits struct {
	Last time.Time // when something was last committed; zero: never
	Open time.Time // when the oldest transaction that is open was begun; zero: none is
}

// Commits returns how committing fares.
func (h *Health) Commits() Commits {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := Commits{Last: h.last}
	for begun := range maps.Values(h.open) {
		if c.Open.IsZero() || begun.Before(c.Open) {
			c.Open = begun
		}
	}
	return c
}

// begins notes a transaction of a partition, and returns what must be called with
// its end: that counts it and returns how long it took.
func (h *Health) begins(partition int) (ends func(error) time.Duration) {
	begun := time.Now()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.open == nil {
		h.open = map[int]time.Time{}
	}
	h.open[partition] = begun
	return func(err error) time.Duration {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.open, partition)
		if err != nil {
			h.counts.Abandoned++
			return time.Since(begun)
		}
		h.counts.Transactions++
		h.last = time.Now()
		return h.last.Sub(begun)
	}
}
