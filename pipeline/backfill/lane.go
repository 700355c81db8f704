package backfill

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"sitrep/pipeline"
	"sitrep/pipeline/pace"
)

// A lane is one part while it is worked on: the pipeline.Source and the
// pipeline.Sink of one Pool.Run.
type lane struct {
	*running
	working context.Context // done when work that has begun must be given up
	part    Part
	src     Source
	at      Checkpoint // committed
	pace    pace.Pace

	last    Step // read last, without its records
	ended   bool
	suspect int // how many reads are still tried first

	mu    sync.Mutex
	steps []Step // between Read and Commit, oldest first, each with its number of records in sizes
	sizes []int
}

// Read returns the next raw records.
func (l *lane) Read(ctx context.Context) ([]pipeline.Raw, error) {
	for {
		step, err := l.src.Next(ctx)
		if err != nil {
			l.ended = errors.Is(err, io.EOF)
			return nil, err
		}
		raws := step.Raws
		step.Raws = nil
		l.last = step
		if len(raws) == 0 {
			continue // all were another shard's
		}
		if err := l.pace.Wait(ctx, len(raws)); err != nil {
			return nil, err
		}
		if err := l.try(ctx, raws); err != nil {
			return nil, err
		}
		l.mu.Lock()
		l.steps, l.sizes = append(l.steps, step), append(l.sizes, len(raws))
		l.mu.Unlock()
		return raws, nil
	}
}

// try finds out which of raws kill who works on them, where processes have died.
func (l *lane) try(ctx context.Context, raws []pipeline.Raw) error {
	if l.suspect == 0 || l.Probe == nil {
		return nil
	}
	l.suspect--
	for i, raw := range raws {
		if raw.Value == nil || raw.Fault != nil {
			continue
		}
		var err error
		if raws[i].Deadly, err = l.Probe(ctx, raw); err != nil {
			return fmt.Errorf("try an article in a process of its own: %w", err)
		}
	}
	return nil
}

// Commit makes a batch durable, and the checkpoint behind it.
func (l *lane) Commit(_ context.Context, b pipeline.Batch) error {
	step := l.pop(b.Raw)
	b, passed := l.Retract.amend(b)
	tally := count(b)
	tally.Passed = passed
	next := l.at
	next.Next, next.Digest, next.Starts, next.Tally = step.Next, step.Digest, 0, l.at.Tally.plus(tally)
	err := l.Store.Commit(l.working, b, l.part, next)
	l.Retract.settle(err == nil)
	if err != nil {
		return fromStore(err)
	}
	l.at = next
	l.commits++
	l.Meter.add(tally)
	for _, r := range b.Records {
		if l.Dead != nil && r.Stream == pipeline.DeadLetters {
			l.Dead(r)
		}
	}
	return nil
}

// pop takes off the reads that n records are of, and returns the last.
func (l *lane) pop(n int) (last Step) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for n > 0 {
		last, n = l.steps[0], n-l.sizes[0]
		l.steps, l.sizes = l.steps[1:], l.sizes[1:]
	}
	return last
}
