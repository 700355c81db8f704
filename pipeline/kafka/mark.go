package kafka

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// A mark is what the group keeps of a partition: where to go on, and how many
// processes have begun work there and never committed any. Each start is noted in
// the offset's metadata, and any commit clears it.
type mark struct {
	offset int64 // the next to read; negative when nothing has been committed
	starts int
	note   string // what a job writes instead
}

// suspicious is the number of starts in vain from which records are tried one by
// one: one of them may kill whoever works on it.
const suspicious = 3

// stableOffsets is the version of OffsetFetch that can ask for stable offsets
// (KIP-447, Kafka 2.5). kafka-go knows it up to version 5.
const stableOffsets = 7

const startsPrefix = "sitrep starts="

// metadata writes the starts as "sitrep starts=2"; nothing for none.
func (m mark) metadata() string {
	if m.starts == 0 {
		return m.note
	}
	return startsPrefix + strconv.Itoa(m.starts)
}

// parseStarts reads offset metadata. What others have written there counts as none.
func parseStarts(metadata string) int {
	rest, ours := strings.CutPrefix(metadata, startsPrefix)
	n, err := strconv.Atoi(rest)
	if !ours || err != nil {
		return 0
	}
	return max(n, 0)
}

// committed asks the group for its mark on a partition. While a transaction holds
// a later one the answer is kafkago.UnstableOffsetCommit: what has been decided may
// not have reached the group yet, after a broker's restart for seconds.
func (c *cluster) committed(ctx context.Context, group, topic string, partition int) (mark, error) {
	none := mark{offset: -1}
	res, err := c.offsets(ctx, group, []kmsg.OffsetFetchRequestTopic{{Topic: topic, Partitions: []int32{int32(partition)}}})
	if err != nil {
		return none, err
	}
	if len(res.Topics) == 0 && res.ErrorCode != 0 {
		return none, nil
	}
	if len(res.Topics) != 1 || len(res.Topics[0].Partitions) != 1 {
		return none, errors.New("kafka did not answer for the partition")
	}
	p := res.Topics[0].Partitions[0]
	m := mark{offset: p.Offset}
	if p.Metadata != nil {
		if m.starts = parseStarts(*p.Metadata); m.starts == 0 {
			m.note = *p.Metadata
		}
	}
	err = codeError(p.ErrorCode)
	if errors.Is(err, kafkago.UnstableOffsetCommit) {
		err = fmt.Errorf("a transaction that holds a later offset has not ended: %w", err)
	}
	return m, err
}

// offsets asks a group for its stable offsets on topics, on all that it knows if
// they are nil. A group that does not exist has none.
func (c *cluster) offsets(ctx context.Context, group string, topics []kmsg.OffsetFetchRequestTopic) (*kmsg.OffsetFetchResponse, error) {
	req := kmsg.NewPtrOffsetFetchRequest()
	req.SetVersion(stableOffsets)
	req.RequireStable = true
	req.Group, req.Topics = group, topics
	answer, err := askGroup(ctx, c, group, req)
	if err != nil {
		return nil, err
	}
	res := answer.(*kmsg.OffsetFetchResponse)
	err = codeError(res.ErrorCode)
	if errors.Is(err, kafkago.GroupIdNotFound) { // Kafka says -1, the embedded broker this
		return res, nil
	}
	return res, err
}
