// Package kafka carries articles from a Kafka topic through a pipeline.Pool to
// the topics that sitrep writes. It knows groups, partitions, offsets and
// brokers; it does not know what is in a record.
package kafka

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/segmentio/kafka-go/sasl"

	"sitrep/pipeline"
)

// Topics are the names of the topics that sitrep writes to.
type Topics struct {
	Events      string
	Articles    string
	DeadLetters string
}

// DefaultTopics are the names that data teams find in the documentation.
var DefaultTopics = Topics{
	Events:      "sitrep.events.v1",
	Articles:    "sitrep.articles.v1",
	DeadLetters: "sitrep.deadletters.v1",
}

// complete returns t with the default names where it has none.
func (t Topics) complete() Topics {
	setDefault(&t.Events, DefaultTopics.Events)
	setDefault(&t.Articles, DefaultTopics.Articles)
	setDefault(&t.DeadLetters, DefaultTopics.DeadLetters)
	return t
}

func (t Topics) names() []string { return []string{t.Events, t.Articles, t.DeadLetters} }

// of returns the topic of a stream.
func (t Topics) of(s pipeline.Stream) string {
	switch s {
	case pipeline.Events:
		return t.Events
	case pipeline.Articles:
		return t.Articles
	default:
		return t.DeadLetters
	}
}

// Config says what to consume and where to publish. Fields left zero have the
// default that their comment names.
type Config struct {
	Brokers []string // host:port of one broker or more; required
	Group   string   // the consumer group; required
	Input   string   // the topic of raw articles; required
	Topics  Topics   // names left empty are those of DefaultTopics

	// From is where a group begins that has committed nothing: Earliest.
	From Start
	// OffsetGone is where a group goes on when the topic does not hold the offset
	// any more that it has committed: nil, which ends Run with an error.
	OffsetGone *Start
	// AtLeastOnce publishes without transactions: for clusters that do not grant
	// them. After a crash articles are published again, with the same ids.
	AtLeastOnce bool

	// Probe tells whether an article kills who works on it, without dying of it
	// itself: it is asked where processes have died. Nil: such an article stops its
	// partition. See package probe.
	Probe func(context.Context, pipeline.Raw) (kills bool, err error)

	// MaxBatch is how many articles of a partition are made durable together at
	// most, though never less than pipeline.Joined: 1000. It takes a backlog to
	// reach it.
	MaxBatch int
	// MaxBytes is about how much of the input, uncompressed, is in memory at
	// once, over all partitions: 64 MiB. An article or a record batch that is
	// larger is still read.
	MaxBytes int64
	// MaxMessageBytes is the largest output record, before compression: 11 MiB.
	// The output topics' max.message.bytes should be no smaller.
	MaxMessageBytes int
	// SessionTimeout is how long the group waits for a member that has fallen
	// silent: 10 s. When the group shares out anew, work that has begun may take
	// 2/3 of it.
	SessionTimeout time.Duration
	// StartTimeout is how long brokers and topics are waited for at the start: 10 s.
	StartTimeout time.Duration
	// PartitionCheck is how often new partitions of the input are looked for: 5 s.
	PartitionCheck time.Duration

	// Prepare, if set, is called with articles before they are processed, to fetch
	// what processing needs to know. An error is logged and it is called again.
	Prepare func(context.Context, []pipeline.Raw) error

	// Timed, if set, is told how long each transaction took that was committed.
	Timed func(time.Duration)
	// Committing, if set, is called before a batch is committed, and what it returns
	// after that.
	Committing func(pipeline.Batch) (ends func(error))

	TLS    *tls.Config    // nil: no encryption
	SASL   sasl.Mechanism // nil: no authentication
	Logger *slog.Logger   // nil: nothing is logged
	Health *Health        // if set, is told how Run fares
}

func (c Config) topics() []string { return append([]string{c.Input}, c.Topics.names()...) }

// complete returns c with its defaults, or says what is wrong with it.
func (c Config) complete() (Config, error) {
	if len(c.Brokers) == 0 {
		return c, errors.New("kafka: no broker addresses given")
	}
	for _, addr := range c.Brokers {
		if _, _, err := net.SplitHostPort(addr); err != nil {
			return c, fmt.Errorf("kafka: broker address %q is not host:port", addr)
		}
	}
	if c.Group == "" {
		return c, errors.New("kafka: no consumer group given")
	}
	if c.Input == "" {
		return c, errors.New("kafka: no input topic given")
	}
	c = c.withDefaults()
	for _, output := range c.Topics.names() {
		if output == c.Input {
			return c, fmt.Errorf("kafka: topic %q is both input and output: sitrep would read what it writes", output)
		}
	}
	if min(c.MaxBatch, c.MaxMessageBytes) < 0 || c.MaxBytes < 0 || min(c.SessionTimeout, c.StartTimeout, c.PartitionCheck) < 0 {
		return c, errors.New("kafka: limits and times cannot be negative")
	}
	return c, nil
}

func (c Config) withDefaults() Config {
	c.Topics = c.Topics.complete()
	setDefault(&c.MaxBatch, 1000)
	setDefault(&c.MaxBytes, 64<<20)
	setDefault(&c.MaxMessageBytes, 11<<20)
	setDefault(&c.SessionTimeout, 10*time.Second)
	setDefault(&c.StartTimeout, 10*time.Second)
	setDefault(&c.PartitionCheck, 5*time.Second)
	setDefault(&c.Logger, slog.New(slog.DiscardHandler))
	setDefault(&c.Health, new(Health))
	return c
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
