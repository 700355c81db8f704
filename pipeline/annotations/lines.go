package annotations

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Scan reads documents one line at a time; blank lines are skipped. It stops
// after the first error, which names the line; the same id twice is one.
func Scan(r io.Reader) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		lines := bufio.NewReader(r)
		seen := map[string]int{} // id to line
		for n := 1; ; n++ {
			line, err := lines.ReadBytes('\n')
			if err != nil && !errors.Is(err, io.EOF) {
				yield(Document{}, fmt.Errorf("line %d: %w", n, err))
				return
			}
			if line = bytes.TrimSpace(line); len(line) > 0 {
				d, bad := decode(line)
				if first := seen[d.ID]; bad == nil && first > 0 {
					bad = fmt.Errorf("id %q stands on line %d already", d.ID, first)
				}
				if bad != nil {
					yield(Document{}, fmt.Errorf("line %d: %w", n, bad))
					return
				}
				seen[d.ID] = n
				if !yield(d, nil) {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}
}

func decode(line []byte) (Document, error) {
	var d Document
	if err := json.Unmarshal(line, &d); err != nil {
		return d, err
	}
	if d.ID == "" {
		return d, errors.New("a document needs an id")
	}
	return d, nil
}

// Read reads all documents of r.
func Read(r io.Reader) ([]Document, error) {
	var docs []Document
	for d, err := range Scan(r) {
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// Write writes d as one line: keys in a fixed order, no HTML escapes. Bytes
// that are not UTF-8 become U+FFFD, one code point each, so offsets hold.
func Write(w io.Writer, d Document) error {
	line, err := marshal(d)
	if err != nil {
		return fmt.Errorf("document %s: %w", d.ID, err)
	}
	_, err = w.Write(append(line, '\n'))
	return err
}
