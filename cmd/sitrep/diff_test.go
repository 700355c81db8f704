package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sitrep/pipeline"
	"sitrep/pipeline/diff"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/registry/testregistry"
	"sitrep/pipeline/samples"
)

// recordsOf returns what extract prints of the first n samples.
func recordsOf(t *testing.T, n int) string {
	t.Helper()
	var articles []string
	for i, s := range samples.All()[:n] {
		line, err := json.Marshal(map[string]any{"id": fmt.Sprint("diff-", i), "body": string(s.Raw)})
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, string(line))
	}
	out, errs, code := sitrep(t, strings.Join(articles, "\n"), "extract", "-f", "jsonl")
	if code != 0 {
		t.Fatal(errs)
	}
	return out
}

// otherVersion is what another version might have found: without one event, with
// another status for the next, and with its own version.
func otherVersion(t *testing.T, records string) string {
	t.Helper()
	var out strings.Builder
	events := 0
	for line := range strings.Lines(records) {
		line = strings.ReplaceAll(line, pipeline.ExtractorVersion, "9.9.9")
		if strings.Contains(line, `"event_ids"`) { // lists what is left out, as a dangling id
			out.WriteString(line)
			continue
		}
		switch events++; events {
		case 1:
		case 2:
			out.WriteString(strings.Replace(line, `"status":"`, `"status":"denied","was":"`, 1))
		default:
			out.WriteString(line)
		}
	}
	return out.String()
}

func TestDiffOfFiles(t *testing.T) {
	dir, records := t.TempDir(), recordsOf(t, 4)
	older, newer := writeFile(t, filepath.Join(dir, "old.jsonl"), records), writeFile(t, filepath.Join(dir, "new.jsonl"), otherVersion(t, records))
	out, errs, code := sitrep(t, "", "diff", older, newer)
	for _, want := range []string{"1 (", " → denied (1)", "LOST (1)", "CHANGED status (1)", "extractor 9.9.9 with models ", "in 4 articles"} {
		if code != 0 || !strings.Contains(strings.ToLower(out), strings.ToLower(want)) {
			t.Errorf("exit code %d, no %q in\n%s%s", code, want, out, errs)
		}
	}
	if out, _, _ := sitrep(t, "", "diff", newer, older, "--examples", "0"); !strings.Contains(out, "1 are gained") || strings.Contains(out, "GAINED (") {
		t.Errorf("the other way round: %s", out)
	}
	for _, c := range []struct {
		gate string
		code int
	}{{"--max-lost=0", exitBelowGate}, {"--max-lost=1", 0}, {"--max-lost=0.1%", exitBelowGate}, {"--max-lost=99%", 0}, {"--max-changed=0", exitBelowGate},
		{"--max-gained=0", 0}, {"--max-unread=0", 0}, {"--max-lost=few", exitUsage}, {"--ignore=nothing", exitUsage}, {"--examples=x", exitUsage}} {
		if _, errs, code := sitrep(t, "", "diff", c.gate, older, newer); code != c.code {
			t.Errorf("%s: exit code %d: %s", c.gate, code, errs)
		}
	}
	if _, errs, code := sitrep(t, records, "diff", "-", "-"); code != exitUsage {
		t.Errorf("stdin on both sides: exit code %d: %s", code, errs)
	}
	if out, _, code := sitrep(t, "", "diff", "--max-changed=0", "--ignore", "status", older, newer); code != 0 || strings.Contains(out, "denied") {
		t.Errorf("a status that is ignored: exit code %d, %s", code, out)
	}
}

func TestDiffForMachines(t *testing.T) {
	dir, records := t.TempDir(), recordsOf(t, 4)
	older, newer := writeFile(t, filepath.Join(dir, "old.jsonl"), records), writeFile(t, filepath.Join(dir, "new.jsonl"), otherVersion(t, records))
	out, _, _ := sitrep(t, "", "diff", "--json", older, newer)
	var kinds []string
	var sum diff.Summary
	for line := range strings.Lines(out) {
		var l diffLine
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, l.Kind)
		if l.Kind == "summary" {
			if err := json.Unmarshal([]byte(line), &sum); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(kinds) != 3 || kinds[2] != "summary" || sum.Events.Lost != 1 || sum.Events.Changed != 1 || sum.Fields["status"] != 1 || sum.Compared != 4 {
		t.Errorf("%v, %+v", kinds, sum)
	}
}

// A directory of a backfill, packed files and stdin are sides; what is no record is
// named, and articles of one side alone are not compared.
func TestDiffOfDirectories(t *testing.T) {
	dir, records := t.TempDir(), recordsOf(t, 4)
	var packed bytes.Buffer
	a := filepath.Join(dir, "a")
	if err := os.Mkdir(a, 0o777); err != nil {
		t.Fatal(err)
	}
	w := gzip.NewWriter(&packed)
	w.Write([]byte(records))
	w.Close()
	writeFile(t, filepath.Join(a, "events.jsonl.gz"), packed.String())
	writeFile(t, filepath.Join(a, "deadletters.jsonl"), `{"key_base64":""}`)
	writeFile(t, filepath.Join(a, "checkpoint.json"), `{}`)
	out, errs, code := sitrep(t, records, "diff", a, "-")
	if code != 0 || !strings.Contains(out, "No event differs in 4 articles") {
		t.Errorf("exit code %d: %s%s", code, out, errs)
	}
	half := writeFile(t, filepath.Join(dir, "half.jsonl"), recordsOf(t, 2)+"no record\n{\"title\":\"none\"}\n")
	out, errs, code = sitrep(t, "", "diff", a, half)
	if code != exitDeadLetters || !strings.Contains(out, "Only OLD has read 2 articles") || !strings.Contains(errs, "half.jsonl:") || !strings.Contains(errs, "2 lines were no records") {
		t.Errorf("exit code %d: %s%s", code, out, errs)
	}
	if _, _, code = sitrep(t, "", "diff", "--max-unread", "1", a, half); code != exitBelowGate {
		t.Errorf("two unread articles: exit code %d", code)
	}
	for _, side := range []string{filepath.Join(dir, "missing"), "topic:events"} {
		if _, errs, code := sitrep(t, "", "diff", side, half); code == 0 || code == exitDeadLetters {
			t.Errorf("%s: exit code %d, %s", side, code, errs)
		}
	}
}

// What backfill --retract leaves in the topics is what it writes to files, though
// there were events that are not found any more; in JSON and in Avro.
func TestDiffOfTopicsAfterARetraction(t *testing.T) {
	registry, closeRegistry, err := testregistry.FromEnvironment()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closeRegistry)
	for _, format := range []string{"json", "avro"} {
		t.Run(format, func(t *testing.T) { retractAndCompare(t, format, registry) })
	}
}

func retractAndCompare(t *testing.T, format, registry string) {
	broker, err := testbroker.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	dir := t.TempDir()
	files := filepath.Join(dir, "files")
	path := writeFile(t, filepath.Join(dir, "archive.jsonl"), strings.Join(append(sampleLines(t, "retracted", 6), "{\"broken"), "\n"))
	run := func(want int, args ...string) string {
		t.Helper()
		if args[0] != "backfill" || !slices.Contains(args, "--to-dir") {
			args = append(args, "--brokers", strings.Join(broker.Addrs(), ","), "--schema-registry", registry)
		}
		out, errs, code := sitrep(t, "", args...)
		if code != want {
			t.Fatalf("%v: exit code %d: %s%s", args, code, out, errs)
		}
		return out
	}
	compare := func(want string, side string) {
		t.Helper()
		// Avro keeps no zone.
		if out := run(0, "diff", "--ignore", "published", side, files); !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	run(exitDeadLetters, "backfill", "--value-format", format, "--create-topics", "2", "--job", "first", path)
	run(exitDeadLetters, "backfill", "--to-dir", files, path)
	both, events := "topic:sitrep.events.v1,sitrep.articles.v1", "topic:sitrep.events.v1?until=latest"
	compare("No event differs in 6 articles", both)
	stray(t, broker, files)
	compare("LOST (1)", events)
	compare("No event differs in 6 articles", both) // no article lists it
	if out := run(exitDeadLetters, "backfill", "--value-format", format, "--job", "again", "--retract", path); !strings.Contains(out, "retracted: 1\n") {
		t.Error(out)
	}
	compare("No event differs", events)
	run(exitUsage, "backfill", "--retract", "--to-dir", dir, path)
	run(exitUsage, "backfill", "--retract", "--shard", "0/2", path)
	for _, query := range []string{"since=yesterday", "from=1", "partitions=x"} {
		run(exitUsage, "diff", "topic:sitrep.events.v1?"+query, dir)
	}
}

// stray puts an event into the topic that no version finds any more: like the first
// in files, but elsewhere and of another type.
func stray(t *testing.T, broker *testbroker.Broker, files string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(files, "events.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var e pipeline.EventRecord
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&e); err != nil {
		t.Fatal(err)
	}
	e.EventID, e.Type, e.Mentions = strings.Repeat("5", 32), "mobilize", nil
	e.Trigger.Field, e.Evidence.Field = "title", "title"
	value, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	if err := kafka.Produce(t.Context(), broker.Addrs(), "sitrep.events.v1", []pipeline.Raw{{Key: []byte(e.EventID), Value: value}}); err != nil {
		t.Fatal(err)
	}
}
