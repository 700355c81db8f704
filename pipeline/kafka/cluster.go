package kafka

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
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
		return none, c.unreachable(err)
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
		return 0, c.unreachable(unnamed(err))
	}
	t := m.Topics[0]
	switch {
	case errors.Is(t.Error, kafkago.UnknownTopicOrPartition):
		return 0, fmt.Errorf("topic %q does not exist on the Kafka cluster at %s: create it: %w", topic, c.brokers, t.Error)
	case errors.Is(t.Error, kafkago.TopicAuthorizationFailed):
		return 0, denied(t.Error, "use topic", topic)
	case t.Error != nil:
		return 0, fmt.Errorf("topic %q on the Kafka cluster at %s: %w", topic, c.brokers, t.Error)
	case len(t.Partitions) == 0:
		return 0, fmt.Errorf("topic %q on the Kafka cluster at %s has no partitions", topic, c.brokers)
	}
	return len(t.Partitions), nil
}

// unreachable says what an operator should look at when a request has got no
// answer.
func (c *cluster) unreachable(err error) error {
	switch {
	case errors.Is(err, protocol.ErrNoTopic), errors.Is(err, protocol.ErrNoPartition), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, protocol.ErrNoLeader):
		return fmt.Errorf("kafka at %s has no leader for the partition: is a broker down? %w", c.brokers, err)
	case errors.Is(err, kafkago.SASLAuthenticationFailed):
		return fmt.Errorf("kafka at %s refuses the SASL user or password: %w", c.brokers, err)
	case errors.Is(err, kafkago.UnsupportedSASLMechanism):
		return fmt.Errorf("kafka at %s does not have this SASL mechanism: %w", c.brokers, err)
	case errors.As(err, new(kafkago.Error)):
		return fmt.Errorf("kafka at %s: %w", c.brokers, err)
	}
	return fmt.Errorf("cannot reach Kafka at %s: %w%s", c.brokers, err, guess(err))
}

// unnamed takes off the name of the function that kafka-go's Client puts before an
// error.
func unnamed(err error) error { return cmp.Or(errors.Unwrap(err), err) }

// guess says what is likely behind the end of a connection that says nothing itself.
func guess(err error) string {
	var handshake tls.RecordHeaderError
	var network *net.OpError
	switch {
	case errors.As(err, &network) && network.Op == "remote error": // crypto/tls says so of alerts
		return " (the broker ends the TLS handshake: does it want a client certificate, or another one?)"
	case errors.As(err, &handshake):
		return " (TLS is on here; is the broker's listener without it?)"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return " (it closed the connection: is it stopping? else: wrong SASL user or password, or TLS on one side only)"
	}
	return ""
}

// await waits until all topics are there, and returns the reason why not when
// that takes longer than patience. It connects anew each time: what a transport
// knows of topics may be seconds old.
func await(ctx context.Context, c Config, patience time.Duration, r reporter, topics ...string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	const doing = "finding brokers and topics"
	defer r.gaveUp(doing)
	const againAfter = 250 * time.Millisecond
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
			r.failing(doing, err, againAfter)
		}
		if pause(ctx, againAfter) != nil {
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

// needs are the requests of Kafka's protocol without which a member cannot work,
// in their oldest version, and the release that brought them.
var needs = []struct {
	key           protocol.ApiKey
	version       int
	release       string
	transactional bool
}{
	{protocol.Produce, 3, "0.11", false},
	{protocol.Fetch, 4, "0.11", false},
	{protocol.OffsetFetch, stableOffsets, "2.5", false},
	{protocol.InitProducerId, 0, "0.11", true},
	// With the generation in it, which shuts out a member that the group has left.
	{protocol.TxnOffsetCommit, 3, "2.5", true},
}

// old returns an error when the broker lacks what we need.
func (c *cluster) old(ctx context.Context, atLeastOnce bool) error {
	res, err := c.client.ApiVersions(ctx, &kafkago.ApiVersionsRequest{})
	if err != nil {
		return c.unreachable(unnamed(err))
	}
	has := map[protocol.ApiKey]int{}
	for _, k := range res.ApiKeys {
		has[protocol.ApiKey(k.ApiKey)] = k.MaxVersion
	}
	if lacks := Lacks(has, atLeastOnce); lacks != nil {
		return fmt.Errorf("%w: kafka at %s lacks %w", errOld, c.brokers, lacks)
	}
	return nil
}

// Lacks says what a broker is too old for that has these requests, by their newest
// versions: nil if it has all that we need.
func Lacks(has map[protocol.ApiKey]int, atLeastOnce bool) error {
	for _, need := range needs {
		if version, ok := has[need.key]; (ok && version >= need.version) || (need.transactional && atLeastOnce) {
			continue
		}
		way := "upgrade it"
		if need.transactional {
			way = "upgrade it, or run with at-least-once delivery (--at-least-once)"
		}
		return fmt.Errorf("version %d of %s, which came with Kafka %s: %s", need.version, need.key, need.release, way)
	}
	return nil
}

// offset asks where a partition begins (kafkago.FirstOffset) or ends
// (kafkago.LastOffset: behind the last record of a finished transaction).
func (c *cluster) offset(ctx context.Context, topic string, partition int, which int64) (int64, error) {
	return c.offsetFor(ctx, topic, partition, which, kafkago.ReadCommitted)
}

// offsetFor is offset for readers who see other than committed records, too.
func (c *cluster) offsetFor(ctx context.Context, topic string, partition int, which int64, level kafkago.IsolationLevel) (int64, error) {
	res, err := call[*listoffsets.Response](ctx, c, &listoffsets.Request{
		ReplicaID:      -1,
		IsolationLevel: int8(level),
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
