package archive

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

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
			if r.Fault != nil {
				out = append(out, fmt.Sprintf("%s:%d: %v", filepath.Base(r.Topic), r.Offset, r.Fault))
				continue
			}
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

const feed = `<?xml version="1.0"?>
<rss version="2.0"><channel><title>Wire</title><image><title>Logo</title></image>
<item><title>A</title></item>
<item><title>B</title></item></channel></rss>`

// record is one of a web archive.
func record(kind, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nContent-Length: %d\r\n\r\n%s", kind, len(block), block)
}

var web = strings.Join([]string{record("warcinfo", "software: x"), record("response", "HTTP/1.1 200 OK\r\n\r\nx"), record("request", "GET / HTTP/1.1\r\n\r\n"),
	record("conversion", "some text"), record("response", "HTTP/1.1 404 Not Found\r\n\r\n"), record("response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"), ""}, "\r\n\r\n")

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
		{"feed.xml", feed, Auto, []string{
			`1 4 <rss version="2.0"><channel><title>Wire</title><item><title>A</title></item></channel></rss>`,
			`2 4 <rss version="2.0"><channel><title>Wire</title><item><title>B</title></item></channel></rss>`}},
		{"entry.atom", `<entry><title>A</title></entry>`, Auto, []string{`1 4 <entry><title>A</title></entry>`}},
		{"other.xml", `<?xml version="1.0"?><nitf/>`, Auto, []string{`1 0 <?xml version="1.0"?><nitf/>`}},
		{"a.warc", web, Auto, []string{"2 5 " + record("response", "HTTP/1.1 200 OK\r\n\r\nx"), "4 5 " + record("conversion", "some text")}},
		{"a.warc.gz", web, Auto, []string{"2 5 " + record("response", "HTTP/1.1 200 OK\r\n\r\nx"), "4 5 " + record("conversion", "some text")}},
		{"a.jsonl.zst", "{\"a\":1}\n{\"a\":2}\n", Auto, []string{"1 1 {\"a\":1}", "2 1 {\"a\":2}"}},
		{"unknown", "some text\nof two lines", Auto, []string{"1 0 some text\nof two lines"}},
		{"forced", "x\ny", Lines, []string{"1 1 x", "2 1 y"}},
		{"empty.txt", "", Auto, []string{"1 3 "}},
		{"empty.jsonl", "", Auto, nil},
		{"long.jsonl", strings.Repeat("x", 300) + "\n{}\n", Auto, []string{"1 1 " + strings.Repeat("x", 201), "2 1 {}"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			content := c.content
			switch filepath.Ext(c.name) {
			case ".gz":
				content = zip(t, content)
			case ".zst":
				w, err := zstd.NewWriter(nil)
				if err != nil {
					t.Fatal(err)
				}
				content = string(w.EncodeAll([]byte(content), nil))
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

// What was read before a fault is given, then the fault, then the next file.
func TestFaults(t *testing.T) {
	zipped := zip(t, strings.Repeat("{\"a\":1}\n", 10_000))
	for name, content := range map[string]string{
		"torn.jsonl.gz": zipped[:len(zipped)/2],
		"head.jsonl.gz": zipped[:5],
		"short.warc":    record("response", "x") + "\r\n\r\nWARC/1.0\r\nWARC-Ty",
		"mixed.warc":    record("response", "x") + "\r\n\r\nand something else\r\n",
		"torn.rss":      feed[:len(feed)-30],
		"bomb.rss":      feed[:len(feed)-16] + "<!DOCTYPE x [<!ENTITY a 'b'>]>",
		"bad.json":      `[{"a":1}, oops]`,
		"torn.json":     `[{"a":1}, `,
	} {
		dir := t.TempDir()
		src, err := NewSource(Auto, 100, nil, write(t, dir, name, content), write(t, dir, "next.txt", "next"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := all(t, src)
		n := len(got)
		if err != nil || n < 2 || n < 3 && name != "head.jsonl.gz" || !strings.HasPrefix(got[n-2], name+":") || got[n-1] != "1 3 next" {
			t.Errorf("%s: %q, %v", name, got[max(0, n-3):], err)
		}
	}
	if _, err := NewSource(Auto, 100, nil, filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("a missing file is no error")
	}
}

// A line that is torn off is no article: it stands with the reason, at its own number.
func TestTornLine(t *testing.T) {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w.Reset(&packed)
	w.Write([]byte("{\"a\":1}\n{\"b\":"))
	w.Flush() // and never closed
	src, err := NewSource(Auto, 100, nil, write(t, t.TempDir(), "torn.jsonl.zst", packed.String()))
	if err != nil {
		t.Fatal(err)
	}
	raws, err := src.Read(t.Context())
	if err != nil || len(raws) != 1 || string(raws[0].Value) != `{"a":1}` {
		t.Errorf("%v, %v", raws, err)
	}
	raws, err = src.Read(t.Context())
	if err != nil || len(raws) != 1 || raws[0].Offset != 2 || raws[0].Fault == nil || string(raws[0].Value) != `{"b":` {
		t.Errorf("%v, %v", raws, err)
	}
}

// Pipes in a directory would be waited for without an end; links are read.
func TestOnlyFilesOfADirectory(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.txt", "text")
	write(t, dir, ".hidden", "no")
	if err := os.Symlink("a.txt", filepath.Join(dir, "b.txt")); err != nil {
		t.Skip(err)
	}
	socket, err := net.Listen("unix", filepath.Join(dir, "c.socket"))
	if err != nil {
		t.Skip(err)
	}
	defer socket.Close()
	got := Files([]string{dir}, func(err error) { t.Error(err) })
	if want := []string{filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.txt")}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestParseFormat(t *testing.T) {
	for f := Auto; f <= WARC; f++ {
		if got, err := ParseFormat(f.String()); err != nil || got != f {
			t.Errorf("%s: %v, %v", f, got, err)
		}
	}
	if _, err := ParseFormat("pdf"); err == nil {
		t.Error("pdf is no format")
	}
}

var _ pipeline.Source = (*Source)(nil)
