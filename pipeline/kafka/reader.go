package kafka

import (
	"context"

	"sitrep/pipeline"
)

// A Reader reads one partition of a topic and gives committed records alone: what
// a transaction has written that was aborted, or is still open, is not for
// consumers. kafka-go's own Reader delivers it (its issue 1332). A Reader knows no
// group: who reads keeps the offsets.
type Reader struct{ reader }

// OpenReader reads partition of topic from a place on, over c's brokers and
// security; the other fields of c are not looked at.
func OpenReader(ctx context.Context, c Config, topic string, partition int, from Start) (*Reader, error) {
	r := &Reader{reader{cluster: connect(c, topic), topic: topic, partition: partition, size: 4 << 20}}
	if _, err := r.partitions(ctx, topic); err != nil {
		r.Close()
		return nil, err
	}
	err := retry(ctx, silent(), "", func() (err error) {
		r.next, err = r.find(ctx, from)
		return err
	})
	if err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// SetOffset makes offset the next to be read.
func (r *Reader) SetOffset(offset int64) { r.next = offset }

// Next waits for the next records and returns at least one. What fails for the
// moment is tried again until ctx is done.
func (r *Reader) Next(ctx context.Context) ([]pipeline.Raw, error) {
	var raws []pipeline.Raw
	for len(raws) == 0 {
		err := retry(ctx, silent(), "", func() (err error) {
			raws, err = r.fetch(ctx)
			return denied(err, "read topic", r.topic)
		})
		if err != nil {
			return nil, err
		}
	}
	return raws, nil
}

// Close ends the connections.
func (r *Reader) Close() { r.close() }
