package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/samples"
)

// sampleLines writes n articles as JSON Lines, of which one is broken.
func sampleLines(t *testing.T, n int) string {
	t.Helper()
	var b bytes.Buffer
	for i := range n {
		if i == n/2 {
			b.WriteString("{\"oops\n")
		}
		s := samples.All()[i%len(samples.All())]
		line, err := json.Marshal(map[string]any{"id": fmt.Sprint("backfill-", i), "body": string(s.Raw)})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	path := filepath.Join(t.TempDir(), "archive.jsonl")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The built program, killed or interrupted again and again, leaves in the topics what one that nobody touches does; a group beside it keeps its offsets.
func TestRunBackfillKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the built program")
	}
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	binary := filepath.Join(t.TempDir(), "sitrep")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	path, random := sampleLines(t, 50), rand.New(rand.NewPCG(1, 1))
	outputs := func(name string) []string { return []string{name + ".events", name + ".articles", name + ".dead"} }
	run := func(name string, within time.Duration, end os.Signal, args ...string) (code int, log string) {
		o := outputs(name)
		cmd := exec.Command(binary, "backfill", "--brokers", strings.Join(broker.Addrs(), ","), "--create-topics", "2", "--max-batch", "5",
			"--events-topic", o[0], "--articles-topic", o[1], "--deadletters-topic", o[2], path)
		cmd.Args = append(cmd.Args, args...)
		var complaint bytes.Buffer
		cmd.Stderr = &complaint
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(within, func() { cmd.Process.Signal(end) })
		defer timer.Stop()
		cmd.Wait()
		return cmd.ProcessState.ExitCode(), complaint.String()
	}
	if code, log := run("calm", time.Minute, os.Kill); code != exitDeadLetters || !strings.Contains(log, "archive.jsonl:26: undecodable") {
		t.Fatalf("exit code %d: %s", code, log)
	}
	kills, interrupts := 0, 0
	within, more := 1500*time.Millisecond, time.Second
	if os.Getenv("SITREP_TEST_KAFKA") == "real" {
		within, more = 500*time.Millisecond, 150*time.Millisecond // make integration has the time
	}
	for ; ; within += more {
		end := []os.Signal{os.Kill, os.Interrupt}[kills%2]
		code, log := run("killed", within+time.Duration(random.IntN(300))*time.Millisecond, end, "--rate", "25/s")
		if code == exitDeadLetters {
			break
		}
		if code == exitInterrupted {
			interrupts++
		}
		if kills++; code != -1 && code != exitInterrupted || kills > 40 {
			t.Fatalf("exit code %d after %d kills: %s", code, kills, log)
		}
	}
	if kills == 0 {
		t.Error("it was never killed")
	}
	for i, calm := range outputs("calm") {
		var contents [2][]string
		for k, topic := range []string{calm, outputs("killed")[i]} {
			raws, err := kafka.ReadAll(t.Context(), broker.Addrs(), topic)
			if err != nil {
				t.Fatal(err)
			}
			for _, raw := range raws {
				contents[k] = append(contents[k], fmt.Sprintf("%d %s %s %s", raw.Partition, raw.Key, raw.Value, raw.Headers))
			}
		}
		if !slices.Equal(contents[0], contents[1]) {
			t.Errorf("%s: %d records, after kills %d", calm, len(contents[0]), len(contents[1]))
		}
		t.Logf("%s: %d records, killed %d times, %d of them by Ctrl-C", calm, len(contents[0]), kills, interrupts)
	}
	if code, log := run("killed", time.Minute, os.Kill); code != exitDeadLetters || !strings.Contains(log, "complete already") {
		t.Errorf("exit code %d: %s", code, log)
	}
}

func TestBackfillToDirectory(t *testing.T) {
	path, dir := sampleLines(t, 10), filepath.Join(t.TempDir(), "out")
	out, errs, code := sitrep(t, "", "backfill", "--dry-run", "--to-dir", dir, path)
	if code != 0 || !strings.Contains(errs, "estimate  about 11 articles") || out != "" {
		t.Errorf("dry run: exit code %d: %s %s", code, out, errs)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a dry run has made the directory")
	}
	out, errs, code = sitrep(t, "", "backfill", "--to-dir", dir, "--json", "--rate", "1000/s", path)
	if code != exitDeadLetters || !strings.Contains(errs, "archive.jsonl:6: undecodable") || !strings.Contains(out, `"state":"complete"`) {
		t.Errorf("exit code %d: %s %s", code, out, errs)
	}
	articles, err := os.ReadFile(filepath.Join(dir, "articles.jsonl"))
	if err != nil || bytes.Count(articles, []byte("\n")) != 10 {
		t.Errorf("%d articles, %v", bytes.Count(articles, []byte("\n")), err)
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := bytes.Cut(first, []byte("\n"))
	records := pipeline.Process(pipeline.Raw{Value: line}, pipeline.DefaultLimits)
	if want := records[len(records)-1].Value; !bytes.HasPrefix(articles, want) {
		t.Error("the first article is another than the service gives")
	}
	if _, _, code = sitrep(t, "", "backfill", "--to-dir", dir, "--shard", "2/2", path); code != exitUsage {
		t.Errorf("shard 2/2: exit code %d", code)
	}
	if _, _, code = sitrep(t, "", "backfill", path); code != exitUsage {
		t.Errorf("no brokers: exit code %d", code)
	}
}
