package schema

import (
	"encoding/json"
	"reflect"

	"github.com/invopop/jsonschema"

	"sitrep/extractors/events"
)

// JSONSchema writes the schema of the records' JSON. It lets fields pass that it does
// not know: later versions add some.
func JSONSchema(t Table) ([]byte, error) {
	r := jsonschema.Reflector{ExpandedStruct: true, Anonymous: true, AllowAdditionalProperties: true}
	s := r.Reflect(reflect.New(t.record).Interface())
	if t.Name == "events" {
		enum(s, "type", events.Types())
		enum(s, "status", events.Statuses())
	}
	out, err := json.MarshalIndent(s, "", "  ")
	return append(out, '\n'), err
}

func enum(s *jsonschema.Schema, field string, values []string) {
	p, _ := s.Properties.Get(field)
	for _, v := range values {
		p.Enum = append(p.Enum, v)
	}
}
