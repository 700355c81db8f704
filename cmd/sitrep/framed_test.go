package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
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
// reads JSON that is written so.
func TestRunWithARegistry(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the built program")
	}
	registry := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := map[string]int{"/subjects/sitrep.events.v1-value/versions": 258, "/subjects/sitrep.articles.v1-value/versions": 259}[r.URL.Path]
		if r.Method != http.MethodPost || id == 0 {
			http.NotFound(w, r)
			return
		}
		fmt.Fprintf(w, `{"id":%d}`, id)
	}))
	defer registry.Close()
	for format, frame := range map[string]string{"avro": "\x00\x00\x00\x01\x02\x02", "json-schema": "\x00\x00\x00\x01\x02{"} {
		broker, err := testbroker.Embedded()
		if err != nil {
			t.Fatal(err)
		}
		defer broker.Close()
		c := own{t, broker.Addrs()}
		brokers := strings.Join(broker.Addrs(), ",")
		service := start(t, "run", "--brokers", brokers, "--create-topics", "2", "--schema-registry", registry.URL, "--value-format", format)
		service.waitFor("partition", 60*time.Second)
		good := samples.All()[0]
		c.produce("articles.raw", "good", good.Raw)
		for deadline := time.Now().Add(60 * time.Second); len(c.consume(kafka.DefaultTopics.Articles)) == 0; time.Sleep(100 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal(service.log())
			}
		}
		service.stop()
		want := map[string]bool{}
		for _, r := range pipeline.Process(pipeline.Raw{Value: good.Raw}, pipeline.DefaultLimits) {
			want[string(r.Key)] = true
		}
		events := c.consume(kafka.DefaultTopics.Events)
		for _, e := range events {
			if !want[string(e.Key)] || !strings.HasPrefix(string(e.Value), frame) {
				t.Errorf("%s: event %s begins with %x", format, e.Key, e.Value[:6])
			}
		}
		out, stderr, code := sitrep(t, "", "export", "--brokers", brokers)
		switch format {
		case "avro":
			if code != exitFailed || !strings.Contains(stderr, "in Avro") {
				t.Errorf("exit %d, %s", code, stderr)
			}
		case "json-schema":
			if code != 0 || strings.Count(out, "\n") != len(events) {
				t.Errorf("exit %d, %d events of %d: %s", code, strings.Count(out, "\n"), len(events), stderr)
			}
		}
	}
}
