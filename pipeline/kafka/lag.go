package kafka

import (
	"cmp"
	"context"
	"slices"
	"time"

	kafkago "github.com/segmentio/kafka-go"

	"sitrep/pipeline"
)

// A Lag says how far a partition of the input is from being done.
type Lag struct {
	Partition int
	Records   int64     // that can be read and are not committed
	InFlight  int64     // of them: read
	Bytes     int64     // that those take in memory
	Held      int64     // records behind a transaction that their producer has left open
	Oldest    time.Time // when Kafka got the oldest of Records; zero when there are none
}

// progress is what is known of a partition while it is ours.
type progress struct {
	done    int64   // where the next commit begins
	next    int64   // where the next fetch begins
	written []int64 // when the records in flight were, in milliseconds, oldest first
	bytes   int64   // that those take

	stable int64     // where what can be read ends
	top    int64     // where the log ends
	asked  time.Time // when these were so
	behind time.Time // since when we know of more to read and have read nothing; zero: of none
}

// Lags returns those of the partitions that the member has opened, in order.
func (h *Health) Lags() []Lag {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []Lag
	for partition, p := range h.progress {
		l := Lag{
			Partition: partition,
			Records:   max(0, p.stable-p.next) + int64(len(p.written)),
			InFlight:  int64(len(p.written)),
			Bytes:     p.bytes,
			Held:      p.top - p.stable,
			Oldest:    p.behind,
		}
		if len(p.written) > 0 {
			l.Oldest = time.UnixMilli(p.written[0])
		}
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b Lag) int { return cmp.Compare(a.Partition, b.Partition) })
	return all
}

// opens says that a partition is read from an offset on.
func (h *Health) opens(partition int, next int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.progress[partition]
	if p == nil {
		if h.progress == nil {
			h.progress = map[int]*progress{}
		}
		p = new(progress)
		h.progress[partition] = p
	}
	p.done = next
	p.drop()
}

// of does f to what is known of a partition, if it was opened.
func (h *Health) of(partition int, f func(p *progress)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p := h.progress[partition]; p != nil {
		f(p)
	}
}

// fetched notes what r has read, and what it has seen of the log's end.
func (p *progress) fetched(r *reader, raws []pipeline.Raw, bytes int64) {
	p.next = r.next
	now := time.Now()
	for _, raw := range raws {
		at := raw.Time.UnixMilli()
		if at <= 0 || raw.Time.After(now) { // nobody has said, or a clock is wrong
			at = now.UnixMilli()
		}
		p.written = append(p.written, at)
	}
	p.bytes += bytes
	if len(raws) > 0 {
		p.behind = time.Time{}
	}
	p.ends(r.stable, r.top)
}

// ends notes where the log ends.
func (p *progress) ends(stable, top int64) {
	p.stable, p.top, p.asked = stable, max(stable, top), time.Now()
	switch {
	case p.stable <= p.next:
		p.behind = time.Time{}
	case p.behind.IsZero():
		p.behind = p.asked
	}
}

// commits notes that the oldest n records in flight are done, up to an offset.
func (p *progress) commits(n int, next, bytes int64) {
	p.done = next
	p.written = slices.Delete(p.written, 0, min(n, len(p.written)))
	p.bytes -= bytes
}

// drop notes that what is in flight will be read again.
func (p *progress) drop() { p.next, p.written, p.bytes = p.done, nil, 0 }

// measure asks for the ends of partitions that are not fetched from: memory is
// full, or fetching fails.
func (m *member) measure(ctx context.Context) {
	for pause(ctx, m.PartitionCheck) == nil {
		for _, partition := range m.Health.unasked(m.PartitionCheck) {
			end, err := m.offset(ctx, m.Input, partition, kafkago.LastOffset)
			if err == nil {
				m.Health.of(partition, func(p *progress) { p.ends(end, p.top) })
			}
		}
	}
}

// unasked returns the partitions of whose ends nothing was heard for a time.
func (h *Health) unasked(limit time.Duration) (partitions []int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for partition, p := range h.progress {
		if time.Since(p.asked) > limit {
			partitions = append(partitions, partition)
		}
	}
	return partitions
}
