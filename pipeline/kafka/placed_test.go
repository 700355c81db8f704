package kafka

import (
	"fmt"
	"strings"
	"testing"

	"github.com/twmb/franz-go/pkg/kgo"

	"sitrep/pipeline"
)

// Records go where their sender says, together, and whoever takes the id shuts out who
// had it.
func TestAPublisherPlacesRecords(t *testing.T) {
	s := newSetting(t, 3)
	open := func() *Publisher {
		p, err := OpenPublisher(t.Context(), s.Config, s.Group+"/placed")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(p.Close)
		if err := p.Take(t.Context(), s.Input, s.Topics.Events); err != nil {
			t.Fatal(err)
		}
		return p
	}
	first := open()
	record := func(key string) pipeline.Record {
		return pipeline.Record{Stream: pipeline.Events, Key: []byte(key), Value: []byte(key)}
	}
	placed := []Placed{{s.Input, 2, record("a")}, {s.Input, 0, pipeline.Record{Value: []byte("no key")}}, first.Place(record("b"), 1), first.Place(pipeline.Record{Stream: pipeline.DeadLetters, Value: []byte("c")}, 4)}
	if err := first.Publish(t.Context(), placed); err != nil {
		t.Fatal(err)
	}
	second := open()
	if err := first.Publish(t.Context(), placed); !Fenced(err) {
		t.Errorf("the one that was shut out: %v", err)
	}
	if err := second.Publish(t.Context(), placed[:1]); err != nil {
		t.Error(err)
	}
	var got []string
	for _, topic := range []string{s.Input, s.Topics.Events, s.Topics.DeadLetters} {
		for _, raw := range s.all(topic) {
			got = append(got, fmt.Sprintf("%d %s", raw.Partition, raw.Value))
		}
	}
	want := fmt.Sprintf("0 no key,2 a,2 a,%d b,1 c", Partition([]byte("b"), 3))
	if strings.Join(got, ",") != want {
		t.Errorf("%s, want %s", strings.Join(got, ","), want)
	}
	if n, err := Partitions(t.Context(), s.Config); err != nil || n[s.Input] != 3 {
		t.Errorf("%v, %v", n, err)
	}
}

// What stands behind a transaction that is open is not to be read yet, but it is there.
func TestWrittenGoesBeyondOpenTransactions(t *testing.T) {
	s := newSetting(t, 1)
	s.produce(numbered(0, 1)...)
	cl, err := kgo.NewClient(kgo.SeedBrokers(s.Brokers...), kgo.TransactionalID(s.Group+"open"), kgo.DefaultProduceTopic(s.Input))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cl.Close)
	if err := cl.BeginTransaction(); err != nil {
		t.Fatal(err)
	}
	if err := cl.ProduceSync(t.Context(), kgo.KeySliceRecord([]byte("k"), []byte("open"))).FirstErr(); err != nil {
		t.Fatal(err)
	}
	s.produce(numbered(1, 2)...)
	held, err := Spans(t.Context(), s.Config, s.Input, Place{Start: Earliest}, Place{Start: Latest})
	if err != nil {
		t.Fatal(err)
	}
	written, err := Written(t.Context(), s.Config, s.Input)
	if err != nil || written[0].End != 3 || held[0].End != 1 {
		t.Errorf("written %v, held %v, %v", written, held, err)
	}
	if err := cl.EndTransaction(t.Context(), kgo.TryCommit); err != nil {
		t.Fatal(err)
	}
}
