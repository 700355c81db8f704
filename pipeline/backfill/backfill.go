// Package backfill runs an archive through the pipeline as a job: from files or a
// part of a topic, to topics or to files. A job keeps a checkpoint in the same
// step as its output, so that it can be killed at any moment, goes on where it
// was and doubles nothing. It knows no flags and prints nothing.
package backfill

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/pace"
)

// A Source reads one part of the input.
type Source interface {
	// Next returns the next raw records, and io.EOF behind the last.
	Next(ctx context.Context) (Step, error)
	Close()
}

// A Step is some raw records and the place behind them. It may have no records.
type Step struct {
	Raws   []pipeline.Raw
	Next   int64  // as in Checkpoint
	Digest string // as in Checkpoint
}

// A Part of the input has a checkpoint of its own. Parts are worked on one after
// the other, so that the order of the output is that of the input.
type Part struct {
	Topic     string // where its checkpoint stands
	Partition int
	First     Checkpoint // where it begins
	// Open reads the part from a checkpoint on.
	Open func(ctx context.Context, at Checkpoint) (Source, error)
}

// A Store makes records and checkpoints durable, both or none.
type Store interface {
	// Take shuts out any other process that has the job, of these parts.
	Take(context.Context, []Part) error
	// Load returns the checkpoint of a part; false if it has none.
	Load(context.Context, Part) (Checkpoint, bool, error)
	// Commit publishes the records of b and keeps c. After an error what became of
	// them is found by Take and Load.
	Commit(ctx context.Context, b pipeline.Batch, p Part, c Checkpoint) error
	// Passing tells errors after which it is worth going on with Take.
	Passing(error) bool
}

// A Job is an input, an output and how one becomes the other.
type Job struct {
	Name    string
	Plan    string // its hash: a job goes on only with the plan it began with
	Parts   []Part
	Store   Store
	Workers int
	Process func(pipeline.Raw) []pipeline.Record
	Rate    float64 // raw records a second; 0: as fast as it goes
	Meter   *Meter
	Logger  *slog.Logger
	// Dead, if set, is told of each dead letter that was published.
	Dead func(pipeline.Record)
	// Probe tells whether a record kills who works on it, without dying of it itself:
	// it is asked where processes have died. Nil: such a record stops the job. See
	// package probe.
	Probe func(context.Context, pipeline.Raw) (kills bool, err error)
	// Retract, if set, takes back what is not found any more.
	Retract *Retraction
}

const (
	attempts    = 20 // in a row that bring nothing
	firstWait   = 100 * time.Millisecond
	longestWait = 5 * time.Second
)

// finishWithin is how long what has begun may take when the job is interrupted.
var finishWithin = 20 * time.Second

var (
	// ErrTaken says that another process works on the job now.
	ErrTaken = errors.New("another process has taken this job over")
	// ErrComplete says that there was nothing left to do.
	ErrComplete = errors.New("the job is complete already")
)

// Run works until all parts are done (nil), ctx is cancelled (its error; what was
// begun has been kept) or something breaks for good. Broken commits are tried anew
// from the checkpoint.
func (j *Job) Run(ctx context.Context) error {
	run := &running{Job: j, id: rand.Text()[:12], pool: pipeline.NewPool(j.Workers, j.Meter.timed(j.Process)), ours: make([]bool, len(j.Parts))}
	wait := firstWait
	for try := 0; ; try++ {
		before := run.commits
		err := run.attempt(ctx)
		if run.commits > before {
			try, wait = 0, firstWait
		}
		var broken *storeError
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return fmt.Errorf("%w: %w", ctx.Err(), err)
		case !errors.As(err, &broken):
			return err
		case !j.Store.Passing(err), errors.Is(err, errNoEvent), try >= attempts:
			return fmt.Errorf("%w; when that is mended the same command goes on at the checkpoint", err)
		}
		j.Logger.Warn("the output failed, going on from the checkpoint", "error", err, "after", wait)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
		wait = min(2*wait, longestWait)
	}
}

// A storeError came from the store.
type storeError struct{ error }

func (e *storeError) Unwrap() error { return e.error }

func fromStore(err error) error {
	if err == nil {
		return nil
	}
	return &storeError{err}
}

// running is one process that works on a job.
type running struct {
	*Job
	id      string
	pool    *pipeline.Pool
	commits int    // that had records
	ours    []bool // parts whose checkpoint bears our id, unless somebody has shut us out
}

// attempt takes the job and works on it until it is done or fails.
func (r *running) attempt(ctx context.Context) error {
	if err := r.Store.Take(ctx, r.Parts); err != nil {
		return fromStore(err)
	}
	at, err := r.load(ctx)
	if err != nil {
		return err
	}
	if r.Retract != nil {
		if err := r.Retract.catchUp(ctx, r.Parts, at); err != nil {
			return fromStore(err)
		}
	}
	working, done := finishing(ctx)
	defer done()
	for i, p := range r.Parts {
		if at[i].Done {
			continue
		}
		if err := r.part(ctx, working, p, at[i]); err != nil {
			return err
		}
	}
	if r.Retract != nil {
		return fromStore(r.Retract.readArticles(ctx))
	}
	return nil
}

// finishing returns the context of work that has begun when ctx ends: it is
// finished, but not for ever.
func finishing(ctx context.Context) (working context.Context, done func()) {
	working, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-working.Done():
		case <-time.After(finishWithin):
			cancel()
		}
	})
	return working, func() { stop(); cancel() }
}

// load returns the checkpoints of all parts, and makes them ours. Those that are
// lacking are written, so that the end of each part is fixed when the job begins.
func (r *running) load(ctx context.Context) ([]Checkpoint, error) {
	all, complete, begun := make([]Checkpoint, len(r.Parts)), true, false
	var sum Tally
	for i, p := range r.Parts {
		c, found, err := r.Store.Load(ctx, p)
		switch {
		case err != nil:
			return nil, fromStore(err)
		case !found:
			c = p.First
			c.Plan = r.Plan
		case c.Plan != r.Plan:
			return nil, fmt.Errorf("job %q was begun with another plan: files came or changed, or options, or the version of sitrep are others; "+
				"finish it with the old ones, or begin another job with --job NAME", r.Name)
		case r.ours[i] && c.Run != r.id:
			return nil, ErrTaken
		case c.Run == r.id:
			c.Starts = 0 // it was us, and we live
		}
		all[i], complete, begun = c, complete && c.Done, begun || r.ours[i]
		sum = sum.plus(c.Tally)
	}
	r.Meter.begin(sum)
	if complete && !begun {
		return nil, ErrComplete
	}
	for i, p := range r.Parts {
		all[i].Run = r.id
		if err := r.Store.Commit(ctx, pipeline.Batch{}, p, all[i]); err != nil {
			return nil, fromStore(err)
		}
		r.ours[i] = true
	}
	return all, nil
}

// part works on p from a checkpoint on. The first thing kept is that somebody has
// begun there; any commit of records clears it.
func (r *running) part(ctx, working context.Context, p Part, at Checkpoint) error {
	src, err := p.Open(ctx, at)
	if err != nil {
		return err
	}
	defer src.Close()
	l := &lane{running: r, working: working, part: p, src: src, at: at, pace: pace.Pace{Rate: r.Rate}, last: Step{Next: at.Next, Digest: at.Digest}}
	if at.Starts >= suspicious {
		r.Logger.Warn("processes have died here, trying articles one by one", "died", at.Starts)
		l.suspect = 2 * pipeline.Joined
	}
	l.at.Starts++
	if err := r.Store.Commit(working, pipeline.Batch{}, p, l.at); err != nil {
		return fromStore(err)
	}
	if err := r.pool.Run(ctx, l, l); err != nil {
		return err
	}
	if !l.ended {
		return ctx.Err()
	}
	l.at.Next, l.at.Digest, l.at.Starts, l.at.Done = l.last.Next, l.last.Digest, 0, true
	return fromStore(r.Store.Commit(working, pipeline.Batch{}, p, l.at))
}
