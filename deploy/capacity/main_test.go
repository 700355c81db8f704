package main

import (
	"math"
	"strings"
	"testing"
)

// 86.4 M articles a day are 1,000 a second, 2,000 in the busiest hour: at 7 ms each 14
// cores, of which 0.7 may be busy, so 20. In the 15 ms of a transaction 30 articles come, two for
// each partition.
func TestNeed(t *testing.T) {
	s := site{peak: 2, busy: 0.7, podCores: 4, podMemory: 1, spare: 3, replicas: 3, consumers: 2, answer: 0.015, price: 0.1}
	n := s.need(article{cpu: 0.007, raw: 2000, published: 3000, events: 0}, 86.4e6)
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"cores", n.cores, 20},
		{"processes", n.pods, 5},
		{"partitions", n.partitions, 15},
		{"transactions, of two articles each", n.transactions, 1000},
		{"batches and markers: the two articles go to one partition once in 15 times", n.appends, 1000 * 2 * (2 - 1.0/15)},
		{"into the brokers", n.in, 2000 * 5000 * 3},
		{"out of the brokers: sitrep, two consumers, two replicas", n.out, 2000 * (2000 + 2*3000 + 2*5000)},
		{"a day of input", n.inputDay, 86.4e6 * 2000 * 3},
		{"30 days", n.month, 20 * 0.1 * 720},
	} {
		if math.Abs(c.got-c.want) > 1e-6*c.want {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
}

func TestTheTableHasOneColumnForEachLoad(t *testing.T) {
	var b strings.Builder
	table(&b, article{cpu: 0.007, raw: 2000, published: 3000}, site{peak: 2, busy: 0.7, podCores: 4, podMemory: 1, spare: 3, replicas: 3, consumers: 2, price: 0.1}, 1e6, 1e9)
	for line := range strings.Lines(b.String()) {
		if strings.Count(line, "|") != 4 {
			t.Errorf("%q", line)
		}
	}
}
