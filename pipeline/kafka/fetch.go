package kafka

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/fetch"

	"sitrep/pipeline"
)

// longPoll is how long a broker holds a fetch of which it has nothing.
const longPoll = 500 * time.Millisecond

// reader reads one partition, committed records only. It sends the fetch
// request itself: kafka-go's Client.Fetch drops the list of aborted
// transactions, and its Reader delivers what they wrote.
type reader struct {
	*cluster
	topic     string
	partition int
	next      int64 // the offset to read next
	size      int32 // about how many bytes of memory one fetch may take
	ask       int32 // bytes to ask for; the broker sends a first batch of any size
	stable    int64 // where what can be read ended at the last fetch
	top       int64 // where the log ended
}

// leastAsk is where asking for more begins, after a first batch by itself.
const leastAsk = 4 << 10

// learn sets how much to ask for next when a fetch gave n bytes and there is
// more. What is asked for is packed and what comes is not, by a factor that only
// the articles tell: copies of one text may be a thousandth of their size.
func (r *reader) learn(n int64) {
	switch {
	case n > int64(r.size):
		r.ask /= 2
	case n < int64(r.size)/2:
		r.ask = max(leastAsk, min(2*r.ask, r.size))
	}
}

// fetch returns the next records, or none when there are none at the moment.
func (r *reader) fetch(ctx context.Context) ([]pipeline.Raw, error) {
	res, err := call[*fetch.Response](ctx, r.cluster, &fetch.Request{
		ReplicaID:      -1,
		MaxWaitTime:    int32(longPoll / time.Millisecond),
		MinBytes:       1,
		MaxBytes:       math.MaxInt32, // there is one partition
		IsolationLevel: int8(kafkago.ReadCommitted),
		SessionID:      0,
		SessionEpoch:   -1,
		Topics: []fetch.RequestTopic{{
			Topic: r.topic,
			Partitions: []fetch.RequestPartition{{
				Partition:          int32(r.partition),
				CurrentLeaderEpoch: -1,
				FetchOffset:        r.next,
				LogStartOffset:     -1,
				PartitionMaxBytes:  max(r.ask, 1),
			}},
		}},
	})
	if err != nil {
		return nil, err
	}
	if err := codeError(res.ErrorCode); err != nil {
		return nil, err
	}
	if len(res.Topics) != 1 || len(res.Topics[0].Partitions) != 1 {
		return nil, errors.New("kafka did not answer for the partition that was asked for")
	}
	p := &res.Topics[0].Partitions[0]
	if err := codeError(p.ErrorCode); err != nil {
		return nil, err
	}
	r.stable, r.top = p.LastStableOffset, p.HighWatermark
	raws, err := r.records(p)
	if err == nil && r.next < p.LastStableOffset {
		r.learn(weigh(raws...))
	}
	return raws, err
}

// records returns the records of p from r.next on and moves r.next behind them, or
// nowhere when one of them cannot be read.
func (r *reader) records(p *fetch.ResponsePartition) (_ []pipeline.Raw, err error) {
	if p.RecordSet.Records == nil {
		return nil, nil
	}
	stream, ok := p.RecordSet.Records.(*protocol.RecordStream)
	if !ok {
		return nil, fmt.Errorf("kafka-go gave record batches as %T", p.RecordSet.Records)
	}
	start := r.next
	defer func() {
		if err != nil {
			r.next = start
		}
	}()
	aborted := newAborted(p.AbortedTransactions)
	var raws []pipeline.Raw
	for _, batch := range stream.Records {
		skip, err := aborted.skips(batch)
		if err != nil {
			return nil, err
		}
		got, err := r.readBatch(batch, skip)
		if err != nil {
			return nil, err
		}
		raws = append(raws, got...)
	}
	// What was there is behind us, though nothing of it was left: compaction
	// keeps a batch that it has emptied, and kafka-go does not tell its end.
	if r.next == start && len(stream.Records) > 0 {
		r.next++
	}
	return raws, nil
}

func (r *reader) readBatch(batch protocol.RecordReader, skip bool) ([]pipeline.Raw, error) {
	var raws []pipeline.Raw
	for {
		rec, err := batch.ReadRecord()
		if errors.Is(err, io.EOF) {
			return raws, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read record after offset %d: %w", r.next, err)
		}
		raw, err := r.raw(rec)
		if err != nil {
			return nil, fmt.Errorf("read record at offset %d: %w", rec.Offset, err)
		}
		if raw.Offset < r.next { // a batch begins where it was written
			continue
		}
		r.next = raw.Offset + 1
		if !skip {
			raws = append(raws, raw)
		}
	}
}

// raw copies rec and gives its memory back to kafka-go.
func (r *reader) raw(rec *protocol.Record) (pipeline.Raw, error) {
	raw := pipeline.Raw{
		Position: pipeline.Position{Topic: r.topic, Partition: r.partition, Offset: rec.Offset},
		Time:     rec.Time,
	}
	var err error
	if raw.Key, err = readBytes(rec.Key); err != nil {
		return raw, err
	}
	if raw.Value, err = readBytes(rec.Value); err != nil {
		return raw, err
	}
	for _, h := range rec.Headers {
		raw.Headers = append(raw.Headers, pipeline.Header{Key: h.Key, Value: h.Value})
	}
	return raw, nil
}

// readBytes returns nil for null and an empty slice for what is there and empty.
func readBytes(b protocol.Bytes) ([]byte, error) {
	if b == nil {
		return nil, nil
	}
	defer b.Close()
	data := make([]byte, b.Len())
	_, err := io.ReadFull(b, data)
	return data, err
}

// weigh returns about how many bytes of memory raws take.
func weigh(raws ...pipeline.Raw) (sum int64) {
	const fixed = 128
	for _, raw := range raws {
		n := fixed + len(raw.Key) + len(raw.Value)
		for _, h := range raw.Headers {
			n += len(h.Key) + len(h.Value)
		}
		sum += int64(n)
	}
	return sum
}

// aborted knows which batches of a fetch belong to transactions that failed.
type aborted struct {
	coming []fetch.ResponseTransaction // by first offset
	open   map[int64]bool              // by producer
}

func newAborted(transactions []fetch.ResponseTransaction) *aborted {
	coming := slices.Clone(transactions)
	slices.SortFunc(coming, func(a, b fetch.ResponseTransaction) int {
		return cmp.Compare(a.FirstOffset, b.FirstOffset)
	})
	return &aborted{coming: coming, open: map[int64]bool{}}
}

// skips tells whether the records of batch are not for us: markers, and what was
// written in a transaction that was aborted. Batches are asked about in order.
func (a *aborted) skips(batch protocol.RecordReader) (bool, error) {
	switch b := batch.(type) {
	case *protocol.ControlBatch:
		// A marker ends its producer's transaction, well or badly.
		a.begin(b.BaseOffset)
		delete(a.open, b.ProducerID)
		return true, nil
	case *protocol.RecordBatch:
		a.begin(b.BaseOffset)
		return b.Attributes.Transactional() && a.open[b.ProducerID], nil
	case *protocol.MessageSet: // older than transactions
		return false, nil
	default:
		return false, fmt.Errorf("kafka-go gave a record batch as %T", batch)
	}
}

// begin opens the aborted transactions that start at offset or before.
func (a *aborted) begin(offset int64) {
	for len(a.coming) > 0 && a.coming[0].FirstOffset <= offset {
		a.open[a.coming[0].ProducerID] = true
		a.coming = a.coming[1:]
	}
}
