package main

import (
	"math"

	"sitrep/extractors/events"
)

// A logistic tells how likely an event is right by the sum of the weights of its signs. No
// weight is below zero: with more signs nothing becomes less likely.
type logistic struct {
	start   float64
	weights []float64
}

// shrink is how strongly weights are drawn to zero: as by so many events with and so many
// without a sign that tell nothing. For some hundred events a sign that few have shall not
// decide.
const shrink = 4.0

const (
	rounds = 1000
	rate   = 1.0
)

// fit finds the weights under which what is right of articles is most likely.
func fit(articles [][]found) logistic {
	l := logistic{weights: make([]float64, len(events.SignNames()))}
	n := 0.0
	for _, a := range articles {
		n += float64(len(a))
	}
	slope := make([]float64, len(l.weights))
	for range rounds {
		start := 0.0
		for i, w := range l.weights {
			slope[i] = -shrink / 4 * w
		}
		for _, a := range articles {
			for _, f := range a {
				miss := -l.confidence(f.signs)
				if f.Right {
					miss++
				}
				start += miss
				for i := range slope {
					if f.signs&(1<<i) != 0 {
						slope[i] += miss
					}
				}
			}
		}
		l.start += rate * start / n
		for i := range l.weights {
			l.weights[i] = max(0, l.weights[i]+rate*slope[i]/n)
		}
	}
	return l
}

func (l logistic) confidence(s events.Signs) float64 {
	sum := l.start
	for i, w := range l.weights {
		if s&(1<<i) != 0 {
			sum += w
		}
	}
	return 1 / (1 + math.Exp(-sum))
}
