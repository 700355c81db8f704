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

// inFlight holds the sizes of the batches between Read and Commit, oldest first.
type inFlight struct {
	mu    sync.Mutex
	sizes []int64
}

func (f *inFlight) push(n int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sizes = append(f.sizes, n)
}

func (f *inFlight) pop() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.sizes[0]
	f.sizes = f.sizes[1:]
	return n
}

func (f *inFlight) drain() (sum int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, n := range f.sizes {
		sum += n
	}
	f.sizes = nil
	return sum
}
