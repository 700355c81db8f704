package kafka

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kgo"

	"sitrep/pipeline"
)

// What carrying articles costs, beside other ways to carry them: the same 3 KB
// articles through the same stub of an extractor, which gives an article record
// and two events. One run compares; `go test ./pipeline/kafka -run '^$' -bench
// Throughput -benchtime 3x`, with SITREP_TEST_KAFKA=real on Apache Kafka.
func BenchmarkThroughput(b *testing.B) {
	const articles, partitions = benchArticles, 4
	ways := []struct {
		name string
		run  func(context.Context, *setting, func(pipeline.Raw) []pipeline.Record) error
	}{
		{"transactions", throughRun(false)},
		{"without", throughRun(true)},
		{"franz-go", throughFranz},
		{"Reader+Writer", throughReaderWriter},
	}
	for _, way := range ways {
		b.Run(way.name, func(b *testing.B) {
			var spent, cpu time.Duration
			for range b.N {
				s := benchSetting(b, partitions)
				fillInput(b, s, articles)
				var done atomic.Int64
				process := func(raw pipeline.Raw) []pipeline.Record {
					done.Add(1)
					return stub(raw)
				}
				ctx, cancel := context.WithCancel(context.Background())
				start, before := time.Now(), cpuTime()
				ended := make(chan error, 1)
				go func() { ended <- way.run(ctx, s, process) }()
				for done.Load() < articles || s.sumCommitted(b, partitions) < articles {
					time.Sleep(5 * time.Millisecond)
				}
				spent += time.Since(start)
				cpu += cpuTime() - before
				cancel()
				if err := <-ended; err != nil && ctx.Err() == nil {
					b.Fatal(err)
				}
			}
			n := float64(articles * b.N)
			b.ReportMetric(n/spent.Seconds(), "articles/s")
			b.ReportMetric(float64(cpu.Microseconds())/n, "cpu-µs/article")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// benchArticles is how many articles each way carries.
const benchArticles = 20_000

var body = noise(3 << 10)

func benchSetting(b *testing.B, partitions int) *setting {
	name := fmt.Sprintf("bench.%d", settings.Add(1))
	s := &setting{Config: Config{
		Brokers: broker.Addrs(), Group: name, Input: name + ".raw",
		Topics:   Topics{Events: name + ".events", Articles: name + ".articles", DeadLetters: name + ".dead"},
		MaxBatch: 500, StartTimeout: 10 * time.Second, Logger: slog.New(slog.DiscardHandler),
	}}
	if err := CreateTopics(b.Context(), s.Config, Specs(s.Input, s.Topics, partitions, testArticle)...); err != nil {
		b.Fatal(err)
	}
	return s
}

func fillInput(b *testing.B, s *setting, n int) {
	var raws []pipeline.Raw
	for i := range n {
		raws = append(raws, pipeline.Raw{Key: fmt.Appendf(nil, "%d", i), Value: body})
		if len(raws) == 1000 || i == n-1 {
			if err := Produce(b.Context(), s.Brokers, s.Input, raws); err != nil {
				b.Fatal(err)
			}
			raws = raws[:0]
		}
	}
}

func (s *setting) sumCommitted(b *testing.B, partitions int) (sum int) {
	c := connect(s.Config)
	defer c.close()
	for p := range partitions {
		m, err := c.committed(b.Context(), s.Group, s.Input, p)
		if err != nil {
			b.Fatal(err)
		}
		sum += int(max(m.offset, 0))
	}
	return sum
}

// stub makes of an article a record of its size and two small events.
func stub(raw pipeline.Raw) []pipeline.Record {
	return []pipeline.Record{
		{Stream: pipeline.Events, Key: append([]byte("a"), raw.Key...), Value: raw.Value[:700]},
		{Stream: pipeline.Events, Key: append([]byte("b"), raw.Key...), Value: raw.Value[:700]},
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

func throughRun(atLeastOnce bool) func(context.Context, *setting, func(pipeline.Raw) []pipeline.Record) error {
	return func(ctx context.Context, s *setting, process func(pipeline.Raw) []pipeline.Record) error {
		c := s.Config
		c.AtLeastOnce = atLeastOnce
		return Run(ctx, c, pipeline.NewPool(runtime.GOMAXPROCS(0), process))
	}
}

// throughFranz is franz-go's own transactional session.
func throughFranz(ctx context.Context, s *setting, process func(pipeline.Raw) []pipeline.Record) error {
	session, err := kgo.NewGroupTransactSession(kgo.SeedBrokers(s.Brokers...), kgo.ConsumerGroup(s.Group), kgo.ConsumeTopics(s.Input),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), kgo.FetchIsolationLevel(kgo.ReadCommitted()), kgo.TransactionalID(s.Group),
		kgo.ProducerBatchCompression(kgo.ZstdCompression()))
	if err != nil {
		return err
	}
	defer session.Close()
	for {
		fetches := session.PollRecords(ctx, 4*s.MaxBatch)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := session.Begin(); err != nil {
			return err
		}
		fetches.EachRecord(func(r *kgo.Record) {
			for _, out := range process(pipeline.Raw{Key: r.Key, Value: r.Value}) {
				session.Produce(ctx, &kgo.Record{Topic: s.Topics.of(out.Stream), Key: out.Key, Value: out.Value}, nil)
			}
		})
		if _, err := session.End(ctx, kgo.TryCommit); err != nil {
			return err
		}
	}
}

// throughReaderWriter is kafka-go as its documentation shows it.
func throughReaderWriter(ctx context.Context, s *setting, process func(pipeline.Raw) []pipeline.Record) error {
	r := kafkago.NewReader(kafkago.ReaderConfig{Brokers: s.Brokers, GroupID: s.Group, Topic: s.Input, MaxBytes: 4 << 20, StartOffset: kafkago.FirstOffset})
	defer r.Close()
	w := &kafkago.Writer{Addr: kafkago.TCP(s.Brokers...), RequiredAcks: kafkago.RequireAll, Compression: kafkago.Zstd,
		Balancer: kafkago.Murmur2Balancer{}, BatchTimeout: 5 * time.Millisecond, BatchBytes: batchBytes}
	defer w.Close()
	for left := benchArticles; left > 0; {
		var read []kafkago.Message
		var written []kafkago.Message
		for len(read) < min(s.MaxBatch, left) {
			m, err := r.FetchMessage(ctx)
			if err != nil {
				return err
			}
			read = append(read, m)
			for _, out := range process(pipeline.Raw{Key: m.Key, Value: m.Value}) {
				written = append(written, kafkago.Message{Topic: s.Topics.of(out.Stream), Key: out.Key, Value: out.Value})
			}
		}
		if err := w.WriteMessages(ctx, written...); err != nil {
			return err
		}
		if err := r.CommitMessages(ctx, read...); err != nil {
			return err
		}
		left -= len(read)
	}
	return nil
}
