package kafka

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"sitrep/pipeline"
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
			p := &producer{connect(s.Config), 1 << 20, silent()}
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

// How long an article waits when the member that has its partition is told to stop
// and another stands by: from then until a consumer of committed records has its
// event. `go test ./pipeline/kafka -run '^$' -bench HandOver -benchtime 20x`.
func BenchmarkHandOver(b *testing.B) {
	s := benchSetting(b)
	p := &producer{connect(s.Config), 1 << 20, silent()}
	defer p.close()
	r, err := OpenReader(b.Context(), s.Config, s.Topics.Articles, 0, Earliest)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	value := prose(1)[0]
	sent := 0
	carry := func() {
		raw := pipeline.Record{Key: keyOf(0, sent), Value: value}
		sent++
		if err := p.publish(b.Context(), map[target][]pipeline.Record{{s.Input, 0}: {raw}}); err != nil {
			b.Fatal(err)
		}
		if _, err := r.Next(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	works, leave := startMember(b, s)
	carry()
	var took []time.Duration
	for range b.N {
		stands, end := startMember(b, s)
		for !slices.Contains(append(works.Partitions(), stands.Partitions()...), 0) || stands.Ready() != nil {
			time.Sleep(10 * time.Millisecond)
		}
		carry()
		start := time.Now()
		leave()
		carry()
		took = append(took, time.Since(start))
		works, leave = stands, end
	}
	leave()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[len(took)-1].Milliseconds()), "max-ms")
	b.ReportMetric(0, "ns/op")
}

// startMember runs a member of the group of s until the returned function is called.
func startMember(b *testing.B, s *setting) (*Health, func()) {
	c := s.Config
	c.Health = new(Health)
	ctx, cancel := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, c, pipeline.NewPool(runtime.GOMAXPROCS(0), stub)) }()
	return c.Health, func() {
		cancel()
		if err := <-ended; err != nil {
			b.Fatal(err)
		}
	}
}
