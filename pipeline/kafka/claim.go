package kafka

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol/offsetcommit"

	"sitrep/pipeline"
)

// claim is one partition of the input while it is ours: the pipeline.Source and
// the pipeline.Sink of one Pool.Run.
type claim struct {
	reader
	out      *producer
	topics   Topics
	group    membership
	maxBatch int
	prepare  func(context.Context, []pipeline.Raw) error
	memory   *budget
	log      *slog.Logger
	// deadline is done when work that has begun must be given up. It is kept
	// here because Pool.Run gives Commit a context that never ends.
	deadline context.Context

	pending []pipeline.Raw // fetched and not yet read
	unread  int64          // their size
	reads   inFlight
}

// membership is what a commit has to show to be accepted.
type membership struct {
	group      string
	member     string
	generation int32
}

// Read returns the next articles, at most maxBatch. It waits through whatever may
// pass: a broker that restarts, a topic that somebody creates again.
func (c *claim) Read(ctx context.Context) ([]pipeline.Raw, error) {
	for len(c.pending) == 0 {
		if err := retry(ctx, c.log, "reading", func() error { return c.fill(ctx) }); err != nil {
			return nil, err
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	n := min(c.maxBatch, len(c.pending))
	raws := c.pending[:n:n]
	if c.prepare != nil {
		if err := retry(ctx, c.log, "preparing", func() error { return c.prepare(ctx, raws) }); err != nil {
			return nil, err
		}
	}
	c.pending = c.pending[n:]
	size := weigh(raws...)
	c.unread -= size
	c.reads.push(size)
	return raws, nil
}

// fill fetches once, within the memory that is free.
func (c *claim) fill(ctx context.Context) error {
	if c.next < 0 { // no offset yet
		first, err := c.offset(ctx, c.topic, c.partition, c.next)
		if err != nil {
			return err
		}
		c.next = first
	}
	reserved := int64(c.size)
	if err := c.memory.take(ctx, reserved); err != nil {
		return err
	}
	raws, err := c.fetch(ctx)
	c.unread = weigh(raws...)
	c.memory.give(reserved - c.unread)
	if errors.Is(err, kafkago.OffsetOutOfRange) {
		// Retention has removed what we would have read, or the topic was made
		// anew. The operator must know; what is there is read.
		c.log.Error("the offset to read is not in the topic any more, going on at its beginning", "offset", c.next)
		c.next = kafkago.FirstOffset
		return nil
	}
	if err != nil {
		return err
	}
	c.pending = raws
	return nil
}

// Commit makes one batch durable: its records in the output topics, and the
// offset behind it in the group. It is the only place that does. The two are
// separate requests, so a crash between them publishes the batch again.
func (c *claim) Commit(_ context.Context, b pipeline.Batch) error {
	ctx := c.deadline
	records, err := c.address(ctx, b)
	if err != nil {
		return err
	}
	if err := c.out.publish(ctx, records); err != nil {
		return err
	}
	err = retry(ctx, c.log, "committing the offset", func() error { return c.commitOffset(ctx, b.Last.Offset+1) })
	if err != nil {
		return fmt.Errorf("commit offset %d: %w", b.Last.Offset+1, err)
	}
	c.memory.give(c.reads.pop())
	return nil
}

// address decides the topic and partition of each record. Records without a key
// follow the partition they come from, so that their order is kept too.
func (c *claim) address(ctx context.Context, b pipeline.Batch) (map[target][]pipeline.Record, error) {
	counts := map[string]int{}
	records := map[target][]pipeline.Record{}
	for _, rec := range b.Records {
		topic := c.topics.of(rec.Stream)
		if counts[topic] == 0 {
			err := retry(ctx, c.log, "publishing", func() (err error) {
				counts[topic], err = c.partitions(ctx, topic)
				return err
			})
			if err != nil {
				return nil, err
			}
		}
		to := target{topic, b.Last.Partition % counts[topic]}
		if rec.Key != nil {
			to.partition = Partition(rec.Key, counts[topic])
		}
		records[to] = append(records[to], rec)
	}
	return records, nil
}

// commitOffset says in the group's name that everything before offset is done.
func (c *claim) commitOffset(ctx context.Context, offset int64) error {
	res, err := call[*offsetcommit.Response](ctx, c.cluster, &offsetcommit.Request{
		GroupID:      c.group.group,
		GenerationID: c.group.generation,
		MemberID:     c.group.member,
		Topics: []offsetcommit.RequestTopic{{
			Name: c.topic,
			Partitions: []offsetcommit.RequestPartition{{
				PartitionIndex:  int32(c.partition),
				CommittedOffset: offset,
				// kafka-go's own call leaves 0 here, which is an epoch.
				CommittedLeaderEpoch: -1,
			}},
		}},
	})
	if err != nil {
		return err
	}
	if len(res.Topics) != 1 || len(res.Topics[0].Partitions) != 1 {
		return errors.New("kafka did not answer for the partition")
	}
	return codeError(res.Topics[0].Partitions[0].ErrorCode)
}

// release gives back the memory of what was read and not committed.
func (c *claim) release() {
	c.memory.give(c.reads.drain() + c.unread)
	c.pending, c.unread = nil, 0
}
