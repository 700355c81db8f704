package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/klauspost/compress/zstd"

	"sitrep/pipeline"
)

// A Selection takes records in their order and gives the events that stand at the
// end. It keeps ids in memory, and the events themselves, compressed, in a file.
type Selection struct {
	// Complete says that all articles are given: an event of none is not current.
	// Otherwise an article that was not given says nothing of its events.
	Complete bool

	spool  *os.File
	packed *zstd.Encoder
	read   int
	latest map[id]int  // the number of the last record of an event; retracted
	listed map[id][]id // the events that the last record of an article lists
}

// retracted stands for a tombstone among the numbers of records.
const retracted = -1

// An id is a hash of a record's key, a quarter of its size.
type id [16]byte

func idOf(key string) id {
	sum := sha256.Sum256([]byte(key))
	return id(sum[:16])
}

// NewSelection returns an empty selection whose file is in dir; "" is the system's
// place for such files.
func NewSelection(dir string) (*Selection, error) {
	f, err := os.CreateTemp(dir, ".sitrep-export-*")
	if err != nil {
		return nil, err
	}
	os.Remove(f.Name()) // where the system lets us, so that nothing is left behind by a kill
	packed, err := zstd.NewWriter(f, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	return &Selection{spool: f, packed: packed, latest: map[id]int{}, listed: map[id][]id{}}, err
}

// Close removes the file.
func (s *Selection) Close() error {
	s.packed.Close()
	err := s.spool.Close()
	os.Remove(s.spool.Name())
	return err
}

// Event takes a record of the topic of events; value is nil for a tombstone.
func (s *Selection) Event(key string, value []byte) error {
	if value == nil {
		s.latest[idOf(key)] = retracted
		return nil
	}
	s.latest[idOf(key)] = s.read
	s.read++
	var size [binary.MaxVarintLen64]byte
	if _, err := s.packed.Write(binary.AppendUvarint(size[:0], uint64(len(value)))); err != nil {
		return err
	}
	_, err := s.packed.Write(value)
	return err
}

// Article takes a record of the topic of articles: its events are those listed, none
// for a tombstone.
func (s *Selection) Article(key string, events []string) {
	list := make([]id, len(events))
	for i, e := range events {
		list[i] = idOf(e)
	}
	s.listed[idOf(key)] = list
}

// Line takes a line of a file of records: an event or an article.
func (s *Selection) Line(line []byte) error {
	var r struct {
		EventID   string    `json:"event_id"`
		ArticleID string    `json:"article_id"`
		EventIDs  *[]string `json:"event_ids"`
	}
	if err := json.Unmarshal(line, &r); err != nil {
		return err
	}
	switch {
	case r.EventID != "":
		if err := json.Unmarshal(line, new(pipeline.EventRecord)); err != nil {
			return err
		}
		return s.Event(r.EventID, line)
	case r.ArticleID != "" && r.EventIDs != nil:
		s.Article(r.ArticleID, *r.EventIDs)
		return nil
	}
	return errors.New("neither an event record nor an article record")
}

// Write gives w the events that are the last of their id, current and kept by f, in
// the order in which they came. It is called once, at the end.
func (s *Selection) Write(ctx context.Context, w Writer, f Filter) (Stats, error) {
	stats := Stats{Read: s.read}
	if err := s.packed.Close(); err != nil {
		return stats, err
	}
	if _, err := s.spool.Seek(0, io.SeekStart); err != nil {
		return stats, err
	}
	unpacked, err := zstd.NewReader(s.spool, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return stats, err
	}
	defer unpacked.Close()
	r := bufio.NewReader(unpacked)
	for n := range s.read {
		if err := ctx.Err(); err != nil {
			return stats, err
		}
		value, err := next(r)
		if err != nil {
			return stats, fmt.Errorf("the file of events: %w", err)
		}
		if err := s.one(n, value, w, &f, &stats); err != nil {
			return stats, err
		}
	}
	return stats, nil
}

func next(r *bufio.Reader) ([]byte, error) {
	size, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	value := make([]byte, size)
	_, err = io.ReadFull(r, value)
	return value, err
}

func (s *Selection) one(n int, value []byte, w Writer, f *Filter, stats *Stats) error {
	var e pipeline.EventRecord
	if err := json.Unmarshal(value, &e); err != nil {
		return fmt.Errorf("event record %d: %w", n+1, err)
	}
	key := idOf(e.EventID)
	switch last := s.latest[key]; {
	case last == retracted:
		stats.Retracted++
	case last != n:
		stats.Superseded++
	case !s.current(key, idOf(e.ArticleID)):
		stats.Revised++
	case !f.Keeps(&e):
		stats.Filtered++
	default:
		stats.Written++
		return w.Write(&e, value)
	}
	return nil
}

// current tells whether an event is listed by its article.
func (s *Selection) current(event, article id) bool {
	list, given := s.listed[article]
	return slices.Contains(list, event) || !given && !s.Complete
}
