package main

import (
	"context"
	"log/slog"
	"os"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/metrics"
	"sitrep/pipeline/trace"
)

// startTracer traces if the environment says so; not in a process beside, whose
// articles are traced where they are published.
func startTracer(ctx context.Context, log *slog.Logger) (*trace.Tracer, error) {
	if os.Getenv(besideUs) != "" {
		return nil, nil
	}
	t, err := trace.Start(ctx, build().Version, log)
	if err != nil {
		return nil, exitError{exitUsage, err}
	}
	return t, nil
}

// watched processes articles, measures that and has it traced.
func watched(d *article.Decoder, limits pipeline.Limits, m *metrics.Metrics, t *trace.Tracer) func(pipeline.Raw) []pipeline.Record {
	return t.Articles(m.Stage, func(raw pipeline.Raw, watch pipeline.Watch) []pipeline.Record {
		return pipeline.ProcessWatched(raw, d, limits, watch)
	})
}
