package backfill

import (
	"sync"
	"time"

	"sitrep/pipeline"
)

// A Meter counts what a job has done. It may be asked while the job runs.
type Meter struct {
	mu      sync.Mutex
	tally   Tally
	before  int // raw records done by earlier runs
	started time.Time
	slowest Slow
}

// Slow is an article and how long it took.
type Slow struct {
	Position pipeline.Position
	Time     time.Duration
}

// NewMeter begins to measure.
func NewMeter() *Meter { return &Meter{tally: newTally(), started: time.Now()} }

// A Snapshot is what a job has done up to a moment.
type Snapshot struct {
	Tally   Tally // of all runs of the job
	Raw     int   // raw records of this run
	Elapsed time.Duration
	Slowest Slow // of this run
}

// Rate returns raw records a second.
func (s Snapshot) Rate() float64 { return float64(s.Raw) / max(s.Elapsed.Seconds(), 1e-3) }

// Snapshot returns what has been done.
func (m *Meter) Snapshot() Snapshot {
	m.mu.Lock()
	defer m.mu.Unlock()
	return Snapshot{m.tally.plus(Tally{}), m.tally.Raw - m.before, time.Since(m.started), m.slowest}
}

// Left returns how long what is left will take when done of 1 has been done; 0 when
// that cannot be told.
func (s Snapshot) Left(done float64) time.Duration {
	if done <= 0 || s.Raw == 0 {
		return 0
	}
	return time.Duration((1 - done) / done * float64(s.Tally.Raw) / s.Rate() * float64(time.Second))
}

func (m *Meter) begin(t Tally) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.tally.Raw == 0 && m.before == 0 {
		m.before = t.Raw
	}
	m.tally = t
}

func (m *Meter) add(t Tally) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tally = m.tally.plus(t)
}

// timed is process, and remembers the slowest.
func (m *Meter) timed(process func(pipeline.Raw) []pipeline.Record) func(pipeline.Raw) []pipeline.Record {
	return func(raw pipeline.Raw) []pipeline.Record {
		start := time.Now()
		records := process(raw)
		took := time.Since(start)
		m.mu.Lock()
		defer m.mu.Unlock()
		if took > m.slowest.Time {
			m.slowest = Slow{raw.Position, took}
		}
		return records
	}
}
