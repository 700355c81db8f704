package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
)

func TestExportFromFiles(t *testing.T) {
	records, _, _ := sitrep(t, story, "extract", "-f", "text")
	all, stderr, code := sitrep(t, records+"no record\n", "export")
	if n := strings.Count(all, "\n"); n == 0 || n != strings.Count(records, "\n")-1 {
		t.Errorf("%d events of\n%s", n, records)
	}
	if code != exitDeadLetters || !strings.Contains(stderr, "stdin:") || !strings.Contains(stderr, "not read as records: 1") {
		t.Errorf("exit %d, %s", code, stderr)
	}
	if none, _, _ := sitrep(t, records, "export", "--until", "2019-06-04"); none != "" {
		t.Errorf("published too late: %s", none)
	}
	if some, _, _ := sitrep(t, records, "export", "--country", "td", "--type", "deploy", "--since", "2019-06-05"); !strings.Contains(some, `"type":"deploy"`) {
		t.Errorf("got %q", some)
	}
	file := filepath.Join(t.TempDir(), "events.parquet")
	if _, stderr, code := sitrep(t, records, "export", "-o", file); code != 0 {
		t.Fatalf("exit %d, %s", code, stderr)
	}
	if data, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(data), "PAR1") {
		t.Errorf("no Parquet: %v", err)
	}
}

func TestExportUsage(t *testing.T) {
	for _, args := range [][]string{{"--since", "yesterday"}, {"-o", "events.xls"}, {"--format", "avro"}, {"--type", "deployment"}, {"--country", "UK"}, {"--schema-registry-username", "me"}, {"--brokers", "localhost:1", "file"}} {
		if _, stderr, code := sitrep(t, "", append([]string{"export"}, args...)...); code != exitUsage {
			t.Errorf("%v: exit %d, %s", args, code, stderr)
		}
	}
}

func TestExportFromTopics(t *testing.T) {
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer broker.Close()
	config := kafka.Config{Brokers: broker.Addrs(), Input: "raw", Topics: kafka.DefaultTopics}
	if err := kafka.CreateTopics(t.Context(), config, kafka.Specs(config.Input, config.Topics, 3, 1<<20)...); err != nil {
		t.Fatal(err)
	}
	put := func(topic, key, value string) {
		t.Helper()
		raw := pipeline.Raw{Key: []byte(key), Value: []byte(value)}
		if value == "" {
			raw.Value = nil
		}
		if err := kafka.Produce(t.Context(), config.Brokers, topic, []pipeline.Raw{raw}); err != nil {
			t.Fatal(err)
		}
	}
	events, articles := config.Topics.Events, config.Topics.Articles
	for _, id := range []string{"kept", "revised", "retracted"} {
		put(events, id, `{"event_id":"`+id+`","article_id":"a"}`)
	}
	put(articles, "a", `{"article_id":"a","event_ids":["kept","revised","retracted"]}`)
	put(articles, "a", `{"article_id":"a","event_ids":["kept","retracted"]}`)
	put(events, "retracted", "")
	put(events, "of an article that is gone", `{"event_id":"of an article that is gone","article_id":"b"}`)
	put(articles, "b", "")
	put(events, "of an article that never was", `{"event_id":"of an article that never was","article_id":"c"}`)

	out, stderr, code := sitrep(t, "", "export", "--brokers", strings.Join(config.Brokers, ","))
	if want := `{"event_id":"kept","article_id":"a"}` + "\n"; out != want || code != 0 {
		t.Errorf("exit %d, %s\n%s", code, out, stderr)
	}
}

func TestSchema(t *testing.T) {
	for format, start := range map[string]string{"json-schema": "{", "avro": "{", "clickhouse": "CREATE TABLE", "postgres": "CREATE TABLE", "duckdb": "CREATE TABLE"} {
		for _, records := range []string{"events", "articles"} {
			if out, _, code := sitrep(t, "", "schema", "--format", format, records); code != 0 || !strings.HasPrefix(out, start) {
				t.Errorf("%s %s: exit %d, %.40s", format, records, code, out)
			}
		}
	}
	for _, args := range [][]string{{"schema", "people"}, {"schema", "--format", "xml"}} {
		if _, _, code := sitrep(t, "", args...); code != exitUsage {
			t.Errorf("%v: exit %d", args, code)
		}
	}
}
