package metrics

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"sitrep/extractors/events"
	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/samples"
)

// all returns metrics with everything that there can be.
func all() *Metrics {
	m := New(Build{Version: "v1", Go: "go1"})
	c := kafka.Config{Health: new(kafka.Health), Input: "articles.raw", MaxBytes: 64}
	m.Service(&c)
	c.Timed(30 * time.Millisecond)
	m.Served()
	m.InFlight(func() int { return 2 })
	m.Route("/v1/extract", http.NotFoundHandler()).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/v1/extract", nil))
	return m
}

func page(m *Metrics) string {
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

func TestNamesFollowPrometheusConventions(t *testing.T) {
	problems, err := testutil.GatherAndLint(all().registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

// What docs/metrics.md names is what is served. Those of partitions are there only
// when there are some.
func TestMetricsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `(sitrep_[a-z_]+)`").FindAllStringSubmatch(string(text), -1) {
		documented[m[1]] = true
	}
	served := map[string]bool{}
	for _, d := range ofService {
		served[regexp.MustCompile(`fqName: "([a-z_]+)"`).FindStringSubmatch(d.String())[1]] = true
	}
	families, err := all().registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if strings.HasPrefix(f.GetName(), "sitrep_") {
			served[f.GetName()] = true
		}
	}
	for name := range served {
		if !documented[name] {
			t.Errorf("%s is served and not documented", name)
		}
	}
	for name := range documented {
		if !served[name] {
			t.Errorf("%s is documented and not served", name)
		}
	}
}

func TestCountersBeginAtZero(t *testing.T) {
	got := page(all())
	for _, want := range []string{
		`sitrep_build_info{extractor="",goversion="go1",revision="",version="v1"} 1`,
		`sitrep_articles_total{outcome="unsupported_language"} 0`, `sitrep_articles_total{outcome="null"} 0`,
		`sitrep_articles_total{outcome="dead_letter"} 0`, `sitrep_dead_letters_total{reason="deadly",stage="extract"} 0`,
		`sitrep_transactions_total{result="abandoned"} 0`, `sitrep_ready 0`, `sitrep_in_flight_limit_bytes 64`,
		`sitrep_transaction_seconds_bucket{le="0.05"} 1`, `sitrep_http_requests_total{code="404",path="/v1/extract"} 1`,
		`sitrep_stage_seconds_count{stage="extract"} 0`, `go_goroutines `, `process_cpu_seconds_total `,
	} {
		if !strings.Contains(got, "\n"+want) {
			t.Errorf("no %s", want)
		}
	}
	if n := strings.Count(got, "\nsitrep_events_total{"); n != len(events.Types()) {
		t.Errorf("%d types of events", n)
	}
}

func TestStagesAreTimed(t *testing.T) {
	m := all()
	for _, raw := range [][]byte{samples.All()[0].Raw, []byte("{no JSON"), []byte(`{"body":""}`)} {
		pipeline.ProcessWatched(pipeline.Raw{Value: raw}, new(article.Decoder), pipeline.DefaultLimits, m.Stage)
	}
	got := page(m)
	for _, want := range []string{
		`sitrep_stage_seconds_count{stage="decode"} 3`, `sitrep_stage_seconds_count{stage="read"} 2`,
		`sitrep_stage_seconds_count{stage="extract"} 1`, `sitrep_stage_seconds_count{stage="records"} 2`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
}

// What measuring an article costs, beside the next, which is the article itself.
func BenchmarkStages(b *testing.B) {
	m := New(Build{})
	for b.Loop() {
		for s := range pipeline.Steps {
			from := time.Now()
			m.Stage(s, from, time.Now())
		}
	}
}

func BenchmarkArticle(b *testing.B) {
	all := samples.All()
	pipeline.Process(pipeline.Raw{Value: all[0].Raw}, pipeline.DefaultLimits) // reads the models
	for i := 0; b.Loop(); i++ {
		pipeline.Process(pipeline.Raw{Value: all[i%len(all)].Raw}, pipeline.DefaultLimits)
	}
}
