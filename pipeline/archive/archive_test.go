package archive

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sitrep/pipeline"
)

func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func zip(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// all returns what the source gives, as "offset shape value" lines.
func all(t *testing.T, s *Source) ([]string, error) {
	t.Helper()
	var out []string
	for {
		raws, err := s.Read(t.Context())
		for _, r := range raws {
			out = append(out, fmt.Sprintf("%d %d %s", r.Offset, r.Shape, r.Value))
		}
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, content string
		format        Format
		want          []string
	}{
		{"a.jsonl", "{\"a\":1}\n\n{\"a\":2}\n{broken", Auto, []string{"1 1 {\"a\":1}", "3 1 {\"a\":2}", "4 1 {broken"}},
		{"a.jsonl.gz", "{\"a\":1}\n{\"a\":2}\n", Auto, []string{"1 1 {\"a\":1}", "2 1 {\"a\":2}"}},
		{"a.json", "{\n\"a\":1\n}", Auto, []string{"1 1 {\n\"a\":1\n}"}},
		{"array.json", "[{\"a\":1},\n{\"a\":2}]", Auto, []string{"1 1 {\"a\":1}", "2 1 {\"a\":2}"}},
		{"lines", "{\"a\":1}\n{\"a\":2}\n", Auto, []string{"1 1 {\"a\":1}", "2 1 {\"a\":2}"}},
		{"a.txt", "{ not JSON", Auto, []string{"1 3 { not JSON"}},
		{"a.html", "<p>x", Auto, []string{"1 2 <p>x"}},
		{"unknown", "some text\nof two lines", Auto, []string{"1 0 some text\nof two lines"}},
		{"forced", "x\ny", Lines, []string{"1 1 x", "2 1 y"}},
		{"empty.txt", "", Auto, []string{"1 3 "}},
		{"empty.jsonl", "", Auto, nil},
		{"long.jsonl", strings.Repeat("x", 300) + "\n{}\n", Auto, []string{"1 1 " + strings.Repeat("x", 201), "2 1 {}"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			content := c.content
			if strings.HasSuffix(c.name, ".gz") {
				content = zip(t, content)
			}
			path := write(t, t.TempDir(), c.name, content)
			src, err := NewSource(c.format, 200, nil, path)
			if err != nil {
				t.Fatal(err)
			}
			got, err := all(t, src)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%q, %v\nwant %q", got, err, c.want)
			}
		})
	}
}

func TestDirectoryAndStdin(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "b.txt", "b")
	write(t, dir, "a/c.txt", "c")
	write(t, dir, ".hidden", "h")
	src, err := NewSource(Text, 100, strings.NewReader("stdin"), dir, "-")
	if err != nil {
		t.Fatal(err)
	}
	got, err := all(t, src)
	if want := []string{"1 3 c", "1 3 b", "1 3 stdin"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
}

// What was read before a fault is given; the error names file and line.
func TestFaults(t *testing.T) {
	dir := t.TempDir()
	zipped := zip(t, strings.Repeat("{\"a\":1}\n", 10_000))
	torn := write(t, dir, "torn.jsonl.gz", zipped[:len(zipped)/2])
	src, err := NewSource(Auto, 100, nil, torn)
	if err != nil {
		t.Fatal(err)
	}
	got, err := all(t, src)
	if err == nil || !strings.Contains(err.Error(), "torn.jsonl.gz:") || len(got) == 0 {
		t.Errorf("%d articles, %v", len(got), err)
	}
	if _, err := NewSource(Auto, 100, nil, filepath.Join(dir, "missing")); err == nil {
		t.Error("a missing file is no error")
	}
	bad := write(t, dir, "bad.json", `[{"a":1}, oops]`)
	if src, err = NewSource(Auto, 100, nil, bad); err != nil {
		t.Fatal(err)
	}
	if got, err = all(t, src); err == nil || len(got) != 1 {
		t.Errorf("%q, %v", got, err)
	}
}

func TestParseFormat(t *testing.T) {
	for f := Auto; f <= HTML; f++ {
		if got, err := ParseFormat(f.String()); err != nil || got != f {
			t.Errorf("%s: %v, %v", f, got, err)
		}
	}
	if _, err := ParseFormat("xml"); err == nil {
		t.Error("xml is no format")
	}
}

var _ pipeline.Source = (*Source)(nil)
