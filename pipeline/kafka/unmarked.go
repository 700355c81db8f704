package kafka

import (
	"context"
	"errors"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// Apache Kafka 4 can forget the markers of a transaction that it has decided: when
// a broker starts and a partition has no leader yet, the coordinator takes the
// partition for deleted and is done (KAFKA-20734). Records and offset of the
// transaction then hang, neither committed nor aborted, until the next transaction
// of the same producer decides for both. Whoever opens the id next must therefore
// not begin behind the old offset, but first decide as the coordinator has.

// decision is what became of the last transaction of an id.
type decision int

const (
	undecided decision = iota // still open, or nothing is known of one
	wasAborted
	wasCommitted
)

// decisions are the states of a transaction that the coordinator is done with, in
// Kafka's words.
var decisions = map[string]decision{"CompleteAbort": wasAborted, "CompleteCommit": wasCommitted}

// markersWithin is how long a group may take to hear of a decision that its
// coordinator calls complete. It is a matter of milliseconds.
const markersWithin = time.Second

// unmarked returns how the last transaction was decided when its markers have not
// reached the group and never will; undecided when all is well. It must be asked
// before the id is taken: then the coordinator forgets.
func (t *transactions) unmarked(ctx context.Context, at membership) (decision, error) {
	d, err := t.decided(ctx)
	if err != nil || d == undecided {
		return undecided, err
	}
	for end := time.Now().Add(markersWithin); ; {
		err := t.settled(ctx, at)
		if !errors.Is(err, kafkago.UnstableOffsetCommit) {
			return undecided, at.refused(err)
		}
		if time.Now().After(end) {
			return d, nil
		}
		if err := pause(ctx, firstWait); err != nil {
			return undecided, err
		}
	}
}

// settled asks the group for its offset at a partition, or for all that it has when
// at has no topic.
func (t *transactions) settled(ctx context.Context, at membership) error {
	if at.topic != "" {
		_, err := t.committed(ctx, at.group, at.topic, at.partition)
		return err
	}
	res, err := t.offsets(ctx, at.group, nil)
	if err != nil {
		return err
	}
	for _, topic := range res.Topics {
		for _, p := range topic.Partitions {
			if p.ErrorCode != 0 {
				return codeError(p.ErrorCode)
			}
		}
	}
	return nil
}

// decided asks the coordinator. Brokers before Kafka 3.0 do not tell, and do not
// forget either.
func (t *transactions) decided(ctx context.Context) (decision, error) {
	req := kmsg.NewPtrDescribeTransactionsRequest()
	req.TransactionalIDs = []string{t.id}
	answer, err := askTransaction(ctx, t.cluster, t.id, req)
	if errors.Is(err, errors.ErrUnsupported) {
		return undecided, nil
	}
	if err != nil {
		return undecided, err
	}
	states := answer.(*kmsg.DescribeTransactionsResponse).TransactionStates
	if len(states) != 1 {
		return undecided, errors.New("kafka did not answer for the transactional id")
	}
	err = codeError(states[0].ErrorCode)
	if errors.Is(err, kafkago.TransactionalIDNotFound) {
		return undecided, nil
	}
	return decisions[states[0].State], err
}

// everywhere returns all partitions that records may have gone to.
func (t *transactions) everywhere(ctx context.Context) (all []target, err error) {
	for _, topic := range t.topics.names() {
		n, err := t.partitions(ctx, topic)
		if err != nil {
			return nil, err
		}
		for p := range n {
			all = append(all, target{topic, p})
		}
	}
	return all, nil
}

// decideWithin bounds decide, which is not given up when the group takes the
// partition back: nobody else would know how to decide.
const decideWithin = 10 * time.Second

// decide ends a transaction without records that has all partitions in it that the
// last one may have had, so that what hangs there gets its markers.
func (t *transactions) decide(ctx context.Context, d decision, all []target, at membership) error {
	t.log.Warn("Kafka has lost the markers of a transaction (KAFKA-20734), writing them again", "committed", d == wasCommitted)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), decideWithin)
	defer cancel()
	if err := t.add(ctx, all); err != nil {
		return err
	}
	if err := t.addOffsets(ctx, at); err != nil {
		return err
	}
	return t.end(ctx, d == wasCommitted)
}
