package kafka

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strconv"

	kafkago "github.com/segmentio/kafka-go"

	"sitrep/pipeline"
)

// A Span is the records of a partition from one offset to another.
type Span struct {
	Topic     string
	Partition int
	From, End int64 // the first, and the one behind the last
}

// A Place is a Start, or an offset.
type Place struct {
	Start
	Offset   int64
	IsOffset bool
}

// ParsePlace reads an offset, or what ParseStart reads.
func ParsePlace(s string) (Place, error) {
	if offset, err := strconv.ParseInt(s, 10, 64); err == nil && offset >= 0 {
		return Place{Offset: offset, IsOffset: true}, nil
	}
	start, err := ParseStart(s)
	if err != nil {
		return Place{}, fmt.Errorf("%w, nor an offset", err)
	}
	return Place{Start: start}, nil
}

// Spans returns what topic holds between two places at the moment, committed
// records only, in the partitions chosen, or in all.
func Spans(ctx context.Context, c Config, topic string, since, until Place, chosen ...int) ([]Span, error) {
	patience := cmp.Or(c.StartTimeout, requestTimeout/3)
	if err := await(ctx, c, patience, silent(), topic); err != nil {
		return nil, err
	}
	brokers := connect(c, topic)
	defer brokers.close()
	n, err := brokers.partitions(ctx, topic)
	if err != nil {
		return nil, err
	}
	if len(chosen) == 0 {
		for p := range n {
			chosen = append(chosen, p)
		}
	}
	var spans []Span
	for _, p := range slices.Compact(slices.Sorted(slices.Values(chosen))) {
		if p < 0 || p >= n {
			return nil, fmt.Errorf("topic %q has no partition %d: it has %d", topic, p, n)
		}
		span, err := (&reader{cluster: brokers, topic: topic, partition: p}).span(ctx, since, until)
		if err != nil {
			return nil, denied(err, "read topic", topic)
		}
		spans = append(spans, span)
	}
	return spans, nil
}

// span returns the offsets between two places, within what the partition holds.
func (r *reader) span(ctx context.Context, since, until Place) (Span, error) {
	at := func(p Place) (int64, error) {
		if p.IsOffset {
			return p.Offset, nil
		}
		return r.find(ctx, p.Start)
	}
	var offsets [4]int64
	for i, p := range [4]Place{{Start: Earliest}, {Start: Latest}, since, until} {
		var err error
		if offsets[i], err = at(p); err != nil {
			return Span{}, err
		}
	}
	first, last := offsets[0], offsets[1]
	from, end := max(first, offsets[2]), min(last, offsets[3])
	return Span{r.topic, r.partition, from, max(from, end)}, nil
}

// A Range is a source of the committed records of a span. It knows no group.
type Range struct {
	reader
	end     int64
	config  Config
	log     reporter
	pending []pipeline.Raw
}

// OpenRange reads the records of s from an offset on.
func OpenRange(c Config, s Span, from int64) *Range {
	setDefault(&c.MaxBatch, 500)
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	setDefault(&c.Health, new(Health))
	log := c.reporter(fmt.Sprintf("%s/%d", s.Topic, s.Partition), "topic", s.Topic, "partition", s.Partition)
	return &Range{reader{cluster: connect(c, s.Topic), topic: s.Topic, partition: s.Partition, next: from, size: 4 << 20}, s.End, c, log, nil}
}

// Read returns the next records, MaxBatch at most, prepared; io.EOF behind the last.
func (r *Range) Read(ctx context.Context) ([]pipeline.Raw, error) {
	for len(r.pending) == 0 {
		if r.next >= r.end {
			return nil, io.EOF
		}
		if err := retry(ctx, r.log, "reading", func() error { return r.fill(ctx) }); err != nil {
			return nil, err
		}
	}
	n := min(r.config.MaxBatch, len(r.pending))
	raws := r.pending[:n:n]
	r.pending = r.pending[n:]
	return raws, ctx.Err()
}

func (r *Range) fill(ctx context.Context) error {
	raws, err := r.fetch(ctx)
	if errors.Is(err, kafkago.OffsetOutOfRange) {
		return fmt.Errorf("%w: %s/%d at %d: articles were removed before they were read, or the topic was made anew",
			errOffsetGone, r.topic, r.partition, r.next)
	}
	if err != nil {
		return denied(err, "read topic", r.topic)
	}
	for i, raw := range raws {
		if raw.Offset >= r.end {
			raws = raws[:i]
			break
		}
	}
	if r.config.Prepare != nil && len(raws) > 0 {
		err = retry(ctx, r.log, "preparing", func() error { return r.config.Prepare(ctx, raws) })
	}
	r.pending = raws
	return err
}

// Close ends the connections.
func (r *Range) Close() { r.close() }

// Each calls f with each record of s, in order, while it gives no error.
func Each(ctx context.Context, c Config, s Span, f func(pipeline.Raw) error) error {
	r := OpenRange(c, s, s.From)
	defer r.Close()
	for {
		raws, err := r.Read(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, raw := range raws {
			if err := f(raw); err != nil {
				return err
			}
		}
	}
}
