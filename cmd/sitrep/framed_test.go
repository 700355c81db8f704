package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/registry/testregistry"
	"sitrep/pipeline/samples"
)

func TestValueFormatUsage(t *testing.T) {
	for _, args := range [][]string{{"--value-format", "xml"}, {"--value-format", "avro"}} {
		if _, stderr, code := sitrep(t, "", append([]string{"run", "--brokers", "localhost:1"}, args...)...); code != exitUsage {
			t.Errorf("%v: exit %d, %s", args, code, stderr)
		}
	}
}

// The service writes by the numbers that a registry gives its schemas, and export
// reads what it has written.
func TestRunWithARegistry(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the built program")
	}
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	registry, closeRegistry, err := testregistry.FromEnvironment()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closeRegistry)
	c := own{t, broker.Addrs()}
	brokers := []string{"--brokers", strings.Join(broker.Addrs(), ",")}
	want, _, _ := sitrep(t, string(samples.All()[0].Raw), "extract", "-")
	want, _, _ = sitrep(t, want, "export", "-o", "-")
	for format, first := range map[string]string{"avro": "\x02", "json-schema": "{"} {
		topics := append(brokers, "--events-topic", format+".events", "--articles-topic", format+".articles", "--schema-registry", registry)
		service := start(t, append([]string{"run", "--group", format, "--input", format + ".raw", "--create-topics", "2", "--value-format", format}, topics...)...)
		service.waitFor("partition", 60*time.Second)
		c.produce(format+".raw", "good", samples.All()[0].Raw)
		for deadline := time.Now().Add(60 * time.Second); len(c.consume(format+".articles")) == 0; time.Sleep(100 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal(service.log())
			}
		}
		service.stop()
		for _, e := range c.consume(format + ".events") {
			if e.Value[0] != 0 || !strings.HasPrefix(string(e.Value[5:]), first) {
				t.Errorf("%s: event %s begins with %q", format, e.Key, e.Value[:6])
			}
		}
		got, stderr, code := sitrep(t, "", append([]string{"export"}, topics...)...)
		if code != 0 || lines(got) != lines(want) && format == "json-schema" || strings.Count(got, "\n") != strings.Count(want, "\n") {
			t.Errorf("%s: exit %d, %s\ngot  %s\nwant %s", format, code, stderr, got, want)
		}
		if _, stderr, code := sitrep(t, "", append([]string{"export"}, topics[:len(topics)-2]...)...); format == "avro" && (code != exitFailed || !strings.Contains(stderr, "--schema-registry")) {
			t.Errorf("without a registry: exit %d, %s", code, stderr)
		}
	}
}

// lines puts the lines of a text in order: those of a topic come by partition.
func lines(text string) string {
	list := strings.Split(text, "\n")
	slices.Sort(list)
	return strings.Join(list, "\n")
}
