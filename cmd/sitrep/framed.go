package main

import (
	"context"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

// encoded returns process with the values of its records in a format, whose schemas
// are registered first.
func (r *registryFlags) encoded(ctx context.Context, format string, c *kafka.Config, limits pipeline.Limits, process func(pipeline.Raw) []pipeline.Record) (func(pipeline.Raw) []pipeline.Record, error) {
	switch format {
	case "json":
		return process, nil
	case "avro", "json-schema":
	default:
		return nil, usage("--value-format %q: want json, avro or json-schema", format)
	}
	if r.registry == nil {
		return nil, usage("--value-format %s wants --schema-registry", format)
	}
	encoder, err := r.registry.Encoder(ctx, format, c.Topics.Events, c.Topics.Articles)
	if err != nil {
		return nil, err
	}
	return func(raw pipeline.Raw) []pipeline.Record {
		return pipeline.Guard(raw, limits, func(raw pipeline.Raw) ([]pipeline.Record, error) {
			records := process(raw)
			return records, encoder.Encode(records)
		})
	}, nil
}
