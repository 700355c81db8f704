package article

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/twmb/avro"
)

// A Schema is one of a schema registry. Avro is compiled when it is first needed.
type Schema struct {
	Type       string // AVRO, also if "", JSON or PROTOBUF
	Text       string
	References []string // the texts of the schemas it refers to, each behind those that it refers to itself

	once     sync.Once
	compiled *avro.Schema
	err      error
}

// Schemas finds the schema of a number in a registry. Decoding asks for it and does
// nothing else with the world, so an implementation should know the schema by then.
type Schemas interface {
	// Schema returns the schema with that number, or an error that says why there
	// is none: the record becomes a dead letter.
	Schema(id int) (*Schema, error)
}

// frame is the length of what Confluent's wire format puts before a value: a zero
// and the number of a schema.
const frame = 5

// framed reports whether a record is in Confluent's wire format: zeros elsewhere are
// UTF-16 or nothing at all.
func framed(raw []byte) bool {
	if len(raw) <= frame || raw[0] != 0 || binary.BigEndian.Uint32(raw[1:frame]) == 0 {
		return false
	}
	_, wide := utf16Order(raw)
	return !wide
}

// SchemaID returns the number of the schema of a record in Confluent's wire format.
func SchemaID(raw []byte) (id int, ok bool) {
	if !framed(raw) {
		return 0, false
	}
	return int(binary.BigEndian.Uint32(raw[1:frame])), true
}

// framed reads a value by the schema whose number stands before it. A JSON value
// needs no registry.
func (r *reading) framed(raw []byte) error {
	id := int(binary.BigEndian.Uint32(raw[1:frame]))
	value := raw[frame:]
	if r.schemas == nil {
		if value[0] == '{' {
			r.is("Confluent framing")
			return r.record(value, JSON, "")
		}
		return undecodable("a value in Confluent's wire format, of schema %d, and no schema registry is set", id)
	}
	schema, err := r.schemas.Schema(id)
	if err != nil {
		return undecodable("schema %d: %v", id, err)
	}
	switch schema.Type {
	case "", "AVRO":
		return r.avro(value, schema, id)
	case "JSON":
		r.is(fmt.Sprintf("JSON of schema %d", id))
		return r.record(value, JSON, "")
	}
	return undecodable("schema %d is of type %s, which is not read", id, cut(schema.Type, 40))
}

func (r *reading) avro(value []byte, s *Schema, id int) error {
	schema, err := s.Avro()
	if err != nil {
		return undecodable("schema %d: %v", id, err)
	}
	var v any
	rest, err := schema.Decode(value, &v)
	switch {
	case err != nil:
		return undecodable("Avro of schema %d: %v", id, err)
	case len(rest) > 0:
		return undecodable("Avro of schema %d: %d bytes behind the value", id, len(rest))
	}
	count := 0
	n, err := r.avroNode(v, 1, &count)
	if err != nil {
		return err
	}
	r.is(fmt.Sprintf("Avro of schema %d", id))
	return r.tree(&n)
}

// Avro returns the compiled schema, which several goroutines may use.
func (s *Schema) Avro() (*avro.Schema, error) {
	s.once.Do(func() { s.compiled, s.err = s.compile() })
	return s.compiled, s.err
}

// compile allows the names that other languages allow.
func (s *Schema) compile() (*avro.Schema, error) {
	var cache avro.SchemaCache
	for _, text := range s.References {
		if _, err := cache.Parse(text, avro.WithLaxNames(nil)); err != nil {
			return nil, err
		}
	}
	return cache.Parse(s.Text, avro.WithLaxNames(nil))
}

// avroNode makes a tree of a decoded value, the fields of a record by name. Bytes
// are taken for text.
func (r *reading) avroNode(v any, depth int, count *int) (node, error) {
	switch *count++; {
	case depth > r.limits.Depth:
		return node{}, r.limits.tooDeep("Avro: nesting")
	case *count > r.limits.Elements:
		return node{}, r.limits.tooMany("Avro: values")
	}
	switch v := v.(type) {
	case nil:
		return node{}, nil
	case string:
		return node{kind: word, text: strings.ToValidUTF8(v, "\ufffd")}, nil
	case []byte:
		return node{kind: word, text: strings.ToValidUTF8(string(v), "\ufffd")}, nil
	case time.Time:
		return node{kind: word, text: stamp(v)}, nil
	case bool:
		return node{kind: boolean, text: fmt.Sprint(v)}, nil
	case []any:
		n := node{kind: list}
		for _, item := range v {
			child, err := r.avroNode(item, depth+1, count)
			if err != nil {
				return n, err
			}
			n.items = append(n.items, child)
		}
		return n, nil
	case map[string]any:
		n := node{kind: object}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			child, err := r.avroNode(v[name], depth+1, count)
			if err != nil {
				return n, err
			}
			n.add(name, child)
		}
		return n, nil
	}
	return node{kind: number, text: fmt.Sprint(v)}, nil
}

// stamp writes a day as such, for midnight is what Avro makes of one.
func stamp(t time.Time) string {
	if t.Equal(t.Truncate(24 * time.Hour)) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339Nano)
}
