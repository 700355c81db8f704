package kafka

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	kafkago "github.com/segmentio/kafka-go"

	"sitrep/pipeline"
)

// A TopicSpec says how a topic is made.
type TopicSpec struct {
	Name        string
	Partitions  int               // 0: the broker's default
	Replication int               // 0: the broker's default
	Settings    map[string]string // as in Kafka's topic configuration
}

// Specs returns the input topic and the three that sitrep writes (named as in
// DefaultTopics where topics has no name), all with the same number of partitions. maxArticle is the largest article in bytes; records
// may be 1 MiB larger. How long records are kept is the broker's default where
// the policy deletes.
func Specs(input string, topics Topics, partitions, maxArticle int) []TopicSpec {
	spec := func(name, policy string) TopicSpec {
		return TopicSpec{
			Name:       name,
			Partitions: partitions,
			Settings: map[string]string{
				"cleanup.policy":    policy,
				"max.message.bytes": strconv.Itoa(maxArticle + 1<<20),
			},
		}
	}
	topics = topics.complete()
	return []TopicSpec{
		spec(input, "delete"),
		spec(topics.Events, "compact,delete"),
		spec(topics.Articles, "compact"),
		spec(topics.DeadLetters, "delete"),
	}
}

// CheckTopicName says what is wrong with the name of a topic, for every broker.
func CheckTopicName(name string) error {
	const most = 249
	odd := func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-')
	}
	switch {
	case name == "":
		return errors.New("no topic given")
	case name == "." || name == ".." || len(name) > most || strings.ContainsFunc(name, odd):
		return fmt.Errorf("%q is no name of a topic: want up to %d letters, digits, dots, hyphens and underscores", name, most)
	}
	return nil
}

// CreateTopics makes the topics that do not exist yet, on the cluster that config
// connects to. Those that exist are left as they are. Brokers are waited for as
// Run does.
func CreateTopics(ctx context.Context, config Config, specs ...TopicSpec) error {
	config = config.withDefaults()
	log := config.reporter("")
	c := connect(config)
	defer c.close()
	req := &kafkago.CreateTopicsRequest{}
	var names []string
	for _, s := range specs {
		names = append(names, s.Name)
		req.Topics = append(req.Topics, s.config())
	}
	var res *kafkago.CreateTopicsResponse
	asking, cancel := context.WithTimeout(ctx, config.StartTimeout)
	defer cancel()
	err := retry(asking, log, "creating topics", func() (err error) {
		if res, err = c.client.CreateTopics(asking, req); err != nil {
			return c.unreachable(unnamed(err))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		err := res.Errors[name]
		if err != nil && !errors.Is(err, kafkago.TopicAlreadyExists) {
			return fmt.Errorf("create topic %q: %w", name, denied(err, "create topic", name))
		}
	}
	return await(ctx, config, requestTimeout, log, names...)
}

func (s TopicSpec) config() kafkago.TopicConfig {
	t := kafkago.TopicConfig{Topic: s.Name, NumPartitions: s.Partitions, ReplicationFactor: s.Replication}
	if t.NumPartitions == 0 {
		t.NumPartitions = -1
	}
	if t.ReplicationFactor == 0 {
		t.ReplicationFactor = -1
	}
	for _, name := range slices.Sorted(maps.Keys(s.Settings)) {
		t.ConfigEntries = append(t.ConfigEntries, kafkago.ConfigEntry{ConfigName: name, ConfigValue: s.Settings[name]})
	}
	return t
}

// Produce writes records to topic and waits until they are there: for the demo
// and for tests. Records with a key go to the partition of the key, others to
// each partition in turn; their Position is not looked at. What fails for the
// moment is tried again until ctx is done.
func Produce(ctx context.Context, brokers []string, topic string, raws []pipeline.Raw) error {
	c := connect(Config{Brokers: brokers})
	defer c.close()
	n, err := c.partitions(ctx, topic)
	if err != nil {
		return err
	}
	records := map[target][]pipeline.Record{}
	for i, raw := range raws {
		to := target{topic, i % n}
		if raw.Key != nil {
			to.partition = Partition(raw.Key, n)
		}
		records[to] = append(records[to], pipeline.Record{Key: raw.Key, Value: raw.Value, Headers: raw.Headers})
	}
	p := &producer{c, 1 << 30, silent()}
	return p.publish(ctx, records)
}

// ReadAll returns what topic holds at the moment, committed records only: one
// partition after the other, each in its order. What fails for the moment is tried
// again until ctx is done.
func ReadAll(ctx context.Context, brokers []string, topic string) ([]pipeline.Raw, error) {
	c := connect(Config{Brokers: brokers})
	defer c.close()
	n, err := c.partitions(ctx, topic)
	if err != nil {
		return nil, err
	}
	var raws []pipeline.Raw
	for partition := range n {
		got, err := c.readPartition(ctx, topic, partition)
		if err != nil {
			return nil, fmt.Errorf("read %s/%d: %w", topic, partition, err)
		}
		raws = append(raws, got...)
	}
	return raws, nil
}

func (c *cluster) readPartition(ctx context.Context, topic string, partition int) (raws []pipeline.Raw, err error) {
	patiently := func(f func() error) error { return retry(ctx, silent(), "", f) }
	ask := func(which int64) (offset int64, err error) {
		err = patiently(func() error {
			offset, err = c.offset(ctx, topic, partition, which)
			return err
		})
		return offset, err
	}
	first, err := ask(kafkago.FirstOffset)
	if err != nil {
		return nil, err
	}
	end, err := ask(kafkago.LastOffset)
	if err != nil {
		return nil, err
	}
	r := reader{cluster: c, topic: topic, partition: partition, next: first, size: 4 << 20}
	for r.next < end {
		err := patiently(func() error {
			got, err := r.fetch(ctx)
			raws = append(raws, got...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(raws, func(raw pipeline.Raw) bool { return raw.Offset >= end }), nil
}
