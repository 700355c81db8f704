package backfill

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

// A Retraction makes of a job a replay: what stands in the output topics for the
// articles that it reads anew, and is not found any more, gets a tombstone in the
// transaction of the new records. Then those topics hold, once compacted, what they
// would hold had the extractor always been the one of the job.
//
// It reads the topics when the job begins and each time that the job is taken again:
// what was committed is there, whatever the process remembers. What the service
// writes after that is left alone.
type Retraction struct {
	config kafka.Config
	log    *slog.Logger
	asJSON func(context.Context, pipeline.Stream, []byte) ([]byte, error)
	ledger *ledger
	next   map[kafka.Span]int64 // where to read on, by topic and partition
}

// NewRetraction retracts from the output topics of c, whose values asJSON reads: see
// registry.JSON.
func NewRetraction(c kafka.Config, log *slog.Logger, asJSON func(context.Context, pipeline.Stream, []byte) ([]byte, error)) *Retraction {
	c.Prepare = nil // it is for raw records
	return &Retraction{c, log, asJSON, newLedger(), map[kafka.Span]int64{}}
}

// catchUp reads what has come into the output topics. at are the checkpoints of
// parts: they say where the job ends, which is not where the topic ends now.
func (r *Retraction) catchUp(ctx context.Context, parts []Part, at []Checkpoint) error {
	start := time.Now()
	r.ledger.reads(parts, at)
	if err := r.readEvents(ctx); err != nil {
		return err
	}
	if err := r.readArticles(ctx); err != nil {
		return err
	}
	events, articles := r.ledger.size()
	r.log.Info("read what stands in the topics", "events", events, "articles", articles, "took", time.Since(start).Round(time.Millisecond))
	return nil
}

func (r *Retraction) readEvents(ctx context.Context) error {
	return r.read(ctx, r.config.Topics.Events, func(raw pipeline.Raw) (err error) {
		if raw.Value, err = r.asJSON(ctx, pipeline.Events, raw.Value); err == nil {
			err = r.ledger.event(raw)
		}
		if err != nil {
			return fmt.Errorf("%s, partition %d, offset %d: %w", raw.Topic, raw.Partition, raw.Offset, err)
		}
		return nil
	})
}

func (r *Retraction) readArticles(ctx context.Context) error {
	return r.read(ctx, r.config.Topics.Articles, func(raw pipeline.Raw) error { r.ledger.article(raw); return nil })
}

// read gives what has come into a topic to enter, the records of a partition in
// their order.
func (r *Retraction) read(ctx context.Context, topic string, enter func(pipeline.Raw) error) error {
	spans, err := kafka.Spans(ctx, r.config, topic, kafka.Place{Start: kafka.Earliest}, kafka.Place{Start: kafka.Latest})
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, span := range spans {
		span.From = max(span.From, r.next[partitionOf(span)])
		r.log.Debug("reading what stands in a topic", "topic", topic, "partition", span.Partition, "from", span.From, "end", span.End)
		g.Go(func() error { return kafka.Each(ctx, r.config, span, enter) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, span := range spans {
		r.next[partitionOf(span)] = span.End
	}
	return nil
}

func partitionOf(s kafka.Span) kafka.Span { return kafka.Span{Topic: s.Topic, Partition: s.Partition} }

// Overtaken returns how many articles were revised while the job ran, so that their
// older text came out last. It is known when the job is done.
func (r *Retraction) Overtaken() int {
	if r == nil {
		return 0
	}
	return len(r.ledger.overtaken)
}

// amend is ledger.amend; without a Retraction b stays as it is.
func (r *Retraction) amend(b pipeline.Batch) (_ pipeline.Batch, passed int) {
	if r == nil {
		return b, 0
	}
	return r.ledger.amend(b)
}

func (r *Retraction) settle(committed bool) {
	if r != nil {
		r.ledger.settle(committed)
	}
}
