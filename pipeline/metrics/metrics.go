// Package metrics shows Prometheus what the service does. The names stand in
// docs/metrics.md. It keeps only times; what is counted is asked of kafka.Health
// when Prometheus asks.
package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"sitrep/pipeline"
)

// A Build says what runs.
type Build struct {
	Version   string `json:"version"`
	Revision  string `json:"revision"`
	Go        string `json:"go"`
	Extractor string `json:"extractor"`
	Schema    int    `json:"schema"`
}

// Metrics are those of one process.
type Metrics struct {
	registry     *prometheus.Registry
	stages       [pipeline.Steps]prometheus.Observer
	transactions prometheus.Histogram
	http         *routes
}

// New returns metrics that are all 0.
func New(b Build) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "sitrep_build_info", Help: "What runs; always 1.",
		ConstLabels: prometheus.Labels{"version": b.Version, "revision": b.Revision, "goversion": b.Go, "extractor": b.Extractor},
	}, func() float64 { return 1 }))
	m.stage()
	return m
}

// stage makes the histogram of stages.
func (m *Metrics) stage() {
	h := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "sitrep_stage_seconds", Help: "Time that one article took, by stage.",
		Buckets: []float64{.0001, .0003, .001, .003, .01, .03, .1, .3, 1, 3, 10, 30},
	}, []string{"stage"})
	for s := range pipeline.Steps {
		m.stages[s] = h.WithLabelValues(s.String())
	}
	m.registry.MustRegister(h)
}

// Stage notes a stage of an article: it is a pipeline.Watch.
func (m *Metrics) Stage(s pipeline.Step, from, to time.Time) {
	m.stages[s].Observe(to.Sub(from).Seconds())
}

// Handler serves them.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry, MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
}

// Gatherer gives them to whoever else wants to know.
func (m *Metrics) Gatherer() prometheus.Gatherer { return m.registry }

func partition(n int) string { return strconv.Itoa(n) }
