package doctor

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol/describeconfigs"
	"github.com/segmentio/kafka-go/protocol/metadata"

	"sitrep/pipeline/kafka"
)

// A role is what a topic is for.
type role int

const (
	input role = iota
	events
	articles
	deadLetters
)

func (r role) String() string {
	return [...]string{"raw articles", "event records", "article records", "dead letters"}[r]
}

// A topic is one of the service's, as it is.
type topic struct {
	name       string
	role       role
	partitions []metadata.ResponsePartition
	settings   map[string]string // nil: not to be seen
}

// topics looks at all four, and returns those that are there.
func (d *doctor) topics() []topic {
	var there []topic
	for r, spec := range kafka.Specs(d.Kafka.Input, d.Kafka.Topics, 0, d.MaxArticle) {
		about := d.cluster.about[spec.Name]
		switch err := kafkago.Error(about.ErrorCode); {
		case err == kafkago.UnknownTopicOrPartition:
			spec.Partitions, spec.Replication = cmp.Or(len(d.cluster.about[d.Kafka.Input].Partitions), 6), min(3, len(d.cluster.addrs))
			d.fail("topic", spec.Name, CreateCommand(d.Config, spec), "it does not exist")
		case err == kafkago.TopicAuthorizationFailed:
			d.fail("topic", spec.Name, d.mayUse(role(r), spec.Name), "we may not see it, if it exists")
		case err == 0 && len(about.Partitions) == 0:
			d.fail("topic", spec.Name, "look at the broker's log", "the cluster tells of no partition of it")
		case err != 0:
			d.fail("topic", spec.Name, d.tool("kafka-topics.sh")+" --describe --topic "+quote(spec.Name), "%s", err.Title())
		default:
			there = append(there, topic{name: spec.Name, role: role(r), partitions: about.Partitions})
		}
	}
	d.describe(there)
	for _, t := range there {
		findings := d.judge(t)
		if len(findings) == 0 {
			findings = []Finding{{"topic", t.name, OK, t.String(), ""}}
		}
		for _, f := range findings {
			d.tell(f)
		}
	}
	return there
}

// describe reads the settings of topics.
func (d *doctor) describe(topics []topic) {
	if len(topics) == 0 {
		return
	}
	req := &describeconfigs.Request{}
	for _, t := range topics {
		req.Resources = append(req.Resources, describeconfigs.RequestResource{ResourceType: int8(kafkago.ResourceTypeTopic), ResourceName: t.name})
	}
	res, err := ask[*describeconfigs.Response](d.cluster.first, req)
	if err != nil {
		d.unknown("topic", "", "look at the broker's log", "the settings of topics cannot be read: %s", root(err))
		return
	}
	var hidden []string
	for _, r := range res.Resources {
		i := slices.IndexFunc(topics, func(t topic) bool { return t.name == r.ResourceName })
		switch {
		case i < 0:
		case r.ErrorCode != 0:
			hidden = append(hidden, r.ResourceName)
		default:
			topics[i].settings = map[string]string{}
			for _, e := range r.ConfigEntries {
				topics[i].settings[e.ConfigName] = e.ConfigValue
			}
		}
	}
	if hidden != nil {
		d.unknown("topic", strings.Join(hidden, ", "), d.grant("DescribeConfigs", "topic", hidden...), "policies cannot be checked: we may not see the settings")
	}
}

// replicas returns how many copies of every partition there are.
func (t topic) replicas() int {
	n := len(t.partitions[0].ReplicaNodes)
	for _, p := range t.partitions {
		n = min(n, len(p.ReplicaNodes))
	}
	return n
}

// number returns a setting that is one, or less than none if it cannot be seen.
func (t topic) number(setting string) int64 {
	n, err := strconv.ParseInt(t.settings[setting], 10, 64)
	if err != nil {
		return -2
	}
	return n
}

func (t topic) has(policy string) bool {
	return slices.Contains(strings.Split(strings.ReplaceAll(t.settings["cleanup.policy"], " ", ""), ","), policy)
}

// String describes a topic that is well.
func (t topic) String() string {
	s := fmt.Sprintf("%s; %s, %s", t.role, plural(len(t.partitions), "1 partition", "%d partitions"), plural(t.replicas(), "1 replica", "%d replicas"))
	if t.settings == nil {
		return s
	}
	if n := t.number("min.insync.replicas"); n > 0 && t.replicas() > 1 {
		s += fmt.Sprintf(" (%d in sync to write)", n)
	}
	return s + ", " + t.kept() + ", records up to " + inBytes(t.number("max.message.bytes"))
}

func (t topic) kept() string {
	kept := "kept for ever"
	if ms := t.number("retention.ms"); ms >= 0 && t.has("delete") {
		kept = "kept " + span(time.Duration(ms)*time.Millisecond)
	}
	if t.has("compact") {
		return "the newest of each key " + kept
	}
	return kept
}

func span(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	}
	return d.String()
}

func inBytes(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatFloat(float64(n*10>>20)/10, 'f', -1, 64) + " MiB"
	}
	return fmt.Sprintf("%d bytes", n)
}
