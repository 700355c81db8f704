package kafka

import (
	"context"

	kafkago "github.com/segmentio/kafka-go"
)

// Partitions returns how many partitions topic has, on the cluster that c connects to.
func Partitions(ctx context.Context, c Config, topic string) (int, error) {
	cluster := connect(c, topic)
	defer cluster.close()
	return cluster.partitions(ctx, topic)
}

// Back makes a reader begin n offsets earlier, though not before the first that the
// topic holds.
func (r *Reader) Back(ctx context.Context, n int64) error {
	return retry(ctx, silent(), "", func() error {
		first, err := r.offset(ctx, r.topic, r.partition, kafkago.FirstOffset)
		if err == nil {
			r.next = max(first, r.next-n)
		}
		return err
	})
}
