package kafka

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol/offsetfetch"
)

// A mark is what the group keeps of a partition: where to go on, and how often a
// process has died there.
type mark struct {
	offset int64 // the next to read; negative when nothing has been committed
	deaths deaths
}

// deaths counts processes that began the work at an offset and never committed
// any: each start is noted in the offset's metadata, and any commit clears it.
type deaths struct {
	together int // at the beginning of a batch
	alone    int // with the record at the offset alone in work
}

// The number of deaths from which records are taken one by one, and from which
// one that kills by itself becomes a dead letter.
const (
	togetherLimit = 3
	aloneLimit    = 3
)

// String writes d as offset metadata: "sitrep starts=2 alone=1"; nothing for none.
func (d deaths) String() string {
	if d == (deaths{}) {
		return ""
	}
	return fmt.Sprintf("sitrep starts=%d alone=%d", d.together, d.alone)
}

// parseDeaths reads offset metadata. What others have written there counts as none.
func parseDeaths(metadata string) deaths {
	rest, ours := strings.CutPrefix(metadata, "sitrep starts=")
	together, alone, two := strings.Cut(rest, " alone=")
	if !ours || !two {
		return deaths{}
	}
	t, errT := strconv.Atoi(together)
	a, errA := strconv.Atoi(alone)
	if errT != nil || errA != nil || t < 0 || a < 0 {
		return deaths{}
	}
	return deaths{t, a}
}

// committed asks the group for its mark on a partition.
func (c *cluster) committed(ctx context.Context, group, topic string, partition int) (mark, error) {
	none := mark{offset: -1}
	res, err := call[*offsetfetch.Response](ctx, c, &offsetfetch.Request{
		GroupID: group,
		Topics:  []offsetfetch.RequestTopic{{Name: topic, PartitionIndexes: []int32{int32(partition)}}},
	})
	if err != nil {
		return none, err
	}
	if codeError(res.ErrorCode) == kafkago.GroupIdNotFound { // Kafka says -1, the embedded broker this
		return none, nil
	}
	if err := codeError(res.ErrorCode); err != nil {
		return none, err
	}
	if len(res.Topics) != 1 || len(res.Topics[0].Partitions) != 1 {
		return none, errors.New("kafka did not answer for the partition")
	}
	p := res.Topics[0].Partitions[0]
	return mark{p.CommittedOffset, parseDeaths(p.Metadata)}, codeError(p.ErrorCode)
}
