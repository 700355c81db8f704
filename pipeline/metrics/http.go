package metrics

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// routes are the metrics of what is served.
type routes struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

// Served adds the metrics of a port. Each of its paths is to be wrapped by Route.
func (m *Metrics) Served() {
	m.http = &routes{
		prometheus.NewCounterVec(prometheus.CounterOpts{Name: "sitrep_http_requests_total", Help: "Requests to the served port, by path and status."}, []string{"path", "code"}),
		prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "sitrep_http_request_seconds", Help: "Time that requests took.",
			Buckets: []float64{.001, .003, .01, .03, .1, .3, 1, 3, 10, 30}}, []string{"path"}),
	}
	m.registry.MustRegister(m.http.requests, m.http.seconds)
}

// Route counts and times the requests that h serves at path.
func (m *Metrics) Route(path string, h http.Handler) http.Handler {
	label := prometheus.Labels{"path": path}
	return promhttp.InstrumentHandlerDuration(m.http.seconds.MustCurryWith(label),
		promhttp.InstrumentHandlerCounter(m.http.requests.MustCurryWith(label), h))
}

// InFlight adds how many articles an API has in work.
func (m *Metrics) InFlight(n func() int) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "sitrep_http_in_flight", Help: "Articles of requests in work."},
		func() float64 { return float64(n()) }))
}
