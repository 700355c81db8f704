package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"sitrep/pipeline"
	"sitrep/pipeline/backfill"
	"sitrep/pipeline/samples"
)

// sampleLines returns n articles as JSON Lines, with ids that begin with name.
func sampleLines(t *testing.T, name string, n int) (lines []string) {
	t.Helper()
	all := samples.All()
	for i := range n {
		line, err := json.Marshal(map[string]any{"id": fmt.Sprint(name, "-", i), "body": string(all[i%len(all)].Raw)})
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	return lines
}

func writeFile(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func gzipped(t *testing.T, content string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(content))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func packed(t *testing.T, content string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll([]byte(content), nil))
}

func linesOf(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

// A backfill reads what extract reads, and finds what that finds.
func TestBackfillReadsAllThatExtractReads(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	lines := sampleLines(t, "all", 6)
	page := "<html><head><title>Norway sends troops</title></head><body><p>OSLO, March 1, 2024 - Norway sent 90 soldiers to Latvia on Friday.</p></body></html>"
	reply := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
	web := fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/1\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(reply), reply)
	writeFile(t, filepath.Join(dir, "a.jsonl"), lines[0]+"\n"+lines[1]+"\n")
	writeFile(t, filepath.Join(dir, "b.jsonl.gz"), gzipped(t, lines[2]+"\n"))
	writeFile(t, filepath.Join(dir, "c.jsonl.zst"), packed(t, lines[3]+"\n"))
	writeFile(t, filepath.Join(dir, "d.json"), "["+lines[4]+","+lines[5]+"]")
	writeFile(t, filepath.Join(dir, "e.html"), page)
	writeFile(t, filepath.Join(dir, "f.txt"), string(samples.All()[1].Raw))
	writeFile(t, filepath.Join(dir, "g.warc.gz"), gzipped(t, web))
	want, _, code := sitrep(t, "", "extract", dir)
	if code != 0 {
		t.Fatalf("extract: exit code %d", code)
	}
	summary, errs, code := sitrep(t, "", "backfill", "--to-dir", out, dir)
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	got := append(linesOf(t, filepath.Join(out, "events.jsonl")), linesOf(t, filepath.Join(out, "articles.jsonl"))...)
	wanted := strings.Split(strings.TrimSuffix(want, "\n"), "\n")
	slices.Sort(got)
	slices.Sort(wanted)
	if !slices.Equal(got, wanted) {
		t.Errorf("%d records, extract gives %d", len(got), len(wanted))
	}
	for _, words := range []string{"complete: 9 raw records, 9 of them now", "articles: 9", "  ok", "events: ", "dead letters: 0", "slowest article: " + dir} {
		if !strings.Contains(summary, words) {
			t.Errorf("the summary lacks %q:\n%s", words, summary)
		}
	}
}

func TestBackfillFromStdin(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	input := strings.Join(sampleLines(t, "stdin", 5), "\n")
	_, errs, code := sitrep(t, input, "backfill", "--to-dir", out, "-")
	if code != 0 || !strings.Contains(errs, "estimate  none") {
		t.Errorf("exit code %d: %s", code, errs)
	}
	if n := len(linesOf(t, filepath.Join(out, "articles.jsonl"))); n != 5 {
		t.Errorf("%d articles", n)
	}
	if _, errs, code = sitrep(t, input, "backfill", "--to-dir", out, "-"); code != 0 || !strings.Contains(errs, "complete already") {
		t.Errorf("again: exit code %d: %s", code, errs)
	}
}

// What is wrong with the input is named with its line, and the rest goes on.
func TestBackfillNamesBadFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program, to run it as a user who may not read all")
	}
	dir := t.TempDir()
	lines := sampleLines(t, "bad", 8)
	torn := gzipped(t, strings.Join(lines[:4], "\n"))
	writeFile(t, filepath.Join(dir, "a.jsonl"), lines[4]+"\n{\"oops\n"+lines[5]+"\n")
	writeFile(t, filepath.Join(dir, "b.jsonl"), "")
	closed := filepath.Join(dir, "c")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(closed, "secret.jsonl"), lines[6]+"\n")
	writeFile(t, filepath.Join(dir, "d.jsonl.gz"), torn[:len(torn)-20])
	writeFile(t, filepath.Join(dir, "e.jsonl"), lines[7]+"\n")
	binary, out := built(t), filepath.Join(t.TempDir(), "out")
	errs, code := asNobody(t, binary, closed, "backfill", "--to-dir", out, dir)
	if code != exitDeadLetters {
		t.Errorf("exit code %d: %s", code, errs)
	}
	for _, words := range []string{"a.jsonl:2: undecodable: invalid JSON", "b.jsonl:1: the file is empty", "c: permission denied", "d.jsonl.gz:4: undecodable: the file ends in the middle",
		"2 dead letters; 2 files or directories that are empty or cannot be read"} {
		if !strings.Contains(errs, words) {
			t.Errorf("no %q in:\n%s", words, errs)
		}
	}
	articles := strings.Join(linesOf(t, filepath.Join(out, "articles.jsonl")), "\n")
	for _, id := range []string{"bad-0", "bad-4", "bad-5", "bad-7"} {
		if !strings.Contains(articles, `"`+id+`"`) {
			t.Errorf("%s is lacking", id)
		}
	}
	if errs, code := asNobody(t, binary, closed, "backfill", "--to-dir", out, dir); code != exitDeadLetters || !strings.Contains(errs, "complete already") {
		t.Errorf("again: exit code %d: %s", code, errs)
	}
}

// asNobody runs the program as a user who cannot read the directory closed, which
// root always can.
func asNobody(t *testing.T, binary, closed string, args ...string) (errs string, code int) {
	t.Helper()
	cmd := exec.Command(binary, args...)
	var log bytes.Buffer
	cmd.Stderr = &log
	runAsNobody(t, cmd, closed)
	return log.String(), cmd.ProcessState.ExitCode()
}

func built(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "sitrep-") // where others may come, unlike t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	binary := filepath.Join(dir, "sitrep")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return binary
}

// A plan alone does nothing; a job that is interrupted says so, and goes on.
func TestBackfillGoesOn(t *testing.T) {
	path, out := writeFile(t, filepath.Join(t.TempDir(), "archive.jsonl"), strings.Join(sampleLines(t, "on", 12), "\n")), filepath.Join(t.TempDir(), "out")
	summary, errs, code := sitrep(t, "", "backfill", "--dry-run", "--to-dir", out, path)
	if code != 0 || !strings.Contains(errs, "estimate  about 12 articles") || summary != "" {
		t.Errorf("dry run: exit code %d: %s %s", code, summary, errs)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a dry run has made the directory")
	}
	args := []string{"backfill", "--to-dir", out, "--json", path}
	articles := filepath.Join(out, "articles.jsonl")
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		for data := []byte(nil); len(data) == 0 && ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
			data, _ = os.ReadFile(articles)
		}
		interrupt()
	}()
	cmd := root()
	cmd.SetArgs(append(args, "--rate", "2/s"))
	var said bytes.Buffer
	cmd.SetOut(&said)
	cmd.SetErr(&said)
	if err := cmd.ExecuteContext(ctx); exitCode(ctx, err) != exitInterrupted || !strings.Contains(said.String(), `"state":"interrupted"`) {
		t.Errorf("%v: %s", err, said.String())
	}
	before := len(linesOf(t, articles))
	if before == 0 || before >= 12 {
		t.Errorf("%d articles when it was interrupted", before)
	}
	summary, errs, code = sitrep(t, "", args...)
	if code != 0 || !strings.Contains(summary, fmt.Sprintf(`"raw":12,"raw_now":%d`, 12-before)) {
		t.Errorf("exit code %d: %s %s", code, summary, errs)
	}
	var ids []string
	for _, line := range linesOf(t, articles) {
		var a pipeline.ArticleRecord
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ArticleID)
	}
	if n := len(ids); n != 12 || len(slices.Compact(slices.Sorted(slices.Values(ids)))) != 12 {
		t.Errorf("%d articles", n)
	}
	writeFile(t, path, "{}")
	if _, errs, code = sitrep(t, "", args...); code != exitFailed || !strings.Contains(errs, "another plan") {
		t.Errorf("another file: exit code %d: %s", code, errs)
	}
}

func TestBackfillUsage(t *testing.T) {
	for _, args := range [][]string{
		{"archive.jsonl"}, {"--to-dir", "out"}, {"--to-dir", "out", "--shard", "2/2", "x"}, {"--to-dir", "out", "--rate", "0", "x"}, {"--to-dir", "out", "--rate", "fast", "x"},
		{"--to-dir", "out", "--workers", "0", "x"}, {"--to-dir", "out", "--job", "a/b", "x"}, {"--to-dir", "out", "--from-topic", "raw"}, {"--brokers", "localhost:1", "--from-topic", "raw", "--since", "tomorrow"},
	} {
		if _, errs, code := sitrep(t, "", append([]string{"backfill"}, args...)...); code != exitUsage {
			t.Errorf("%q: exit code %d: %s", args, code, errs)
		}
	}
}

// Progress is lines for machines, lines for logs, and one line on a terminal, above
// which stands whatever else is said.
func TestProgress(t *testing.T) {
	shot := backfill.Snapshot{Tally: backfill.Tally{Raw: 300, Events: map[string]int{"attack": 40, "deploy": 2}, Dead: map[string]int{"panic": 1}}, Raw: 200, Elapsed: 10 * time.Second}
	for _, c := range []struct {
		json, terminal bool
		done           float64
		want           string
	}{
		{false, false, 0.25, " 25 %  300 articles, 20/s, 42 events, 1 dead, 45s left\nsaid\n"},
		{false, false, -1, "300 articles, 20/s, 42 events, 1 dead\nsaid\n"},
		{false, true, 0.25, clearLine + " 25 %  300 articles, 20/s, 42 events, 1 dead, 45s left" + clearLine + "said\n 25 %  300 articles, 20/s, 42 events, 1 dead, 45s left" + clearLine},
		{true, false, 0.25, `{"dead":1,"done":0.25,"eta_seconds":45,"events":42,"kind":"progress","rate":20,"raw":300}` + "\nsaid\n"},
	} {
		var b bytes.Buffer
		s := &shower{out: &b, err: &screen{w: &b, terminal: c.terminal}, json: c.json}
		s.snapshot(shot, c.done)
		s.say("said")
		s.err.show("")
		if got := b.String(); got != c.want {
			t.Errorf("json %t, terminal %t:\n%q, want\n%q", c.json, c.terminal, got, c.want)
		}
	}
}
