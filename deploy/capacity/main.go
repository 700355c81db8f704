// Capacity works out how many cores, partitions and bytes so many articles a day take,
// from what one article takes: go run ./deploy/capacity --help. docs/capacity.md has
// the figures that stand as defaults here, and what was measured.
package main

import (
	"fmt"
	"io"
	"math"
	"os"

	"github.com/spf13/pflag"
)

// An article is what one takes, on average.
type article struct {
	cpu            float64 // seconds of one core
	raw, published float64 // bytes: as it comes; its records, compressed
	events         float64
}

// A site is how sitrep and Kafka are run.
type site struct {
	peak      float64 // the busiest hour, beside the average
	busy      float64 // share of a core that may be used then
	podCores  float64
	podMemory float64 // GiB
	spare     float64 // partitions for each pod
	replicas  float64 // of each record in Kafka
	consumers float64 // that read all that is published
	answer    float64 // seconds that a transaction takes
	price     float64 // of a core for an hour
}

// A need is what so many articles a day take.
type need struct {
	cores, pods, partitions, memory float64
	transactions, appends           float64 // a second, in the busiest hour
	in, out                         float64 // bytes a second at the brokers, in the busiest hour, replication included
	inputDay, outputDay             float64 // bytes on disk for each day that is kept, replicas included
	month                           float64 // price of the cores
}

const day = 24 * 60 * 60

func (s site) need(a article, perDay float64) need {
	average := perDay / day
	busiest := average * s.peak
	var n need
	n.cores = busiest * a.cpu / s.busy
	n.pods = max(2, math.Ceil(n.cores/s.podCores)) // one may be away
	n.partitions = max(6, n.pods*s.spare)
	n.memory = n.pods * s.podMemory
	// What came while the last transaction was under way is the next one.
	together := min(1000, max(1, busiest/n.partitions*s.answer))
	n.transactions = busiest / together
	// A batch and a marker for each partition that records of it go to.
	n.appends = n.transactions * 2 * (hit(n.partitions, together) + hit(n.partitions, together*a.events))
	n.in = busiest * (a.raw + a.published) * s.replicas
	n.out = busiest * (a.raw + a.published*s.consumers + (a.raw+a.published)*(s.replicas-1))
	n.inputDay = perDay * a.raw * s.replicas
	n.outputDay = perDay * a.published * s.replicas
	n.month = max(n.cores, 2*min(1, s.podCores)) * s.price * 24 * 30
	return n
}

// hit returns how many of some partitions get something of so many records.
func hit(partitions, records float64) float64 {
	return partitions * (1 - math.Pow(1-1/partitions, records))
}

func main() {
	var a article
	var s site
	f := pflag.NewFlagSet("capacity", pflag.ExitOnError)
	ms := f.Float64("cpu-ms", 4.3, "milliseconds of one core for an article")
	f.Float64Var(&a.raw, "raw-bytes", 1850, "bytes of an article as it comes")
	f.Float64Var(&a.published, "published-bytes", 4000, "bytes of its records on a broker's disk, compressed")
	f.Float64Var(&a.events, "events", 6, "events of an article")
	f.Float64Var(&s.peak, "peak", 2, "the busiest hour, as a multiple of the average")
	f.Float64Var(&s.busy, "busy", 0.7, "share of a core that may be in use then")
	f.Float64Var(&s.podCores, "pod-cores", 4, "cores of a process")
	f.Float64Var(&s.podMemory, "pod-gib", 1, "GiB of memory of a process")
	f.Float64Var(&s.spare, "partitions-per-pod", 3, "partitions for each process, so that they are shared out evenly")
	f.Float64Var(&s.replicas, "replicas", 3, "copies of each record in Kafka")
	f.Float64Var(&s.consumers, "consumers", 2, "groups that read all that is published")
	answer := f.Float64("transaction-ms", 200, "milliseconds that a transaction takes")
	f.Float64Var(&s.price, "core-hour", 0.04, "price of a core for an hour: an assumption, put yours")
	f.Parse(os.Args[1:])
	a.cpu, s.answer = *ms/1000, *answer/1000
	table(os.Stdout, a, s, 1e6, 100e6, 1e9)
}

// table prints a column for each number of articles a day, in Markdown.
func table(w io.Writer, a article, s site, perDay ...float64) {
	rows := []struct {
		name string
		of   func(n need, perDay float64) string
	}{
		{"articles a second, average", func(_ need, d float64) string { return number(d / day) }},
		{"articles a second, busiest hour", func(_ need, d float64) string { return number(d / day * s.peak) }},
		{"cores", func(n need, _ float64) string { return number(n.cores) }},
		{fmt.Sprintf("processes of %g cores", s.podCores), func(n need, _ float64) string { return number(n.pods) }},
		{"memory", func(n need, _ float64) string { return number(n.memory) + " GiB" }},
		{"partitions of each topic", func(n need, _ float64) string { return number(n.partitions) }},
		{"transactions a second, busiest hour", func(n need, _ float64) string { return number(n.transactions) }},
		{"batches and markers written a second, without replicas", func(n need, _ float64) string { return number(n.appends) }},
		{"into the brokers, busiest hour", func(n need, _ float64) string { return size(n.in) + "/s" }},
		{"out of the brokers, busiest hour", func(n need, _ float64) string { return size(n.out) + "/s" }},
		{"disk for a day of input", func(n need, _ float64) string { return size(n.inputDay) }},
		{"disk for a day of output", func(n need, _ float64) string { return size(n.outputDay) }},
		{fmt.Sprintf("cores for 30 days at %g an hour", s.price), func(n need, _ float64) string { return number(n.month) }},
	}
	fmt.Fprint(w, "| articles a day |")
	for _, d := range perDay {
		fmt.Fprintf(w, " %s |", number(d))
	}
	fmt.Fprint(w, "\n| --- |")
	for range perDay {
		fmt.Fprint(w, " ---: |")
	}
	fmt.Fprintln(w)
	for _, r := range rows {
		fmt.Fprintf(w, "| %s |", r.name)
		for _, d := range perDay {
			fmt.Fprintf(w, " %s |", r.of(s.need(a, d), d))
		}
		fmt.Fprintln(w)
	}
}

// number writes two digits that count, or all before the point.
func number(v float64) string {
	switch {
	case v >= 1e9:
		return fmt.Sprintf("%.3g G", v/1e9)
	case v >= 1e6:
		return fmt.Sprintf("%.3g M", v/1e6)
	case v >= 10_000:
		return fmt.Sprintf("%d,%03d", int(math.Round(v))/1000, int(math.Round(v))%1000)
	case v >= 10:
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.2g", v)
}

func size(v float64) string {
	units := []string{"B", "kB", "MB", "GB", "TB", "PB"}
	i := 0
	for ; v >= 1000 && i < len(units)-1; i++ {
		v /= 1000
	}
	return fmt.Sprintf("%.3g %s", v, units[i])
}
