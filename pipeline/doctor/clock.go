package doctor

import (
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/kafka-go/protocol"
	"github.com/twmb/franz-go/pkg/kmsg"

	"sitrep/pipeline/kafka"
)

// Records whose time is further ahead than this are refused by Kafka 4, and clocks
// that differ by more than the smaller one are worth a look.
const (
	refusedAhead = time.Hour
	tolerable    = 5 * time.Second
)

// clock compares our clock with the one of the controller, which tells its time when
// it describes the quorum. kafka-go does not know this request.
func (d *doctor) clock() {
	const describeQuorum = protocol.ApiKey(55)
	if !d.cluster.first.takes(describeQuorum, 1) {
		d.unknown("clock", "", "compare by hand: date -u", "it cannot be compared: brokers tell their time from Kafka 3.3 on")
		return
	}
	before := time.Now()
	theirs, err := controllerTime(d.cluster.first)
	after := time.Now()
	if err != nil {
		d.unknown("clock", "", d.grant("Describe", "cluster"), "it cannot be compared: %s", err)
		return
	}
	d.tell(compare("clock", "", theirs.Sub(before.Add(after.Sub(before)/2)), after.Sub(before)/2))
}

// compare judges how far their clock is ahead of ours, give or take.
func compare(check, about string, ahead, give time.Duration) Finding {
	apart := max(ahead, -ahead)
	word := "ahead of"
	if ahead < 0 {
		word = "behind"
	}
	says := fmt.Sprintf("their clock is %s %s ours (give or take %s)", apart.Round(time.Millisecond), word, give.Round(time.Millisecond))
	const fix = "timedatectl   # on both machines: let both follow NTP"
	switch {
	case -ahead > refusedAhead:
		return Finding{check, about, Failed, says + ": Kafka 4 refuses records from so far in the future", fix}
	case apart-give > tolerable:
		return Finding{check, about, Warning, says + ": the age of articles, and places that are found by time, are wrong by as much", fix}
	}
	return Finding{check, about, OK, says, ""}
}

// controllerTime asks for the state of the controllers' quorum, in which the leader's
// own entry has the time of the answer.
func controllerTime(l *link) (time.Time, error) {
	part := kmsg.NewDescribeQuorumRequestTopicPartition()
	topic := kmsg.NewDescribeQuorumRequestTopic()
	topic.Topic, topic.Partitions = "__cluster_metadata", []kmsg.DescribeQuorumRequestTopicPartition{part}
	req := kmsg.NewPtrDescribeQuorumRequest()
	req.Version, req.Topics = 1, []kmsg.DescribeQuorumRequestTopic{topic}
	if err := l.SetDeadline(time.Now().Add(l.wait)); err != nil {
		return time.Time{}, err
	}
	answer, err := kafka.Exchange(l, clientID, req)
	if err != nil {
		return time.Time{}, err
	}
	res := answer.(*kmsg.DescribeQuorumResponse)
	if res.ErrorCode != 0 {
		return time.Time{}, errors.New("we may not see the state of the cluster")
	}
	for _, t := range res.Topics {
		for _, p := range t.Partitions {
			for _, v := range p.CurrentVoters {
				if v.ReplicaID == p.LeaderID && v.LastFetchTimestamp > 0 {
					return time.UnixMilli(v.LastFetchTimestamp), nil
				}
			}
		}
	}
	return time.Time{}, errors.New("the controller does not tell its time")
}
