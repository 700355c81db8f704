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

const (
	// batchBytes bounds a record batch, before compression, so that it fits a
	// topic of default settings (1 MiB). A larger record is a batch by itself.
	batchBytes = 900 << 10
	// recordOverhead is more than the framing of a record and of its batch.
	recordOverhead = 128
	// parallelProduce bounds the connections that one batch takes.
	parallelProduce = 8
)

// A target is where records go.
type target struct {
	topic     string
	partition int
}

// split cuts records into batches that a topic of default settings takes. No
// record may have more than maxBytes.
func split(to target, records []pipeline.Record, maxBytes int) ([][]pipeline.Record, error) {
	var batches [][]pipeline.Record
	start, size := 0, 0
	for i, rec := range records {
		n := recordSize(rec)
		if n > maxBytes {
			return nil, fmt.Errorf("record of %d bytes for topic %q %w: the limit is %d", n, to.topic, errUnpublishable, maxBytes)
		}
		if i > start && size+n > batchBytes {
			batches = append(batches, records[start:i])
			start, size = i, 0
		}
		size += n
	}
	return append(batches, records[start:]), nil
}

func recordSize(rec pipeline.Record) int {
	n := recordOverhead + len(rec.Key) + len(rec.Value)
	for _, h := range rec.Headers {
		n += len(h.Key) + len(h.Value) + 10
	}
	return n
}

// producer writes records outside of transactions, and waits until all in-sync
// replicas have them.
type producer struct {
	*cluster
	maxBytes int // of one record
	log      reporter
}

// publish writes the records of each target in their order. It tries again until
// ctx is done; what was written before an error stays written.
func (p *producer) publish(ctx context.Context, records map[target][]pipeline.Record) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(parallelProduce)
	for to, list := range records {
		g.Go(func() error {
			batches, err := split(to, list, p.maxBytes)
			if err != nil {
				return err
			}
			for _, batch := range batches {
				data, err := encodeBatch(batch, 0, unstamped)
				if err != nil {
					return err
				}
				err = retry(ctx, p.log, "publishing to "+to.topic, func() error { return p.produce(ctx, to, batch, data) })
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

func (p *producer) produce(ctx context.Context, to target, records []pipeline.Record, data []byte) error {
	res, err := call[*produce.Response](ctx, p.cluster, &rawproduce.Request{
		Acks:    int16(kafkago.RequireAll),
		Timeout: int32(requestTimeout.Milliseconds()),
		Topics: []rawproduce.RequestTopic{{
			Topic: to.topic,
			Partitions: []rawproduce.RequestPartition{{
				Partition: int32(to.partition),
				RecordSet: protocol.RawRecordSet{Reader: bytes.NewReader(data)},
			}},
		}},
	})
	return produced(to, records, res, err)
}

// produced tells whether the broker has taken a batch.
func produced(to target, records []pipeline.Record, res *produce.Response, err error) error {
	if err != nil {
		return unsent(to, err)
	}
	if len(res.Topics) != 1 || len(res.Topics[0].Partitions) != 1 {
		return fmt.Errorf("publish to topic %q: kafka did not answer for the partition", to.topic)
	}
	part := res.Topics[0].Partitions[0]
	return refused(to, records, codeError(part.ErrorCode), part.ErrorMessage)
}

// unsent explains why a batch has not reached a broker.
func unsent(to target, err error) error {
	if errors.Is(err, protocol.ErrNoPartition) || errors.Is(err, protocol.ErrNoTopic) {
		err = errRepartitioned
	}
	return fmt.Errorf("publish to topic %q: %w", to.topic, err)
}

// refused explains why the broker did not take a batch.
func refused(to target, records []pipeline.Record, err error, message string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, kafkago.MessageSizeTooLarge), errors.Is(err, kafkago.RecordListTooLarge):
		largest := 0
		for _, rec := range records {
			largest = max(largest, recordSize(rec))
		}
		return fmt.Errorf("record of %d bytes for topic %q %w: the broker finds it too large; raise the topic's max.message.bytes: %w",
			largest, to.topic, errUnpublishable, err)
	case errors.Is(err, kafkago.TopicAuthorizationFailed):
		return denied(err, "write to topic", to.topic)
	case errors.Is(err, kafkago.KafkaStorageError):
		return fmt.Errorf("publish to topic %q: the broker cannot write to its disk: is it full? %w", to.topic, err)
	case message != "":
		return fmt.Errorf("publish to topic %q: %w: %s", to.topic, err, message)
	default:
		return fmt.Errorf("publish to topic %q: %w", to.topic, err)
	}
}

// encode returns records as kafka-go takes them. A reader can be used once.
func encode(records []pipeline.Record) protocol.RecordReader {
	out := make([]protocol.Record, len(records))
	for i, rec := range records {
		out[i] = protocol.Record{Key: protocol.NewBytes(rec.Key), Value: protocol.NewBytes(rec.Value)}
		for _, h := range rec.Headers {
			out[i].Headers = append(out[i].Headers, protocol.Header{Key: h.Key, Value: h.Value})
		}
	}
	return protocol.NewRecordReader(out...)
}
