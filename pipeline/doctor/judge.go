package doctor

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// judge says what is wrong with a topic that exists.
func (d *doctor) judge(t topic) []Finding {
	var findings []Finding
	say := func(level Level, fix, format string, args ...any) {
		findings = append(findings, Finding{"topic", t.name, level, fmt.Sprintf(format, args...), fix})
	}
	d.judgeReplicas(t, say)
	if t.settings != nil {
		d.judgePolicy(t, say)
		d.judgeSizes(t, say)
	}
	return findings
}

type sayer func(level Level, fix, format string, args ...any)

// judgeReplicas looks at where the partitions lie.
func (d *doctor) judgeReplicas(t topic, say sayer) {
	describe := d.tool("kafka-topics.sh") + " --describe --topic " + quote(t.name)
	replicas, insync := t.replicas(), int(t.number("min.insync.replicas"))
	var headless, behind, short []string
	for _, p := range t.partitions {
		id := strconv.Itoa(int(p.PartitionIndex))
		switch {
		case p.LeaderID < 0:
			headless = append(headless, id)
		case t.role != input && len(p.IsrNodes) < insync:
			short = append(short, id)
		case len(p.IsrNodes) < len(p.ReplicaNodes):
			behind = append(behind, id)
		}
	}
	switch {
	case headless != nil:
		say(Failed, describe+" --unavailable-partitions   # then start their brokers", "no leader for partition %s: is a broker down?", strings.Join(headless, ", "))
	case short != nil && insync > replicas:
		say(Failed, d.set(t.name, "min.insync.replicas", strconv.Itoa(max(1, replicas-1))), "nothing can be written: %d replicas must be in sync and there are %d", insync, replicas)
	case short != nil:
		say(Failed, describe+" --under-min-isr-partitions   # then start their brokers", "partition %s cannot be written: fewer than %d replicas are in sync", strings.Join(short, ", "), insync)
	case behind != nil:
		say(Warning, describe+" --under-replicated-partitions   # are their brokers down?", "a replica of partition %s is behind", strings.Join(behind, ", "))
	}
	switch {
	case replicas == 1 && len(d.cluster.addrs) > 1:
		say(Warning, "kafka-reassign-partitions.sh with a plan of three replicas, or make the topic anew", "one replica: what its broker holds is lost with it")
	case t.role == input || insync < 1 || replicas < 2:
	case insync == replicas:
		say(Warning, d.set(t.name, "min.insync.replicas", strconv.Itoa(replicas-1)), "all %d replicas must be in sync to write: nothing is published while one broker is away", replicas)
	case insync == 1 && replicas > 2:
		say(Warning, d.set(t.name, "min.insync.replicas", "2"), "one replica in sync is enough to write: what that broker alone holds is lost with it")
	}
}

// judgePolicy looks at what is thrown away.
func (d *doctor) judgePolicy(t topic, say sayer) {
	has := "cleanup.policy is " + t.settings["cleanup.policy"]
	set := func(want string) string { return d.set(t.name, "cleanup.policy", want) }
	switch {
	case t.role == input && t.has("compact"):
		say(Warning, set("delete"), "%s: of articles with one key only the last is sure to be read", has)
	case t.role == events && !t.has("compact"):
		say(Failed, set("compact,delete"), "%s, want compact,delete: events that are corrected or taken back would stay beside the new ones", has)
	case t.role == articles && !t.has("compact"):
		say(Failed, set("compact"), "%s, want compact: articles read again would stay beside the new ones, and the receipts of old ones go", has)
	case t.role == articles && t.has("delete"):
		say(Warning, set("compact"), "%s: the receipts of articles go after %s", has, span(time.Duration(t.number("retention.ms"))*time.Millisecond))
	case t.role == deadLetters && t.has("compact"):
		say(Failed, set("delete"), "%s, want delete: of dead letters with one key all but the last would go, and those without a key are refused", has)
	}
	if ms := t.number("retention.ms"); ms >= 0 && t.has("delete") && time.Duration(ms)*time.Millisecond < 24*time.Hour && (t.role == input || t.role == deadLetters) {
		say(Warning, d.set(t.name, "retention.ms", strconv.Itoa(7*24*60*60*1000)), "kept %s only: an outage that is longer loses what is not read yet", span(time.Duration(ms)*time.Millisecond))
	}
}

// judgeSizes looks whether what we write fits.
func (d *doctor) judgeSizes(t topic, say sayer) {
	most, want := t.number("max.message.bytes"), int64(d.Kafka.MaxMessageBytes)
	if t.role != input && most >= 0 && most < want {
		say(Failed, d.set(t.name, "max.message.bytes", strconv.FormatInt(want, 10))+"   # or a lower --max-article-bytes",
			"max.message.bytes is %d, want %d: the record of a large article would end the run", most, want)
	}
}
