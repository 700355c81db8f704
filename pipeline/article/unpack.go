package article

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"

	"github.com/klauspost/compress/zstd"
)

// layers is how often a record may be compressed over.
const layers = 3

// unpack decompresses a record as long as it is compressed, within the limit: what
// is over it is never in memory.
func (r *reading) unpack(raw []byte) ([]byte, error) {
	for range layers {
		from, err := decompressor(raw, r.limits)
		if err != nil {
			return nil, err
		}
		if from.name == "" {
			return raw, nil
		}
		r.is(from.name)
		if raw, err = r.limits.readAll(from.Reader, from.name); err != nil {
			return nil, err
		}
		from.close()
	}
	if from, err := decompressor(raw, r.limits); err != nil || from.name != "" {
		return nil, undecodable("compressed more than %d times over", layers)
	}
	return raw, nil
}

type packed struct {
	io.Reader
	name  string // "" for what is not compressed
	close func()
}

// decompressor tells the compression by the first bytes.
func decompressor(raw []byte, limits Limits) (packed, error) {
	switch {
	case bytes.HasPrefix(raw, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return packed{}, undecodable("gzip: %v", err)
		}
		return packed{z, "gzip", func() {}}, nil
	case bytes.HasPrefix(raw, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(bytes.NewReader(raw), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			return packed{}, undecodable("zstd: %v", err)
		}
		return packed{z, "zstd", z.Close}, nil
	}
	return packed{}, nil
}

// readAll reads all that r holds, if it is within the limit.
func (l Limits) readAll(r io.Reader, what string) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, int64(l.Unpacked)+1))
	switch {
	case len(b) > l.Unpacked:
		return nil, l.tooUnpacked(what)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, undecodable("%s: ends in the middle, after %d bytes of content", what, len(b))
	case err != nil:
		return nil, undecodable("%s: broken after %d bytes of content: %v", what, len(b), err)
	}
	return b, nil
}
