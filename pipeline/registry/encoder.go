package registry

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/twmb/avro"
	"github.com/twmb/franz-go/pkg/sr"

	"sitrep/pipeline"
	"sitrep/pipeline/schema"
)

// An Encoder writes the values of events and articles in Confluent's wire format: a
// zero, the number of the schema in four bytes, and the value in Avro or JSON. Keys
// and dead letters stay as they are. It asks nobody.
type Encoder struct {
	streams map[pipeline.Stream]encoding
	content string // the type of content, for the header
}

// An encoding is that of one topic; without a schema of Avro the value stays JSON.
type encoding struct {
	id   int
	avro *avro.Schema
	rows schema.Rows
}

// Encoder registers the schemas of the records for the topics of events and articles,
// under the topic's name and -value, and returns what writes by them. The format is
// avro or json-schema. What is registered already is not registered again.
func (r *Registry) Encoder(ctx context.Context, format, events, articles string) (*Encoder, error) {
	e := &Encoder{streams: map[pipeline.Stream]encoding{}, content: "application/json"}
	if format == "avro" {
		e.content = "application/avro"
	}
	topics := map[pipeline.Stream]string{pipeline.Events: events, pipeline.Articles: articles}
	for stream, table := range map[pipeline.Stream]schema.Table{pipeline.Events: schema.Events(), pipeline.Articles: schema.Articles()} {
		one, err := r.register(ctx, format, topics[stream]+"-value", table)
		if err != nil {
			return nil, fmt.Errorf("schema registry: subject %s-value: %w", topics[stream], err)
		}
		e.streams[stream] = one
	}
	return e, nil
}

func (r *Registry) register(ctx context.Context, format, subject string, table schema.Table) (encoding, error) {
	e := encoding{rows: table.Rows()}
	language, err := schema.ParseFormat(format)
	if err != nil {
		return e, err
	}
	text, err := language.Write(table)
	if err != nil {
		return e, err
	}
	kind := sr.TypeJSON
	if format == "avro" {
		kind = sr.TypeAvro
		if e.avro, err = avro.Parse(string(text)); err != nil {
			return e, err
		}
	}
	e.id, err = r.client.RegisterSchema(ctx, subject, sr.Schema{Schema: string(text), Type: kind}, -1, -1)
	return e, err
}

// Encode encodes the values of records in place. A tombstone stays one.
func (e *Encoder) Encode(records []pipeline.Record) error {
	for i := range records {
		r := &records[i]
		one, found := e.streams[r.Stream]
		if !found || r.Value == nil {
			continue
		}
		value, err := one.encode(r.Stream, r.Value)
		if err != nil {
			return fmt.Errorf("in the schema of the registry: %w", err)
		}
		r.Value = value
		for j := range r.Headers {
			if r.Headers[j].Key == "content-type" {
				r.Headers[j].Value = []byte(e.content)
			}
		}
	}
	return nil
}

func (e encoding) encode(stream pipeline.Stream, value []byte) ([]byte, error) {
	framed := binary.BigEndian.AppendUint32([]byte{0}, uint32(e.id))
	if e.avro == nil {
		return append(framed, value...), nil
	}
	var record any = new(pipeline.EventRecord)
	if stream == pipeline.Articles {
		record = new(pipeline.ArticleRecord)
	}
	if err := json.Unmarshal(value, record); err != nil {
		return nil, err
	}
	return e.avro.AppendEncode(framed, e.rows.Of(record))
}
