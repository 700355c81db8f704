package backfill

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"sitrep/pipeline"
)

// Brokers that are away for a while are waited for, and the job goes on by itself as if
// nothing had been. On real Kafka they are killed, too.
func TestGoesOnAfterAnOutage(t *testing.T) {
	b := fromEnvironment(t)
	outages := []func() error{b.Stop}
	if os.Getenv("SITREP_TEST_KAFKA") == "real" {
		outages = []func() error{b.Stop, b.Kill}
	}
	files := archiveOf(t)
	calm := configOf(t, b, "calm", 2)
	untilDone(t, 0, toTopics(t, calm), func() []Part { return []Part{files.Part(calm.Topics.Articles)} })
	want := contents(t, calm)
	c := configOf(t, b, "outage", 2)
	store, done := toTopics(t, c)()
	defer done()
	j := job(t, store, []Part{files.Part(c.Topics.Articles)})
	var worked atomic.Int64
	j.Process = func(raw pipeline.Raw) []pipeline.Record {
		worked.Add(1)
		time.Sleep(20 * time.Millisecond)
		return process(raw)
	}
	ended := make(chan error, 1)
	go func() { ended <- j.Run(t.Context()) }()
	for i, stop := range outages {
		for goal := int64(40 * (i + 1)); worked.Load() < goal; {
			time.Sleep(time.Millisecond)
		}
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if err := b.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if got := contents(t, c); !slices.Equal(got, want) {
		t.Errorf("%d records after an outage, want %d", len(got), len(want))
	}
}

// Ctrl-C while brokers are away ends a job soon, and the same command goes on.
func TestInterruptedInAnOutage(t *testing.T) {
	b, files := embedded(t), archiveOf(t)
	c := configOf(t, b, "away", 1)
	parts := []Part{files.Part(c.Topics.Articles)}
	store, done := toTopics(t, c)()
	j := job(t, store, parts)
	ctx, interrupt := context.WithCancel(t.Context())
	var worked atomic.Int64
	j.Process = func(raw pipeline.Raw) []pipeline.Record {
		if worked.Add(1) == 60 {
			b.Stop()
			time.AfterFunc(100*time.Millisecond, interrupt)
		}
		return process(raw)
	}
	patience := finishWithin
	finishWithin = 300 * time.Millisecond
	defer func() { finishWithin = patience }()
	if err := j.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	done()
	if err := b.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	untilDone(t, 0, toTopics(t, c), func() []Part { return parts })
	if n := len(contents(t, c)); n != 2*135+15 {
		t.Errorf("%d records", n)
	}
}
