package marked

import (
	"strings"
	"testing"

	"github.com/jdkato/prose/v2"
)

// BesideProse runs prose's whole reading of body, and then each of runs on the same
// body, and reports words a second of all: compare the rates. What is loaded once is
// loaded before.
func BesideProse(b *testing.B, body string, runs ...Run) {
	b.Helper()
	first, err := prose.NewDocument(body)
	if err != nil {
		b.Fatal(err)
	}
	runs = append([]Run{{"prose", func() {
		if _, err := prose.NewDocument(body, prose.UsingModel(first.Model)); err != nil {
			b.Fatal(err)
		}
	}}}, runs...)
	words := float64(len(strings.Fields(body)))
	for _, r := range runs {
		r.Once()
		b.Run(r.Name, func(b *testing.B) {
			for b.Loop() {
				r.Once()
			}
			b.ReportMetric(words*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

// A Run is what a benchmark does over and over.
type Run struct {
	Name string
	Once func()
}
