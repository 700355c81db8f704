package main

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"sitrep/pipeline"
	"sitrep/pipeline/archive"
	"sitrep/pipeline/diff"
	"sitrep/pipeline/extsort"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/registry"
)

// inMemory is how many bytes of a side's records are sorted in memory.
const inMemory = 64 << 20

// longestRecord is more than the record of an article takes, in bytes.
const longestRecord = 64 << 20

// A side of a comparison: a run's records, sorted by article.
type side struct {
	name         string
	path         string
	topics       []string
	since, until kafka.Place
	partitions   []int
	config       kafka.Config
	schemas      *registry.Registry // nil: there are none

	sorted   *extsort.Sorter
	n        uint64            // records read
	gone     map[string]uint64 // how many had been read when a tombstone came, by key
	articles bool              // it has records of articles
	bad      int
	screen   *screen
}

// newSide reads what a side is: "old/", "topic:sitrep.events.v1?since=0&until=100".
func newSide(arg string, config kafka.Config, schemas *registry.Registry) (*side, error) {
	s := &side{name: arg, path: arg, config: config, schemas: schemas, sorted: extsort.New(inMemory), gone: map[string]uint64{}}
	topics, isTopic := strings.CutPrefix(arg, "topic:")
	if !isTopic {
		return s, nil
	}
	if len(config.Brokers) == 0 {
		return nil, usage("%s: no brokers: give --brokers host:port,… or SITREP_BROKERS", arg)
	}
	names, query, _ := strings.Cut(topics, "?")
	s.topics = strings.Split(names, ",")
	values, err := url.ParseQuery(strings.ReplaceAll(query, "+", "%2B")) // as in +02:00
	if err == nil {
		err = s.places(values)
	}
	if err != nil {
		return nil, usage("%s: %w", arg, err)
	}
	return s, nil
}

func (s *side) places(values url.Values) (err error) {
	for key := range values {
		value := values.Get(key)
		switch key {
		case "since":
			s.since, err = kafka.ParsePlace(value)
		case "until":
			s.until, err = kafka.ParsePlace(value)
		case "partitions":
			for p := range strings.SplitSeq(value, ",") {
				n, failed := strconv.Atoi(p)
				s.partitions, err = append(s.partitions, n), cmp.Or(err, failed)
			}
		default:
			return fmt.Errorf("%q: want since, until or partitions", key)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	if !values.Has("until") {
		s.until = kafka.Place{Start: kafka.Latest}
	}
	return nil
}

func (s *side) close() { s.sorted.Close() }

// read takes in all records.
func (s *side) read(ctx context.Context, stdin io.Reader, screen *screen) error {
	s.screen = screen
	defer screen.show("")
	if s.topics == nil {
		return s.readFiles(ctx, stdin)
	}
	for _, topic := range s.topics {
		spans, err := kafka.Spans(ctx, s.config, topic, s.since, s.until, s.partitions...)
		if err != nil {
			return err
		}
		for _, span := range spans {
			src := kafka.OpenRange(s.config, span, span.From)
			err := s.take(ctx, src.Read)
			src.Close()
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *side) readFiles(ctx context.Context, stdin io.Reader) error {
	var failed error
	var paths []string
	for _, path := range archive.Files([]string{s.path}, func(err error) { failed = cmp.Or(failed, err) }) {
		if name := filepath.Base(path); path == s.path || !strings.HasPrefix(name, "deadletters") && !strings.HasPrefix(name, "checkpoint") {
			paths = append(paths, path)
		}
	}
	if failed == nil && len(paths) == 0 {
		failed = fmt.Errorf("%s: there is no file in it", s.path)
	}
	if failed != nil {
		return failed
	}
	src, err := archive.NewSource(archive.Lines, longestRecord, stdin, paths...)
	if err != nil {
		return err
	}
	return s.take(ctx, src.Read)
}

// take takes in what read gives, and names what is no record.
func (s *side) take(ctx context.Context, read func(context.Context) ([]pipeline.Raw, error)) error {
	for {
		raws, err := read(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, raw := range raws {
			if err := s.enter(ctx, raw); err != nil {
				return err
			}
		}
		if s.screen.terminal {
			s.screen.show(fmt.Sprintf("%s: %d records", s.name, s.n))
		}
	}
}

// badNamed is how many lines that are no records are named.
const badNamed = 20

func (s *side) enter(ctx context.Context, raw pipeline.Raw) error {
	s.n++
	if raw.Value == nil {
		s.gone[string(raw.Key)] = s.n
		return nil
	}
	r, err := s.record(ctx, raw)
	if err == nil && len(r.EventID) > 255 {
		err = errors.New("no record: its event_id is too long")
	}
	if err = cmp.Or(raw.Fault, err); err != nil {
		if s.bad++; s.bad <= badNamed {
			fmt.Fprintf(s.screen, "%s: %v\n", s.where(raw.Position), err)
		}
		return nil
	}
	s.articles = s.articles || r.EventID == ""
	return s.sorted.Add(extsort.Item{Key: r.ArticleID, Value: numbered(s.n, r)})
}

// record reads a record, which in Avro tells what it is only when it has been read.
func (s *side) record(ctx context.Context, raw pipeline.Raw) (r diff.Record, err error) {
	for _, stream := range []pipeline.Stream{pipeline.Events, pipeline.Articles} {
		value, err := s.schemas.JSON(ctx, stream, raw.Value)
		if err != nil {
			return r, err
		}
		if r, err = diff.ReadRecord(value); err != nil || r.EventID != "" {
			return r, err
		}
	}
	return r, nil
}

// numbered is a record with its number, and the length of its id in a byte.
func numbered(n uint64, r diff.Record) []byte {
	out := binary.BigEndian.AppendUint64(make([]byte, 0, 9+len(r.EventID)+len(r.JSON)), n)
	out = append(out, byte(len(r.EventID)))
	return append(append(out, r.EventID...), r.JSON...)
}

func unnumbered(article string, data []byte) (n uint64, r diff.Record) {
	id := 9 + int(data[8])
	return binary.BigEndian.Uint64(data), diff.Record{ArticleID: article, EventID: string(data[9:id]), JSON: data[id:]}
}

func (s *side) where(p pipeline.Position) string {
	if s.topics != nil {
		return fmt.Sprintf("%s/%d, offset %d", p.Topic, p.Partition, p.Offset)
	}
	return fmt.Sprintf("%s:%d", p.Topic, p.Offset)
}
