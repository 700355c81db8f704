package kafka

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"testing"

	"sitrep/pipeline"
	"sitrep/pipeline/samples"
)

// The share of the processor that carrying has in a whole article: the samples
// through Run, with what extraction has given for them before, beside extraction
// by itself. On Apache Kafka (SITREP_TEST_KAFKA=real) the processor's time is ours
// alone. `go test ./pipeline/kafka -run '^$' -bench Share -benchtime 1x`.
func BenchmarkShare(b *testing.B) {
	const articles, rounds = 20_000, 3
	all := samples.All()
	sample := func(i int) pipeline.Raw {
		return pipeline.Raw{Key: strconv.AppendInt(nil, int64(i), 10), Value: all[i%len(all)].Raw}
	}
	known := make([][]pipeline.Record, len(all))
	extract := func() {
		for i := range all {
			known[i] = pipeline.Process(sample(i), pipeline.DefaultLimits)
		}
	}
	extract() // what is read once is read now
	s := benchSetting(b)
	var raws []pipeline.Raw
	for i := range articles {
		raws = append(raws, sample(i))
	}
	if err := Produce(b.Context(), s.Brokers, s.Input, raws); err != nil {
		b.Fatal(err)
	}
	for range b.N {
		before := cpuTime()
		for range rounds {
			extract()
		}
		extraction := float64((cpuTime() - before).Microseconds()) / float64(rounds*len(all))
		again := *s
		again.Group = fmt.Sprintf("%s.%d", s.Group, settings.Add(1))
		_, cpu, err := through(b, &again, articles, func(ctx context.Context, s *setting) error {
			return Run(ctx, s.Config, pipeline.NewPool(runtime.GOMAXPROCS(0), func(raw pipeline.Raw) []pipeline.Record {
				i, err := strconv.Atoi(string(raw.Key))
				if err != nil {
					panic(err) // we wrote it
				}
				return known[i%len(all)]
			}))
		})
		if err != nil {
			b.Fatal(err)
		}
		carrying := float64(cpu.Microseconds()) / articles
		b.ReportMetric(extraction, "extraction-µs/article")
		b.ReportMetric(carrying, "carrying-µs/article")
		b.ReportMetric(100*carrying/(carrying+extraction), "carrying-%")
	}
	b.ReportMetric(0, "ns/op")
}
