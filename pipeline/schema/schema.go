// Package schema describes the published records to other systems: JSON Schema, Avro
// and tables for warehouses, all from the record types of package pipeline, so that
// none can say something else than another. It does not know how records are read or
// stored.
package schema

import (
	"fmt"
	"reflect"
	"strings"

	"sitrep/pipeline"
)

// A Kind says what stands in a field.
type Kind uint8

// The kinds.
const (
	String Kind = iota
	Integer
	Float
	Boolean
	Date // a day, written as 2025-05-10
	Time // an instant, written with its zone (RFC 3339)
	Struct
)

// A Field is one field of a record. Fields within a list are never null.
type Field struct {
	Name     string
	Kind     Kind
	Nullable bool
	List     bool
	Fields   []Field // of a Struct
	Record   string  // what a Struct is called
	Index    []int   // where the field stands in the Go type, as reflect counts
}

// Nested tells whether f does not fit in a column of plain SQL.
func (f Field) Nested() bool { return f.List || f.Kind == Struct }

// A Table describes the records of one topic.
type Table struct {
	Name   string
	Key    string // the field that is the record's key
	Fields []Field

	record reflect.Type
}

// Events describes the records of sitrep.events.v1.
func Events() Table { return of("events", "event_id", reflect.TypeFor[pipeline.EventRecord]()) }

// Articles describes the records of sitrep.articles.v1.
func Articles() Table {
	return of("articles", "article_id", reflect.TypeFor[pipeline.ArticleRecord]())
}

func of(name, key string, record reflect.Type) Table {
	return Table{Name: name, Key: key, Fields: fields(record), record: record}
}

// fields lists the fields of a struct in the order of its JSON.
func fields(record reflect.Type) []Field {
	var out []Field
	for _, f := range reflect.VisibleFields(record) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "" {
			continue
		}
		out = append(out, field(name, f))
	}
	return out
}

func field(name string, f reflect.StructField) Field {
	out := Field{Name: name, Index: f.Index}
	t := f.Type
	switch t.Kind() {
	case reflect.Pointer:
		out.Nullable, t = true, t.Elem()
	case reflect.Slice:
		out.List, t = true, t.Elem()
	}
	if out.Kind = kind(t, f.Tag.Get("column")); out.Kind == Struct {
		out.Record, out.Fields = t.Name(), fields(t)
	}
	return out
}

// kind returns what a type holds; a string may be tagged as a date or time.
func kind(t reflect.Type, tag string) Kind {
	switch t.Kind() {
	case reflect.String:
		return map[string]Kind{"": String, "date": Date, "time": Time}[tag]
	case reflect.Int, reflect.Int64:
		return Integer
	case reflect.Float64:
		return Float
	case reflect.Bool:
		return Boolean
	case reflect.Struct:
		return Struct
	}
	panic(fmt.Sprintf("a record has a field of type %s, which no schema knows", t))
}
