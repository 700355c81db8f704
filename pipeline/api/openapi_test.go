package api

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

var update = flag.Bool("update", false, "write the records' schemas into openapi.json anew")

// The description holds the published schemas of the records; -update puts them
// there.
func TestOpenAPIHasTheRecordsSchemas(t *testing.T) {
	var doc map[string]any
	if err := json.Unmarshal(openAPI, &doc); err != nil {
		t.Fatal(err)
	}
	ours := doc["components"].(map[string]any)["schemas"].(map[string]any)
	for name, file := range map[string]string{"ArticleRecord": "articles", "EventRecord": "events"} {
		maps.Copy(ours, recordSchemas(t, name, "../schemas/"+file+".v1.json"))
	}
	var want bytes.Buffer
	enc := json.NewEncoder(&want)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(doc); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(want.Bytes(), openAPI) {
		return
	}
	if !*update {
		t.Fatal("openapi.json has not the schemas of pipeline/schemas: go test ./pipeline/api -run OpenAPI -update")
	}
	if err := os.WriteFile("openapi.json", want.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	openAPI = want.Bytes()
}

// recordSchemas returns the schema in file under a name, and beside it what it refers
// to.
func recordSchemas(t *testing.T, name, file string) map[string]any {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(bytes.ReplaceAll(raw, []byte("#/$defs/"), []byte("#/components/schemas/")), &schema); err != nil {
		t.Fatal(err)
	}
	all, _ := schema["$defs"].(map[string]any)
	delete(schema, "$defs")
	delete(schema, "$schema")
	delete(schema, "$id")
	all[name] = schema
	return all
}

// described is the description, ready to hold exchanges against.
func described(t testing.TB) routers.Router {
	t.Helper()
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(openAPI)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(loader.Context); err != nil {
		t.Fatal(err)
	}
	openapi3filter.RegisterBodyDecoder(mediaLines, openapi3filter.FileBodyDecoder)
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return router
}

// holds checks an exchange against the description: the answer always, the request
// where it was taken.
func holds(t testing.TB, router routers.Router, r *http.Request, sent string, w *httptest.ResponseRecorder) {
	t.Helper()
	asked := httptest.NewRequest(r.Method, r.URL.Path, strings.NewReader(sent))
	asked.Header = r.Header
	route, params, err := router.FindRoute(asked)
	if err != nil {
		if w.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s %s is not described, and answered with %d", r.Method, r.URL, w.Code)
		}
		return
	}
	in := &openapi3filter.RequestValidationInput{Request: asked, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true}}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: w.Code, Header: w.Header(), Options: in.Options}
	out.SetBodyBytes(w.Body.Bytes())
	if err := openapi3filter.ValidateResponse(asked.Context(), out); err != nil {
		t.Errorf("%s %s: %d is not as described: %.1000v", r.Method, r.URL, w.Code, err)
	}
}

// What is described is served, and nothing else.
func TestOpenAPIHasEveryPath(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openAPI)
	if err != nil {
		t.Fatal(err)
	}
	served := []string{}
	New(Options{}).Register(http.NewServeMux(), func(path string, h http.Handler) http.Handler {
		served = append(served, path)
		return h
	})
	paths := slices.Sorted(maps.Keys(doc.Paths.Map()))
	if slices.Sort(served); !slices.Equal(served, paths) {
		t.Errorf("serves %q, describes %q", served, paths)
	}
}
