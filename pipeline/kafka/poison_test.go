package kafka

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"sitrep/pipeline"
)

func TestDeathsAreReadAsWritten(t *testing.T) {
	for _, d := range []deaths{{}, {1, 0}, {0, 2}, {12, 3}} {
		if got := parseDeaths(d.String()); got != d {
			t.Errorf("%+v is written as %q and read as %+v", d, d.String(), got)
		}
	}
	for _, metadata := range []string{"", "someone else's", "sitrep starts=", "sitrep starts=1", "sitrep starts=x alone=1", "sitrep starts=-1 alone=1"} {
		if got := parseDeaths(metadata); got != (deaths{}) {
			t.Errorf("%q is read as %+v", metadata, got)
		}
	}
}

// life is one process as far as the group knows: it takes the partition and
// works, until it meets the record at an offset and dies of it. Then it leaves
// nothing behind but what is on the broker.
func (s *setting) life(at int64) (died bool) {
	ctx, kill := context.WithCancel(s.t.Context())
	defer kill()
	var dead atomic.Bool
	process := func(raw pipeline.Raw) []pipeline.Record {
		if raw.Deadly {
			return []pipeline.Record{{Stream: pipeline.DeadLetters, Key: raw.Key, Value: raw.Value,
				Headers: []pipeline.Header{{Key: "at", Value: fmt.Appendf(nil, "%d/%d", raw.Partition, raw.Offset)}}}}
		}
		if raw.Offset == at {
			dead.Store(true)
		}
		return echo(raw)
	}
	c := connect(s.Config)
	defer c.close()
	m := &member{Config: must(s.Config.complete()), cluster: c, memory: newBudget(1 << 20), turns: newTurns()}
	claim := &claim{
		reader: reader{cluster: c, topic: s.Input, size: 1 << 20},
		out:    m.publisher(0, s.Logger),
		topics: s.Topics,
		at:     membership{s.Group, "", -1, s.Input, 0},
		share:  10, memory: m.memory, turns: m.turns, lastNote: &mark{offset: -1}, log: s.Logger, deadline: ctx,
	}
	if err := claim.open(ctx); err != nil {
		s.t.Fatal(err)
	}
	pool := pipeline.NewPool(1, process)
	sink := commits(func(b pipeline.Batch) error {
		if dead.Load() && b.Last.Offset >= at {
			return errDied
		}
		if err := claim.Commit(ctx, b); err != nil {
			return err
		}
		if b.Last.Offset == 99 {
			kill()
		}
		return nil
	})
	if err := pool.Run(ctx, claim, sink); err != nil && err != errDied {
		s.t.Fatal(err)
	}
	return dead.Load()
}

var errDied = fmt.Errorf("the process died")

type commits func(pipeline.Batch) error

func (f commits) Commit(_ context.Context, b pipeline.Batch) error { return f(b) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestARecordThatKillsBecomesADeadLetter(t *testing.T) {
	for _, atLeastOnce := range []bool{false, true} {
		s := newSetting(t, 1)
		s.AtLeastOnce = atLeastOnce
		s.produce(numbered(0, 100)...)
		// Those that have committed a read or more of what came before are not
		// counted.
		const most = 4 + togetherLimit + aloneLimit
		deaths := 0
		for s.life(37) {
			if deaths++; deaths > most {
				break
			}
		}
		if deaths > most || deaths <= togetherLimit+aloneLimit {
			t.Errorf("%d processes died, want at most %d", deaths, most)
		}
		dead := s.all(s.Topics.DeadLetters)
		if len(dead) != 1 || string(dead[0].Value) != "article 37" {
			t.Errorf("dead letters: %v, want article 37", dead)
		}
		out := s.all(s.Topics.Articles)
		if len(out) != 99 {
			t.Errorf("%d articles published, want 99", len(out))
		}
		if !atLeastOnce {
			checkOnce(t, s.all(s.Input), slices.Insert(out, 37, dead...))
		}
	}
}
