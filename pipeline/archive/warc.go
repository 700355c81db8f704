package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
)

// maxHead is how long the head of a record may be.
const maxHead = 64 << 10

// records returns the next records of a web archive that may hold an article, each
// with its head, as the decoder reads them. What the crawler tells of itself, what
// it asked, pictures and pages that are gone are passed over.
func (f *file) records(limit int) ([]pipeline.Raw, error) {
	var raws []pipeline.Raw
	for size := 0; len(raws) < batch && size < batchBytes; {
		page, value, err := f.record(limit)
		if err != nil {
			return raws, err
		}
		f.at++
		size += len(value)
		if page {
			raws = append(raws, f.raw(value))
		}
	}
	return raws, nil
}

// record returns the next record, of a longer one than limit the first limit+1
// bytes, and whether it may hold a page.
func (f *file) record(limit int) (page bool, value []byte, err error) {
	raw, err := f.head()
	if err != nil {
		return false, nil, err
	}
	_, lines, _ := bytes.Cut(raw, []byte("\n"))
	head, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(lines))).ReadMIMEHeader()
	if err != nil {
		return false, nil, fmt.Errorf("the head of a WARC record: %w", err)
	}
	n, err := strconv.ParseInt(head.Get("Content-Length"), 10, 64)
	if err != nil || n < 0 {
		return false, nil, fmt.Errorf("a WARC record with Content-Length %q", head.Get("Content-Length"))
	}
	block, err := io.ReadAll(io.LimitReader(f.r, min(n, int64(max(0, limit+1-len(raw))))))
	if err != nil {
		return false, nil, err
	}
	if _, err := io.CopyN(io.Discard, f.r, n-int64(len(block))); err != nil && !errors.Is(err, io.EOF) {
		return false, nil, err
	}
	return article.HoldsPage(head, block), append(raw, block...), nil
}

// head returns the lines of a record's head and the empty one behind it, io.EOF
// where no record follows.
func (f *file) head() ([]byte, error) {
	var head []byte
	for {
		line, err := f.r.ReadSlice('\n')
		switch {
		case len(head) == 0 && len(bytes.TrimSpace(line)) == 0:
			if err != nil {
				return nil, err
			}
			continue // between records
		case len(head) == 0 && !bytes.HasPrefix(line, []byte("WARC/")):
			return nil, fmt.Errorf("no WARC record begins with %.40q", line)
		case errors.Is(err, io.EOF):
			return nil, errors.New("a WARC record that ends in its head")
		case err != nil:
			return nil, err
		}
		if head = append(head, line...); len(head) > maxHead {
			return nil, fmt.Errorf("the head of a WARC record is longer than %d bytes", maxHead)
		}
		if len(bytes.TrimSpace(line)) == 0 {
			return head, nil
		}
	}
}
