package kafka

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"
	"github.com/twmb/franz-go/pkg/kversion"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka/testbroker"
)

func TestHealthNamesTheOldestTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := new(Health)
		check := func(want string) {
			t.Helper()
			got := "ready"
			if err := h.Ready(); err != nil {
				got = err.Error()
			}
			if got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		r := func(about string) reporter { c := silent(); return reporter{c.Logger, h, about} }
		check("waiting for partitions of the group")
		h.takes([]int{0, 1})
		check("ready")
		r("in/0").failing("reading", errors.New("nobody there"), time.Second)
		time.Sleep(time.Minute)
		r("in/1").failing("publishing", errors.New("disk full"), time.Second)
		r("in/0").failing("reading", errors.New("shut"), time.Second)
		check("shut (in/0: reading, since 2000-01-01T00:00:00Z, and 1 more)")
		r("in/0").works("reading")
		check("disk full (in/1: publishing, since 2000-01-01T00:01:00Z)")
		h.overAll("in/1")
		check("ready")
		if got := h.Partitions(); !slices.Equal(got, []int{0, 1}) {
			t.Errorf("has partitions %v", got)
		}
		h.givesBack()
		check("waiting for partitions of the group")
		h.stop()
		check("stopping")
		h.ended(errors.New("not allowed"))
		check("not allowed")
	})
}

// A trouble that lasts is not a line in the log for each attempt.
func TestTheLogHasATroubleNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, said := new(Health), 0
		for range 100 {
			if h.failing(trouble{"in/0", "reading"}, errors.New("nobody there")) {
				said++
			}
			time.Sleep(time.Second)
		}
		if said != 4 {
			t.Errorf("said %d times in 100 s, want 4", said)
		}
	})
}

// untilReady waits until Ready says what is wanted: "" for readiness.
func (s *setting) untilReady(want ...string) {
	s.t.Helper()
	var err error
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		err = s.Health.Ready()
		if len(want) == 0 && err == nil {
			return
		}
		if len(want) > 0 && err != nil && containsAll(err.Error(), want) {
			s.t.Log(err)
			return
		}
	}
	s.t.Fatalf("Ready says %v, want %q", err, want)
}

func containsAll(s string, parts []string) bool {
	for _, part := range parts {
		if !strings.Contains(s, part) {
			return false
		}
	}
	return true
}

func (s *setting) deleteTopic(name string) {
	s.t.Helper()
	c := connect(s.Config)
	defer c.close()
	res, err := c.client.DeleteTopics(s.t.Context(), &kafkago.DeleteTopicsRequest{Topics: []string{name}})
	if err == nil {
		err = res.Errors[name]
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *setting) addPartitions(topic string, n int) {
	s.t.Helper()
	c := connect(s.Config)
	res, err := c.client.CreatePartitions(s.t.Context(), &kafkago.CreatePartitionsRequest{
		Topics: []kafkago.TopicPartitionsConfig{{Name: topic, Count: int32(n)}},
	})
	c.close()
	if err == nil {
		err = res.Errors[topic]
	}
	if err != nil {
		s.t.Fatal(err)
	}
	for got := 0; got != n; time.Sleep(20 * time.Millisecond) {
		fresh := connect(s.Config)
		got, err = fresh.partitions(s.t.Context(), topic)
		fresh.close()
		if err != nil {
			s.t.Fatal(err)
		}
	}
}

func TestReadyFollowsTheInputTopic(t *testing.T) {
	t.Parallel()
	s := newSetting(t, 2)
	s.Health = new(Health)
	s.produce(numbered(0, 20)...)
	s.produce(pipeline.Raw{Key: []byte("deleted")})
	stop := s.start(echo)
	s.await(s.Topics.Articles, 20)
	s.untilReady()
	s.deleteTopic(s.Input)
	s.untilReady(`topic "`+s.Input+`" does not exist`, "create it")
	if err := CreateTopics(t.Context(), s.Config, Specs(s.Input, s.Topics, 2, testArticle)...); err != nil {
		t.Fatal(err)
	}
	s.untilReady()
	s.produce(numbered(20, 60)...)
	s.await(s.Topics.Articles, 60)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, out := range s.all(s.Topics.Articles) {
		seen[string(out.Value)]++
	}
	for value, n := range seen {
		if n > 1 {
			t.Errorf("%q is there %d times", value, n)
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d of 60 articles published", len(seen))
	}
	if c := s.Health.Counts(); c.Articles != 60 || c.Nulls > 1 || c.DeadLetters != 0 || c.Transactions == 0 {
		t.Errorf("counted %+v", c)
	}
}

func TestReadyFollowsTheOutputTopics(t *testing.T) {
	t.Parallel()
	s := newSetting(t, 2)
	s.Health = new(Health)
	s.produce(numbered(0, 20)...)
	stop := s.start(echo)
	s.await(s.Topics.Articles, 20)
	s.addPartitions(s.Topics.Articles, 4)
	time.Sleep(4 * time.Second) // what a transport knows may be as old as MetadataTTL
	s.produce(numbered(20, 120)...)
	s.await(s.Topics.Articles, 120)
	checkOnce(t, s.all(s.Input), s.all(s.Topics.Articles))
	used := map[int]bool{}
	for _, out := range s.all(s.Topics.Articles) {
		used[out.Partition] = true
	}
	if len(used) != 4 {
		t.Errorf("%d of 4 partitions are written to", len(used))
	}
	s.deleteTopic(s.Topics.Articles)
	s.produce(numbered(120, 160)...)
	s.untilReady(`topic "`+s.Topics.Articles+`" does not exist`, "create it")
	if err := CreateTopics(t.Context(), s.Config, Specs(s.Input, s.Topics, 2, testArticle)...); err != nil {
		t.Fatal(err)
	}
	s.await(s.Topics.Articles, 40)
	s.untilReady()
	if err := stop(); err != nil {
		t.Fatal(err)
	}
}

func TestReadyFollowsTheBroker(t *testing.T) {
	t.Parallel()
	own, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close()
	s := unmade(t)
	s.Brokers = own.Addrs()
	s.Health = new(Health)
	s.SessionTimeout = 3 * time.Second
	if err := CreateTopics(t.Context(), s.Config, Specs(s.Input, s.Topics, 2, testArticle)...); err != nil {
		t.Fatal(err)
	}
	stop := s.start(echo)
	s.untilReady()
	if err := own.Stop(); err != nil {
		t.Skip(err)
	}
	s.untilReady("cannot reach Kafka at "+s.Brokers[0], "since")
	if err := own.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.untilReady()
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if err := s.Health.Ready(); err == nil || err.Error() != "stopping" {
		t.Errorf("Ready says %v at the end", err)
	}
}

// A broker whose disk is full: said, waited for, and nothing is lost.
func TestADiskThatIsFullIsWaitedFor(t *testing.T) {
	t.Parallel()
	var full atomic.Bool
	full.Store(true)
	cluster, s := embedded(t)
	s.Health = new(Health)
	s.produce(numbered(0, 50)...)
	cluster.ControlKey((&kmsg.ProduceRequest{}).Key(), func(kreq kmsg.Request) (kmsg.Response, error, bool) {
		cluster.KeepControl()
		if !full.Load() {
			return nil, nil, false
		}
		req := kreq.(*kmsg.ProduceRequest)
		res := req.ResponseKind().(*kmsg.ProduceResponse)
		for _, t := range req.Topics {
			topic := kmsg.NewProduceResponseTopic()
			topic.Topic, topic.TopicID = t.Topic, t.TopicID
			for _, p := range t.Partitions {
				partition := kmsg.NewProduceResponseTopicPartition()
				partition.Partition, partition.ErrorCode = p.Partition, kerr.KafkaStorageError.Code
				topic.Partitions = append(topic.Partitions, partition)
			}
			res.Topics = append(res.Topics, topic)
		}
		return res, nil, true
	})
	stop := s.start(echo)
	s.untilReady("disk", "full", s.Topics.Articles)
	full.Store(false)
	s.await(s.Topics.Articles, 50)
	s.untilReady()
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	checkOnce(t, s.all(s.Input), s.all(s.Topics.Articles))
}

func embedded(t *testing.T, options ...kfake.Opt) (*kfake.Cluster, *setting) {
	t.Helper()
	cluster, err := kfake.NewCluster(append(options, kfake.NumBrokers(1), kfake.BrokerConfigs(map[string]string{"message.max.bytes": "12582912"}))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cluster.Close)
	s := unmade(t)
	s.Brokers = cluster.ListenAddrs()
	if err := CreateTopics(t.Context(), s.Config, Specs(s.Input, s.Topics, 2, testArticle)...); err != nil {
		t.Fatal(err)
	}
	return cluster, s
}

func without(v *kversion.Versions, key protocol.ApiKey) *kversion.Versions {
	v.SetMaxKeyVersion(int16(key), -1)
	return v
}

func TestABrokerTooOldIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		version     *kversion.Versions
		atLeastOnce bool
		want        string
	}{
		"long ago":             {kversion.V0_10_2(), false, "Kafka 0.11"},
		"without generations":  {kversion.V2_4_0(), false, "Kafka 2.5"},
		"and at least once":    {kversion.V2_4_0(), true, "Kafka 2.5"},
		"good enough":          {kversion.V2_5_0(), false, ""},
		"without transactions": {without(kversion.V2_5_0(), protocol.InitProducerId), true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, s := embedded(t, kfake.MaxVersions(c.version))
			s.AtLeastOnce = c.atLeastOnce
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			if c.want != "" {
				err := Run(ctx, s.Config, pipeline.NewPool(1, echo))
				if err == nil || !containsAll(err.Error(), []string{c.want, "too old", "upgrade", s.Brokers[0]}) {
					t.Errorf("ended with %v", err)
				}
				t.Log(err)
				return
			}
			s.produce(numbered(0, 10)...)
			stop := s.start(echo)
			s.await(s.Topics.Articles, 10)
			if err := stop(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNullsAndDeadLettersAreCounted(t *testing.T) {
	s := newSetting(t, 1)
	s.Health = new(Health)
	s.produce(
		pipeline.Raw{Key: []byte("deleted")},
		pipeline.Raw{Key: []byte("k"), Value: []byte("article")},
		pipeline.Raw{Value: []byte("becomes a dead letter")},
	)
	stop := s.start(echo)
	s.await(s.Topics.DeadLetters, 1)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	got := s.Health.Counts()
	got.Transactions = min(got.Transactions, 1)
	if want := (Counts{Articles: 2, Nulls: 1, DeadLetters: 1, Transactions: 1, Generations: 1}); got != want {
		t.Errorf("counted %+v, want %+v", got, want)
	}
}
