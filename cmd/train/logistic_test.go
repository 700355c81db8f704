package main

import (
	"math"
	"testing"

	"sitrep/extractors/events"
	"sitrep/pipeline/evaluate"
)

// some returns an article with right and wrong events of the same signs.
func some(s events.Signs, right, wrong int) []found {
	var out []found
	for i := range right + wrong {
		out = append(out, found{s, evaluate.Forecast{Right: i < right}})
	}
	return out
}

// Three in four are right where a sign stands, one in two where none does; a sign that
// speaks against them counts for nothing.
func TestFit(t *testing.T) {
	const good, bad = events.Main, events.Placed
	l := fit([][]found{some(good, 750, 250), some(0, 500, 500), some(bad, 100, 900)})
	if c := l.confidence(good); math.Abs(c-0.75) > 0.02 {
		t.Errorf("with the sign %.3f", c)
	}
	if none, against := l.confidence(0), l.confidence(bad); none != against || none > 0.5 {
		t.Errorf("without signs %.3f, with one that speaks against it %.3f", none, against)
	}
}

func TestRanking(t *testing.T) {
	list := []evaluate.Forecast{{Confidence: 0.9, Right: true}, {Confidence: 0.4, Right: true}, {Confidence: 0.4}, {Confidence: 0.2}}
	if got := ranking(list); got != 3.5/4 {
		t.Errorf("%v", got)
	}
}
