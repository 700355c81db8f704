// Package extsort sorts more than memory holds, by the external merge sort: what
// fits is sorted and written to a temporary file, and the files are merged. It does
// not know what it sorts.
package extsort

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// An Item is a value under a key.
type Item struct {
	Key   string
	Value []byte
}

// overhead is about what an item takes in memory beside its bytes.
const overhead = 64

// A Sorter is given items and gives them back by key, those of one key in the order
// in which they came.
type Sorter struct {
	limit int // bytes in memory
	items []Item
	size  int
	runs  []*os.File // each sorted
}

// New returns a sorter that holds about limit bytes in memory. What is more goes,
// packed, to files in the system's directory of temporary files.
func New(limit int) *Sorter { return &Sorter{limit: limit} }

// Add takes an item; its bytes must not change.
func (s *Sorter) Add(item Item) error {
	s.items = append(s.items, item)
	if s.size += len(item.Key) + len(item.Value) + overhead; s.size < s.limit {
		return nil
	}
	return s.spill()
}

func (s *Sorter) sort() {
	slices.SortStableFunc(s.items, func(a, b Item) int { return cmp.Compare(a.Key, b.Key) })
}

// spill writes what is in memory to a file.
func (s *Sorter) spill() error {
	s.sort()
	f, err := os.CreateTemp("", "sitrep-sort-")
	if err != nil {
		return err
	}
	s.runs = append(s.runs, f)
	packed, err := zstd.NewWriter(f, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(256<<10), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(packed, 64<<10)
	for _, item := range s.items {
		for _, part := range [][]byte{[]byte(item.Key), item.Value} {
			var n [binary.MaxVarintLen64]byte
			w.Write(n[:binary.PutUvarint(n[:], uint64(len(part)))])
			w.Write(part)
		}
	}
	clear(s.items)
	s.items, s.size = s.items[:0], 0
	return errors.Join(w.Flush(), packed.Close())
}

// Sorted yields all items, once. After an error there are no more.
func (s *Sorter) Sorted() iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		s.sort()
		m := merge{}
		defer m.close()
		for _, f := range s.runs {
			src, err := open(f)
			if err != nil {
				yield(Item{}, err)
				return
			}
			m.sources = append(m.sources, src)
		}
		m.sources = append(m.sources, &source{items: s.items})
		for item, err := range m.all() {
			if !yield(item, err) || err != nil {
				return
			}
		}
	}
}

// Close removes the files.
func (s *Sorter) Close() error {
	var errs []error
	for _, f := range s.runs {
		errs = append(errs, f.Close(), os.Remove(f.Name()))
	}
	s.runs, s.items = nil, nil
	return errors.Join(errs...)
}

// A source gives sorted items: of a file, or those in memory.
type source struct {
	number int // the older source goes first among equal keys
	packed *zstd.Decoder
	r      *bufio.Reader
	items  []Item
	head   Item
}

func open(f *os.File) (*source, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	packed, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return &source{packed: packed, r: bufio.NewReaderSize(packed, 64<<10)}, nil
}

// next reads the next item into head, or returns io.EOF.
func (s *source) next() error {
	if s.r == nil {
		if len(s.items) == 0 {
			return io.EOF
		}
		s.head, s.items = s.items[0], s.items[1:]
		return nil
	}
	key, err := s.part()
	if err != nil {
		return err // io.EOF at the end
	}
	value, err := s.part()
	s.head = Item{string(key), value}
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (s *source) part() ([]byte, error) {
	n, err := binary.ReadUvarint(s.r)
	if err != nil {
		return nil, err
	}
	data := make([]byte, n)
	if _, err = io.ReadFull(s.r, data); errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return data, err
}

func (s *source) close() {
	if s.packed != nil {
		s.packed.Close()
	}
}

// A merge is a heap of sources by their heads.
type merge struct{ sources []*source }

func (m *merge) Len() int { return len(m.sources) }
func (m *merge) Less(i, j int) bool {
	a, b := m.sources[i], m.sources[j]
	return cmp.Or(cmp.Compare(a.head.Key, b.head.Key), cmp.Compare(a.number, b.number)) < 0
}
func (m *merge) Swap(i, j int) { m.sources[i], m.sources[j] = m.sources[j], m.sources[i] }
func (m *merge) Push(x any)    { m.sources = append(m.sources, x.(*source)) }
func (m *merge) Pop() any {
	last := m.sources[len(m.sources)-1]
	m.sources = m.sources[:len(m.sources)-1]
	return last
}

func (m *merge) all() iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		waiting := m.sources
		m.sources = nil
		for i, s := range waiting {
			s.number = i
			switch err := s.next(); {
			case err == nil:
				m.sources = append(m.sources, s)
			case errors.Is(err, io.EOF):
				s.close()
			default:
				yield(Item{}, err)
				return
			}
		}
		heap.Init(m)
		for len(m.sources) > 0 {
			s := m.sources[0]
			if !yield(s.head, nil) {
				return
			}
			switch err := s.next(); {
			case err == nil:
				heap.Fix(m, 0)
			case errors.Is(err, io.EOF):
				heap.Pop(m)
				s.close()
			default:
				yield(Item{}, err)
				return
			}
		}
	}
}

func (m *merge) close() {
	for _, s := range m.sources {
		s.close()
	}
}
