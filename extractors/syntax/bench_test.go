package syntax

import (
	"strings"
	"testing"

	"github.com/jdkato/prose/v2"

	"sitrep/extractors/text"
)

// news is text of our own with sentences as they stand in the news.
const news = `The defence ministry in Valdoria said on Tuesday that some 400 soldiers had left the northern garrison, which rebels shelled twice last week. ` +
	`President Ilka Moren, who met envoys from three neighbouring states, ordered the army to withdraw from the disputed bridge and asked the council for observers. ` +
	`Witnesses told reporters that the convoy came under fire near the river and that at least six drivers were wounded before it reached the camp. ` +
	`A spokesman denied the report. "We did not cross the border, and we will not do so," he added, while opposition leaders accused the government of hiding its losses. ` +
	`The talks, led by a former judge, are expected to resume in Port Selby in March if both sides keep the truce they signed in December. ` +
	`Aid groups have warned for months that the fighting, the worst in a decade, could drive thousands of farmers from the valley. `

// The parser beside prose's whole reading of the same text: compare the rates.
func BenchmarkBesideProse(b *testing.B) {
	body := strings.Repeat(news, 20)
	words := float64(len(strings.Fields(body)))
	first, err := prose.NewDocument(body)
	if err != nil {
		b.Fatal(err)
	}
	rate := func(b *testing.B) { b.ReportMetric(words*float64(b.N)/b.Elapsed().Seconds(), "words/s") }
	b.Run("prose", func(b *testing.B) {
		for b.Loop() {
			if _, err := prose.NewDocument(body, prose.UsingModel(first.Model)); err != nil {
				b.Fatal(err)
			}
		}
		rate(b)
	})
	doc := text.Read("", body)
	p := NewParser()
	b.Run("tags", func(b *testing.B) {
		for b.Loop() {
			for _, s := range doc.Sentences {
				p.words = read(p.words, doc, s.First, s.Last)
				p.tagger.run(doc, p.words)
				p.guesser.run(doc, p.words)
			}
		}
		rate(b)
	})
	b.Run("syntax", func(b *testing.B) {
		b.ReportAllocs()
		var t Tree
		for b.Loop() {
			for _, s := range doc.Sentences {
				p.Parse(doc, s, &t)
			}
		}
		rate(b)
	})
}
