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

// What hangs because Kafka has forgotten its markers ends as it was decided, and not as
// the next transaction is.
func TestAPublisherEndsWhatHangs(t *testing.T) {
	for state, want := range map[string]string{"CompleteCommit": "a,b,c", "CompleteAbort": "a,c"} {
		t.Run(state, func(t *testing.T) {
			cluster, s := embedded(t)
			m := forgetful(cluster)
			p, err := OpenPublisher(t.Context(), s.Config, s.Group+"/hangs")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(p.Close)
			publish := func(value string) error {
				return p.Publish(t.Context(), []Placed{{s.Input, 0, pipeline.Record{Value: []byte(value)}}})
			}
			take := func() {
				if err := p.Take(t.Context(), s.Input, s.Topics.Events); err != nil {
					t.Fatal(err)
				}
			}
			take()
			for _, value := range []string{"a", "b"} {
				if err := publish(value); err != nil {
					t.Fatal(err)
				}
			}
			m.well.Store(true)
			m.decided(state)
			take()
			if publish("c") == nil { // the epoch is an old one
				t.Fatal("it was not shut out")
			}
			take()
			if err := publish("c"); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, raw := range s.all(s.Input) {
				got = append(got, string(raw.Value))
			}
			if strings.Join(got, ",") != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
}
