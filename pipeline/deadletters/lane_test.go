package deadletters

import (
	"testing"

	"sitrep/pipeline"
)

// However many letters one read has, no more of their articles are in memory at once
// than a transaction can carry.
func TestFewLargeArticlesAreTakenAtOnce(t *testing.T) {
	l := lane{running: &running{Redrive: &Redrive{}}, route: &route{to: "raw", topics: map[string]int{"raw": 1}}}
	for i := range int64(5) {
		raw := dead("too_slow", pipeline.Position{Topic: "raw", Offset: i}, pipeline.Raw{Value: make([]byte, batchBytes/2)})
		raw.Position = pipeline.Position{Topic: "dead", Offset: i}
		l.raws, l.letters = append(l.raws, raw), append(l.letters, Parse(raw))
	}
	for _, want := range []int{2, 2, 1, 0} {
		work, err := l.choose(t.Context())
		if err != nil || len(work) != want {
			t.Errorf("%d at once, %v: want %d", len(work), err, want)
		}
	}
}
