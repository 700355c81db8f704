package kafka

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/produce"
	"github.com/segmentio/kafka-go/protocol/rawproduce"
	"golang.org/x/sync/errgroup"

	"sitrep/pipeline"
)

// outgoing is what a partition has still to get, in order.
type outgoing struct {
	to      target
	batches []outBatch
}

type outBatch struct {
	records []pipeline.Record
	data    []byte // as a produce request carries it
}

// write sends what was encoded within the transaction, the records of each
// partition in their order.
//
// A broker gets one request at a time: it asks the coordinator whether the
// partitions are in the transaction, and gives up an older question of the same
// producer for a younger one (Kafka's AddPartitionsToTxnManager).
func (t *transactions) write(ctx context.Context, left []*outgoing) error {
	for len(left) > 0 {
		err := t.patiently(ctx, "publishing", func() (err error) {
			left, err = t.round(ctx, left)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// encode makes the batches of each partition, with the sequences that are next.
func (t *transactions) encode(records map[target][]pipeline.Record) ([]*outgoing, error) {
	var all []*outgoing
	for to, list := range records {
		parts, err := split(to, list, t.maxBytes)
		if err != nil {
			return nil, err
		}
		out := &outgoing{to: to}
		for _, part := range parts {
			data, err := transactionalBatch(part, stamp{t.producer, t.epoch, t.sequences[to]})
			if err != nil {
				return nil, err
			}
			out.batches = append(out.batches, outBatch{part, data})
			t.sequences[to] = int32((int64(t.sequences[to]) + int64(len(part))) & (1<<31 - 1))
		}
		all = append(all, out)
	}
	return all, nil
}

// round sends the next batch of each partition, and returns what is left then.
func (t *transactions) round(ctx context.Context, all []*outgoing) (left []*outgoing, err error) {
	byLeader, err := t.byLeader(ctx, all)
	if err != nil {
		return all, err
	}
	var g errgroup.Group
	for _, list := range byLeader {
		g.Go(func() error { return t.send(ctx, list) })
	}
	err = g.Wait()
	for _, out := range all {
		if len(out.batches) > 0 {
			left = append(left, out)
		}
	}
	return left, err
}

// byLeader groups partitions by the broker that leads them.
func (t *transactions) byLeader(ctx context.Context, all []*outgoing) (map[int][]*outgoing, error) {
	var topics []string
	seen := map[string]bool{}
	for _, out := range all {
		if !seen[out.to.topic] {
			seen[out.to.topic] = true
			topics = append(topics, out.to.topic)
		}
	}
	m, err := t.client.Metadata(ctx, &kafkago.MetadataRequest{Topics: topics})
	if err != nil {
		return nil, err
	}
	leaders := map[target]int{}
	for _, topic := range m.Topics {
		for _, p := range topic.Partitions {
			leaders[target{topic.Name, p.ID}] = p.Leader.ID
		}
	}
	groups := map[int][]*outgoing{}
	for _, out := range all {
		leader, ok := leaders[out.to]
		if !ok {
			return nil, fmt.Errorf("publish to topic %q: %w", out.to.topic, errRepartitioned)
		}
		groups[leader] = append(groups[leader], out)
	}
	return groups, nil
}

// send writes the next batch of each partition of list, which one broker leads,
// and takes off what the broker has then.
func (t *transactions) send(ctx context.Context, list []*outgoing) error {
	req := &rawproduce.Request{TransactionalID: t.id, Acks: int16(kafkago.RequireAll), Timeout: int32(requestTimeout.Milliseconds())}
	at := map[string]int{}
	for _, out := range list {
		i, ok := at[out.to.topic]
		if !ok {
			i = len(req.Topics)
			at[out.to.topic] = i
			req.Topics = append(req.Topics, rawproduce.RequestTopic{Topic: out.to.topic})
		}
		req.Topics[i].Partitions = append(req.Topics[i].Partitions, rawproduce.RequestPartition{
			Partition: int32(out.to.partition),
			RecordSet: protocol.RawRecordSet{Reader: bytes.NewReader(out.batches[0].data)},
		})
	}
	res, err := call[*produce.Response](ctx, t.cluster, req)
	if err != nil {
		return unsent(list[0].to, err)
	}
	answers := map[target]produce.ResponsePartition{}
	for _, topic := range res.Topics {
		for _, p := range topic.Partitions {
			answers[target{topic.Topic, int(p.Partition)}] = p
		}
	}
	var first error
	for _, out := range list {
		answer, ok := answers[out.to]
		if !ok {
			answer.ErrorCode = int16(kafkago.Unknown)
		}
		err := refused(out.to, out.batches[0].records, codeError(answer.ErrorCode), answer.ErrorMessage)
		switch {
		case err == nil, errors.Is(err, kafkago.DuplicateSequenceNumber): // it has it, only its answer was lost
			out.batches = out.batches[1:]
		case first == nil || retriable(first):
			first = err
		}
	}
	return first
}
