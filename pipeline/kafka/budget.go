package kafka

import (
	"context"
	"sync"
)

// budget bounds the bytes of input in memory, over all partitions. Who takes
// more than there is gets it when there is anything at all, so that a record
// larger than the whole budget is still read.
type budget struct {
	mu    sync.Mutex
	free  int64
	freed chan struct{} // closed when free has grown
}

func newBudget(n int64) *budget { return &budget{free: n, freed: make(chan struct{})} }

func (b *budget) take(ctx context.Context, n int64) error {
	for {
		b.mu.Lock()
		if b.free > 0 {
			b.free -= n
			b.mu.Unlock()
			return nil
		}
		freed := b.freed
		b.mu.Unlock()
		select {
		case <-freed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// give returns n bytes. A negative n takes them, whether they are there or not.
func (b *budget) give(n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free += n
	if n > 0 {
		close(b.freed)
		b.freed = make(chan struct{})
	}
}

// inFlight holds the reads between Read and Commit, oldest first.
type inFlight struct {
	mu   sync.Mutex
	work []inWork
}

// inWork is one read, or several.
type inWork struct {
	records int
	size    int64 // in memory
	nulls   int64 // records without a value
}

func (f *inFlight) push(w inWork) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.work = append(f.work, w)
}

// pop takes off the oldest reads, of n records together.
func (f *inFlight) pop(n int) (done inWork) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for done.records < n {
		w := f.work[0]
		done = inWork{done.records + w.records, done.size + w.size, done.nulls + w.nulls}
		f.work = f.work[1:]
	}
	return done
}

func (f *inFlight) idle() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.work) == 0
}

// drain takes off all, and returns their size.
func (f *inFlight) drain() (sum int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, w := range f.work {
		sum += w.size
	}
	f.work = nil
	return sum
}
