package trace

import (
	"context"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"sitrep/pipeline"
)

// mostCommits is of how many articles of one batch the commit is shown.
const mostCommits = 100

// Commit begins spans for the commit of a batch, one below each of its articles that
// are traced, and returns what ends them. It fits kafka.Config.
func (t *Tracer) Commit(b pipeline.Batch) (ends func(error)) {
	if t == nil {
		return func(error) {}
	}
	var spans []trace.Span
	for _, r := range b.Records {
		if r.Stream != pipeline.Articles || len(spans) == mostCommits {
			continue
		}
		parent := trace.SpanContextFromContext(w3c.Extract(context.Background(), carrier(r.Headers)))
		if parent.IsSampled() {
			_, span := t.tracer.Start(trace.ContextWithRemoteSpanContext(context.Background(), parent), "commit")
			spans = append(spans, span)
		}
	}
	return func(err error) {
		for _, s := range spans {
			if err != nil {
				s.SetStatus(codes.Error, err.Error())
			}
			s.End()
		}
	}
}
