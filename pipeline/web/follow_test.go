package web

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
)

// From Kafka to the page: events and dead letters come when they are committed, and the
// article of an event is read where it stands.
func TestFollow(t *testing.T) {
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer broker.Close()
	config := kafka.Config{Brokers: broker.Addrs(), Group: "page", Input: "articles.raw", Health: new(kafka.Health), StartTimeout: time.Second}
	f := NewFeed()
	f.again = 100 * time.Millisecond
	ctx, stop := context.WithCancel(t.Context())
	following := make(chan struct{})
	go func() {
		defer close(following)
		f.Follow(ctx, config, nil) // before there are topics
	}()
	eventually(t, "that the topic does not exist is told", func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		return strings.Contains(f.faults[kafka.DefaultTopics.Events], "does not exist")
	})
	if err := kafka.CreateTopics(ctx, config, kafka.Specs(config.Input, kafka.DefaultTopics, 2, pipeline.DefaultLimits.Article)...); err != nil {
		t.Fatal(err)
	}
	raws, records := produced()
	want := 0
	for _, r := range records {
		if r.Stream == pipeline.Events {
			want++
		}
	}
	if err := kafka.Produce(ctx, config.Brokers, config.Input, raws); err != nil {
		t.Fatal(err)
	}
	running := make(chan error, 1)
	go func() {
		running <- kafka.Run(ctx, config, pipeline.NewPool(2, func(raw pipeline.Raw) []pipeline.Record { return pipeline.Process(raw, pipeline.DefaultLimits) }))
	}()
	eventually(t, "all events and the dead letter", func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		return len(f.at) == want && len(f.letters) == 1 && len(f.faults) == 0
	})

	s := New(Config{Feed: f, Health: config.Health, Fetch: Fetch(config)})
	e := f.all(filter{types: []string{"exercise"}})[0]
	a := asked[opened](t, s, "/api/article?event="+e.id)
	if a.Chosen < 0 || a.Events[a.Chosen].ID != e.id || a.Title == "" {
		t.Errorf("event %d, %q, %s", a.Chosen, a.Title, a.Reason)
	}
	h := asked[condition](t, s, "/api/health")
	if h.Service == nil || h.Service.Ready != "" || h.Events.Total < int64(want) || h.Service.Counts.DeadLetters != 1 || len(h.Service.Lags) != 2 {
		t.Errorf("health %+v, %+v", h, h.Service)
	}
	stop()
	<-following
	if err := <-running; err != nil {
		t.Error(err)
	}
}

// An article that cannot be had leaves its event, and says why; and no header leads to
// another topic.
func TestEventAlone(t *testing.T) {
	c := sampled(t)
	c.Fetch = Fetch(kafka.Config{Brokers: []string{"127.0.0.1:1"}, Input: "articles.raw"})
	e := told("a", "attack")
	e.Headers = []pipeline.Header{{Key: "sitrep_source_topic", Value: []byte("secrets")}, {Key: "sitrep_source_partition", Value: []byte("0")}, {Key: "sitrep_source_offset", Value: []byte("7")}}
	c.Feed.Event(e)
	c.Feed.Event(told("b", "attack"))
	s := New(c)
	for id, want := range map[string]string{"a": "did not come by the topic articles.raw", "b": "does not tell where"} {
		a := asked[opened](t, s, "/api/article?event="+id)
		if a.Record == nil || a.Record.EventID != id || !strings.Contains(a.Reason, want) {
			t.Errorf("%s: %+v", id, a)
		}
	}
}

// Who reads on after an error is told nothing twice, and misses nothing that is kept.
func TestBegin(t *testing.T) {
	held := kafka.Span{From: 100, End: 200}
	for _, c := range []struct{ next, tail, want int64 }{{0, 50, 150}, {0, 500, 100}, {180, 50, 180}, {200, 50, 200}, {120, 50, 150}, {900, 50, 150}} {
		if got := begin(held, c.next, c.tail); got != c.want {
			t.Errorf("next %d, tail %d: %d, want %d", c.next, c.tail, got, c.want)
		}
	}
}

func eventually(t *testing.T, what string, f func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !f(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// opened is what the tests look at of an answer.
type opened struct {
	Title  string
	Chosen int
	Reason string
	Record *pipeline.EventRecord
	Events []struct{ ID string }
}

// asked returns what the server answers.
func asked[T any](t *testing.T, s *Server, path string) (v T) {
	t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%d: %v: %.300s", w.Code, err, w.Body)
	}
	return v
}
