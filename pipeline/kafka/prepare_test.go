package kafka

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"sitrep/pipeline"
)

// What processing needs to know is fetched before it, for every article once; while
// it cannot be had the articles wait, and none is lost.
func TestPrepareComesFirst(t *testing.T) {
	s := newSetting(t, 2)
	var failures, prepared atomic.Int32
	s.Prepare = func(_ context.Context, raws []pipeline.Raw) error {
		if failures.Add(1) <= 2 {
			return errors.New("the registry is being restarted")
		}
		prepared.Add(int32(len(raws)))
		return nil
	}
	s.produce(numbered(0, 120)...)
	s.start(func(raw pipeline.Raw) []pipeline.Record {
		if prepared.Load() == 0 {
			return []pipeline.Record{{Stream: pipeline.DeadLetters, Value: raw.Value}}
		}
		return echo(raw)
	})
	if got := s.await(s.Topics.Articles, 120); len(got) != 120 || prepared.Load() != 120 {
		t.Errorf("%d articles, %d prepared", len(got), prepared.Load())
	}
	if dead := s.all(s.Topics.DeadLetters); len(dead) > 0 {
		t.Errorf("%d articles were processed unprepared, as %s", len(dead), fmt.Sprintf("%.20s", dead[0].Value))
	}
}
