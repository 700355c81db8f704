package pace

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, start := Pace{Rate: 10}, time.Now()
		for range 4 {
			if err := p.Wait(t.Context(), 5); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took != 1500*time.Millisecond {
			t.Errorf("the last of four times five, at ten a second, went after %v", took)
		}
		p = Pace{Rate: 1e-300} // longer than a Duration holds
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := p.Wait(ctx, 1); err != nil {
			t.Error(err)
		}
		if err := p.Wait(ctx, 1); err == nil {
			t.Error("the second went at once")
		}
	})
}
