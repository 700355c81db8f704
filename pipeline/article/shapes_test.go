package article

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/twmb/avro"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// A sample is a raw record with what must be read in it, as testdata/shapes holds
// them: lines of "name: value", "-- raw --", and the record.
type sample struct {
	file, name string
	want       map[string]string
	raw        string
}

func samples(t testing.TB) []sample {
	t.Helper()
	paths, err := filepath.Glob("testdata/shapes/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	var out []sample
	for _, path := range paths {
		all, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for part := range strings.SplitSeq("\n"+string(all), "\n=== ") {
			if strings.TrimSpace(part) == "" {
				continue
			}
			head, raw, found := strings.Cut(part, "\n-- raw --\n")
			if !found {
				t.Fatalf("%s: %q without a raw record", path, part)
			}
			lines := strings.Split(head, "\n")
			s := sample{filepath.Base(path), lines[0], map[string]string{}, strings.TrimSuffix(raw, "\n")}
			for _, line := range lines[1:] {
				name, value, _ := strings.Cut(line, ":")
				s.want[name] = strings.ReplaceAll(strings.TrimSpace(value), `\n`, "\n")
			}
			out = append(out, s)
		}
	}
	return out
}

// packed returns the record as it is sent: what its line "pack" lists is done to it.
func (s sample) packed(t testing.TB) []byte {
	t.Helper()
	raw := []byte(s.raw)
	for step := range strings.FieldsSeq(s.want["pack"]) {
		name, arg, _ := strings.Cut(step, ":")
		raw = pack(t, raw, name, arg)
	}
	return raw
}

func pack(t testing.TB, raw []byte, name, arg string) []byte {
	t.Helper()
	must := func(b []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	switch name {
	case "bom":
		return append([]byte("\xef\xbb\xbf"), raw...)
	case "utf-16le-bom":
		return must(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewEncoder().Bytes(raw))
	case "utf-16be":
		return must(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().Bytes(raw))
	case "windows-1252":
		return must(charmap.Windows1252.NewEncoder().Bytes(raw))
	case "iso-8859-2":
		return must(charmap.ISO8859_2.NewEncoder().Bytes(raw))
	case "break-last":
		return raw[:len(raw)-1]
	case "gzip":
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(raw)
		w.Close()
		return b.Bytes()
	case "zstd":
		w, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		return w.EncodeAll(raw, nil)
	case "http":
		return fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", arg, len(raw), raw)
	case "http-chunked":
		var b bytes.Buffer
		fmt.Fprintf(&b, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n", arg)
		for len(raw) > 0 {
			n := min(100, len(raw))
			fmt.Fprintf(&b, "%x\r\n%s\r\n", n, raw[:n])
			raw = raw[n:]
		}
		return append(b.Bytes(), "0\r\n\r\n"...)
	case "warc":
		return archived("response", "application/http;msgtype=response", arg, raw)
	case "warc-conversion":
		return archived("conversion", "text/plain", arg, raw)
	case "framed":
		return append(frameOf(arg), raw...)
	case "avro":
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		return must(avro.MustParse(testSchemas["3"].Text).AppendEncode(frameOf(arg), v))
	}
	t.Fatalf("nothing is packed as %q", name)
	return nil
}

func archived(kind, media, uri string, block []byte) []byte {
	return fmt.Appendf(nil, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, uri, media, len(block), block)
}

func frameOf(id string) []byte {
	var n uint32
	fmt.Sscan(id, &n)
	return binary.BigEndian.AppendUint32([]byte{0}, n)
}

// testSchemas is a registry.
type registry map[string]*Schema

func (r registry) Schema(id int) (*Schema, error) {
	if s, found := r[fmt.Sprint(id)]; found {
		return s, nil
	}
	return nil, errors.New("the registry has none of that number")
}

var testSchemas = registry{
	"3": {Text: `{"type":"record","name":"Article","namespace":"news","fields":[
		{"name":"id","type":"long"},{"name":"title","type":"string"},{"name":"byline","type":["null","string"],"default":null},
		{"name":"published_at","type":{"type":"long","logicalType":"timestamp-millis"}},
		{"name":"source","type":{"type":"record","name":"Outlet","fields":[{"name":"name","type":"string"}]}},{"name":"body","type":"string"}]}`},
	"7": {Type: "JSON", Text: `{"type":"object"}`},
	"9": {Type: "PROTOBUF", Text: `syntax = "proto3";`},
	"4": {Text: `{"type":"record","name":"Broken"`},
}

// wrong says in what the decoded article differs from what is wanted. Of what a
// sample says nothing there must be nothing.
func (s sample) wrong(a Article) []string {
	var out []string
	check := func(name, got string) {
		if want := s.want[name]; got != want {
			out = append(out, fmt.Sprintf("%s is %q, want %q", name, got, want))
		}
	}
	check("id", a.GivenID)
	check("title", a.Title)
	check("author", a.Author)
	check("published", a.Published.Day.String())
	check("language", a.Language)
	check("url", a.URL)
	check("source", a.Source)
	if a.Partial != (s.want["partial"] == "true") {
		out = append(out, fmt.Sprintf("partial is %t", a.Partial))
	}
	for name, fits := range map[string]bool{
		"start": strings.HasPrefix(a.Body, s.want["start"]), "end": strings.HasSuffix(a.Body, s.want["end"]), "has": strings.Contains(a.Body, s.want["has"]),
		"form": strings.Contains(a.Form, s.want["form"]), "doubt": strings.Contains(a.Doubt, s.want["doubt"]) && (a.Doubt == "" || s.want["doubt"] != ""),
	} {
		if !fits {
			out = append(out, fmt.Sprintf("%s: want %q in body %q, form %q, doubt %q", name, s.want[name], a.Body, a.Form, a.Doubt))
		}
	}
	for f, value := range map[Field]string{ID: a.GivenID, Title: a.Title, Body: a.Body, Published: a.Published.Day.String(), URL: a.URL, Source: a.Source, Author: a.Author, Language: a.Language} {
		if (value == "") != (a.Origin[f] == "") {
			out = append(out, fmt.Sprintf("%s is %q and was read from %q", f, value, a.Origin[f]))
		}
	}
	return out
}

func TestShapes(t *testing.T) {
	right, all := 0, samples(t)
	for _, s := range all {
		t.Run(s.file+"/"+s.name, func(t *testing.T) {
			shape := Detect
			if s.want["shape"] == "text" {
				shape = Text
			}
			d := Decoder{Schemas: testSchemas}
			a, err := d.Decode(s.packed(t), shape)
			if err != nil {
				t.Fatal(err)
			}
			wrong := s.wrong(a)
			for _, w := range wrong {
				t.Error(w)
			}
			if len(wrong) == 0 {
				right++
			}
		})
	}
	t.Logf("%d of %d raw records are read right (%.1f %%)", right, len(all), 100*float64(right)/float64(len(all)))
}
