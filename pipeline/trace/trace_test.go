package trace

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
)

var story = []byte(`{"body":"Chad sent 400 soldiers to its border with Sudan on Tuesday."}`)

const (
	traceID   = "0af7651916cd43dd8448eb211c80319c"
	parentID  = "b7ad6b7169203331"
	sampled   = "00-" + traceID + "-" + parentID + "-01"
	unsampled = "00-" + traceID + "-" + parentID + "-00"
)

func recorded(t *testing.T) (*Tracer, *tracetest.SpanRecorder) {
	t.Helper()
	r := tracetest.NewSpanRecorder()
	tracer := start(sdk.WithSpanProcessor(r))
	t.Cleanup(tracer.Stop)
	return tracer, r
}

func process(raw pipeline.Raw, watch pipeline.Watch) []pipeline.Record {
	return pipeline.ProcessWatched(raw, new(article.Decoder), pipeline.DefaultLimits, watch)
}

func raw(value []byte, traceparent string) pipeline.Raw {
	r := pipeline.Raw{Position: pipeline.Position{Topic: "articles.raw", Partition: 3, Offset: 17}, Value: value}
	if traceparent != "" {
		r.Headers = []pipeline.Header{{Key: "traceparent", Value: []byte(traceparent)}, {Key: "tracestate", Value: []byte("a=b")}, {Key: "own", Value: []byte("x")}}
	}
	return r
}

func names(spans []sdk.ReadOnlySpan) (all []string) {
	for _, s := range spans {
		all = append(all, s.Name())
	}
	slices.Sort(all)
	return all
}

func TestAnArticleIsPartOfItsRecordsTrace(t *testing.T) {
	tracer, r := recorded(t)
	stages := 0
	records := tracer.Articles(func(pipeline.Step, time.Time, time.Time) { stages++ }, process)(raw(story, sampled))
	tracer.Commit(pipeline.Batch{Records: records})(errors.New("no broker"))
	spans := r.Ended()
	if want := []string{"commit", "decode", "extract", "extract article", "read", "records"}; !slices.Equal(names(spans), want) || stages != 4 {
		t.Fatalf("spans %q, %d stages", names(spans), stages)
	}
	var ours string
	for _, s := range spans {
		if s.SpanContext().TraceID().String() != traceID {
			t.Errorf("%s is of trace %s", s.Name(), s.SpanContext().TraceID())
		}
		if s.Name() == "extract article" {
			ours = s.SpanContext().SpanID().String()
			if s.Parent().SpanID().String() != parentID {
				t.Errorf("the parent is %s", s.Parent().SpanID())
			}
		}
	}
	for _, s := range spans {
		if s.Name() != "extract article" && s.Parent().SpanID().String() != ours {
			t.Errorf("%s hangs below %s", s.Name(), s.Parent().SpanID())
		}
	}
	for _, rec := range records {
		if got := carrier(rec.Headers).Get("traceparent"); got != "00-"+traceID+"-"+ours+"-01" {
			t.Errorf("traceparent %s", got)
		}
		if got := carrier(rec.Headers).Get("tracestate"); got != "a=b" {
			t.Errorf("tracestate %s", got)
		}
	}
}

// Tracing changes nothing in a record but its traceparent, and that only where the
// raw record has one that is sampled.
func TestRecordsStayAsTheyAre(t *testing.T) {
	for name, c := range map[string]struct {
		value       []byte
		traceparent string
		spans       int
	}{
		"no trace":        {story, "", 0},
		"not sampled":     {story, unsampled, 0},
		"no traceparent":  {story, "00-what-is-this", 0},
		"sampled":         {story, sampled, 5},
		"a dead letter":   {[]byte("{"), sampled, 2},
		"a tombstone":     {nil, sampled, 0},
		"a second parent": {story, sampled, 5},
	} {
		t.Run(name, func(t *testing.T) {
			tracer, r := recorded(t)
			got, want := tracer.Articles(nil, process)(raw(c.value, c.traceparent)), process(raw(c.value, c.traceparent), nil)
			if len(r.Ended()) != c.spans || len(got) != len(want) {
				t.Fatalf("spans %q, %d records", names(r.Ended()), len(got))
			}
			for i := range got {
				if !bytes.Equal(got[i].Key, want[i].Key) || !bytes.Equal(got[i].Value, want[i].Value) || len(got[i].Headers) != len(want[i].Headers) {
					t.Fatalf("record %d is another", i)
				}
				for j, h := range got[i].Headers {
					same := bytes.Equal(h.Value, want[i].Headers[j].Value)
					moved := c.spans == 5 && h.Key == "traceparent"
					if same == moved || h.Key != want[i].Headers[j].Key {
						t.Errorf("record %d: %s is %s", i, h.Key, h.Value)
					}
				}
			}
		})
	}
}

func TestWithoutATracerNothingIsTraced(t *testing.T) {
	var none *Tracer
	if got := none.Articles(nil, process)(raw(story, sampled)); carrier(got[0].Headers).Get("traceparent") != sampled {
		t.Error("the trace is not passed on")
	}
	none.Stop()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "")
	if tracer, err := Start(t.Context(), "v1", nil); tracer != nil || err != nil {
		t.Errorf("%v, %v", tracer, err)
	}
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")
	t.Setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
	if _, err := Start(t.Context(), "v1", nil); err == nil || !strings.Contains(err.Error(), "http/protobuf") {
		t.Errorf("%v", err)
	}
}

// What the operator sets decides about articles that have no trace.
func TestTheSamplerCanBeChosen(t *testing.T) {
	t.Setenv("OTEL_TRACES_SAMPLER", "always_on")
	tracer, r := recorded(t)
	tracer.Articles(nil, process)(raw(story, ""))
	if len(r.Ended()) != 5 {
		t.Errorf("spans %q", names(r.Ended()))
	}
}

func TestSpansReachACollector(t *testing.T) {
	got := make(chan string, 10)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		body.ReadFrom(r.Body)
		got <- r.URL.Path + body.String()
	}))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	tracer, err := Start(t.Context(), "v1", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	tracer.Articles(nil, process)(raw(story, sampled))
	tracer.Stop()
	sent := <-got
	for _, want := range []string{"/v1/traces", "sitrep", "extract article", "articles.raw", "sitrep.article_id"} {
		if !strings.Contains(sent, want) {
			t.Errorf("no %q in what was sent", want)
		}
	}
}

// A collector that is away stops nobody, and is said once.
func TestACollectorThatIsAway(t *testing.T) {
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
	t.Setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "100")
	t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "10")
	var log bytes.Buffer
	tracer, err := Start(t.Context(), "v1", slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		tracer.Articles(nil, process)(raw([]byte(`{"body":""}`), sampled))
		time.Sleep(200 * time.Millisecond)
	}
	tracer.Stop()
	if n := strings.Count(log.String(), "traces cannot be sent"); n != 1 {
		t.Errorf("said %d times: %s", n, &log)
	}
}
