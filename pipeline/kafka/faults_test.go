package kafka

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// What goes wrong between a member and its brokers, on an embedded broker that
// can be told to fail: nothing may be lost, and Run goes on.
func TestFaultsLoseNothing(t *testing.T) {
	produce, commit := (&kmsg.ProduceRequest{}).Key(), (&kmsg.OffsetCommitRequest{}).Key()
	hangUp := func(kmsg.Request) (kmsg.Response, error, bool) { return nil, errors.New("hang up"), true }
	for name, fault := range map[string]struct {
		key int16
		do  func(kmsg.Request) (kmsg.Response, error, bool)
	}{
		"connection lost in produce": {produce, hangUp},
		"connection lost in commit":  {commit, hangUp},
		"coordinator moves":          {commit, refuseCommit(kerr.NotCoordinator)},
		"generation over":            {commit, refuseCommit(kerr.IllegalGeneration)},
		"member unknown":             {commit, refuseCommit(kerr.UnknownMemberID)},
		"rebalance in commit":        {commit, refuseCommit(kerr.RebalanceInProgress)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.BrokerConfigs(map[string]string{"message.max.bytes": "12582912"}))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(cluster.Close)
			s := unmade(t)
			s.Brokers = cluster.ListenAddrs()
			if err := CreateTopics(t.Context(), s.Config, Specs(s.Input, s.Topics, 2, testArticle)...); err != nil {
				t.Fatal(err)
			}
			s.produce(numbered(0, 200)...)
			var faults atomic.Int64
			for range 3 {
				cluster.ControlKey(fault.key, func(req kmsg.Request) (kmsg.Response, error, bool) {
					faults.Add(1)
					return fault.do(req)
				})
			}
			stop := s.start(echo)
			s.await(s.Topics.Articles, 200)
			seen := map[string]bool{}
			for len(seen) < 200 {
				for _, out := range s.all(s.Topics.Articles) {
					seen[header(out, "at")] = true
				}
			}
			if err := stop(); err != nil {
				t.Error(err)
			}
			if faults.Load() != 3 {
				t.Errorf("%d faults happened, want 3", faults.Load())
			}
			want := map[string]bool{}
			for _, in := range s.all(s.Input) {
				want[fmt.Sprintf("%d/%d", in.Partition, in.Offset)] = true
			}
			if len(seen) != len(want) {
				t.Errorf("%d articles published, want %d", len(seen), len(want))
			}
			var sum int64
			for _, offset := range s.committed(2) {
				sum += offset
			}
			if sum != 200 {
				t.Errorf("%d offsets committed, want 200", sum)
			}
		})
	}
}

// refuseCommit answers an offset commit with an error.
func refuseCommit(why *kerr.Error) func(kmsg.Request) (kmsg.Response, error, bool) {
	return func(kreq kmsg.Request) (kmsg.Response, error, bool) {
		req := kreq.(*kmsg.OffsetCommitRequest)
		res := req.ResponseKind().(*kmsg.OffsetCommitResponse)
		for _, t := range req.Topics {
			topic := kmsg.NewOffsetCommitResponseTopic()
			topic.Topic = t.Topic
			for _, p := range t.Partitions {
				partition := kmsg.NewOffsetCommitResponseTopicPartition()
				partition.Partition = p.Partition
				partition.ErrorCode = why.Code
				topic.Partitions = append(topic.Partitions, partition)
			}
			res.Topics = append(res.Topics, topic)
		}
		return res, nil, true
	}
}
