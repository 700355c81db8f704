package doctor

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/metadata"
	"github.com/segmentio/kafka-go/protocol/saslhandshake"

	"sitrep/pipeline/kafka"
)

// cluster is what the brokers tell of themselves.
type cluster struct {
	first *link            // the broker that is asked what any may answer
	addrs map[int32]string // of all brokers, as they want to be called
	about map[string]metadata.ResponseTopic
	// rights says that the answer tells what we may do with topics.
	rights bool
}

// brokers connects to those we are told of and to those these tell of. It is false
// when there is nobody to ask.
func (d *doctor) brokers(ctx context.Context) bool {
	var bad []error
	for _, addr := range d.Kafka.Brokers {
		l, err := d.link(ctx, addr)
		if err == nil && d.cluster.first == nil {
			err = d.introduce(ctx, l)
		}
		if err != nil {
			bad = append(bad, err)
			continue
		}
		d.ok("broker", addr, "answers after %d ms", l.took.Milliseconds())
	}
	for _, err := range bad {
		f := finding(err)
		if d.cluster.first != nil && f.Check == "broker" {
			f.Level = Warning // another one is enough to start
		}
		d.tell(f)
	}
	if d.cluster.first == nil {
		return false
	}
	d.secured(d.cluster.first)
	d.advertised(ctx)
	return true
}

// finding returns what an error of link says.
func finding(err error) Finding {
	var f Finding
	if !errors.As(err, &f) {
		f = Finding{"broker", "", Failed, err.Error(), "look at the broker's log"}
	}
	return f
}

// introduce asks a broker for the others and for our topics: the first request that
// wants to know who we are.
func (d *doctor) introduce(ctx context.Context, l *link) error {
	names := []string{d.Kafka.Input, d.Kafka.Topics.Events, d.Kafka.Topics.Articles, d.Kafka.Topics.DeadLetters}
	res, err := ask[*metadata.Response](l, &metadata.Request{TopicNames: names, IncludeTopicAuthorizedOperations: true})
	if err != nil {
		return d.unknownUser(ctx, l, err)
	}
	c := cluster{first: l, addrs: map[int32]string{}, about: map[string]metadata.ResponseTopic{}, rights: l.takes(protocol.Metadata, 8)}
	for _, b := range res.Brokers {
		c.addrs[b.NodeID] = net.JoinHostPort(b.Host, strconv.Itoa(int(b.Port)))
	}
	for _, t := range res.Topics {
		c.about[t.Name] = t
	}
	d.cluster = c
	return nil
}

// unknownUser says why a broker stops to talk at the first question that matters.
func (d *doctor) unknownUser(ctx context.Context, l *link, err error) error {
	f := Finding{"broker", l.addr, Failed, "it does not tell of the cluster: " + root(err), "look at the broker's log"}
	delete(d.links, l.addr)
	if d.Kafka.SASL != nil {
		return f
	}
	again, err := d.dial(ctx, l.addr)
	if err != nil {
		return f
	}
	defer again.Close()
	res, err := ask[*saslhandshake.Response](again, &saslhandshake.Request{Mechanism: clientID})
	if err != nil || len(res.Mechanisms) == 0 {
		return f
	}
	return Finding{"sasl", l.addr, Failed, "the listener asks who we are (" + strings.Join(res.Mechanisms, ", ") + "), and nobody is named here",
		mechanismFix(res.Mechanisms) + " --sasl-username USER, the password in SITREP_SASL_PASSWORD"}
}

// secured tells how the connection is protected and as whom we are known.
func (d *doctor) secured(l *link) {
	switch {
	case l.session == nil:
	case l.soonExpired():
		d.warn("tls", l.addr, "renew it on the broker", "%s", l.secured())
	default:
		d.ok("tls", l.addr, "%s", l.secured())
	}
	if d.Kafka.SASL == nil {
		return
	}
	if l.session == nil && d.Kafka.SASL.Name() == "PLAIN" {
		d.warn("sasl", l.addr, "--tls, with a listener of SASL_SSL", "user %s is known by %s, but the password crosses the network for all to read", d.Username, d.Kafka.SASL.Name())
		return
	}
	d.ok("sasl", l.addr, "user %s is known by %s", d.Username, d.Kafka.SASL.Name())
}

// advertised connects to the brokers that we were not told of.
func (d *doctor) advertised(ctx context.Context) {
	for _, id := range slices.Sorted(maps.Keys(d.cluster.addrs)) {
		addr := d.cluster.addrs[id]
		if slices.Contains(d.Kafka.Brokers, addr) {
			continue
		}
		_, err := d.link(ctx, addr)
		if err == nil {
			d.ok("broker", addr, "answers; it is broker %d of the cluster", id)
			continue
		}
		f := finding(err)
		f.Says = fmt.Sprintf("the cluster says that broker %d is at this address: %s", id, f.Says)
		if f.Check == "broker" {
			f.Fix = "advertised.listeners of that broker must be an address that is reached from here; " + f.Fix
		}
		d.tell(f)
	}
}

// versions looks whether the brokers have all requests that the service sends.
func (d *doctor) versions() {
	good := 0
	for _, addr := range slices.Sorted(maps.Keys(d.links)) {
		l := d.links[addr]
		if lacks := kafka.Lacks(l.newest, d.Kafka.AtLeastOnce); lacks != nil {
			what, fix, _ := strings.Cut(lacks.Error(), ": ")
			d.fail("version", addr, fix, "the broker is too old: it lacks %s", what)
			continue
		}
		if key, newer := l.tooNew(); newer {
			d.fail("version", addr, "use a newer sitrep", "the broker is too new: it takes %s from version %d only, and we know it up to %d", key, l.oldest[key], key.MaxVersion())
			continue
		}
		good++
	}
	if good == len(d.links) {
		d.ok("version", "", "%s all that sitrep asks for", plural(good, "the broker has", "the %d brokers have"))
	}
}

// used are the requests of the service whose versions kafka-go negotiates.
var used = []protocol.ApiKey{
	protocol.Metadata, protocol.Fetch, protocol.ListOffsets, protocol.OffsetFetch, protocol.FindCoordinator,
	protocol.InitProducerId, protocol.AddPartitionsToTxn, protocol.AddOffsetsToTxn, protocol.TxnOffsetCommit, protocol.EndTxn,
}

func (l *link) tooNew() (protocol.ApiKey, bool) {
	for _, key := range used {
		if l.oldest[key] > int(key.MaxVersion()) {
			return key, true
		}
	}
	return 0, false
}

func plural(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(more, n)
}
