package kafka

import (
	"context"
	"errors"
	"maps"
	"slices"

	kafkago "github.com/segmentio/kafka-go"

	"sitrep/pipeline"
)

// A Placed record goes to the partition that its sender has chosen.
type Placed struct {
	Topic     string
	Partition int
	pipeline.Record
}

// A Publisher makes records durable in transactions that hold nothing else: what
// has been done must show in the records. Whoever takes the same id later shuts
// out who has it now.
type Publisher struct {
	out    *transactions
	topics Topics
	counts map[string]int // of partitions
	log    reporter
}

// OpenPublisher connects to the brokers of c. The id is that of the transactions.
func OpenPublisher(ctx context.Context, c Config, id string) (*Publisher, error) {
	c = c.withDefaults()
	counts, err := Partitions(ctx, c)
	if err != nil {
		return nil, err
	}
	log := c.reporter(id)
	return &Publisher{&transactions{cluster: connect(c), id: id, maxBytes: c.MaxMessageBytes, log: log}, c.Topics, counts, log}, nil
}

// Take shuts out whoever has the id, and aborts what that one left open. It is also
// what makes the publisher whole again after an error. topics are all that the last
// transaction may have written to: what hangs there, as unmarked.go tells, is ended as
// it was decided.
func (p *Publisher) Take(ctx context.Context, topics ...string) error {
	last := undecided
	err := p.out.patiently(ctx, "taking the transactional id", func() (err error) {
		if last == undecided {
			if last, err = p.out.decided(ctx); err != nil {
				return err
			}
		}
		return p.out.take(ctx)
	})
	if err != nil || last == undecided {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), decideWithin)
	defer cancel()
	var all []target
	for _, topic := range topics {
		for n := range p.counts[topic] {
			all = append(all, target{topic, n})
		}
	}
	if err := p.out.add(ctx, all); err != nil || len(all) == 0 {
		return err
	}
	return p.out.end(ctx, last == wasCommitted)
}

// Place returns where the service would publish a record that it made of an article
// in that partition.
func (p *Publisher) Place(rec pipeline.Record, partition int) Placed {
	topic := p.topics.of(rec.Stream)
	n := max(1, p.counts[topic])
	if rec.Key != nil {
		return Placed{topic, Partition(rec.Key, n), rec}
	}
	return Placed{topic, max(0, partition) % n, rec}
}

// Publish makes all records visible, those of each partition in their order, or none.
// After an error which of the two is known only to who takes the id and reads.
func (p *Publisher) Publish(ctx context.Context, placed []Placed) error {
	records := map[target][]pipeline.Record{}
	for _, r := range placed {
		to := target{r.Topic, r.Partition}
		records[to] = append(records[to], r.Record)
	}
	encoded, err := p.out.encode(records)
	if err != nil {
		return err
	}
	if err := p.out.add(ctx, slices.Collect(maps.Keys(records))); err != nil {
		return err
	}
	if err := p.out.write(ctx, encoded); err != nil {
		return err
	}
	return p.out.end(ctx, true)
}

// Close ends the connections.
func (p *Publisher) Close() { p.out.close() }

// Fenced tells that somebody else has taken the id, or that the brokers have ended a
// transaction that took too long: the embedded ones say so of both.
func Fenced(err error) bool { return fenced(err) || errors.Is(err, kafkago.InvalidTransactionState) }

// Partitions returns the number of partitions of each topic that c's user may see.
// Brokers are waited for as Run does.
func Partitions(ctx context.Context, c Config) (map[string]int, error) {
	c = c.withDefaults()
	asking, cancel := context.WithTimeout(ctx, c.StartTimeout)
	defer cancel()
	brokers := connect(c)
	defer brokers.close()
	counts := map[string]int{}
	err := retry(asking, c.reporter(""), "asking for the topics", func() error {
		m, err := brokers.client.Metadata(asking, &kafkago.MetadataRequest{})
		if err != nil {
			return brokers.unreachable(unnamed(err))
		}
		for _, t := range m.Topics {
			if t.Error == nil && len(t.Partitions) > 0 {
				counts[t.Name] = len(t.Partitions)
			}
		}
		return nil
	})
	return counts, err
}

// Written returns what topic holds at the moment, with what transactions have
// written that are still open: a Range over it waits until they are not.
func Written(ctx context.Context, c Config, topic string) ([]Span, error) {
	c = c.withDefaults()
	spans, err := Spans(ctx, c, topic, Place{Start: Earliest}, Place{Start: Latest})
	if err != nil {
		return nil, err
	}
	brokers := connect(c, topic)
	defer brokers.close()
	for i, s := range spans {
		err := retry(ctx, c.reporter(topic), "asking for the end", func() (err error) {
			spans[i].End, err = brokers.offsetFor(ctx, topic, s.Partition, kafkago.LastOffset, kafkago.ReadUncommitted)
			return denied(err, "read topic", topic)
		})
		if err != nil {
			return nil, err
		}
	}
	return spans, nil
}
