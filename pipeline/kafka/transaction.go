package kafka

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol/addoffsetstotxn"
	"github.com/segmentio/kafka-go/protocol/addpartitionstotxn"
	"github.com/segmentio/kafka-go/protocol/endtxn"
	"github.com/segmentio/kafka-go/protocol/initproducerid"
	"github.com/segmentio/kafka-go/protocol/txnoffsetcommit"
	"golang.org/x/sync/errgroup"

	"sitrep/pipeline"
)

// transactionTimeout is after how long a broker aborts a transaction that
// nobody ends: what a dead owner left, when nobody takes its partition.
const transactionTimeout = time.Minute

// transactions publishes in the name of one partition of the input. Records and
// the mark behind them become visible together or not at all, and whoever opens
// the same id later shuts out who has it now.
//
// Requests whose answer is lost are sent again as they were: the broker knows
// them by producer, epoch and sequence. After any other error the state on the
// broker is unknown, and only open finds it again.
type transactions struct {
	*cluster
	id       string
	topics   Topics // that records go to
	maxBytes int    // of one record
	log      reporter

	producer  int64
	epoch     int16
	sequences map[target]int32 // of the next record
}

// notAttempted is what Kafka answers for the partitions beside one that it refuses.
const notAttempted = kafkago.Error(55)

// transactionalID names what writes for a partition of the input: the same in
// every process, so that the next owner shuts out the last.
func transactionalID(group, topic string, partition int) string {
	return fmt.Sprintf("%s/%s/%d", group, topic, partition)
}

// open shuts out whoever used the id before, and aborts what that one left open.
func (t *transactions) open(ctx context.Context, at membership) error {
	last := undecided
	var everywhere []target
	err := t.patiently(ctx, "taking the transactional id", func() (err error) {
		if last == undecided {
			last, err = t.unmarked(ctx, at)
		}
		if err == nil && last != undecided && everywhere == nil {
			everywhere, err = t.everywhere(ctx)
		}
		if err != nil {
			return err
		}
		return t.take(ctx)
	})
	if err != nil || last == undecided {
		return err
	}
	return t.decide(ctx, last, everywhere, at)
}

// take makes the id ours: a new epoch of its producer.
func (t *transactions) take(ctx context.Context) error {
	res, err := call[*initproducerid.Response](ctx, t.cluster, &initproducerid.Request{
		TransactionalID:      t.id,
		TransactionTimeoutMs: int32(transactionTimeout.Milliseconds()),
		ProducerID:           -1,
		ProducerEpoch:        -1,
	})
	if err != nil {
		return err
	}
	t.producer, t.epoch, t.sequences = res.ProducerID, res.ProducerEpoch, map[target]int32{}
	return codeError(res.ErrorCode)
}

// publish makes records and the mark m of a partition durable together.
func (t *transactions) publish(ctx context.Context, records map[target][]pipeline.Record, at membership, m mark) error {
	// While the coordinator is told what is to come, records are encoded.
	var encoded []*outgoing
	g, both := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		encoded, err = t.encode(records)
		return err
	})
	g.Go(func() error {
		if err := t.add(both, slices.Collect(maps.Keys(records))); err != nil {
			return err
		}
		return t.addOffsets(both, at)
	})
	if err := g.Wait(); err != nil {
		return err
	}
	if err := t.write(ctx, encoded); err != nil {
		return err
	}
	if err := t.mark(ctx, at, m); err != nil {
		return err
	}
	return t.end(ctx, true)
}

// add says which partitions the transaction will write to.
func (t *transactions) add(ctx context.Context, targets []target) error {
	if len(targets) == 0 {
		return nil
	}
	req := &addpartitionstotxn.Request{TransactionalID: t.id, ProducerID: t.producer, ProducerEpoch: t.epoch}
	byTopic := map[string][]int32{}
	for _, to := range targets {
		byTopic[to.topic] = append(byTopic[to.topic], int32(to.partition))
	}
	for _, topic := range slices.Sorted(maps.Keys(byTopic)) {
		req.Topics = append(req.Topics, addpartitionstotxn.RequestTopic{Name: topic, Partitions: byTopic[topic]})
	}
	return t.patiently(ctx, "beginning a transaction", func() error {
		res, err := call[*addpartitionstotxn.Response](ctx, t.cluster, req)
		if err != nil {
			return err
		}
		var first error
		for _, topic := range res.Results {
			for _, p := range topic.Results {
				if err := codeError(p.ErrorCode); err != nil && (first == nil || errors.Is(first, notAttempted)) {
					first = refusal(err, topic.Name)
				}
			}
		}
		return first
	})
}

// refusal says why a topic cannot be part of a transaction.
func refusal(err error, topic string) error {
	if errors.Is(err, kafkago.UnknownTopicOrPartition) {
		return fmt.Errorf("topic %q: %w: %w", topic, errRepartitioned, err)
	}
	return denied(err, "write to topic", topic)
}

// addOffsets says that the transaction will hold a mark of the group.
func (t *transactions) addOffsets(ctx context.Context, at membership) error {
	return t.patiently(ctx, "adding the offset to the transaction", func() error {
		res, err := call[*addoffsetstotxn.Response](ctx, t.cluster, &addoffsetstotxn.Request{
			TransactionalID: t.id, ProducerID: t.producer, ProducerEpoch: t.epoch, GroupID: at.group,
		})
		if err != nil {
			return err
		}
		return at.refused(codeError(res.ErrorCode))
	})
}

// mark puts the group's mark on the input into the transaction.
func (t *transactions) mark(ctx context.Context, at membership, m mark) error {
	return t.patiently(ctx, "committing the offset", func() error {
		res, err := call[*txnoffsetcommit.Response](ctx, t.cluster, &txnoffsetcommit.Request{
			TransactionalID: t.id, ProducerID: t.producer, ProducerEpoch: t.epoch,
			GroupID: at.group, MemberID: at.member, GenerationID: at.generation,
			Topics: []txnoffsetcommit.RequestTopic{{
				Name: at.topic,
				Partitions: []txnoffsetcommit.RequestPartition{{
					Partition:            int32(at.partition),
					CommittedOffset:      m.offset,
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
	})
}

// end commits the transaction, or aborts it.
func (t *transactions) end(ctx context.Context, commit bool) error {
	return t.patiently(ctx, "committing a transaction", func() error {
		res, err := call[*endtxn.Response](ctx, t.cluster, &endtxn.Request{
			TransactionalID: t.id, ProducerID: t.producer, ProducerEpoch: t.epoch, Committed: commit,
		})
		if err != nil {
			return err
		}
		return codeError(res.ErrorCode)
	})
}

// patiently repeats f while its error may pass, and says what was tried otherwise.
func (t *transactions) patiently(ctx context.Context, what string, f func() error) error {
	err := retry(ctx, t.log, what, f)
	if err != nil {
		return fmt.Errorf("%s: %w", what, denied(err, "use transactional id", t.id))
	}
	return nil
}
