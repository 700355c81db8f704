// Package pace holds a job to a rate.
package pace

import (
	"context"
	"math"
	"time"
)

// A Pace lets no more records pass than a rate.
type Pace struct {
	Rate float64 // a second; 0: any number
	next time.Time
}

// Wait waits for the turn of n records.
func (p *Pace) Wait(ctx context.Context, n int) error {
	if p.Rate <= 0 {
		return nil
	}
	now := time.Now()
	if p.next.Before(now) {
		p.next = now
	}
	t := time.NewTimer(p.next.Sub(now))
	defer t.Stop()
	p.next = p.next.Add(time.Duration(min(float64(n)/p.Rate*float64(time.Second), longest)))
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// longest is about what a Duration can hold.
const longest = math.MaxInt64 / 2
