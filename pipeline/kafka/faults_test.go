package kafka

import (
	"errors"
	"sync/atomic"
	"testing"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// An answer is what a broker that was told to fail says.
type answer func(kmsg.Request) (kmsg.Response, error, bool)

// What goes wrong between a member and its brokers, on an embedded broker that
// can be told to fail: each article comes out once, and Run goes on.
func TestFaultsLoseNothing(t *testing.T) {
	hangUp := func(kmsg.Request) (kmsg.Response, error, bool) { return nil, errors.New("hang up"), true }
	var (
		begin   = (&kmsg.InitProducerIDRequest{}).Key()
		add     = (&kmsg.AddPartitionsToTxnRequest{}).Key()
		produce = (&kmsg.ProduceRequest{}).Key()
		offsets = (&kmsg.AddOffsetsToTxnRequest{}).Key()
		commit  = (&kmsg.TxnOffsetCommitRequest{}).Key()
		end     = (&kmsg.EndTxnRequest{}).Key()
		direct  = (&kmsg.OffsetCommitRequest{}).Key()
	)
	for name, fault := range map[string]struct {
		key int16
		do  answer
	}{
		"connection lost in begin":   {begin, hangUp},
		"connection lost in add":     {add, hangUp},
		"connection lost in produce": {produce, hangUp},
		"connection lost in offsets": {offsets, hangUp},
		"connection lost in commit":  {commit, hangUp},
		"connection lost in end":     {end, hangUp},
		"transaction before not over": {begin, func(req kmsg.Request) (kmsg.Response, error, bool) {
			res := req.ResponseKind().(*kmsg.InitProducerIDResponse)
			res.ErrorCode = kerr.ConcurrentTransactions.Code
			return res, nil, true
		}},
		"shut out at the end": {end, func(req kmsg.Request) (kmsg.Response, error, bool) {
			res := req.ResponseKind().(*kmsg.EndTxnResponse)
			res.ErrorCode = kerr.InvalidProducerEpoch.Code
			return res, nil, true
		}},
		"coordinator moves":           {commit, refuseCommit(kerr.NotCoordinator)},
		"generation over":             {commit, refuseCommit(kerr.IllegalGeneration)},
		"member unknown":              {commit, refuseCommit(kerr.UnknownMemberID)},
		"rebalance in commit":         {commit, refuseCommit(kerr.RebalanceInProgress)},
		"direct: connection lost":     {direct, hangUp},
		"direct: generation over":     {direct, refuseDirect(kerr.IllegalGeneration)},
		"direct: rebalance in commit": {direct, refuseDirect(kerr.RebalanceInProgress)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, faults := failing(t, fault.key, fault.do)
			s.AtLeastOnce = fault.key == direct
			s.produce(numbered(0, 200)...)
			stop := s.start(echo)
			for sum := int64(0); sum != 200; {
				sum = 0
				for _, offset := range s.committed(2) {
					sum += max(offset, 0)
				}
			}
			if err := stop(); err != nil {
				t.Error(err)
			}
			if faults.Load() != 3 {
				t.Errorf("%d faults happened, want 3", faults.Load())
			}
			if s.AtLeastOnce {
				checkAtLeastOnce(t, s.all(s.Input), s.all(s.Topics.Articles))
			} else {
				checkOnce(t, s.all(s.Input), s.all(s.Topics.Articles))
			}
		})
	}
}

// failing makes topics on a broker of the test's own that answers three requests
// of a kind by do, and counts them.
func failing(t *testing.T, key int16, do answer) (*setting, *atomic.Int64) {
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
	faults := new(atomic.Int64)
	cluster.ControlKey(key, func(req kmsg.Request) (kmsg.Response, error, bool) {
		if faults.Load() == 3 {
			return nil, nil, false
		}
		cluster.KeepControl()
		faults.Add(1)
		return do(req)
	})
	return s, faults
}

// refuseCommit answers an offset commit of a transaction with an error.
func refuseCommit(why *kerr.Error) answer {
	return func(kreq kmsg.Request) (kmsg.Response, error, bool) {
		req := kreq.(*kmsg.TxnOffsetCommitRequest)
		res := req.ResponseKind().(*kmsg.TxnOffsetCommitResponse)
		for _, t := range req.Topics {
			topic := kmsg.NewTxnOffsetCommitResponseTopic()
			topic.Topic = t.Topic
			for _, p := range t.Partitions {
				partition := kmsg.NewTxnOffsetCommitResponseTopicPartition()
				partition.Partition = p.Partition
				partition.ErrorCode = why.Code
				topic.Partitions = append(topic.Partitions, partition)
			}
			res.Topics = append(res.Topics, topic)
		}
		return res, nil, true
	}
}

// refuseDirect answers an offset commit outside of transactions with an error.
func refuseDirect(why *kerr.Error) answer {
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
