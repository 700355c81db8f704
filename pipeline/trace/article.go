package trace

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"sitrep/pipeline"
)

// Articles returns process with a span around it, in the trace of the raw record, and
// one for each stage in that. watch is told of the stages too.
func (t *Tracer) Articles(watch pipeline.Watch, process func(pipeline.Raw, pipeline.Watch) []pipeline.Record) func(pipeline.Raw) []pipeline.Record {
	return func(raw pipeline.Raw) []pipeline.Record {
		if t == nil || raw.Value == nil {
			return process(raw, watch)
		}
		parent := w3c.Extract(context.Background(), carrier(raw.Headers))
		ctx, span := t.tracer.Start(parent, "extract article", trace.WithSpanKind(trace.SpanKindConsumer), trace.WithAttributes(origin(raw.Position)...))
		defer span.End()
		if !span.IsRecording() {
			return process(raw, watch)
		}
		records := process(raw, func(s pipeline.Step, from, to time.Time) {
			_, stage := t.tracer.Start(ctx, s.String(), trace.WithTimestamp(from))
			stage.End(trace.WithTimestamp(to))
			if watch != nil {
				watch(s, from, to)
			}
		})
		describe(span, records)
		hang(ctx, records)
		return records
	}
}

// origin says where a raw record stood; nothing of what came by HTTP.
func origin(at pipeline.Position) []attribute.KeyValue {
	if at.Topic == "" {
		return nil
	}
	return []attribute.KeyValue{
		attribute.String("messaging.system", "kafka"),
		attribute.String("messaging.destination.name", at.Topic),
		attribute.Int("messaging.destination.partition.id", at.Partition),
		attribute.Int64("messaging.kafka.offset", at.Offset),
	}
}

// describe says what became of an article. The records are those of one: its events,
// then its receipt; or a dead letter.
func describe(span trace.Span, records []pipeline.Record) {
	last := records[len(records)-1]
	if last.Stream == pipeline.DeadLetters {
		span.SetStatus(codes.Error, last.Kind)
		return
	}
	span.SetAttributes(
		attribute.String("sitrep.article_id", string(last.Key)),
		attribute.String("sitrep.status", last.Kind),
		attribute.Int("sitrep.events", len(records)-1))
}

var w3c = propagation.TraceContext{}

// hang makes the span in ctx the parent of what consumers do with records, where
// they carry a trace already. Dead letters keep the headers that they came with.
func hang(ctx context.Context, records []pipeline.Record) {
	now := carried{}
	w3c.Inject(ctx, now)
	for _, r := range records {
		if r.Stream == pipeline.DeadLetters {
			continue
		}
		for i, h := range r.Headers {
			if value, there := now[h.Key]; there {
				r.Headers[i].Value = []byte(value)
			}
		}
	}
}

// carrier reads headers of a record.
type carrier []pipeline.Header

// Get implements propagation.TextMapCarrier.
func (c carrier) Get(key string) string {
	for _, h := range c {
		if h.Key == key {
			return string(h.Value)
		}
	}
	return ""
}

// Set implements propagation.TextMapCarrier; headers are only read.
func (carrier) Set(string, string) {}

// Keys implements propagation.TextMapCarrier.
func (c carrier) Keys() (keys []string) {
	for _, h := range c {
		keys = append(keys, h.Key)
	}
	return keys
}

// carried is what a context carries.
type carried = propagation.MapCarrier
