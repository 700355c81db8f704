// Package trace sends spans of articles to OpenTelemetry, where the environment says
// so. It begins no traces by itself: an article is part of that of its raw record.
package trace

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// A Tracer makes spans. A nil one makes none.
type Tracer struct {
	tracer   trace.Tracer
	provider *sdk.TracerProvider
}

// flushLimit is how long Stop waits for a collector.
const flushLimit = 5 * time.Second

// Start returns a Tracer if the environment names a collector, else nil. It does not
// wait for the collector: spans that cannot be sent are dropped.
func Start(ctx context.Context, version string, log *slog.Logger) (*Tracer, error) {
	if os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT") == "" && os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") == "" {
		return nil, nil
	}
	for _, name := range []string{"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"} {
		if protocol := os.Getenv(name); protocol != "" && protocol != "http/protobuf" {
			return nil, fmt.Errorf("%s=%q: want http/protobuf", name, protocol)
		}
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	about, err := resource.New(ctx, resource.WithTelemetrySDK(),
		resource.WithAttributes(attribute.String("service.name", "sitrep"), attribute.String("service.version", version)), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	otel.SetErrorHandler(&complaints{log: log})
	return start(sdk.WithBatcher(exporter), sdk.WithResource(about)), nil
}

func start(options ...sdk.TracerProviderOption) *Tracer {
	if os.Getenv("OTEL_TRACES_SAMPLER") == "" {
		options = append(options, sdk.WithSampler(sdk.ParentBased(sdk.NeverSample())))
	}
	p := sdk.NewTracerProvider(options...)
	return &Tracer{p.Tracer("sitrep"), p}
}

// Stop sends what is left.
func (t *Tracer) Stop() {
	if t == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), flushLimit)
	defer cancel()
	if err := t.provider.Shutdown(ctx); err != nil {
		otel.Handle(err)
	}
}

// complaints logs what OpenTelemetry complains of, now and then: a collector that is
// away is one line in 30 s.
type complaints struct {
	log  *slog.Logger
	last atomic.Int64 // seconds
}

// Handle implements otel.ErrorHandler.
func (c *complaints) Handle(err error) {
	now := time.Now().Unix()
	if last := c.last.Load(); now-last >= 30 && c.last.CompareAndSwap(last, now) {
		c.log.Warn("traces cannot be sent; articles are worked on", "error", err)
	}
}
