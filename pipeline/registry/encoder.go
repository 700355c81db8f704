package registry

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

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
	for stream, topic := range map[pipeline.Stream]string{pipeline.Events: events, pipeline.Articles: articles} {
		subject := topic + "-value"
		table, _ := described(stream)
		one, err := r.register(ctx, format, subject, table)
		if err != nil {
			return nil, fmt.Errorf("schema registry: subject %s: %w", subject, err)
		}
		e.streams[stream] = one
	}
	return e, nil
}

// described returns what the records of a stream look like, and an empty one.
func described(stream pipeline.Stream) (schema.Table, any) {
	if stream == pipeline.Articles {
		return schema.Articles(), new(pipeline.ArticleRecord)
	}
	return schema.Events(), new(pipeline.EventRecord)
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
	if refused := new(sr.ResponseError); errors.As(err, &refused) && refused.StatusCode == http.StatusConflict {
		err = fmt.Errorf("a schema of an earlier version stands there, and new fields are not compatible by the registry's rule: set the subject's compatibility to FORWARD: %w", err)
	}
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
	_, record := described(stream)
	if err := json.Unmarshal(value, record); err != nil {
		return nil, err
	}
	return e.avro.AppendEncode(framed, e.rows.Of(record))
}
