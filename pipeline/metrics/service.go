package metrics

import (
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"sitrep/extractors/events"
	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

// Service adds the metrics of a member of the group: of what c.Health knows, and how
// long its transactions take.
func (m *Metrics) Service(c *kafka.Config) {
	m.transactions = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "sitrep_transaction_seconds", Help: "Time that one committed transaction took.",
		Buckets: []float64{.005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 20},
	})
	c.Timed = func(d time.Duration) { m.transactions.Observe(d.Seconds()) }
	m.registry.MustRegister(m.transactions, service{c.Health, c.Input, c.MaxBytes})
}

// service collects what a member's Health knows.
type service struct {
	health *kafka.Health
	input  string
	limit  int64 // of bytes in flight
}

func described(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("sitrep_"+name, help, labels, nil)
}

var (
	ready         = described("ready", "1 while articles are worked on, or would be.")
	troubles      = described("troubles", "Things that fail at the moment and are tried again.")
	partitions    = described("partitions", "Partitions of the input that this process has.")
	lag           = described("partition_lag_records", "Records that can be read and are not committed.", "topic", "partition")
	held          = described("partition_held_records", "Records behind a transaction that a producer of the input has left open.", "topic", "partition")
	oldest        = described("partition_oldest_pending_seconds", "How long ago Kafka got the oldest record that is not committed.", "topic", "partition")
	articles      = described("articles_total", "Raw records by what became of them.", "outcome")
	eventsByType  = described("events_total", "Events by type.", "type")
	deadLetters   = described("dead_letters_total", "Dead letters by reason and stage.", "reason", "stage")
	transactions  = described("transactions_total", "Transactions committed, and begun but not known to be committed.", "result")
	openFor       = described("transaction_open_seconds", "How long the oldest open transaction has been open.")
	lastCommit    = described("last_commit_timestamp_seconds", "When something was last committed.")
	restarts      = described("restarts_total", "Returns of a partition to its last commit, after an error.")
	fenced        = described("fenced_total", "Returns because somebody else had taken the partition.")
	generations   = described("generations_total", "Times that the group has shared out its partitions with us.")
	inFlight      = described("in_flight_records", "Records read and not committed.")
	inFlightBytes = described("in_flight_bytes", "Bytes that records read and not committed take in memory.")
	inFlightLimit = described("in_flight_limit_bytes", "Bytes from which on no more is read.")
	ofService     = []*prometheus.Desc{ready, troubles, partitions, lag, held, oldest, articles, eventsByType, deadLetters, transactions, openFor, lastCommit, restarts, fenced, generations, inFlight, inFlightBytes, inFlightLimit}
)

// Describe implements prometheus.Collector.
func (s service) Describe(out chan<- *prometheus.Desc) {
	for _, d := range ofService {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (s service) Collect(out chan<- prometheus.Metric) {
	e := emitter{out}
	s.state(e)
	s.lags(e)
	s.tally(e)
}

func (s service) state(e emitter) {
	c, commits := s.health.Counts(), s.health.Commits()
	e.gauge(ready, truth(s.health.Ready() == nil))
	e.gauge(troubles, float64(len(s.health.Troubles())))
	e.gauge(partitions, float64(len(s.health.Partitions())))
	e.count(transactions, c.Transactions, "committed")
	e.count(transactions, c.Abandoned, "abandoned")
	e.gauge(openFor, since(commits.Open))
	e.gauge(lastCommit, unix(commits.Last))
	e.count(restarts, c.Restarts)
	e.count(fenced, c.Fenced)
	e.count(generations, c.Generations)
	e.count(articles, c.Nulls, "null")
	e.count(articles, c.DeadLetters, "dead_letter")
}

func (s service) lags(e emitter) {
	var records, bytes int64
	for _, l := range s.health.Lags() {
		at := []string{s.input, partition(l.Partition)}
		e.gauge(lag, float64(l.Records), at...)
		e.gauge(held, float64(l.Held), at...)
		e.gauge(oldest, since(l.Oldest), at...)
		records += l.InFlight
		bytes += l.Bytes
	}
	e.gauge(inFlight, float64(records))
	e.gauge(inFlightBytes, float64(bytes))
	e.gauge(inFlightLimit, float64(s.limit))
}

// tally emits all values of labels that there can be, also those that are 0: a rate
// wants a beginning.
func (s service) tally(e emitter) {
	t := s.health.Tally()
	for _, status := range pipeline.Statuses() {
		e.count(articles, t.Articles[status], status)
	}
	for _, kind := range events.Types() {
		e.count(eventsByType, t.Events[kind], kind)
	}
	for _, f := range pipeline.Failures() {
		if _, there := t.DeadLetters[f]; !there {
			t.DeadLetters[f] = 0
		}
	}
	for f, n := range t.DeadLetters {
		e.count(deadLetters, n, f.Reason, strings.ToLower(f.Stage))
	}
}

// An emitter sends metrics of the moment.
type emitter struct{ out chan<- prometheus.Metric }

func (e emitter) gauge(d *prometheus.Desc, v float64, labels ...string) {
	e.out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
}

func (e emitter) count(d *prometheus.Desc, n int64, labels ...string) {
	e.out <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), labels...)
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// since returns the seconds since t, 0 when there is none.
func since(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return max(0, time.Since(t).Seconds())
}

func unix(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}
