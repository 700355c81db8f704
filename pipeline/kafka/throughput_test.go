package kafka

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"math/rand/v2"
	"runtime"
	"syscall"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kgo"

	"sitrep/pipeline"
)

const (
	benchArticles   = 30_000
	benchPartitions = 4
	benchPatience   = 2 * time.Minute
	// perTransaction is how many articles each way makes durable together.
	perTransaction = 1000
)

// What carrying articles costs, beside other ways to carry them: the same 3 KB
// articles, from the same topic, through the same stub of an extractor, which
// gives an article record and two events; zstd, acknowledged by all replicas, as
// many articles together, and the same records in the end. One run compares,
// several in turn: `go test ./pipeline/kafka -run '^$' -bench Throughput -benchtime
// 1x -count 3`, with SITREP_TEST_KAFKA=real on Apache Kafka, where the time of the processor is that
// of the client alone. The times are from the start to the last commit, with
// joining the group.
func BenchmarkThroughput(b *testing.B) {
	input := benchSetting(b)
	want := fillInput(b, input, benchArticles)
	ways := []struct {
		name  string
		exact bool
		run   func(context.Context, *setting) error
	}{
		{"transactions", true, throughRun(false)},
		{"franz-go", true, throughFranz},
		{"without", true, throughRun(true)},
		{"Reader+Writer", false, throughReaderWriter},
	}
	for _, way := range ways[:2] { // a broker that has just started is slow to whoever comes first
		s := benchSetting(b)
		s.Input = input.Input
		if _, _, err := through(b, s, benchArticles, way.run); err != nil {
			b.Fatal(err)
		}
	}
	for _, way := range ways {
		b.Run(way.name, func(b *testing.B) {
			var spent, cpu time.Duration
			for range b.N {
				s := benchSetting(b)
				s.Input = input.Input
				elapsed, used, err := through(b, s, benchArticles, way.run)
				if err != nil {
					b.Fatal(err)
				}
				spent, cpu = spent+elapsed, cpu+used
				if got := s.digest(b); got != want && way.exact {
					b.Fatalf("published %+v, want %+v", got, want)
				}
			}
			n := float64(benchArticles * b.N)
			b.ReportMetric(n/spent.Seconds(), "articles/s")
			b.ReportMetric(float64(cpu.Microseconds())/n, "cpu-µs/article")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// through runs one way until all n articles are committed, and returns the time it
// took, and that of the processor.
func through(b *testing.B, s *setting, n int, run func(context.Context, *setting) error) (spent, cpu time.Duration, err error) {
	ctx, cancel := context.WithTimeout(b.Context(), benchPatience)
	defer cancel()
	c := connect(s.Config)
	defer c.close()
	ended := make(chan error, 1)
	start, before := time.Now(), cpuTime()
	go func() { ended <- run(ctx, s) }()
	for done := 0; done < n; done = c.sumCommitted(ctx, s) {
		select {
		case err := <-ended:
			return 0, 0, fmt.Errorf("ended with %d of %d committed: %w", done, n, err)
		case <-time.After(5 * time.Millisecond):
		}
	}
	spent, cpu = time.Since(start), cpuTime()-before
	cancel()
	select {
	case err = <-ended:
	case <-time.After(benchPatience):
		return 0, 0, errors.New("does not stop")
	}
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	return spent, cpu, err
}

func benchSetting(b *testing.B) *setting {
	name := fmt.Sprintf("bench.%d.%d", time.Now().UnixNano(), settings.Add(1))
	s := &setting{Config: Config{
		Brokers: broker.Addrs(), Group: name, Input: name + ".raw",
		Topics:   Topics{Events: name + ".events", Articles: name + ".articles", DeadLetters: name + ".dead"},
		MaxBatch: perTransaction, StartTimeout: 10 * time.Second, Logger: slog.New(slog.DiscardHandler),
	}}
	if err := CreateTopics(b.Context(), s.Config, Specs(s.Input, s.Topics, benchPartitions, testArticle)...); err != nil {
		b.Fatal(err)
	}
	return s
}

// fillInput writes n articles and returns what must come of them.
func fillInput(b *testing.B, s *setting, n int) (want digest) {
	var raws []pipeline.Raw
	texts := prose(1000)
	for i := range n {
		raw := pipeline.Raw{Key: fmt.Appendf(nil, "%d", i), Value: texts[i%len(texts)]}
		for _, out := range stub(raw) {
			want.add(out.Key, out.Value)
		}
		raws = append(raws, raw)
		if len(raws) == 4000 || i == n-1 {
			if err := Produce(b.Context(), s.Brokers, s.Input, raws); err != nil {
				b.Fatal(err)
			}
			raws = raws[:0]
		}
	}
	return want
}

// prose returns n texts of 3 KB that are about as easy to compress as news.
func prose(n int) [][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 5000)
	for i := range words {
		w := make([]byte, 2+r.IntN(9))
		for j := range w {
			w[j] = "eeeetttaaooinnsshrrdlucmfwypvbgkjqxz"[r.IntN(36)]
		}
		words[i] = string(w)
	}
	frequent := rand.NewZipf(r, 1.1, 4, uint64(len(words)-1))
	texts := make([][]byte, n)
	for i := range texts {
		for len(texts[i]) < 3<<10 {
			texts[i] = append(append(texts[i], words[frequent.Uint64()]...), ' ')
		}
	}
	return texts
}

// sumCommitted returns how many articles the group is done with, as far as the
// broker tells.
func (c *cluster) sumCommitted(ctx context.Context, s *setting) (sum int) {
	for p := range benchPartitions {
		m, _ := c.committed(ctx, s.Group, s.Input, p)
		sum += int(max(m.offset, 0))
	}
	return sum
}

// A digest tells records apart from others, in whatever order.
type digest struct {
	records int
	sum     uint64
}

func (d *digest) add(key, value []byte) {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d ", len(key))
	h.Write(key)
	h.Write(value)
	d.records++
	d.sum += h.Sum64()
}

// digest reads what has been published, and committed.
func (s *setting) digest(b *testing.B) (got digest) {
	for _, topic := range s.Topics.names() {
		for p := range benchPartitions {
			r, err := OpenReader(b.Context(), s.Config, topic, p, Earliest)
			if err != nil {
				b.Fatal(err)
			}
			end, err := r.offset(b.Context(), topic, p, kafkago.LastOffset)
			if err != nil {
				b.Fatal(err)
			}
			for r.next < end {
				raws, err := r.fetch(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				for _, raw := range raws {
					got.add(raw.Key, raw.Value)
				}
			}
			r.Close()
		}
	}
	return got
}

// stub makes of an article a record of its size and two small events.
func stub(raw pipeline.Raw) []pipeline.Record {
	return []pipeline.Record{
		{Stream: pipeline.Events, Key: append([]byte("a"), raw.Key...), Value: raw.Value[:700]},
		{Stream: pipeline.Events, Key: append([]byte("b"), raw.Key...), Value: raw.Value[700:1400]},
		{Stream: pipeline.Articles, Key: raw.Key, Value: raw.Value},
	}
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func throughRun(atLeastOnce bool) func(context.Context, *setting) error {
	return func(ctx context.Context, s *setting) error {
		c := s.Config
		c.AtLeastOnce = atLeastOnce
		return Run(ctx, c, pipeline.NewPool(runtime.GOMAXPROCS(0), stub))
	}
}

// throughFranz is franz-go's own transactional session.
func throughFranz(ctx context.Context, s *setting) error {
	session, err := kgo.NewGroupTransactSession(kgo.SeedBrokers(s.Brokers...), kgo.ConsumerGroup(s.Group), kgo.ConsumeTopics(s.Input),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), kgo.FetchIsolationLevel(kgo.ReadCommitted()), kgo.TransactionalID(s.Group),
		kgo.ProducerBatchCompression(kgo.ZstdCompression()))
	if err != nil {
		return err
	}
	defer session.Close()
	for {
		fetches := session.PollRecords(ctx, s.MaxBatch)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := session.Begin(); err != nil {
			return err
		}
		fetches.EachRecord(func(r *kgo.Record) {
			for _, out := range stub(pipeline.Raw{Key: r.Key, Value: r.Value}) {
				session.Produce(ctx, &kgo.Record{Topic: s.Topics.of(out.Stream), Key: out.Key, Value: out.Value}, nil)
			}
		})
		if _, err := session.End(ctx, kgo.TryCommit); err != nil {
			return err
		}
	}
}

// throughReaderWriter is kafka-go as its documentation shows it.
func throughReaderWriter(ctx context.Context, s *setting) error {
	r := kafkago.NewReader(kafkago.ReaderConfig{Brokers: s.Brokers, GroupID: s.Group, Topic: s.Input, MaxBytes: 4 << 20, StartOffset: kafkago.FirstOffset})
	defer r.Close()
	transport := &kafkago.Transport{} // one that knows the topics, which are new
	defer transport.CloseIdleConnections()
	w := &kafkago.Writer{Addr: kafkago.TCP(s.Brokers...), Transport: transport, RequiredAcks: kafkago.RequireAll, Compression: kafkago.Zstd,
		Balancer: kafkago.Murmur2Balancer{}, BatchTimeout: 5 * time.Millisecond, BatchBytes: batchBytes}
	defer w.Close()
	for {
		var read, written []kafkago.Message
		for len(read) < s.MaxBatch {
			m, err := fetchSoon(ctx, r)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil { // there is no more at the moment
				break
			}
			read = append(read, m)
			for _, out := range stub(pipeline.Raw{Key: m.Key, Value: m.Value}) {
				written = append(written, kafkago.Message{Topic: s.Topics.of(out.Stream), Key: out.Key, Value: out.Value})
			}
		}
		if len(read) == 0 {
			continue
		}
		if err := w.WriteMessages(ctx, written...); err != nil {
			return err
		}
		if err := r.CommitMessages(ctx, read...); err != nil {
			return err
		}
	}
}

func fetchSoon(ctx context.Context, r *kafkago.Reader) (kafkago.Message, error) {
	ctx, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	return r.FetchMessage(ctx)
}
