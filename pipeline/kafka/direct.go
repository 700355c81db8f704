package kafka

import (
	"context"
	"errors"
	"fmt"

	"github.com/segmentio/kafka-go/protocol/offsetcommit"

	"sitrep/pipeline"
)

// direct publishes records, then the mark, each by itself: a crash between the
// two publishes the records again, with the same ids. It is for clusters that
// grant no transactions.
type direct struct{ producer }

func (d *direct) open(context.Context, membership) error { return nil }

func (d *direct) publish(ctx context.Context, records map[target][]pipeline.Record, at membership, m mark) error {
	if err := d.producer.publish(ctx, records); err != nil {
		return err
	}
	err := retry(ctx, d.log, "committing the offset", func() error { return d.mark(ctx, at, m) })
	if err != nil {
		return fmt.Errorf("commit offset %d: %w", m.offset, err)
	}
	return nil
}

// mark says in the group's name that everything before m is done.
func (d *direct) mark(ctx context.Context, at membership, m mark) error {
	res, err := call[*offsetcommit.Response](ctx, d.cluster, &offsetcommit.Request{
		GroupID:      at.group,
		GenerationID: at.generation,
		MemberID:     at.member,
		Topics: []offsetcommit.RequestTopic{{
			Name: at.topic,
			Partitions: []offsetcommit.RequestPartition{{
				PartitionIndex:  int32(at.partition),
				CommittedOffset: m.offset,
				// kafka-go's own call leaves 0 here, which is an epoch.
				CommittedLeaderEpoch: -1,
				CommittedMetadata:    m.metadata(),
			}},
		}},
	})
	if err != nil {
		return err
	}
	if len(res.Topics) != 1 || len(res.Topics[0].Partitions) != 1 {
		return errors.New("kafka did not answer for the partition")
	}
	return at.refused(codeError(res.Topics[0].Partitions[0].ErrorCode))
}
