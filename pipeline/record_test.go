package pipeline

import (
	"testing"

	"sitrep/pipeline/article"
	"sitrep/pipeline/samples"
)

// Making records and writing them, of articles that have been read.
func BenchmarkRecords(b *testing.B) {
	var readings []*Reading
	bytes := 0
	for _, s := range samples.All() {
		a, err := article.Decode(s.Raw, article.Detect)
		if err != nil {
			b.Fatal(err)
		}
		readings = append(readings, Examine(a, ByPublication))
		bytes += len(s.Raw)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		for _, r := range readings {
			records := r.Records()
			if _, err := records.encode(Raw{}, testLimits); err != nil {
				b.Fatal(err)
			}
		}
	}
}
