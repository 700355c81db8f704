package doctor

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol/describeconfigs"
	"github.com/segmentio/kafka-go/protocol/describegroups"
	"github.com/segmentio/kafka-go/protocol/listgroups"
	"github.com/segmentio/kafka-go/protocol/listoffsets"
	"github.com/segmentio/kafka-go/protocol/offsetfetch"
)

// group looks at who consumes and how far they have come.
func (d *doctor) group(ctx context.Context, topics []topic) {
	i := slices.IndexFunc(topics, func(t topic) bool { return t.role == input })
	if i < 0 || !d.member {
		return
	}
	var end map[int32]int64
	first, err := d.offsets(ctx, topics[i], kafkago.FirstOffset, kafkago.ReadCommitted)
	if err == nil {
		end, err = d.offsets(ctx, topics[i], kafkago.LastOffset, kafkago.ReadCommitted)
	}
	if err != nil {
		d.unknown("group", d.Kafka.Group, "look at the broker's log", "how far it is cannot be found out: %s", root(err))
		return
	}
	coordinator, all := d.coordinator(ctx)
	if coordinator == nil && !all {
		d.unknown("group", d.Kafka.Group, "see above: one of the brokers has it", "how far it is cannot be found out: a broker does not answer")
		return
	}
	if coordinator == nil {
		d.ok("group", d.Kafka.Group, "new: it begins at %s; the input holds %s", d.Kafka.From, records(sum(end)-sum(first)))
		return
	}
	who := d.members(coordinator)
	committed, err := d.committed(coordinator, topics[i])
	if err != nil {
		d.unknown("group", d.Kafka.Group, "look at the broker's log", "its offsets cannot be read: %s", root(err))
		return
	}
	d.progress(who, committed, first, end)
}

// sessions looks whether the brokers take our session timeout, where we may see what
// they take.
func (d *doctor) sessions() {
	id := ""
	for node, addr := range d.cluster.addrs {
		if addr == d.cluster.first.addr {
			id = strconv.Itoa(int(node))
		}
	}
	req := &describeconfigs.Request{Resources: []describeconfigs.RequestResource{{
		ResourceType: int8(kafkago.ResourceTypeBroker), ResourceName: id, ConfigNames: []string{leastSession, mostSession},
	}}}
	res, err := ask[*describeconfigs.Response](d.cluster.first, req)
	if err != nil || len(res.Resources) != 1 || res.Resources[0].ErrorCode != 0 {
		return
	}
	ours := d.Kafka.SessionTimeout.Milliseconds()
	for _, e := range res.Resources[0].ConfigEntries {
		limit, err := strconv.ParseInt(e.ConfigValue, 10, 64)
		if err == nil && (e.ConfigName == leastSession && ours < limit || e.ConfigName == mostSession && ours > limit) {
			d.fail("group", d.Kafka.Group, fmt.Sprintf("--session-timeout %s", time.Duration(limit)*time.Millisecond), "the brokers refuse a session timeout of %s: %s is %d", d.Kafka.SessionTimeout, e.ConfigName, limit)
		}
	}
}

const (
	leastSession = "group.min.session.timeout.ms"
	mostSession  = "group.max.session.timeout.ms"
)

// progress tells of the lag, and of offsets that are not in the topic any more.
func (d *doctor) progress(who string, committed, first, end map[int32]int64) {
	var lag, unread int64
	var gone []string
	for _, p := range slices.Sorted(maps.Keys(end)) {
		at, ok := committed[p]
		switch {
		case !ok || at < 0:
			unread += end[p] - first[p]
		case at < first[p] || at > end[p]:
			gone = append(gone, fmt.Sprintf("%d (at %d, the topic has %d to %d)", p, at, first[p], end[p]))
		default:
			lag += end[p] - at
		}
	}
	switch {
	case gone != nil && d.Kafka.OffsetGone == nil:
		d.fail("group", d.Kafka.Group, "sitrep run --offset-gone earliest   # or latest, or a time",
			"the place to go on is not in the topic any more, of partition %s", strings.Join(gone, ", "))
	case lag+unread == 0:
		d.ok("group", d.Kafka.Group, "%s; everything is read", who)
	case unread > 0:
		d.ok("group", d.Kafka.Group, "%s; lag %s, and %s in partitions that it has not begun", who, records(lag), records(unread))
	default:
		d.ok("group", d.Kafka.Group, "%s; lag %s", who, records(lag))
	}
}

func records(n int64) string { return plural(int(n), "1 record", "%d records") }

func sum(m map[int32]int64) (total int64) {
	for _, n := range m {
		total += n
	}
	return total
}

// coordinator finds the broker that has the group, nil if none has; all tells whether
// every one was asked. To ask which broker would have it makes Kafka create a topic on
// a new cluster; to list what each has does not.
func (d *doctor) coordinator(ctx context.Context) (has *link, all bool) {
	all = true
	for _, id := range slices.Sorted(maps.Keys(d.cluster.addrs)) {
		l, err := d.link(ctx, d.cluster.addrs[id])
		if err != nil {
			all = false
			continue
		}
		res, err := ask[*listgroups.Response](l, &listgroups.Request{})
		if err == nil && slices.ContainsFunc(res.Groups, func(g listgroups.ResponseGroup) bool { return g.GroupID == d.Kafka.Group }) {
			return l, true
		}
		all = all && err == nil && res.ErrorCode == 0
	}
	return nil, all
}

func (d *doctor) members(l *link) string {
	res, err := ask[*describegroups.Response](l, &describegroups.Request{Groups: []string{d.Kafka.Group}})
	if err != nil || len(res.Groups) != 1 || res.Groups[0].ErrorCode != 0 {
		return "its members cannot be seen"
	}
	g := res.Groups[0]
	if g.ProtocolType != "" && g.ProtocolType != "consumer" {
		d.fail("group", d.Kafka.Group, "--group with another name", "it is used for something else (%s)", g.ProtocolType)
	}
	if len(g.Members) == 0 {
		return "nobody consumes at the moment"
	}
	return plural(len(g.Members), "1 process consumes", "%d processes consume")
}

// committed returns where the group goes on, by partition.
func (d *doctor) committed(l *link, t topic) (map[int32]int64, error) {
	asked := offsetfetch.RequestTopic{Name: t.name}
	for _, p := range t.partitions {
		asked.PartitionIndexes = append(asked.PartitionIndexes, p.PartitionIndex)
	}
	res, err := ask[*offsetfetch.Response](l, &offsetfetch.Request{GroupID: d.Kafka.Group, Topics: []offsetfetch.RequestTopic{asked}})
	if err != nil {
		return nil, err
	}
	if res.ErrorCode != 0 {
		return nil, kafkago.Error(res.ErrorCode)
	}
	offsets := map[int32]int64{}
	for _, t := range res.Topics {
		for _, p := range t.Partitions {
			offsets[p.PartitionIndex] = p.CommittedOffset
		}
	}
	return offsets, nil
}

// offsets asks the leaders of a topic where each partition begins or ends.
func (d *doctor) offsets(ctx context.Context, t topic, which int64, isolation kafkago.IsolationLevel) (map[int32]int64, error) {
	led := map[int32][]listoffsets.RequestPartition{}
	for _, p := range t.partitions {
		led[p.LeaderID] = append(led[p.LeaderID], listoffsets.RequestPartition{Partition: p.PartitionIndex, CurrentLeaderEpoch: -1, Timestamp: which})
	}
	found := map[int32]int64{}
	for leader, partitions := range led {
		l, err := d.link(ctx, d.cluster.addrs[leader])
		if err != nil {
			return nil, err
		}
		req := &listoffsets.Request{ReplicaID: -1, IsolationLevel: int8(isolation), Topics: []listoffsets.RequestTopic{{Topic: t.name, Partitions: partitions}}}
		if err := soon(ctx, func() error { return listOffsets(l, req, found) }); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func listOffsets(l *link, req *listoffsets.Request, into map[int32]int64) error {
	res, err := ask[*listoffsets.Response](l, req)
	if err != nil {
		return err
	}
	for _, t := range res.Topics {
		for _, p := range t.Partitions {
			if p.ErrorCode != 0 {
				return kafkago.Error(p.ErrorCode)
			}
			into[p.Partition] = p.Offset
		}
	}
	return nil
}

// soon tries again for a moment what passes by itself: a topic that has just been made
// is not known everywhere.
func soon(ctx context.Context, f func() error) error {
	err := f()
	for range 10 {
		var code kafkago.Error
		if !errors.As(err, &code) || !code.Temporary() || ctx.Err() != nil {
			return err
		}
		time.Sleep(200 * time.Millisecond)
		err = f()
	}
	return err
}
