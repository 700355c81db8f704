package kafka

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"sitrep/pipeline"
)

func TestStartsAreKeptInMetadata(t *testing.T) {
	for _, starts := range []int{0, 1, 12} {
		if got := parseStarts(mark{offset: 7, starts: starts}.metadata()); got != starts {
			t.Errorf("%d starts are read as %d", starts, got)
		}
	}
	for _, metadata := range []string{"", "someone else's", "sitrep starts=", "sitrep starts=x", "sitrep starts=-1"} {
		if got := parseStarts(metadata); got != 0 {
			t.Errorf("%q is read as %d starts", metadata, got)
		}
	}
}

// life is one process as far as the group knows: it takes the partition and
// works, until it meets the record at an offset and dies of it. Then it leaves
// nothing behind but what is on the broker.
func (s *setting) life(deadly int64) (died bool) {
	ctx, leave := context.WithCancel(s.t.Context())
	defer leave()
	var dead atomic.Bool
	process := func(raw pipeline.Raw) []pipeline.Record {
		if raw.Deadly {
			return []pipeline.Record{{Stream: pipeline.DeadLetters, Key: raw.Key, Value: raw.Value,
				Headers: []pipeline.Header{{Key: "at", Value: fmt.Appendf(nil, "%d/%d", raw.Partition, raw.Offset)}}}}
		}
		if raw.Offset == deadly {
			dead.Store(true)
		}
		return echo(raw)
	}
	c := connect(s.Config)
	defer c.close()
	m := &member{Config: must(s.Config.complete()), cluster: c, memory: newBudget(1 << 20)}
	claim := &claim{
		reader: reader{cluster: c, topic: s.Input, size: 1 << 20},
		out:    m.publisher(0, m.partition(0)),
		topics: s.Topics,
		at:     membership{s.Group, "", -1, s.Input, 0},
		share:  10, memory: m.memory, lastNote: &mark{offset: -1}, log: m.partition(0), deadline: ctx,
		probe: func(_ context.Context, raw pipeline.Raw) (bool, error) { return raw.Offset == deadly, nil },
	}
	if err := claim.open(ctx); err != nil {
		s.t.Fatal(err)
	}
	sink := commits(func(b pipeline.Batch) error {
		if dead.Load() && b.Last.Offset >= deadly {
			return errDied
		}
		if err := claim.Commit(ctx, b); err != nil {
			return err
		}
		if b.Last.Offset == 99 {
			leave()
		}
		return nil
	})
	if err := pipeline.NewPool(1, process).Run(ctx, claim, sink); err != nil && !errors.Is(err, errDied) {
		s.t.Fatal(err)
	}
	return dead.Load()
}

var errDied = errors.New("the process died")

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
		const most = 4 + suspicious
		deaths := 0
		for s.life(37) {
			if deaths++; deaths > most {
				break
			}
		}
		if deaths > most || deaths < suspicious {
			t.Errorf("%d processes died, want %d to %d", deaths, suspicious, most)
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
