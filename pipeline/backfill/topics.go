package backfill

import (
	"context"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

// Topic is an input of a topic's records between two offsets of each partition.
type Topic struct {
	Config kafka.Config
	Spans  []kafka.Span
	Shard  Shard // by offset
}

// Parts returns the partitions as parts of a job. The end in a checkpoint goes
// before that of the span: a job ends where it would have ended when it began.
func (t *Topic) Parts() []Part {
	var parts []Part
	for _, span := range t.Spans {
		parts = append(parts, Part{
			Topic: span.Topic, Partition: span.Partition,
			First: Checkpoint{Next: span.From, End: span.End},
			Open: func(_ context.Context, at Checkpoint) (Source, error) {
				span := kafka.Span{Topic: span.Topic, Partition: span.Partition, From: span.From, End: at.End}
				return &topicSource{t.Shard, kafka.OpenRange(t.Config, span, at.Next), at.Next}, nil
			},
		})
	}
	return parts
}

type topicSource struct {
	shard Shard
	*kafka.Range
	next int64
}

func (s *topicSource) Next(ctx context.Context) (Step, error) {
	raws, err := s.Range.Read(ctx)
	if err != nil {
		return Step{Next: s.next}, err
	}
	s.next = raws[len(raws)-1].Offset + 1
	var ours []pipeline.Raw
	for _, raw := range raws {
		if s.shard.has(raw.Offset) {
			ours = append(ours, raw)
		}
	}
	return Step{Raws: ours, Next: s.next}, nil
}

// ToTopics publishes to topics, and keeps checkpoints as the offsets of a group of
// the job's own.
type ToTopics struct{ *kafka.Job }

// OpenTopics takes a job by its name; a shard of it is a job of its own.
func OpenTopics(ctx context.Context, c kafka.Config, name string, shard Shard) (ToTopics, error) {
	job, err := kafka.OpenJob(ctx, c, "sitrep-backfill/"+name+shard.suffix("/"))
	return ToTopics{job}, err
}

// Take shuts out any other process that has the job, of these parts.
func (t ToTopics) Take(ctx context.Context, parts []Part) error {
	var at []pipeline.Position
	for _, p := range parts {
		at = append(at, pipeline.Position{Topic: p.Topic, Partition: p.Partition})
	}
	return t.Job.Take(ctx, at...)
}

// Load returns the checkpoint of p.
func (t ToTopics) Load(ctx context.Context, p Part) (Checkpoint, bool, error) {
	note, err := t.Noted(ctx, p.Topic, p.Partition)
	if err != nil || note.Offset < 0 {
		return Checkpoint{}, false, err
	}
	c, err := parseCheckpoint(note.Text)
	return c, true, err
}

// Commit publishes the records of b and keeps c in one transaction.
func (t ToTopics) Commit(ctx context.Context, b pipeline.Batch, p Part, c Checkpoint) error {
	return t.Job.Commit(ctx, b, p.Topic, p.Partition, kafka.Note{Offset: c.Next, Text: c.text()})
}

// Passing tells errors after which the job may be taken again.
func (t ToTopics) Passing(err error) bool { return kafka.Passing(err) }

// Records returns how many records the spans hold at most: between them markers of
// transactions stand, and gaps where compaction was.
func (t *Topic) Records() (n int64) {
	for _, s := range t.Spans {
		n += s.End - s.From
	}
	return n
}
