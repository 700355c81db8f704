// Package archive reads raw articles from files: JSON Lines, JSON, HTML, feeds, web
// archives and plain text, also compressed with gzip or zstd. It does not know what
// becomes of them.
package archive

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
)

// A Format says how articles stand in a file.
type Format uint8

// The formats.
const (
	Auto  Format = iota // by the file's name, else by its first bytes
	JSON                // one object, or an array of them
	Lines               // one JSON object a line
	Text                // one article of plain text
	HTML                // one page
	XML                 // a feed of RSS or Atom, an article an item
	WARC                // a web archive, an article a response, resource or conversion
)

var formatNames = [...]string{"auto", "json", "jsonl", "text", "html", "xml", "warc"}

func (f Format) String() string { return formatNames[f] }

// ParseFormat returns the format of that name.
func ParseFormat(name string) (Format, error) {
	for f, n := range formatNames {
		if n == name {
			return Format(f), nil
		}
	}
	return Auto, fmt.Errorf("format %q: want one of %s", name, strings.Join(formatNames[:], ", "))
}

// shape returns how the articles of a file in format f are written.
func (f Format) shape() article.Shape {
	return [...]article.Shape{article.Detect, article.JSON, article.JSON, article.Text, article.HTML, article.XML, article.WARC}[f]
}

// One Read returns at most batch articles, and no more behind batchBytes.
const (
	batch      = 64
	batchBytes = 4 << 20
)

// A Source reads the articles of files, one after the other. The Position of an
// article is its file's name and the number, from 1, of its line or, in an
// array, feed or web archive, of its element, item or record. An empty line is no
// article, nor is a record of a web archive that holds no page.
type Source struct {
	Format Format
	Max    int       // bytes of an article; more than one byte beyond are not read
	Stdin  io.Reader // what the path "-" stands for

	paths    []string
	open     *file
	consumed atomic.Int64
}

// Consumed returns how many bytes of the files have been read, as they are stored.
func (s *Source) Consumed() int64 { return s.consumed.Load() }

// NewSource returns a source of the files at paths; a directory stands for all
// files in it, in the order of their names.
func NewSource(format Format, limit int, stdin io.Reader, paths ...string) (*Source, error) {
	var failed error
	files := Files(paths, func(err error) { failed = cmp.Or(failed, err) })
	if failed != nil {
		return nil, failed
	}
	return &Source{Format: format, Max: limit, Stdin: stdin, paths: files}, nil
}

// Files returns the files that paths stand for, in the order of their names, and
// tells bad what cannot be looked into. Pipes and devices are read when they are
// named, and passed over in directories.
func Files(paths []string, bad func(error)) []string {
	var files []string
	for _, root := range paths {
		if root == "-" {
			files = append(files, root)
			continue
		}
		// Errors are told and passed over, so that Walk has none.
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				bad(err)
			case !entry.IsDir() && (path == root || isFile(entry)):
				files = append(files, path)
			}
			return nil
		})
	}
	return files
}

// isFile tells what is read in a directory: files that are not hidden, and links.
func isFile(entry fs.DirEntry) bool {
	return entry.Type()&^fs.ModeSymlink == 0 && !strings.HasPrefix(entry.Name(), ".")
}

// counted counts what is read of r.
type counted struct {
	r io.Reader
	n *atomic.Int64
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// Read returns the next articles, or io.EOF after the last. A file that is broken
// ends with a record that says why, and the next file follows.
func (s *Source) Read(ctx context.Context) ([]pipeline.Raw, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if s.open == nil {
			if len(s.paths) == 0 {
				return nil, io.EOF
			}
			s.open = s.next()
		}
		raws, err := s.open.read(s.Max)
		if err == nil || len(raws) > 0 {
			return raws, nil // the error comes again
		}
		f := s.open
		f.close()
		s.open = nil
		if !errors.Is(err, io.EOF) {
			return []pipeline.Raw{f.fault(err)}, nil
		}
	}
}

// A file is one that is being read.
type file struct {
	name   string
	format Format
	r      *bufio.Reader
	array  *json.Decoder // in an array of articles
	at     int64         // articles or lines read
	torn   []byte        // what was read of a line that cannot be read to its end
	failed error         // what the last reading ended with
	close  func()
}

// next opens the next file.
func (s *Source) next() *file {
	f := &file{name: s.paths[0], format: s.Format, close: func() {}}
	s.paths = s.paths[1:]
	f.failed = f.begin(s.Stdin, &s.consumed)
	return f
}

// begin opens a file, or stdin, and finds out how articles stand in it.
func (f *file) begin(stdin io.Reader, consumed *atomic.Int64) error {
	r := stdin
	if f.name == "-" {
		f.name = "stdin"
	} else {
		opened, err := os.Open(f.name)
		if err != nil {
			return err
		}
		f.close = func() { opened.Close() }
		r = opened
	}
	if err := f.unpack(counted{r, consumed}); err != nil {
		return err
	}
	if f.format == Auto {
		f.format = f.guess()
	}
	if f.format == JSON {
		if head, _ := f.r.Peek(4096); bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n\ufeff"), []byte("[")) {
			f.array = json.NewDecoder(f.r)
			_, err := f.array.Token()
			return err
		}
	}
	return nil
}

// unpack reads from r, through its decompressor if it is compressed.
func (f *file) unpack(r io.Reader) error {
	f.r = bufio.NewReaderSize(r, 64<<10)
	head, _ := f.r.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		unzipped, err := gzip.NewReader(f.r)
		if err != nil {
			return err
		}
		f.r = bufio.NewReaderSize(unzipped, 64<<10)
	case bytes.Equal(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		unzipped, err := zstd.NewReader(f.r, zstd.WithDecoderConcurrency(1))
		if err != nil {
			return err
		}
		closeFile := f.close
		f.close = func() { unzipped.Close(); closeFile() }
		f.r = bufio.NewReaderSize(unzipped, 64<<10)
	}
	return nil
}

// guess tells the format by the name or, where that says nothing, by whether the
// first line is a whole object. Auto leaves it to the decoder.
func (f *file) guess() Format {
	name := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(f.name), ".gz"), ".zst")
	switch filepath.Ext(name) {
	case ".jsonl", ".ndjson":
		return Lines
	case ".html", ".htm":
		return HTML
	case ".txt", ".md":
		return Text
	case ".rss", ".atom":
		return XML
	case ".warc", ".wet":
		return WARC
	}
	head, _ := f.r.Peek(64 << 10)
	head = bytes.TrimLeft(head, " \t\r\n\ufeff")
	line, more, whole := bytes.Cut(head, []byte("\n"))
	switch {
	case bytes.HasPrefix(head, []byte("[{")), bytes.HasPrefix(head, []byte("[\n")):
		return JSON
	case whole && json.Valid(line) && bytes.HasPrefix(line, []byte("{")) && bytes.HasPrefix(bytes.TrimLeft(more, " \t\r\n"), []byte("{")):
		return Lines
	case bytes.HasPrefix(head, []byte("{")):
		return JSON
	case bytes.HasPrefix(head, []byte("WARC/")):
		return WARC
	case article.IsFeed(head):
		return XML
	}
	return Auto
}

func (f *file) raw(value []byte) pipeline.Raw {
	return pipeline.Raw{Position: pipeline.Position{Topic: f.name, Offset: f.at}, Value: value, Shape: f.format.shape()}
}

// fault is what stands for the rest of a file that cannot be read.
func (f *file) fault(err error) pipeline.Raw {
	f.at++
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("the file ends in the middle: %w", err)
	}
	raw := f.raw(append([]byte{}, f.torn...))
	raw.Fault = err
	return raw
}

// read returns the next articles, and an error if no more follow; it comes again.
func (f *file) read(limit int) ([]pipeline.Raw, error) {
	if f.failed != nil {
		return nil, f.failed
	}
	var raws []pipeline.Raw
	raws, f.failed = f.more(limit)
	return raws, f.failed
}

func (f *file) more(limit int) ([]pipeline.Raw, error) {
	switch {
	case f.array != nil:
		return f.elements()
	case f.format == Lines:
		return f.lines(limit)
	case f.format == WARC:
		return f.records(limit)
	case f.format == XML:
		return f.items(limit)
	}
	value, err := io.ReadAll(io.LimitReader(f.r, int64(limit)+1))
	if err != nil {
		return nil, err
	}
	f.at++
	return []pipeline.Raw{f.raw(value)}, io.EOF
}

func (f *file) elements() ([]pipeline.Raw, error) {
	var raws []pipeline.Raw
	for size := 0; len(raws) < batch && size < batchBytes; {
		if !f.array.More() {
			_, err := f.array.Token()
			return raws, cmp.Or(inside(err), io.EOF)
		}
		var value json.RawMessage
		if err := f.array.Decode(&value); err != nil {
			return raws, inside(err)
		}
		f.at++
		size += len(value)
		raws = append(raws, f.raw(value))
	}
	return raws, nil
}

// inside returns err as it is where an array is not at its end.
func inside(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (f *file) lines(limit int) ([]pipeline.Raw, error) {
	var raws []pipeline.Raw
	for size := 0; len(raws) < batch && size < batchBytes; {
		line, err := f.line(limit)
		if err != nil && !errors.Is(err, io.EOF) {
			f.torn = line
			return raws, err
		}
		size += len(line)
		if len(bytes.TrimSpace(line)) > 0 {
			raws = append(raws, f.raw(line))
		}
		if err != nil {
			return raws, err
		}
	}
	return raws, nil
}

// line returns the next line without its end, and of a longer one than limit
// its first limit+1 bytes.
func (f *file) line(limit int) ([]byte, error) {
	var line []byte
	for {
		part, err := f.r.ReadSlice('\n')
		if room := limit + 1 - len(line); room > 0 {
			line = append(line, part[:min(room, len(part))]...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err == nil || errors.Is(err, io.EOF) && len(line) > 0 {
			f.at++
		}
		return bytes.TrimSuffix(line, []byte("\n")), err
	}
}
