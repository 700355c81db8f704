package backfill

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync/atomic"

	"sitrep/pipeline"
	"sitrep/pipeline/archive"
)

// Bounds of what is made durable together.
const (
	batchRecords = 256
	batchBytes   = 2 << 20
)

// Files is an input of files. They must not change until the job is done: each
// checkpoint holds a digest of what was read, which is compared on resuming.
type Files struct {
	Format archive.Format
	Max    int // bytes of an article
	Stdin  io.Reader
	Paths  []string
	Shard  Shard
	Batch  int // records made durable together; 0: 256
	Bad    func(error)

	source atomic.Pointer[archive.Source] // open now, or the last
}

// Part returns the files as one part of a job. Its checkpoint stands at a
// partition of one of the output topics.
func (f *Files) Part(topic string) Part {
	return Part{Topic: topic, Open: f.open}
}

// Sizes returns the files, and their sizes as they are stored; 0 of stdin and of
// what cannot be looked at. Bad is told of that, and of empty files.
func (f *Files) Sizes(bad func(error)) (paths []string, sizes []int64) {
	paths = archive.Files(f.Paths, bad)
	for _, path := range paths {
		var size int64
		if info, err := os.Stat(path); err == nil {
			if size = info.Size(); size == 0 && info.Mode().IsRegular() {
				bad(fmt.Errorf("%s:1: the file is empty", path))
			}
		}
		sizes = append(sizes, size)
	}
	return paths, sizes
}

// open reads the files again, up to the checkpoint.
func (f *Files) open(ctx context.Context, at Checkpoint) (Source, error) {
	if f.source.Load() != nil && slices.ContainsFunc(f.Paths, once) {
		return nil, errOnce
	}
	src, err := archive.NewSource(f.Format, f.Max, f.Stdin, archive.Files(f.Paths, f.bad)...)
	if err != nil {
		return nil, err
	}
	f.source.Store(src)
	s := &fileSource{Files: f, src: src}
	for s.next < at.Next {
		raws, err := s.read(ctx)
		if errors.Is(err, io.EOF) {
			return nil, errChanged
		}
		if err != nil {
			return nil, err
		}
		n := min(int64(len(raws)), at.Next-s.next)
		s.pass(raws[:n])
		s.pending = raws[n:]
	}
	if at.Next > 0 && s.text() != at.Digest {
		return nil, errChanged
	}
	return s, nil
}

func (f *Files) bad(err error) {
	if f.Bad != nil {
		f.Bad(err)
	}
}

// once tells what can be read once only: stdin and pipes.
func once(path string) bool {
	info, err := os.Stat(path)
	return path == "-" || err == nil && info.Mode()&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice) != 0
}

var errOnce = errors.New("stdin and pipes cannot be read a second time: give the same input again with the same command, which goes on at the checkpoint")

var errChanged = errors.New("the files are not those that the job began with: what was read before is different now")

// fileSource reads files in order, and knows how many records it has passed.
type fileSource struct {
	*Files
	src     *archive.Source
	pending []pipeline.Raw
	next    int64
	digest  [sha256.Size]byte
}

func (s *fileSource) Next(ctx context.Context) (Step, error) {
	first, want := s.next, cmp.Or(s.Batch, batchRecords)*max(1, s.Shard.Of)
	var raws []pipeline.Raw
	for size := 0; len(raws) < want && size < batchBytes; {
		got, err := s.read(ctx)
		if errors.Is(err, io.EOF) && len(raws) > 0 {
			break
		}
		if err != nil {
			return Step{}, err
		}
		n := min(len(got), want-len(raws))
		raws, s.pending = append(raws, got[:n]...), got[n:]
		for _, raw := range got[:n] {
			size += len(raw.Value)
		}
		s.pass(got[:n])
	}
	return Step{s.Shard.of(raws, first), s.next, s.text()}, nil
}

func (s *fileSource) read(ctx context.Context) ([]pipeline.Raw, error) {
	if raws := s.pending; len(raws) > 0 {
		s.pending = nil
		return raws, nil
	}
	return s.src.Read(ctx)
}

// pass adds raws to what is behind us.
func (s *fileSource) pass(raws []pipeline.Raw) {
	h := sha256.New()
	for _, raw := range raws {
		h.Reset()
		h.Write(s.digest[:])
		fmt.Fprintf(h, "%s:%d:%v:", raw.Topic, raw.Offset, raw.Fault)
		h.Write(raw.Value)
		h.Sum(s.digest[:0])
	}
	s.next += int64(len(raws))
}

func (s *fileSource) text() string { return base64.RawStdEncoding.EncodeToString(s.digest[:]) }

func (s *fileSource) Close() {}

// Consumed returns how many bytes of the files have been read.
func (f *Files) Consumed() int64 {
	if src := f.source.Load(); src != nil {
		return src.Consumed()
	}
	return 0
}
