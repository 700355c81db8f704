package dates

import (
	"strings"
	"testing"

	"github.com/jdkato/prose/v2"

	"sitrep/extractors/text"
)

// Finding dates beside prose's whole reading of the same text: compare the rates.
func BenchmarkBesideProse(b *testing.B) {
	body := strings.Repeat("The ministers met in Oslo on Tuesday, two days after the truce of 4 March 2011 had ended, and will meet again next month. "+
		"A convoy of the agency left the port for the south with food and tents, as it had in the summer of 2009, but soldiers of both sides "+
		"held it for three weeks at the bridge and sent it back; the drivers, who had been given nothing to eat, said that they would try once more. ", 40)
	words := float64(len(strings.Fields(body)))
	first, err := prose.NewDocument(body)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("prose", func(b *testing.B) {
		for b.Loop() {
			if _, err := prose.NewDocument(body, prose.UsingModel(first.Model)); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(words*float64(b.N)/b.Elapsed().Seconds(), "words/s")
	})
	b.Run("dates", func(b *testing.B) {
		doc, anchor := text.Read("", body), Anchor{Published: day(b, "2019-06-08")}
		for b.Loop() {
			Find(doc, anchor)
		}
		b.ReportMetric(words*float64(b.N)/b.Elapsed().Seconds(), "words/s")
	})
}
