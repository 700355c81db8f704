package kafka

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/samples"
)

// How long an article that comes alone is on its way: from before it is produced
// until a consumer of committed records has its event. `go test ./pipeline/kafka
// -run '^$' -bench Latency -benchtime 200x`.
func BenchmarkLatency(b *testing.B) {
	for _, way := range []struct {
		name        string
		atLeastOnce bool
	}{{"transactions", false}, {"without", true}} {
		b.Run(way.name, func(b *testing.B) {
			s := benchSetting(b)
			s.AtLeastOnce = way.atLeastOnce
			ctx, cancel := context.WithCancel(b.Context())
			ended := make(chan error, 1)
			go func() { ended <- Run(ctx, s.Config, pipeline.NewPool(runtime.GOMAXPROCS(0), stub)) }()
			p := &producer{connect(s.Config), 1 << 20, s.Logger}
			defer p.close()
			r, err := OpenReader(ctx, s.Config, s.Topics.Articles, 0, Earliest)
			if err != nil {
				b.Fatal(err)
			}
			defer r.Close()
			value := prose(1)[0]
			var took []time.Duration
			for i := range b.N + 1 {
				start := time.Now()
				raw := pipeline.Record{Key: keyOf(0, i), Value: value}
				if err := p.publish(ctx, map[target][]pipeline.Record{{s.Input, 0}: {raw}}); err != nil {
					b.Fatal(err)
				}
				if _, err := r.Next(ctx); err != nil {
					b.Fatal(err)
				}
				if i > 0 { // the first waits for the group
					took = append(took, time.Since(start))
				}
				time.Sleep(5 * time.Millisecond)
			}
			cancel()
			if err := <-ended; err != nil {
				b.Fatal(err)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// keyOf returns a key that belongs to a partition of the benchmarks' topics.
func keyOf(partition, i int) []byte {
	for n := 0; ; n++ {
		key := fmt.Appendf(nil, "%d.%d", i, n)
		if Partition(key, benchPartitions) == partition {
			return key
		}
	}
}

// The share of the processor that carrying has in a whole article: the samples
// through Run, with real extraction, beside the same extraction by itself. On
// Apache Kafka (SITREP_TEST_KAFKA=real) the processor's time is ours alone. `go
// test ./pipeline/kafka -run '^$' -bench Share -benchtime 1x`.
func BenchmarkShare(b *testing.B) {
	const articles = 2000
	all := samples.All()
	process := func(raw pipeline.Raw) []pipeline.Record { return pipeline.Process(raw, pipeline.DefaultLimits) }
	input := func(i int) pipeline.Raw {
		return pipeline.Raw{Key: fmt.Appendf(nil, "%d", i), Value: all[i%len(all)].Raw}
	}
	for i := range all {
		process(input(i)) // what is read once is read now
	}
	for range b.N {
		s := benchSetting(b)
		var raws []pipeline.Raw
		for i := range articles {
			raws = append(raws, input(i))
		}
		if err := Produce(b.Context(), s.Brokers, s.Input, raws); err != nil {
			b.Fatal(err)
		}
		before := cpuTime()
		pool := pipeline.NewPool(runtime.GOMAXPROCS(0), process)
		if err := pool.Run(b.Context(), &feed{raws}, discard{}); err != nil {
			b.Fatal(err)
		}
		extraction := cpuTime() - before
		_, whole, err := through(b, s, articles, func(ctx context.Context, s *setting) error { return Run(ctx, s.Config, pool) })
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(extraction.Microseconds())/articles, "extraction-µs/article")
		b.ReportMetric(float64(whole.Microseconds())/articles, "whole-µs/article")
		b.ReportMetric(100*float64(whole-extraction)/float64(whole), "carrying-%")
	}
	b.ReportMetric(0, "ns/op")
}

// feed gives records from memory.
type feed struct{ raws []pipeline.Raw }

func (f *feed) Read(context.Context) ([]pipeline.Raw, error) {
	if len(f.raws) == 0 {
		return nil, io.EOF
	}
	n := min(len(f.raws), 100)
	raws := f.raws[:n]
	f.raws = f.raws[n:]
	return raws, nil
}

type discard struct{}

func (discard) Commit(context.Context, pipeline.Batch) error { return nil }
