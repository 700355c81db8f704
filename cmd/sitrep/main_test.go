package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sitrep/pipeline/annotations"
)

// sitrep runs the command line and returns its output and exit code.
func sitrep(t *testing.T, stdin string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := root()
	var out, errs bytes.Buffer
	cmd.SetArgs(args)
	cmd.SetIn(strings.NewReader(stdin))
	cmd.SetOut(&out)
	cmd.SetErr(&errs)
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		errs.WriteString(err.Error())
		code = exitCode(t.Context(), err)
	}
	return out.String(), errs.String(), code
}

const story = `Chad sends 400 soldiers to its border with Sudan

By Hawa Adoum

5 June 2019

N'DJAMENA, Chad (Sahel Press) - Chad sent 400 soldiers to its border with Sudan on Tuesday, Defence Minister Idris Kellou said. Sudan put its army on alert.
`

func TestExtract(t *testing.T) {
	out, errs, code := sitrep(t, story, "extract", "-f", "text")
	if code != 0 || errs != "" {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for i, line := range lines {
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatal(err)
		}
		_, isEvent := record["event_id"]
		if isEvent == (i == len(lines)-1) {
			t.Errorf("line %d of %d: event is %v", i, len(lines), isEvent)
		}
	}
	if len(lines) < 3 {
		t.Errorf("%d lines", len(lines))
	}

	out, _, _ = sitrep(t, story, "extract", "-o", "table")
	for _, want := range []string{"Chad sends 400 soldiers", "Hawa Adoum", "Idris Kellou", "Defence Minister", "deploy", "mobilize", "2019-06-04", "[sent]"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in the table:\n%s", want, out)
		}
	}

	out, _, _ = sitrep(t, story, "extract", "-o", "annotations")
	docs, err := annotations.Read(strings.NewReader(out))
	if err != nil || len(docs) != 1 || docs[0].Text != story || len(docs[0].Spans) == 0 || len(docs[0].Events) == 0 {
		t.Fatalf("annotations %+v, %v", docs, err)
	}
	if err := docs[0].Check(); err != nil {
		t.Error(err)
	}
}

func TestExtractNamesWhatItCannotRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mixed.jsonl")
	if err := os.WriteFile(path, []byte("{\"body\":\"It rained.\"}\n{\"oops\n{\"body\":\"It snowed.\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := sitrep(t, "", "extract", path)
	if code != exitDeadLetters || strings.Count(out, "\n") != 2 {
		t.Errorf("exit code %d, %d records", code, strings.Count(out, "\n"))
	}
	if !strings.Contains(errs, "mixed.jsonl:2: undecodable: invalid JSON at byte 6") || !strings.Contains(errs, "1 of 3 articles") {
		t.Errorf("stderr %q", errs)
	}
}

func TestEvaluate(t *testing.T) {
	dir := t.TempDir()
	out, _, _ := sitrep(t, story, "extract", "-o", "annotations")
	gold := filepath.Join(dir, "gold.jsonl")
	if err := os.WriteFile(gold, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
	// What is extracted agrees with itself.
	out, errs, code := sitrep(t, "", "evaluate", gold, "--min", "COUNTRY.exact.f1>=1", "--min", "events.typed.f1>=1", "--json")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if !json.Valid([]byte(out)) {
		t.Errorf("no JSON: %s", out)
	}
	out, _, code = sitrep(t, "", "evaluate", gold, "--calibration")
	if code != 0 || !strings.Contains(out, "expected calibration error") || strings.Contains(out, "COUNTRY") {
		t.Errorf("calibration: exit code %d: %s", code, out)
	}
	// An empty prediction misses the gate, which names the shortfall.
	empty := filepath.Join(dir, "empty.jsonl")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, errs, code = sitrep(t, "", "evaluate", gold, "--pred", empty, "--min", "COUNTRY.exact.f1=0.5")
	if code != exitBelowGate || !strings.Contains(errs, "COUNTRY.exact.f1>=0.5: is 0") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

func TestUsageErrors(t *testing.T) {
	for _, args := range [][]string{
		{"extract", "--nope"}, {"extract", "-o", "xml"}, {"extract", "-f", "pdf"}, {"extract", "--anchor", "now"},
		{"explain", "--nope"}, {"explain", "--color", "pink"}, {"explain", "-f", "pdf"}, {"explain", "--anchor", "now", "--html", "-"},
		{"evaluate"}, {"evaluate", "x", "y"}, {"evaluate", "x", "--min", "what"}, {"run"}, {"run", "extra"}, {"run", "--brokers", "a:1", "--sasl-mechanism", "magic", "--sasl-username", "u"},
		{"run", "--brokers", "a:1", "--tls-ca-file", "x"}, {"run", "--brokers", "a:1", "--schema-registry-username", "u"},
		{"extract", "--mapping", "subtitle=x"}, {"extract", "--mapping", "title="}, {"extract", "--mapping", "no such file"}, {"extract", "--mapping", "body=a..b"},
	} {
		if _, errs, code := sitrep(t, "", args...); code != exitUsage || errs == "" {
			t.Errorf("%q: exit code %d, %q", args, code, errs)
		}
	}
	if _, _, code := sitrep(t, "", "extract", "no such file"); code != exitFailed {
		t.Errorf("missing file: exit code %d", code)
	}
}

func TestEnvironmentSetsFlags(t *testing.T) {
	t.Setenv("SITREP_OUTPUT", "table")
	if out, _, _ := sitrep(t, story, "extract"); !strings.HasPrefix(out, "ARTICLE") {
		t.Errorf("no table: %.60s", out)
	}
	if out, _, _ := sitrep(t, story, "extract", "-o", "jsonl"); !strings.HasPrefix(out, "{") {
		t.Error("a flag gives way to the environment")
	}
	t.Setenv("SITREP_WORKERS", "many")
	if _, errs, code := sitrep(t, story, "extract"); code != exitUsage || !strings.Contains(errs, "SITREP_WORKERS") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

func TestDemo(t *testing.T) {
	var out bytes.Buffer
	if err := demo(t.Context(), &out, nil); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Zambia sends 450 soldiers", "[sent]", "dead letter:  broken.json: invalid JSON at byte", "34 articles in"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in the demo", want)
		}
	}
}

func TestDemoCanBeInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := demo(ctx, &bytes.Buffer{}, nil); err == nil {
		t.Error("no error")
	}
}

func TestVersion(t *testing.T) {
	out, _, code := sitrep(t, "", "version")
	if code != 0 || !strings.Contains(out, "schema version 1") {
		t.Errorf("%d %q", code, out)
	}
}
