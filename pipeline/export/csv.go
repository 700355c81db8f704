package export

import (
	"encoding/csv"
	"encoding/json"
	"io"

	"sitrep/pipeline"
	"sitrep/pipeline/schema"
)

// CSV writes a line an event under a line of names. Null is an empty field; what is
// nested is JSON.
func CSV(out io.Writer) Writer {
	t := schema.Events()
	return &csvWriter{out: csv.NewWriter(out), fields: t.Fields}
}

type csvWriter struct {
	out    *csv.Writer
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
	return w.out.Write(line)
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
	return w.out.Write(names)
}

func cell(f schema.Field, value json.RawMessage) (string, error) {
	switch {
	case len(value) == 0 || string(value) == "null":
		return "", nil
	case f.Nested() || value[0] != '"':
		return string(value), nil
	}
	var s string
	err := json.Unmarshal(value, &s)
	return s, err
}

func (w *csvWriter) Close() error {
	if err := w.names(); err != nil {
		return err
	}
	w.out.Flush()
	return w.out.Error()
}
