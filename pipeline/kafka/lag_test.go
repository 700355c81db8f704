package kafka

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"sitrep/pipeline"
)

// untilLag waits until the lag of the only partition is as wanted.
func (s *setting) untilLag(what string, want func(Lag) bool) Lag {
	s.t.Helper()
	var all []Lag
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if all = s.Health.Lags(); len(all) == 1 && want(all[0]) {
			return all[0]
		}
	}
	s.t.Fatalf("%s: lag is %+v", what, all)
	return Lag{}
}

func done(l Lag) bool { return l == Lag{} }

// gated starts a member that works on nothing before it is let.
func (s *setting) gated() (let func(), stop func() error) {
	gate := make(chan struct{})
	stop = s.start(func(raw pipeline.Raw) []pipeline.Record {
		<-gate
		return echo(raw)
	})
	let = sync.OnceFunc(func() { close(gate) })
	s.t.Cleanup(let)
	return let, stop
}

// Whatever ends a topic, a partition that is done shows no lag: markers of
// transactions, aborted records, a transaction that is open.
func TestLagFollowsWhatCanBeRead(t *testing.T) {
	s := newSetting(t, 1)
	s.Health = new(Health)
	s.produce(numbered(0, 9)...)
	s.produce(pipeline.Raw{Key: []byte("a tombstone")})
	let, stop := s.gated()
	l := s.untilLag("read, not done", func(l Lag) bool { return l.Records == 10 && l.InFlight > 0 })
	if age := time.Since(l.Oldest); l.Bytes < 500 || age <= 0 || age > time.Minute {
		t.Errorf("%+v, the oldest is %s old", l, age)
	}
	let()
	s.untilLag("done", done)

	cl, err := kgo.NewClient(kgo.SeedBrokers(s.Brokers...), kgo.TransactionalID(s.Group+" writes"), kgo.DefaultProduceTopic(s.Input))
	if err != nil {
		t.Fatal(err)
	}
	defer cl.Close()
	transaction := func(n int, end kgo.TransactionEndTry) {
		t.Helper()
		if err := cl.BeginTransaction(); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			if err := cl.ProduceSync(t.Context(), kgo.KeySliceRecord([]byte("k"), fmt.Append(nil, i))).FirstErr(); err != nil {
				t.Fatal(err)
			}
		}
		s.produce(numbered(0, 1)...)
		s.untilLag("behind an open transaction", func(l Lag) bool { return l.Records == 0 && l.Held == int64(n)+1 })
		if err := cl.EndTransaction(t.Context(), end); err != nil {
			t.Fatal(err)
		}
	}
	transaction(3, kgo.TryCommit)
	s.await(s.Topics.Articles, 13)
	s.untilLag("behind a committed transaction", done)
	transaction(4, kgo.TryAbort)
	s.await(s.Topics.Articles, 14)
	s.untilLag("behind an aborted transaction", done)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if left := s.Health.Lags(); len(left) != 0 {
		t.Errorf("%+v is left when the partition is not ours", left)
	}
}

// While memory is full nothing is fetched; what is written then counts all the same.
func TestLagGrowsThoughNothingIsFetched(t *testing.T) {
	s := newSetting(t, 1)
	s.Health = new(Health)
	s.MaxBytes = 50_000
	write := func() {
		for range 20 { // batches
			s.produce(pipeline.Raw{Key: []byte("k"), Value: noise(10_000)})
		}
	}
	write()
	let, stop := s.gated()
	s.untilLag("not all fit into memory", func(l Lag) bool { return l.Records == 20 && l.InFlight > 0 && l.InFlight < 20 })
	write()
	s.untilLag("more is written", func(l Lag) bool { return l.Records == 40 && l.InFlight < 20 })
	let()
	s.untilLag("done", done)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
}

func TestCommitsAndTheirKindsAreCounted(t *testing.T) {
	s := newSetting(t, 1)
	s.Health = new(Health)
	var timed int
	s.Timed = func(time.Duration) { timed++ }
	s.produce(numbered(0, 3)...)
	s.produce(pipeline.Raw{Value: []byte("becomes a dead letter")})
	stop := s.start(func(raw pipeline.Raw) []pipeline.Record {
		records := echo(raw)
		for i := range records {
			records[i].Kind = map[pipeline.Stream]string{pipeline.Articles: "ok", pipeline.DeadLetters: "panic"}[records[i].Stream]
		}
		return append(records, pipeline.Record{Stream: pipeline.Events, Key: []byte("k"), Value: raw.Value, Kind: "meet"})
	})
	s.await(s.Topics.Events, 4)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	got := s.Health.Tally()
	if got.Articles["ok"] != 3 || got.Events["meet"] != 4 || got.DeadLetters[pipeline.Failure{Reason: "panic"}] != 1 {
		t.Errorf("%+v", got)
	}
	c := s.Health.Commits()
	if n := s.Health.Counts().Transactions; int(n) != timed || n == 0 || !c.Open.IsZero() || time.Since(c.Last) > time.Minute {
		t.Errorf("%d transactions, %d timed, %+v", n, timed, c)
	}
}
