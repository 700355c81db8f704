package kafka

import (
	"context"
	"math"
	"sync"

	"golang.org/x/sync/semaphore"
)

// turns lets batches of all partitions be in work together, or one record alone.
// Who waits to be alone is not passed by.
type turns struct{ s *semaphore.Weighted }

func newTurns() *turns { return &turns{semaphore.NewWeighted(math.MaxInt64)} }

func (t *turns) together(ctx context.Context) (leave func(), err error) { return t.acquire(ctx, 1) }
func (t *turns) alone(ctx context.Context) (leave func(), err error) {
	return t.acquire(ctx, math.MaxInt64)
}

// acquire returns how to end the turn; doing so again does nothing.
func (t *turns) acquire(ctx context.Context, n int64) (func(), error) {
	if err := t.s.Acquire(ctx, n); err != nil {
		return nil, err
	}
	return sync.OnceFunc(func() { t.s.Release(n) }), nil
}
