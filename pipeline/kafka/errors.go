package kafka

import (
	"context"
	"errors"
	"fmt"

	kafkago "github.com/segmentio/kafka-go"
)

var (
	// errUnpublishable marks records that no retry will publish.
	errUnpublishable = errors.New("cannot be published")
	// errRepartitioned says that the partitions of records must be found anew.
	errRepartitioned = errors.New("the topic or its partitions are not there any more")
	// errDenied marks what the cluster does not let us do.
	errDenied = errors.New("permission denied")
	// errOffsetGone says that records were removed before we had read them.
	errOffsetGone = errors.New("the offset to go on at is not in the topic any more")
)

// denied says what is missing when err is a refusal, and returns err otherwise.
func denied(err error, what, name string) error {
	if errors.Is(err, errDenied) {
		return err
	}
	switch code := kafkago.Error(0); {
	case !errors.As(err, &code):
	case code == kafkago.TransactionalIDAuthorizationFailed:
		return fmt.Errorf("%w: to %s %q: grant Write and Describe on transactional ids that begin with the group's name, "+
			"or run with at-least-once delivery: %w", errDenied, what, name, err)
	case code == kafkago.TopicAuthorizationFailed, code == kafkago.GroupAuthorizationFailed, code == kafkago.ClusterAuthorizationFailed:
		return fmt.Errorf("%w: to %s %q: %w", errDenied, what, name, err)
	}
	return err
}

// final tells errors that an operator has to see to, and no retry mends.
func final(err error) bool {
	return errors.Is(err, errUnpublishable) || errors.Is(err, errDenied) || errors.Is(err, errOffsetGone)
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
