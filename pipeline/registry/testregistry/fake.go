package testregistry

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
)

// A Fake keeps what is registered, as a registry with Confluent's API does: the same
// schema has the same number under all subjects. It knows the calls that sitrep makes,
// and asks nobody for a password.
type Fake struct {
	mu       sync.Mutex
	schemas  []schema                // by number, from 1
	versions map[string][]registered // of a subject
}

type schema struct {
	Schema     string          `json:"schema"`
	SchemaType string          `json:"schemaType,omitempty"`
	References json.RawMessage `json:"references,omitempty"`
}

type registered struct {
	Subject string `json:"subject"`
	Version int    `json:"version"`
	ID      int    `json:"id"`
	schema
}

func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w.Header().Set("Content-Type", "application/vnd.schemaregistry.v1+json")
	if answer := f.answer(r); answer != nil {
		json.NewEncoder(w).Encode(answer)
		return
	}
	w.WriteHeader(http.StatusNotFound)
	fmt.Fprint(w, `{"error_code":40403,"message":"Schema not found"}`)
}

// answer returns nil for what is not there.
func (f *Fake) answer(r *http.Request) any {
	var id, version int
	path := r.URL.Path
	if n, _ := fmt.Sscanf(path, "/schemas/ids/%d", &id); n == 1 {
		if id < 1 || id > len(f.schemas) {
			return nil
		}
		return f.schemas[id-1]
	}
	subject, rest, _ := strings.Cut(strings.TrimPrefix(path, "/subjects/"), "/")
	if n, _ := fmt.Sscanf(rest, "versions/%d", &version); n == 1 {
		if version < 1 || version > len(f.versions[subject]) {
			return nil
		}
		return f.versions[subject][version-1]
	}
	var asked schema
	if r.Method != http.MethodPost || json.NewDecoder(r.Body).Decode(&asked) != nil {
		return nil
	}
	if one := f.find(subject, asked); one != nil || rest == "" {
		return one
	}
	return f.register(subject, asked)
}

func (f *Fake) find(subject string, asked schema) any {
	for _, v := range f.versions[subject] {
		if v.Schema == asked.Schema && v.SchemaType == asked.SchemaType {
			return v
		}
	}
	return nil
}

func (f *Fake) register(subject string, asked schema) registered {
	v := registered{subject, len(f.versions[subject]) + 1, 0, asked}
	for i, known := range f.schemas {
		if known.Schema == asked.Schema && known.SchemaType == asked.SchemaType {
			v.ID = i + 1
		}
	}
	if v.ID == 0 {
		f.schemas = append(f.schemas, asked)
		v.ID = len(f.schemas)
	}
	if f.versions == nil {
		f.versions = map[string][]registered{}
	}
	f.versions[subject] = append(f.versions[subject], v)
	return v
}
