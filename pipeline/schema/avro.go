package schema

import (
	"bytes"
	"encoding/json"
)

// avroField and avroRecord keep the order that people read schemas in.
type avroField struct {
	Name    string          `json:"name"`
	Type    any             `json:"type"`
	Default json.RawMessage `json:"default,omitempty"`
}

type avroRecord struct {
	Type      string      `json:"type"`
	Name      string      `json:"name"`
	Namespace string      `json:"namespace,omitempty"`
	Fields    []avroField `json:"fields"`
}

type avroArray struct {
	Type  string `json:"type"`
	Items any    `json:"items"`
}

type avroLogical struct {
	Type    string `json:"type"`
	Logical string `json:"logicalType"`
}

// Avro writes the Avro schema of a record. A field that may be null has null as its
// default, so that readers of a later version can read earlier records.
func Avro(t Table) ([]byte, error) {
	w := avroWriter{}
	record := w.record(t.record.Name(), t.Fields)
	record.Namespace = "sitrep.v1"
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	err := enc.Encode(record)
	return b.Bytes(), err
}

// An avroWriter knows the records that it has defined: a name is defined once.
type avroWriter map[string]bool

func (w avroWriter) record(name string, fields []Field) avroRecord {
	r := avroRecord{Type: "record", Name: name, Fields: []avroField{}}
	for _, f := range fields {
		r.Fields = append(r.Fields, w.field(f))
	}
	return r
}

func (w avroWriter) field(f Field) avroField {
	kind := w.kind(f)
	switch {
	case f.List:
		return avroField{f.Name, avroArray{"array", kind}, json.RawMessage("[]")}
	case f.Nullable:
		return avroField{f.Name, []any{"null", kind}, json.RawMessage("null")}
	}
	return avroField{Name: f.Name, Type: kind}
}

func (w avroWriter) kind(f Field) any {
	switch f.Kind {
	case Integer:
		return "long"
	case Float:
		return "double"
	case Boolean:
		return "boolean"
	case Date:
		return avroLogical{"int", "date"}
	case Time:
		return avroLogical{"long", "timestamp-millis"}
	case Struct:
		if w[f.Record] {
			return f.Record
		}
		w[f.Record] = true
		return w.record(f.Record, f.Fields)
	}
	return "string"
}
