package pipeline

import (
	"bytes"
	"testing"

	validate "github.com/santhosh-tekuri/jsonschema/v6"
)

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
