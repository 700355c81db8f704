package chaos

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/kcat"
	"sitrep/pipeline/kafka/testbroker"
)

const (
	partitions = 4
	input      = "articles.raw"
	group      = "sitrep"
	// session is short, so that the group soon sees who is dead.
	session = 2 * time.Second
	// patience is how long nothing may be done once nothing breaks.
	patience = time.Minute
)

// A field is where one scenario takes place.
type field struct {
	t          *testing.T
	broker     *testbroker.Broker
	session    time.Duration
	partitions int
	args       []string
	articles   *articles
	rand       *rand.Rand
	log        *os.File // of all services
	services   []*service
	faulty     *proxy // nil: the network is sound

	rate     int // articles a second
	produced atomic.Int64
	faults   int
	stall    time.Duration
}

// newField makes the topics on broker; services will connect to addrs.
func newField(t *testing.T, s scenario, broker *testbroker.Broker, addrs []string) *field {
	return newFieldOf(t, s, broker, addrs, partitions, limits.Article)
}

func newFieldOf(t *testing.T, s scenario, broker *testbroker.Broker, addrs []string, partitions, article int) *field {
	log, err := os.Create(filepath.Join(t.TempDir(), "services.log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	specs := kafka.Specs(input, kafka.DefaultTopics, partitions, article+1<<20)
	if err := kafka.CreateTopics(t.Context(), kafka.Config{Brokers: broker.Addrs()}, specs...); err != nil {
		t.Fatal(err)
	}
	f := &field{
		t: t, broker: broker, session: session, partitions: partitions, log: log, rate: 150,
		articles: newArticles(seed(t), s.poison),
		rand:     rand.New(rand.NewPCG(seed(t), 3)),
		args: []string{"--brokers", strings.Join(addrs, ","), "--session-timeout", session.String(), "--max-batch", "50",
			"--max-article-bytes", fmt.Sprint(limits.Article)},
	}
	if s.poison > 0 {
		f.rate = 600
	}
	return f
}

func (f *field) start() *service { return startService(f.t, f.log, f.args...) }

// sleep waits between two lengths.
func (f *field) sleep(least, most time.Duration) {
	time.Sleep(least + time.Duration(f.rand.Int64N(int64(most-least)+1)))
}

// run lets the services work while things break, waits until all is done, and
// compares. It returns a line of the table.
func (f *field) run(s scenario, n int) string {
	for range s.services {
		f.services = append(f.services, f.start())
	}
	defer func() {
		for _, service := range f.services {
			service.kill()
		}
	}()
	sending, stopSending := context.WithCancel(f.t.Context())
	watching, stopWatching := context.WithCancel(f.t.Context())
	sent, watched := make(chan struct{}), make(chan struct{})
	go func() { f.send(sending); close(sent) }()
	go func() { f.watch(watching); close(watched) }()
	s.disturb(f, n)
	stopSending()
	<-sent
	f.drain()
	stopWatching()
	<-watched
	for _, service := range f.services {
		if err := service.leave(); err != nil {
			f.t.Errorf("a service %v:\n%s", err, tail(f.log, 20))
		}
	}
	f.t.Logf("markers that Kafka lost (KAFKA-20734) and were written again: %d times", strings.Count(tail(f.log, math.MaxInt), "KAFKA-20734"))
	v := f.verdict()
	if !v.clean() {
		f.t.Errorf("%d lost, %d doubled, %d strange, %d out of order:\n%s\n%s", v.lost, v.doubled, v.strange, v.disordered, strings.Join(v.examples, "\n"), tail(f.log, 2000))
	}
	return fmt.Sprintf("%-38s %8d %8d %8d %6d %8d %8d %10d %10s", s.name, f.produced.Load(), v.records, f.faults, v.lost, v.doubled, v.strange, v.disordered,
		f.stall.Round(100*time.Millisecond))
}

// send produces articles at an even rate until ctx is done.
func (f *field) send(ctx context.Context) {
	for tick := time.NewTicker(100 * time.Millisecond); ; {
		var raws []pipeline.Raw
		for range f.rate / 10 {
			raws = append(raws, f.articles.next())
		}
		for kafka.Produce(context.WithoutCancel(ctx), f.broker.Addrs(), input, raws) != nil {
			time.Sleep(100 * time.Millisecond) // the broker is away; twice is as good as once
		}
		f.produced.Add(int64(len(raws)))
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// watch finds the longest time in which nothing was committed though there was
// something to do.
func (f *field) watch(ctx context.Context) {
	last, since := int64(-1), time.Now()
	for ctx.Err() == nil {
		done, end, err := f.progress(ctx)
		if err == nil && done > last || err == nil && done == end {
			last, since = done, time.Now()
		}
		if last >= 0 {
			f.stall = max(f.stall, time.Since(since))
		} else {
			since = time.Now()
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
		}
	}
}

// drain waits until the group has committed everything.
func (f *field) drain() {
	last, since := int64(-1), time.Now()
	for ; ; time.Sleep(200 * time.Millisecond) {
		done, end, err := f.progress(f.t.Context())
		if err == nil && done == end {
			return
		}
		if err == nil && done > last {
			last, since = done, time.Now()
		}
		if time.Since(since) > patience {
			f.t.Fatalf("%d of %d articles done, and no more for %s (%v):\n%s", done, end, patience, err, tail(f.log, 40))
		}
		for i, s := range f.services {
			if s.gone() {
				f.t.Errorf("a service ended by itself, exit code %d:\n%s", s.cmd.ProcessState.ExitCode(), tail(f.log, 20))
				f.services[i] = f.start()
			}
		}
	}
}

// progress returns the sums over the input's partitions of what is committed and
// of what is there.
func (f *field) progress(ctx context.Context) (done, end int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	transport := &kafkago.Transport{}
	defer transport.CloseIdleConnections()
	c := kafkago.Client{Addr: kafkago.TCP(f.broker.Addrs()...), Transport: transport}
	var ids []int
	var ends []kafkago.OffsetRequest
	for p := range f.partitions {
		ids = append(ids, p)
		ends = append(ends, kafkago.LastOffsetOf(p))
	}
	offsets, err := c.OffsetFetch(ctx, &kafkago.OffsetFetchRequest{GroupID: group, Topics: map[string][]int{input: ids}})
	if err != nil {
		return 0, 0, err
	}
	list, err := c.ListOffsets(ctx, &kafkago.ListOffsetsRequest{Topics: map[string][]kafkago.OffsetRequest{input: ends}})
	if err != nil {
		return 0, 0, err
	}
	for _, p := range offsets.Topics[input] {
		done += max(p.CommittedOffset, 0)
	}
	for _, p := range list.Topics[input] {
		if p.Error != nil {
			return 0, 0, p.Error
		}
		end += p.LastOffset
	}
	return done, end, nil
}

func (f *field) verdict() verdict {
	var v verdict
	want := expected(f.read(input), input)
	v.compare("events", want[pipeline.Events], f.read(kafka.DefaultTopics.Events))
	v.compare("articles", want[pipeline.Articles], f.read(kafka.DefaultTopics.Articles))
	v.compare("deadletters", want[pipeline.DeadLetters], f.read(kafka.DefaultTopics.DeadLetters))
	return v
}

// read returns what a topic holds, by a client that is not ours where there is one.
func (f *field) read(topic string) []kcat.Record {
	f.t.Helper()
	var records []kcat.Record
	var err error
	if os.Getenv("SITREP_TEST_KAFKA") == "real" {
		records, err = kcat.Read(f.t.Context(), f.broker.Addrs(), topic)
	} else {
		var raws []pipeline.Raw
		raws, err = kafka.ReadAll(f.t.Context(), f.broker.Addrs(), topic)
		for _, raw := range raws {
			records = append(records, kcat.Of(raw))
		}
	}
	if err != nil {
		f.t.Fatal(err)
	}
	return records
}
