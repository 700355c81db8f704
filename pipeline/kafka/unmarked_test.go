package kafka

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"

	"sitrep/pipeline"
)

// A broker that calls a transaction complete and has forgotten its markers, as
// Kafka 4 can after a restart, on an embedded broker that is told to behave so:
// whichever way it was decided, each article comes out once.
func TestForgottenMarkersAreWrittenAgain(t *testing.T) {
	for _, state := range []string{"CompleteCommit", "CompleteAbort"} {
		t.Run(state, func(t *testing.T) {
			t.Parallel()
			cluster, s := embedded(t)
			m := forgetful(cluster)
			s.work(numbered(0, 1), 5)
			m.well.Store(true)
			if m.last.Load() == nil || len(s.all(s.Topics.Articles)) != 0 {
				t.Fatal("no transaction was forgotten")
			}
			m.decided(state)
			s.work(numbered(0, 1), 5)
			checkOnce(t, s.all(s.Input), s.all(s.Topics.Articles))
		})
	}
}

// work lets the service work on n articles more, all like one, and ends it.
func (s *setting) work(one []pipeline.Raw, n int) {
	s.t.Helper()
	for range n {
		s.produce(one...)
	}
	s.Health = new(Health)
	stop := s.start(echo)
	for end := time.Now().Add(20 * time.Second); s.Health.Counts().Articles < int64(n); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("%+v, %v", s.Health.Counts(), s.Health.Troubles())
		}
	}
	if err := stop(); err != nil {
		s.t.Fatal(err)
	}
}

// amnesia is what a cluster has that forgets the markers of transactions.
type amnesia struct {
	*kfake.Cluster
	well atomic.Bool                        // it has passed
	last atomic.Pointer[kmsg.EndTxnRequest] // that was forgotten
}

// forgetful lets a cluster end the first transaction, which notes that somebody is
// there, and of those behind it only say so.
func forgetful(cluster *kfake.Cluster) *amnesia {
	m := &amnesia{Cluster: cluster}
	seen := 0
	m.ControlKey((&kmsg.EndTxnRequest{}).Key(), func(req kmsg.Request) (kmsg.Response, error, bool) {
		m.KeepControl()
		if seen++; seen == 1 || m.well.Load() {
			return nil, nil, false
		}
		m.last.Store(req.(*kmsg.EndTxnRequest))
		return req.ResponseKind(), nil, true
	})
	return m
}

// decided lets the cluster call the last transaction complete, and give out its
// producer without ending it.
func (m *amnesia) decided(state string) {
	last := m.last.Load()
	m.ControlKey((&kmsg.DescribeTransactionsRequest{}).Key(), func(kreq kmsg.Request) (kmsg.Response, error, bool) {
		req := kreq.(*kmsg.DescribeTransactionsRequest)
		if req.TransactionalIDs[0] != last.TransactionalID {
			return nil, nil, false
		}
		res := req.ResponseKind().(*kmsg.DescribeTransactionsResponse)
		res.TransactionStates = []kmsg.DescribeTransactionsResponseTransactionState{{TransactionalID: last.TransactionalID, State: state}}
		return res, nil, true
	})
	m.ControlKey((&kmsg.InitProducerIDRequest{}).Key(), func(kreq kmsg.Request) (kmsg.Response, error, bool) {
		req := kreq.(*kmsg.InitProducerIDRequest)
		if *req.TransactionalID != last.TransactionalID {
			return nil, nil, false
		}
		res := req.ResponseKind().(*kmsg.InitProducerIDResponse)
		res.ProducerID, res.ProducerEpoch = last.ProducerID, last.ProducerEpoch
		return res, nil, true
	})
	// The epoch is still the old one, which Kafka's would not be: once decided, the
	// producer is shut out and has to take a new one.
	adds := 0
	m.ControlKey((&kmsg.AddPartitionsToTxnRequest{}).Key(), func(kreq kmsg.Request) (kmsg.Response, error, bool) {
		req := kreq.(*kmsg.AddPartitionsToTxnRequest)
		if req.TransactionalID != last.TransactionalID {
			return nil, nil, false
		}
		m.KeepControl()
		if adds++; adds != 2 {
			return nil, nil, false
		}
		partition := kmsg.AddPartitionsToTxnResponseTopicPartition{ErrorCode: kerr.InvalidProducerEpoch.Code}
		topic := kmsg.AddPartitionsToTxnResponseTopic{Topic: req.Topics[0].Topic, Partitions: []kmsg.AddPartitionsToTxnResponseTopicPartition{partition}}
		res := req.ResponseKind().(*kmsg.AddPartitionsToTxnResponse)
		res.Topics = []kmsg.AddPartitionsToTxnResponseTopic{topic}
		return res, nil, true
	})
}
