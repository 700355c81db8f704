package registry

import (
	"encoding/binary"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/twmb/avro"
	"github.com/twmb/franz-go/pkg/sr"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
)

const (
	outlet = `{"type":"record","name":"Outlet","namespace":"news","fields":[{"name":"name","type":"string"}]}`
	report = `{"type":"record","name":"Report","namespace":"news","fields":[{"name":"title","type":"string"},{"name":"body","type":"string"},{"name":"source","type":"news.Outlet"}]}`
)

// serve is a registry of one schema, 3, which refers to another.
func serve(t *testing.T, asked *atomic.Int32, broken *atomic.Bool) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Type", "application/vnd.schemaregistry.v1+json")
		user, password, _ := req.BasicAuth()
		switch {
		case broken.Load():
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprint(w, `{"error_code":50001,"message":"the store is gone"}`)
		case user != "reader" || password != "secret":
			w.WriteHeader(http.StatusUnauthorized)
		case strings.HasPrefix(req.URL.Path, "/schemas/ids/3"):
			fmt.Fprintf(w, `{"schema":%q,"references":[{"name":"news.Outlet","subject":"outlet","version":2}]}`, report)
		case strings.HasPrefix(req.URL.Path, "/subjects/outlet/versions/2"):
			fmt.Fprintf(w, `{"subject":"outlet","version":2,"id":2,"schema":%q}`, outlet)
		default:
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"error_code":40403,"message":"Schema not found"}`)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func framed(id uint32, value []byte) []byte {
	return append(binary.BigEndian.AppendUint32([]byte{0}, id), value...)
}

func TestRegistry(t *testing.T) {
	var asked atomic.Int32
	var broken atomic.Bool
	r, err := New([]string{serve(t, &asked, &broken)}, "reader", "secret")
	if err != nil {
		t.Fatal(err)
	}
	var types avro.SchemaCache
	if _, err := types.Parse(outlet); err != nil {
		t.Fatal(err)
	}
	schema, err := types.Parse(report)
	if err != nil {
		t.Fatal(err)
	}
	value, err := schema.Encode(map[string]any{"title": "Convoy leaves", "body": "A convoy left.", "source": map[string]any{"name": "Wire"}})
	if err != nil {
		t.Fatal(err)
	}
	raws := []pipeline.Raw{{Value: framed(3, value)}, {Value: []byte("plain")}, {Value: framed(8, value)}, {}}
	decoder := article.Decoder{Schemas: r}

	if _, err := decoder.Decode(raws[0].Value, article.Detect); err == nil || !strings.Contains(err.Error(), "schema 3: it has not been fetched") {
		t.Errorf("before: %v", err)
	}
	for range 2 { // the second time it is known
		if err := r.Prepare(t.Context(), raws); err != nil {
			t.Fatal(err)
		}
	}
	if n := asked.Load(); n != 3 {
		t.Errorf("asked %d times, want 3: for the schema, its reference and one that is missing", n)
	}
	a, err := decoder.Decode(raws[0].Value, article.Detect)
	if err != nil || a.Title != "Convoy leaves" || a.Body != "A convoy left." || a.Source != "Wire" {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := decoder.Decode(raws[2].Value, article.Detect); err == nil || !strings.Contains(err.Error(), "Schema not found") {
		t.Errorf("missing: %v", err)
	}

	broken.Store(true)
	if err := r.Prepare(t.Context(), []pipeline.Raw{{Value: framed(9, value)}}); err == nil || !strings.Contains(err.Error(), "the store is gone") {
		t.Errorf("a registry that is broken: %v", err)
	}
	if err := r.Prepare(t.Context(), raws); err != nil {
		t.Errorf("what is known needs no registry: %v", err)
	}
}

// A schema that refers to another is fetched with it.
func TestReferencesAreFetched(t *testing.T) {
	r := open(t)
	register := func(subject, text string, refers ...sr.SchemaReference) int {
		id, err := r.client.RegisterSchema(t.Context(), subject, sr.Schema{Schema: text, Type: sr.TypeAvro, References: refers}, -1, -1)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	register("outlet", outlet)
	id := register("report", report, sr.SchemaReference{Name: "news.Outlet", Subject: "outlet", Version: 1})
	var types avro.SchemaCache
	if _, err := types.Parse(outlet); err != nil {
		t.Fatal(err)
	}
	schema, err := types.Parse(report)
	if err != nil {
		t.Fatal(err)
	}
	value, err := schema.Encode(map[string]any{"title": "Convoy leaves", "body": "A convoy left.", "source": map[string]any{"name": "Wire"}})
	if err != nil {
		t.Fatal(err)
	}
	raw := pipeline.Raw{Value: framed(uint32(id), value)}
	if err := r.Prepare(t.Context(), []pipeline.Raw{raw}); err != nil {
		t.Fatal(err)
	}
	decoder := article.Decoder{Schemas: r}
	if a, err := decoder.Decode(raw.Value, article.Detect); err != nil || a.Title != "Convoy leaves" || a.Source != "Wire" {
		t.Errorf("%+v, %v", a, err)
	}
}
