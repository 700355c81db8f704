package pipeline

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/invopop/jsonschema"
	validate "github.com/santhosh-tekuri/jsonschema/v6"

	"sitrep/extractors/events"
)

var update = flag.Bool("update", false, "write the schemas anew from the record types")

// schemas are the committed files and the types they are generated from.
var schemas = map[string]any{"schemas/events.v1.json": &EventRecord{}, "schemas/articles.v1.json": &ArticleRecord{}}

func generate(t *testing.T, record any) []byte {
	t.Helper()
	r := jsonschema.Reflector{ExpandedStruct: true, Anonymous: true}
	s := r.Reflect(record)
	if _, ok := record.(*EventRecord); ok {
		enum(t, s, "type", events.Types())
		enum(t, s, "status", events.Statuses())
	}
	out, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, '\n')
}

func enum(t *testing.T, s *jsonschema.Schema, field string, values []string) {
	t.Helper()
	p, ok := s.Properties.Get(field)
	if !ok {
		t.Fatalf("no field %s", field)
	}
	for _, v := range values {
		p.Enum = append(p.Enum, v)
	}
}

// The committed schemas say what the record types say; -update writes them.
func TestSchemasAreThoseOfTheRecords(t *testing.T) {
	for file, record := range schemas {
		want := generate(t, record)
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the record type says: go test ./pipeline -run Schemas -update", file)
		}
	}
}

// A validator checks records against the committed schemas.
type validator struct{ events, articles *validate.Schema }

func newValidator(t testing.TB) validator {
	t.Helper()
	c := validate.NewCompiler()
	compiled := func(file string) *validate.Schema {
		s, err := c.Compile(file)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	return validator{compiled("schemas/events.v1.json"), compiled("schemas/articles.v1.json")}
}

func (v validator) check(t testing.TB, r Record) {
	t.Helper()
	s := v.articles
	switch r.Stream {
	case Events:
		s = v.events
	case DeadLetters:
		return
	}
	value, err := validate.UnmarshalJSON(bytes.NewReader(r.Value))
	if err != nil {
		t.Fatalf("%v in %s", err, r.Value)
	}
	if err := s.Validate(value); err != nil {
		t.Errorf("%v in %.300s", err, r.Value)
	}
}
