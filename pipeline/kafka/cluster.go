package kafka

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/listoffsets"
)

const (
	clientID       = "sitrep"
	requestTimeout = 30 * time.Second
	firstWait      = 100 * time.Millisecond // before something is tried again
	longestWait    = 5 * time.Second
)

// cluster is the way to the brokers: one pool of connections for everything but
// the group's heartbeats.
type cluster struct {
	transport *kafkago.Transport
	client    *kafkago.Client
	addr      net.Addr
	brokers   string // for messages
}

// connect returns the cluster at the brokers of c, which are not contacted yet.
// With topics given, only those are known.
func connect(c Config, topics ...string) *cluster {
	t := &kafkago.Transport{
		ClientID:       clientID,
		DialTimeout:    5 * time.Second,
		MetadataTTL:    3 * time.Second, // a leader that moved is found within it
		MetadataTopics: topics,
		TLS:            c.TLS,
		SASL:           c.SASL,
	}
	addr := kafkago.TCP(c.Brokers...)
	return &cluster{
		transport: t,
		client:    &kafkago.Client{Addr: addr, Transport: t, Timeout: requestTimeout},
		addr:      addr,
		brokers:   strings.Join(c.Brokers, ","),
	}
}

func (c *cluster) close() { c.transport.CloseIdleConnections() }

// call sends req to the broker that it concerns, and waits for the answer.
func call[Response protocol.Message](ctx context.Context, c *cluster, req protocol.Message) (Response, error) {
	var none Response
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	m, err := c.transport.RoundTrip(ctx, c.addr, req)
	if err != nil {
		return none, err
	}
	res, ok := m.(Response)
	if !ok {
		return none, fmt.Errorf("kafka at %s answered %T to %T", c.brokers, m, req)
	}
	return res, nil
}

// partitions returns how many partitions topic has. The answer may be as old as
// the transport's MetadataTTL.
func (c *cluster) partitions(ctx context.Context, topic string) (int, error) {
	m, err := c.client.Metadata(ctx, &kafkago.MetadataRequest{Topics: []string{topic}})
	if err != nil {
		return 0, c.unreachable(err)
	}
	t := m.Topics[0]
	switch {
	case errors.Is(t.Error, kafkago.UnknownTopicOrPartition):
		return 0, fmt.Errorf("topic %q does not exist on the Kafka cluster at %s: create it: %w", topic, c.brokers, t.Error)
	case errors.Is(t.Error, kafkago.TopicAuthorizationFailed):
		return 0, fmt.Errorf("no permission to use topic %q on the Kafka cluster at %s: %w", topic, c.brokers, t.Error)
	case t.Error != nil:
		return 0, fmt.Errorf("topic %q on the Kafka cluster at %s: %w", topic, c.brokers, t.Error)
	case len(t.Partitions) == 0:
		return 0, fmt.Errorf("topic %q on the Kafka cluster at %s has no partitions", topic, c.brokers)
	}
	return len(t.Partitions), nil
}

// unreachable says what an operator should look at.
func (c *cluster) unreachable(err error) error {
	var code kafkago.Error
	if errors.As(err, &code) {
		return fmt.Errorf("broker at %s: %w", c.brokers, err)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fmt.Errorf("cannot reach Kafka at %s: %w (it closed the connection: "+
			"wrong SASL user or password, or TLS on one side only?)", c.brokers, err)
	}
	return fmt.Errorf("cannot reach Kafka at %s: %w", c.brokers, err)
}

// await waits until all topics are there, and returns the reason why not when
// that takes longer than patience. It connects anew each time: what a transport
// knows of topics may be seconds old.
func await(ctx context.Context, c Config, patience time.Duration, topics ...string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var reason error
	for {
		fresh := connect(c, topics...)
		err := fresh.all(ctx, topics)
		fresh.close()
		if err == nil {
			return nil
		}
		if ctx.Err() == nil {
			reason = err
		}
		if pause(ctx, 250*time.Millisecond) != nil {
			return cmp.Or(reason, err)
		}
	}
}

func (c *cluster) all(ctx context.Context, topics []string) error {
	for _, topic := range topics {
		if _, err := c.partitions(ctx, topic); err != nil {
			return err
		}
	}
	return nil
}

// offset asks where a partition begins (kafkago.FirstOffset) or ends
// (kafkago.LastOffset: behind the last record of a finished transaction).
func (c *cluster) offset(ctx context.Context, topic string, partition int, which int64) (int64, error) {
	res, err := call[*listoffsets.Response](ctx, c, &listoffsets.Request{
		ReplicaID:      -1,
		IsolationLevel: int8(kafkago.ReadCommitted),
		Topics: []listoffsets.RequestTopic{{
			Topic: topic,
			Partitions: []listoffsets.RequestPartition{{
				Partition:          int32(partition),
				CurrentLeaderEpoch: -1,
				Timestamp:          which,
			}},
		}},
	})
	if err != nil {
		return 0, err
	}
	if len(res.Topics) != 1 || len(res.Topics[0].Partitions) != 1 {
		return 0, errors.New("kafka did not list the offset that was asked for")
	}
	p := res.Topics[0].Partitions[0]
	return p.Offset, codeError(p.ErrorCode)
}

// codeError returns the error that a code in a response stands for.
func codeError(code int16) error {
	if code == 0 {
		return nil
	}
	return kafkago.Error(code)
}

// retry does f again until it succeeds, fails for good or ctx is done.
func retry(ctx context.Context, log *slog.Logger, what string, f func() error) error {
	wait, busy := firstWait, firstWait/50
	for {
		err := f()
		if err == nil || !retriable(err) {
			return err
		}
		delay := wait
		if (errors.Is(err, kafkago.ConcurrentTransactions) || errors.Is(err, kafkago.NotEnoughReplicas)) && busy < firstWait {
			// Most likely the transaction before is still being written out: to a
			// producer a broker may call that a lack of replicas.
			delay, busy = busy, 2*busy
		} else {
			log.Warn(what+" failed, trying again", "error", err, "after", wait)
			wait = min(2*wait, longestWait)
		}
		if pause(ctx, delay) != nil {
			return err
		}
	}
}

// pause waits, or returns why ctx is done.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
