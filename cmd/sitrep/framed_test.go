package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/registry/testregistry"
	"sitrep/pipeline/samples"
)

func TestValueFormatUsage(t *testing.T) {
	for _, args := range [][]string{
		{"run", "--value-format", "xml"}, {"run", "--value-format", "avro"}, {"backfill", "--value-format", "avro", "-"},
		{"backfill", "--value-format", "avro", "--schema-registry", "http://localhost:1", "--to-dir", "out", "-"},
	} {
		if _, stderr, code := sitrep(t, "", append(args, "--brokers", "localhost:1")...); code != exitUsage {
			t.Errorf("%v: exit %d, %s", args, code, stderr)
		}
	}
}

// The service writes Avro by the numbers that a registry gives its schemas, and
// export reads what it has written.
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
	found, _, _ := sitrep(t, string(samples.All()[0].Raw), "extract", "-")
	want, _, _ := sitrep(t, found, "export")
	topics := []string{"--brokers", strings.Join(broker.Addrs(), ",")}
	service := start(t, append([]string{"run", "--create-topics", "2", "--value-format", "avro", "--schema-registry", registry}, topics...)...)
	service.waitFor("partition", 60*time.Second)
	c.produce("articles.raw", "good", samples.All()[0].Raw)
	for deadline := time.Now().Add(60 * time.Second); len(c.consume(kafka.DefaultTopics.Articles)) == 0; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal(service.log())
		}
	}
	service.stop()
	before := len(c.consume(kafka.DefaultTopics.Events))
	again := append([]string{"backfill", "--value-format", "avro", "--schema-registry", registry}, append(topics, "-")...)
	if _, stderr, code := sitrep(t, string(samples.All()[0].Raw), again...); code != 0 {
		t.Fatalf("backfill: exit %d, %s", code, stderr)
	}
	events := c.consume(kafka.DefaultTopics.Events)
	if len(events) != 2*before || before == 0 {
		t.Errorf("%d events, and %d after a backfill", before, len(events))
	}
	for _, e := range events {
		if !strings.HasPrefix(string(e.Value), "\x00") {
			t.Errorf("event %s is not framed: %.20q", e.Key, e.Value)
		}
	}
	got, stderr, code := sitrep(t, "", append([]string{"export", "--schema-registry", registry}, topics...)...)
	if inUTC := regexp.MustCompile(`"published_at":"[^"]*"`); code != 0 || inUTC.ReplaceAllString(lines(got), "") != inUTC.ReplaceAllString(lines(want), "") {
		t.Errorf("exit %d, %s\ngot  %s\nwant %s", code, stderr, got, want)
	}
	if _, stderr, code := sitrep(t, "", append([]string{"export"}, topics...)...); code != exitFailed || !strings.Contains(stderr, "--schema-registry") {
		t.Errorf("without a registry: exit %d, %s", code, stderr)
	}
}

// lines puts the lines of a text in order: those of a topic come by partition.
func lines(text string) string {
	list := strings.Split(text, "\n")
	slices.Sort(list)
	return strings.Join(list, "\n")
}
