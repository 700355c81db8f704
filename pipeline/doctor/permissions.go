package doctor

import (
	"strings"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol/describegroups"
	"github.com/segmentio/kafka-go/protocol/endtxn"
	"github.com/segmentio/kafka-go/protocol/heartbeat"
)

// Operations of Kafka's ACLs, as bits of what a broker says we may do.
const (
	mayRead  = 1 << 3
	mayWrite = 1 << 4
)

// permissions looks whether we may do what the service does.
func (d *doctor) permissions(topics []topic) {
	var may []string
	for _, t := range topics {
		right, word := int32(mayWrite), "write "
		if t.role == input {
			right, word = mayRead, "read "
		}
		switch {
		case !d.cluster.rights: // Kafka before 2.3 does not tell
		case d.cluster.about[t.name].TopicAuthorizedOperations&right == 0:
			d.fail("permission", t.name, d.mayUse(t.role, t.name), "we may not %sit", word)
		default:
			may = append(may, word+t.name)
		}
	}
	if d.member = d.mayGroup(); d.member {
		may = append(may, "use group "+d.Kafka.Group)
	}
	if !d.Kafka.AtLeastOnce && d.mayTransact() {
		may = append(may, "use transactional ids "+d.Kafka.Group+"/…")
	}
	if len(may) > 0 {
		d.ok("permission", "", "we may %s", strings.Join(may, ", "))
	}
}

// mayUse is the command that lets us use a topic.
func (d *doctor) mayUse(r role, topic string) string {
	if r == input {
		return d.grant("Read", "topic", topic)
	}
	return d.grant("Write", "topic", topic)
}

// mayGroup asks for the group, and sends the heartbeat of a member that it does not
// have: both are refused first of all to those who may not.
func (d *doctor) mayGroup() bool {
	seen, err := ask[*describegroups.Response](d.cluster.first, &describegroups.Request{Groups: []string{d.Kafka.Group}})
	if err == nil {
		var beat *heartbeat.Response
		beat, err = ask[*heartbeat.Response](d.cluster.first, &heartbeat.Request{GroupID: d.Kafka.Group, GenerationID: -2, MemberID: clientID})
		if err == nil {
			seen.Groups = append(seen.Groups, describegroups.ResponseGroup{ErrorCode: beat.ErrorCode})
		}
	}
	if err != nil {
		d.unknown("permission", d.Kafka.Group, "look at the broker's log", "whether we may use the group cannot be found out: %s", root(err))
		return false
	}
	for _, g := range seen.Groups {
		if kafkago.Error(g.ErrorCode) == kafkago.GroupAuthorizationFailed {
			d.fail("permission", d.Kafka.Group, d.grant("Read", "group", d.Kafka.Group), "we may not use the group")
			return false
		}
	}
	return true
}

// nobody is a producer that no broker has ever made.
const nobody = 1<<63 - 2

// mayTransact asks to end a transaction of a producer that does not exist: it is
// refused, and how tells whether we may have transactions.
func (d *doctor) mayTransact() bool {
	id := d.Kafka.Group + "/" + d.Kafka.Input + "/0"
	res, err := ask[*endtxn.Response](d.cluster.first, &endtxn.Request{TransactionalID: id, ProducerID: nobody})
	switch {
	case err != nil:
		d.unknown("permission", d.Kafka.Group+"/", "look at the broker's log", "whether we may have transactions cannot be found out: %s", root(err))
		return false
	case kafkago.Error(res.ErrorCode) == kafkago.TransactionalIDAuthorizationFailed:
		d.fail("permission", d.Kafka.Group+"/", d.grant("Write", "transactional-id", d.Kafka.Group+"/")+" --resource-pattern-type prefixed   # or run with --at-least-once",
			"we may not use transactional ids that begin with it")
		return false
	}
	return true
}
