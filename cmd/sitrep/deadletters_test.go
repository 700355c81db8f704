package main

import (
	"bufio"
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

// lettersFrom returns n letters of samples that were too large for a service, each third of
// which is broken, too.
func lettersFrom(t *testing.T, topic string, n int) (letters []pipeline.Raw) {
	t.Helper()
	for i := range n {
		s := samples.All()[i%len(samples.All())]
		raw := pipeline.Raw{Position: pipeline.Position{Topic: topic, Partition: i % 2, Offset: int64(i / 2)}, Key: fmt.Appendf(nil, "%s-%d", s.Name, i), Value: s.Raw,
			Headers: []pipeline.Header{{Key: "traceparent", Value: fmt.Appendf(nil, "00-%032x-01-01", i+1)}}}
		if i%3 == 2 {
			raw.Value = []byte(`{"title": "Cut off in tra`)
		}
		records := pipeline.Process(raw, pipeline.Limits{Article: 10, Time: time.Minute})
		if len(records) != 1 || records[0].Stream != pipeline.DeadLetters {
			t.Fatalf("%s: %d records", s.Name, len(records))
		}
		letters = append(letters, pipeline.Raw{Key: records[0].Key, Value: records[0].Value, Headers: records[0].Headers})
	}
	return letters
}

// topicsOf makes the topics of a service of that name, and puts letters there.
func topicsOf(t *testing.T, b *testbroker.Broker, name string, letters []pipeline.Raw) kafka.Config {
	t.Helper()
	c := kafka.Config{Brokers: b.Addrs(), Input: name + ".raw", Topics: kafka.Topics{Events: name + ".events", Articles: name + ".articles", DeadLetters: name + ".dead"}}
	if err := kafka.CreateTopics(t.Context(), c, kafka.Specs(c.Input, c.Topics, 2, 1<<20)...); err != nil {
		t.Fatal(err)
	}
	if err := kafka.Produce(t.Context(), c.Brokers, c.Topics.DeadLetters, letters); err != nil {
		t.Fatal(err)
	}
	return c
}

// The built program, killed again and again while it sends letters again, leaves in the
// topics what one leaves that nobody touches, to a topic and through extraction.
func TestRunRedriveKilled(t *testing.T) {
	if os.Getenv("SITREP_TEST_KAFKA")+os.Getenv("SITREP_TEST_BROKERS") == "" {
		t.Skip("runs the built program on real Apache Kafka: make integration")
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
	letters := lettersFrom(t, "gone.raw", 24)
	for mode, done := range map[string]int{"topic": 0, "extraction": exitDeadLetters} {
		calm := redriving{t, binary, mode, topicsOf(t, broker, "calm-"+mode, letters)}
		if code, log := calm.run(nil, 0); code != done {
			t.Fatalf("exit code %d: %s", code, log)
		}
		killed := redriving{t, binary, mode, topicsOf(t, broker, "killed-"+mode, letters)}
		kills, random := 0, rand.New(rand.NewPCG(1, 1))
		for {
			end := []os.Signal{os.Kill, os.Kill, os.Interrupt}[kills%3]
			code, log := killed.run(end, time.Duration(random.IntN(600)+200*kills)*time.Millisecond)
			if code == done {
				break
			}
			if kills++; code != -1 && code != exitInterrupted || kills > 40 {
				t.Fatalf("exit code %d after %d kills: %s", code, kills, log)
			}
		}
		got, want := left(t, killed.config), left(t, calm.config)
		if kills == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: %d records, after %d kills %d", mode, len(want), kills, len(got))
		}
		t.Logf("%s: %d records, killed %d times", mode, len(got), kills)
	}
}

// redriving is the built program that sends letters again, to a topic or through
// extraction.
type redriving struct {
	*testing.T
	binary, mode string
	config       kafka.Config
}

// run runs the program and, if end is not nil, ends it some time after it has shown its
// plan.
func (r *redriving) run(end os.Signal, after time.Duration) (code int, log string) {
	c := r.config
	args := []string{"deadletters", "redrive", "--rate", "12/s", "--max-attempts", "5", "--brokers", strings.Join(c.Brokers, ","),
		"--deadletters-topic", c.Topics.DeadLetters, "--events-topic", c.Topics.Events, "--articles-topic", c.Topics.Articles}
	if r.mode == "topic" {
		args = append(args, "--to", c.Input)
	} else {
		args = append(args, "--extract")
	}
	cmd := exec.Command(r.binary, args...)
	errs, err := cmd.StderrPipe()
	if err != nil {
		r.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		r.Fatal(err)
	}
	lines := bufio.NewScanner(errs)
	for planned := false; lines.Scan(); log += lines.Text() + "\n" {
		if end != nil && !planned && strings.Contains(lines.Text(), "to be sent") {
			planned = true
			defer time.AfterFunc(after, func() { cmd.Process.Signal(end) }).Stop()
		}
	}
	cmd.Wait()
	return cmd.ProcessState.ExitCode(), log
}

// left returns what stands in the topics of c, in order, without names of topics and
// offsets; of the dead letters those that have failed again.
func left(t *testing.T, c kafka.Config) (out []string) {
	t.Helper()
	for i, topic := range []string{c.Input, c.Topics.Events, c.Topics.Articles, c.Topics.DeadLetters} {
		raws, err := kafka.ReadAll(t.Context(), c.Brokers, topic)
		if err != nil {
			t.Fatal(err)
		}
		for _, raw := range raws {
			line := fmt.Sprintf("%d %d %s %s %s", i, raw.Partition, raw.Key, raw.Value, raw.Headers)
			if topic != c.Topics.DeadLetters || raw.Value != nil && strings.Contains(line, "sitrep_redrive_attempts") {
				out = append(out, line)
			}
		}
	}
	return out
}

func TestDeadletters(t *testing.T) {
	broker, err := testbroker.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	letters := lettersFrom(t, "t.raw", 6)
	letters[4].Value = []byte("esc\x1b[31m \u202etxt\nline")
	letters[5].Value = []byte{0, 1, 2, 0xff}
	c := topicsOf(t, broker, "t", letters)
	dead := func(args ...string) (string, string, int) {
		t.Helper()
		return sitrep(t, "", append([]string{"deadletters", args[0], "--brokers", strings.Join(c.Brokers, ","), "--deadletters-topic", "t.dead"}, args[1:]...)...)
	}
	expect := func(code int, args []string, stdout ...string) string {
		t.Helper()
		out, errs, got := dead(args...)
		for _, want := range stdout {
			if !strings.Contains(out+errs, want) || got != code {
				t.Errorf("%s: exit code %d, %q is not in:\n%s%s", args, got, want, out, errs)
			}
		}
		return out
	}
	expect(0, []string{"list"}, "t.dead: 6 open letters, 0 sent again", "too_large  limit        6", "t.raw/")
	expect(0, []string{"list", "--partition", "1", "--json"}, `"letters":3`, `"reason":"too_large"`)
	expect(0, []string{"list", "--reason", "panic"}, "0 open letters")
	expect(0, []string{"show", "t.raw/0/2"}, "from     t.raw/0/2\n", "reason   too_large (limit): 1567 bytes; the limit is 10", `│ esc\x1b[31m \u202etxt`, "│ line")
	expect(0, []string{"show", "--limit", "1"}, "5 more")
	expect(0, []string{"show", "t.raw/1/2"}, "|....|")
	if out := expect(0, []string{"show", "--raw", "t.raw/1/2"}); out != "\x00\x01\x02\xff" {
		t.Errorf("--raw: %q", out)
	}
	expect(exitUsage, []string{"show", "--raw"}, "6 letters are chosen")
	expect(exitFailed, []string{"show", "t.raw/1/77"}, "no letter is chosen")
	expect(exitUsage, []string{"show", "t.raw"}, "is not a place")
	expect(exitUsage, []string{"list", "--since", "tomorrow"}, "--since")
	expect(exitUsage, []string{"redrive", "--rate", "fast"}, "--rate")
	expect(exitUsage, []string{"redrive", "--extract", "--to", "t.raw"}, "want one of them")
	expect(0, []string{"redrive", "--dry-run"}, "6  to be sent to t.raw")
	expect(0, []string{"redrive", "t.raw/0/2"}, "done: 1 of 1 letter sent again")
	expect(0, []string{"redrive"}, "done: 5 of 5 letters sent again", "1  sent again already")
	expect(0, []string{"redrive"}, "done: 0 of 0")
	expect(0, []string{"list"}, "0 open letters, 6 sent again")
	expect(0, []string{"show", "t.raw/0/2"}, "UTC to t.raw/0")
	if _, errs, code := sitrep(t, "", "deadletters", "bury"); code != exitUsage || !strings.Contains(errs, "no command \"bury\"") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}
