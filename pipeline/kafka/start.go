package kafka

import (
	"context"
	"fmt"
	"time"

	kafkago "github.com/segmentio/kafka-go"
)

// A Start is a place in a topic that is found without an offset. The zero Start
// is Earliest.
type Start struct{ which int64 }

// The ends of a topic.
var (
	Earliest = Start{}
	Latest   = Start{kafkago.LastOffset}
)

// Since is where the records begin whose timestamp is t or later.
func Since(t time.Time) Start { return Start{max(t.UnixMilli(), 1)} }

// ParseStart reads what String writes, and times with a zone (RFC 3339).
func ParseStart(s string) (Start, error) {
	switch s {
	case "earliest":
		return Earliest, nil
	case "latest":
		return Latest, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return Start{}, fmt.Errorf("%q is not earliest, latest or a time such as 2026-01-31T00:00:00Z", s)
	}
	return Since(t), nil
}

func (s Start) String() string {
	switch s {
	case Earliest:
		return "earliest"
	case Latest:
		return "latest"
	}
	return time.UnixMilli(s.which).UTC().Format(time.RFC3339)
}

// find returns the offset of s in the partition of r. A time after the last
// record is its end.
func (r *reader) find(ctx context.Context, s Start) (int64, error) {
	which := s.which
	if s == Earliest {
		which = kafkago.FirstOffset
	}
	offset, err := r.offset(ctx, r.topic, r.partition, which)
	if err == nil && offset < 0 {
		offset, err = r.offset(ctx, r.topic, r.partition, kafkago.LastOffset)
	}
	return offset, err
}
