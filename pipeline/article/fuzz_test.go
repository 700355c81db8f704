package article

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// lawful checks what holds for every input: an article of valid text whose fields
// say where they were read, or an error that says why not; twice the same.
func lawful(t *testing.T, d *Decoder, raw []byte, shape Shape) {
	a, err := d.Decode(raw, shape)
	b, again := d.Decode(raw, shape)
	if a != b || (err == nil) != (again == nil) || err != nil && err.Error() != again.Error() {
		t.Fatalf("%+v, %v\nand then %+v, %v", a, err, b, again)
	}
	if err != nil {
		var undecodable *DecodeError
		var limit *LimitError
		if !errors.As(err, &undecodable) && !errors.As(err, &limit) || err.Error() == "" || !utf8.ValidString(err.Error()) {
			t.Fatalf("error %q of type %T", err, err)
		}
		return
	}
	for f, s := range [Fields]string{a.GivenID, a.Title, a.Body, a.Published.Day.String(), a.URL, a.Source, a.Author, a.Language} {
		if !utf8.ValidString(s) {
			t.Fatalf("%s is no valid text: %q", Field(f), s)
		}
		if s != "" && a.Origin[f] == "" {
			t.Fatalf("%s %q has no origin", Field(f), s)
		}
	}
	if a.Form == "" {
		t.Fatal("no form")
	}
}

func seed(f *testing.F, of func(s sample) bool) {
	f.Helper()
	for _, s := range samples(f) {
		if of(s) {
			f.Add(s.packed(f))
		}
	}
}

func FuzzDecode(f *testing.F) {
	seed(f, func(sample) bool { return true })
	f.Fuzz(func(t *testing.T, raw []byte) { lawful(t, &Decoder{Schemas: testSchemas}, raw, Detect) })
}

func FuzzHTML(f *testing.F) {
	seed(f, func(s sample) bool { return s.file == "markup.txt" && strings.HasPrefix(s.raw, "<") })
	f.Fuzz(func(t *testing.T, raw []byte) { lawful(t, &Decoder{}, raw, HTML) })
}

func FuzzFeed(f *testing.F) {
	seed(f, func(s sample) bool { return s.file == "feeds.txt" })
	f.Fuzz(func(t *testing.T, raw []byte) { lawful(t, &Decoder{}, raw, XML) })
}

func FuzzWARC(f *testing.F) {
	seed(f, func(s sample) bool {
		return strings.Contains(s.want["pack"], "warc") && !strings.HasSuffix(s.want["pack"], "gzip")
	})
	f.Fuzz(func(t *testing.T, raw []byte) { lawful(t, &Decoder{}, raw, WARC) })
}

// A value of Avro behind a frame.
func FuzzAvro(f *testing.F) {
	seed(f, func(s sample) bool { return strings.HasPrefix(s.want["pack"], "avro") })
	f.Fuzz(func(t *testing.T, raw []byte) {
		lawful(t, &Decoder{Schemas: testSchemas}, append(frameOf("3"), raw...), Detect)
	})
}

func FuzzCharacters(f *testing.F) {
	seed(f, func(s sample) bool { return s.file == "bytes.txt" })
	f.Fuzz(func(t *testing.T, raw []byte) { lawful(t, &Decoder{}, raw, Text) })
}

// A mapping of any path to a field.
func FuzzMapping(f *testing.F) {
	f.Add("data.items[0].text", []byte(`{"data":{"items":[{"text":"x"}]}}`))
	f.Add(`"a.b".c`, []byte(`{"a.b":{"c":"x"}}`))
	f.Fuzz(func(t *testing.T, path string, raw []byte) {
		d := Decoder{}
		if d.Mapping.Set("body", path) == nil && utf8.ValidString(path) {
			lawful(t, &d, raw, JSON)
		}
	})
}

// Our JSON is that of encoding/json, but for our limits.
func FuzzJSON(f *testing.F) {
	for _, s := range samples(f) {
		if strings.HasPrefix(s.raw, "{") {
			f.Add(s.raw)
		}
	}
	f.Add(`[1,-0.5e+3,true,null,"\u00e9\ud83d\ude80\ud800x\\"]`)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		r := reading{limits: DefaultLimits}
		n, err := r.parseJSON(text)
		var limit *LimitError
		if errors.As(err, &limit) {
			return
		}
		if valid := json.Valid([]byte(text)); valid != (err == nil) {
			t.Fatalf("encoding/json says %t, we %v", valid, err)
		}
		if err != nil {
			return
		}
		var want any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if err := d.Decode(&want); err != nil {
			t.Fatal(err)
		}
		if got, want := plainJSON(n.any()), plainJSON(want); !bytes.Equal(got, want) {
			t.Fatalf("%s\nencoding/json: %s", got, want)
		}
	})
}

func plainJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		return []byte(err.Error())
	}
	return b
}

func (n *node) any() any {
	switch n.kind {
	case boolean:
		return n.text == "true"
	case number:
		return json.Number(n.text)
	case word:
		return n.text
	case list:
		out := []any{}
		for i := range n.items {
			out = append(out, n.items[i].any())
		}
		return out
	case object:
		out := map[string]any{}
		for i, name := range n.names {
			out[name] = n.items[i].any()
		}
		return out
	}
	return nil
}
