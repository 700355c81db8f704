package kafka

import (
	"context"
	"errors"
	"fmt"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
)

var (
	// errUnpublishable marks records that no retry will publish.
	errUnpublishable = errors.New("cannot be published")
	// errRepartitioned says that the partitions of records must be found anew.
	errRepartitioned = errors.New("the topic, or a partition of it, does not exist any more: create it")
	// errDenied marks what the cluster does not let us do.
	errDenied = errors.New("permission denied")
	// errOld marks brokers that cannot do what we need.
	errOld = errors.New("the broker is too old")
	// errOffsetGone says that records were removed before we had read them.
	errOffsetGone = errors.New("the offset to go on at is not in the topic any more")
)

// denied says what is missing when err is a refusal, and returns err otherwise.
func denied(err error, what, name string) error {
	if errors.Is(err, errDenied) {
		return err
	}
	var grant string
	switch code := kafkago.Error(0); {
	case !errors.As(err, &code):
		return err
	case code == kafkago.TransactionalIDAuthorizationFailed:
		grant = fmt.Sprintf("grant the ACL Write on transactional id %q, best on the prefix up to its first slash, "+
			"or run with at-least-once delivery (--at-least-once)", name)
	case code == kafkago.GroupAuthorizationFailed:
		grant = fmt.Sprintf("grant the ACL Read on group %q", name)
	case code == kafkago.ClusterAuthorizationFailed:
		grant = "grant the ACL IdempotentWrite on the cluster, or run with at-least-once delivery (--at-least-once)"
	case code != kafkago.TopicAuthorizationFailed:
		return err
	case what == "write to topic":
		grant = fmt.Sprintf("grant the ACL Write on topic %q", name)
	case what == "create topic":
		grant = fmt.Sprintf("grant the ACL Create on topic %q, or let somebody else create it", name)
	case what == "use topic":
		grant = fmt.Sprintf("grant the ACL Read on topic %q if it is the input, Write if it is an output", name)
	default:
		grant = fmt.Sprintf("grant the ACL Read on topic %q", name)
	}
	return fmt.Errorf("%w: to %s %q: %s: %w", errDenied, what, name, grant, err)
}

// final tells errors that an operator has to see to, and no retry mends.
func final(err error) bool {
	return errors.Is(err, errUnpublishable) || errors.Is(err, errDenied) || errors.Is(err, errOld) || errors.Is(err, errOffsetGone)
}

// retriable tells errors that may pass by themselves: the network, a broker that
// restarts, a leader that moves, a transaction that is still being ended. Answers
// that will be the same next time are not.
func retriable(err error) bool {
	if final(err) || errors.Is(err, errRepartitioned) || errors.Is(err, context.Canceled) {
		return false
	}
	var code kafkago.Error
	if errors.As(err, &code) {
		return code.Temporary() || code == kafkago.BrokerNotAvailable || code == kafkago.ConcurrentTransactions
	}
	return true
}

// passing tells that most likely the transaction before is still being written
// out: to a producer a broker may call that a lack of replicas.
func passing(err error) bool {
	return errors.Is(err, kafkago.ConcurrentTransactions) || errors.Is(err, kafkago.NotEnoughReplicas)
}

// fenced tells that somebody else has taken what we had.
func fenced(err error) bool {
	return errors.Is(err, kafkago.ProducerFenced) || errors.Is(err, kafkago.InvalidProducerEpoch) || membershipOver(err)
}

// notThere tells that a topic or partition that was asked for is missing.
func notThere(err error) bool {
	return errors.Is(err, kafkago.UnknownTopicOrPartition) || errors.Is(err, protocol.ErrNoTopic) || errors.Is(err, protocol.ErrNoPartition)
}
