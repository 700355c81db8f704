package export

import (
	"encoding/json"
	"io"
	"strings"

	"sitrep/pipeline"
	"sitrep/pipeline/schema"
)

// CSV writes a line an event under a line of names. Text is quoted, so that null, an
// empty field, is not an empty text. What is nested is JSON.
func CSV(out io.Writer) Writer { return &csvWriter{out: out, fields: schema.Events().Fields} }

type csvWriter struct {
	out    io.Writer
	fields []schema.Field
	named  bool
}

func (w *csvWriter) Write(_ *pipeline.EventRecord, published []byte) error {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(published, &values); err != nil {
		return err
	}
	if err := w.names(); err != nil {
		return err
	}
	line := make([]string, len(w.fields))
	for i, f := range w.fields {
		var err error
		if line[i], err = cell(f, values[f.Name]); err != nil {
			return err
		}
	}
	return w.line(line)
}

func (w *csvWriter) names() error {
	if w.named {
		return nil
	}
	w.named = true
	var names []string
	for _, f := range w.fields {
		names = append(names, f.Name)
	}
	return w.line(names)
}

func (w *csvWriter) line(cells []string) error {
	_, err := io.WriteString(w.out, strings.Join(cells, ",")+"\n")
	return err
}

func cell(f schema.Field, value json.RawMessage) (string, error) {
	switch {
	case len(value) == 0 || string(value) == "null":
		return "", nil
	case f.Nested():
		return quoted(string(value)), nil
	case value[0] != '"':
		return string(value), nil
	}
	var s string
	err := json.Unmarshal(value, &s)
	return quoted(s), err
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func (w *csvWriter) Close() error { return w.names() }
