package doctor

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	kafkago "github.com/segmentio/kafka-go"
)

// stillOpen is after how long a transaction that does not move is told of: ours take
// a part of a second.
const stillOpen = 2 * time.Second

// transactions looks for records of ours behind which those who read committed ones
// wait, because a transaction is not ended.
func (d *doctor) transactions(ctx context.Context, topics []topic) {
	open := map[string]map[int32]int64{}
	for _, t := range topics {
		if t.role != input {
			if stuck, err := d.open(ctx, t); err == nil && len(stuck) > 0 {
				open[t.name] = stuck
			}
		}
	}
	if len(open) == 0 {
		return
	}
	select {
	case <-ctx.Done():
		return
	case <-time.After(stillOpen):
	}
	for _, t := range topics {
		d.unmoved(ctx, t, open[t.name])
	}
}

// unmoved tells of transactions that are open since before.
func (d *doctor) unmoved(ctx context.Context, t topic, before map[int32]int64) {
	now, err := d.open(ctx, t)
	if err != nil {
		return
	}
	var stuck []string
	one := int32(0)
	for _, p := range slices.Sorted(maps.Keys(before)) {
		if at, ok := now[p]; ok && at == before[p] {
			stuck, one = append(stuck, fmt.Sprintf("%d (from %d on)", p, at)), p
		}
	}
	if stuck != nil {
		d.warn("transaction", t.name, fmt.Sprintf("%s describe-producers --topic %s --partition %d   # whose it is; sitrep run ends those of its own group when it starts", d.tool("kafka-transactions.sh"), quote(t.name), one),
			"one is open for more than %s: who reads committed records waits in partition %s", stillOpen, strings.Join(stuck, ", "))
	}
}

// open returns the partitions with records beyond the last one that is committed, and
// where those end.
func (d *doctor) open(ctx context.Context, t topic) (map[int32]int64, error) {
	committed, err := d.offsets(ctx, t, kafkago.LastOffset, kafkago.ReadCommitted)
	if err != nil {
		return nil, err
	}
	written, err := d.offsets(ctx, t, kafkago.LastOffset, kafkago.ReadUncommitted)
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(committed, func(p int32, at int64) bool { return at >= written[p] })
	return committed, nil
}
