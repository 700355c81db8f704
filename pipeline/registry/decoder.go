package registry

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/schema"
)

// JSON returns the value of a record of events or articles as JSON, whichever format
// it was written in: as published where that was JSON, and what Avro has kept of it
// otherwise. A nil Registry reads JSON alone. A tombstone stays one.
func (r *Registry) JSON(ctx context.Context, stream pipeline.Stream, value []byte) ([]byte, error) {
	id, framed := article.SchemaID(value)
	switch {
	case !framed:
		return value, nil
	case value[frame] == '{': // no record of ours begins so in Avro: its first field is the version
		return value[frame:], nil
	case r == nil:
		return nil, fmt.Errorf("it is in Avro, by schema %d of a registry: give its address (--schema-registry)", id)
	}
	fields, err := r.decode(ctx, id, value)
	if err != nil {
		return nil, fmt.Errorf("schema %d: %w", id, err)
	}
	return publish(stream, fields)
}

// frame is the length of what Confluent's wire format puts before a value.
const frame = 5

func (r *Registry) decode(ctx context.Context, id int, value []byte) (map[string]any, error) {
	if err := r.Prepare(ctx, []pipeline.Raw{{Value: value}}); err != nil {
		return nil, err
	}
	known, err := r.Schema(id)
	if err != nil {
		return nil, err
	}
	compiled, err := known.Avro()
	if err != nil {
		return nil, err
	}
	var fields map[string]any
	_, err = compiled.Decode(value[frame:], &fields)
	return fields, err
}

// publish writes fields as the record that they were encoded from.
func publish(stream pipeline.Stream, fields map[string]any) ([]byte, error) {
	table, record := described(stream)
	for _, f := range table.Fields {
		if t, ok := fields[f.Name].(time.Time); ok && f.Kind == schema.Date {
			fields[f.Name] = t.Format(time.DateOnly)
		}
	}
	data, err := json.Marshal(fields)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, record); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err = enc.Encode(record)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
