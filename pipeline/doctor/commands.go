package doctor

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sitrep/pipeline/kafka"
)

// tool begins a command of Kafka's own tools for the cluster.
func (d *doctor) tool(name string) string {
	line := name + " --bootstrap-server " + strings.Join(d.Kafka.Brokers, ",")
	if d.Kafka.TLS != nil || d.Kafka.SASL != nil {
		line += " --command-config client.properties"
	}
	return line
}

var safe = regexp.MustCompile(`^[A-Za-z0-9._/:=-]+$`)

// quote makes s one word for a shell.
func quote(s string) string {
	if safe.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// grant is the command that gives our user a right on a resource, of which there may
// be several.
func (d *doctor) grant(operation, resource string, names ...string) string {
	user := d.Username
	if user == "" {
		user = "USER"
	}
	line := d.tool("kafka-acls.sh") + " --add --allow-principal " + quote("User:"+user) + " --operation " + operation
	if len(names) == 0 {
		return line + " --" + resource
	}
	for _, name := range names {
		line += " --" + resource + " " + quote(name)
	}
	return line
}

// set is the command that changes a setting of a topic.
func (d *doctor) set(topic, setting, value string) string {
	if strings.Contains(value, ",") {
		value = "[" + value + "]"
	}
	return fmt.Sprintf("%s --alter --entity-type topics --entity-name %s --add-config %s", d.tool("kafka-configs.sh"), quote(topic), quote(setting+"="+value))
}

// CreateCommand is the command of Kafka's own tools that makes a topic.
func CreateCommand(c Config, spec kafka.TopicSpec) string {
	d := doctor{Config: c}
	line := d.tool("kafka-topics.sh") + " --create --if-not-exists --topic " + quote(spec.Name)
	if spec.Partitions > 0 {
		line += " --partitions " + strconv.Itoa(spec.Partitions)
	}
	if spec.Replication > 0 {
		line += " --replication-factor " + strconv.Itoa(spec.Replication)
	}
	for _, name := range slices.Sorted(maps.Keys(spec.Settings)) {
		line += " --config " + name + "=" + spec.Settings[name]
	}
	return line
}
