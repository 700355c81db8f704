package deadletters

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
)

// A desk is a cluster with topics of its own, and what a test does there.
type desk struct {
	*testing.T
	config kafka.Config
}

// broker is embedded, or real Apache Kafka under make integration.
var broker *testbroker.Broker

func TestMain(m *testing.M) {
	var err error
	if broker, err = testbroker.FromEnvironment(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	broker.Close()
	os.Exit(code)
}

var desks atomic.Int64

func newDesk(t *testing.T, name string) *desk {
	t.Helper()
	name = fmt.Sprintf("%s-%d", name, desks.Add(1))
	c := kafka.Config{Brokers: broker.Addrs(), Input: name + ".raw", StartTimeout: 5 * time.Second,
		Topics: kafka.Topics{Events: name + ".events", Articles: name + ".articles", DeadLetters: name + ".dead"}}
	if err := kafka.CreateTopics(t.Context(), c, kafka.Specs(c.Input, c.Topics, 3, 1<<20)...); err != nil {
		t.Fatal(err)
	}
	return &desk{t, c}
}

// fail puts letters for articles into the topic of dead letters, as the service does
// with those it has read in the input, partition 1, from an offset on.
func (d *desk) fail(reason string, first int64, articles ...pipeline.Raw) {
	d.Helper()
	var letters []pipeline.Raw
	for i, a := range articles {
		letters = append(letters, dead(reason, pipeline.Position{Topic: d.config.Input, Partition: 1, Offset: first + int64(i)}, a))
	}
	if err := kafka.Produce(d.Context(), d.config.Brokers, d.config.Topics.DeadLetters, letters); err != nil {
		d.Fatal(err)
	}
}

func dead(reason string, from pipeline.Position, a pipeline.Raw) pipeline.Raw {
	a.Headers = slices.Clone(a.Headers)
	for i, v := range []string{from.Topic, strconv.Itoa(from.Partition), strconv.FormatInt(from.Offset, 10), "EXTRACT", "sitrep." + reason, "why"} {
		a.Headers = append(a.Headers, pipeline.Header{Key: ofWhy[i], Value: []byte(v)})
	}
	return a
}

func (d *desk) redrive() *Redrive {
	return &Redrive{Config: d.config, MaxAttempts: DefaultAttempts, Workers: 2, Logger: slog.New(slog.NewTextHandler(d.Output(), nil))}
}

func (d *desk) run(r *Redrive) (sum Tally) {
	d.Helper()
	r.Sent = func(t Tally) { sum = Tally{sum.Sent + t.Sent, sum.Events + t.Events, sum.Dead + t.Dead} }
	if err := r.Run(d.Context()); err != nil {
		d.Fatal(err)
	}
	return sum
}

func (d *desk) index(f Filter) *Index {
	d.Helper()
	spans, err := Spans(d.Context(), d.config, d.config.Topics.DeadLetters, &f)
	if err != nil {
		d.Fatal(err)
	}
	x, err := Read(d.Context(), d.config, spans, &f)
	if err != nil {
		d.Fatal(err)
	}
	return x
}

func (d *desk) open() (open []Letter) {
	d.Helper()
	return slices.DeleteFunc(d.index(Filter{}).Letters, func(l Letter) bool { return !l.Open() })
}

func (d *desk) all(topic string) []pipeline.Raw {
	d.Helper()
	raws, err := kafka.ReadAll(d.Context(), d.config.Brokers, topic)
	if err != nil {
		d.Fatal(err)
	}
	return raws
}

func numbered(n int) (out []pipeline.Raw) {
	for i := range n {
		out = append(out, pipeline.Raw{Key: fmt.Appendf(nil, "k%d", i%7), Value: fmt.Appendf(nil, "article %d", i), Headers: own[:1]})
	}
	return out
}

// extract makes an event and an article of most, and dead letters of every third.
func extract(raw pipeline.Raw) []pipeline.Record {
	n, _ := strconv.Atoi(strings.TrimPrefix(string(raw.Value), "article "))
	if n%3 == 0 {
		l := dead("too_slow", raw.Position, raw)
		return []pipeline.Record{{Stream: pipeline.DeadLetters, Key: l.Key, Value: l.Value, Headers: l.Headers}}
	}
	return []pipeline.Record{{Stream: pipeline.Events, Key: raw.Value, Value: raw.Value}, {Stream: pipeline.Articles, Key: raw.Key, Value: raw.Value}}
}
