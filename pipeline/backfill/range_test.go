package backfill

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
)

// fromEnvironment is the broker that tests of times want: real Kafka under `make
// integration`.
func fromEnvironment(t *testing.T) *testbroker.Broker {
	t.Helper()
	b, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func produce(t *testing.T, c kafka.Config, lines []string) {
	t.Helper()
	var raws []pipeline.Raw
	for i, line := range lines {
		raws = append(raws, pipeline.Raw{Key: fmt.Append(nil, i), Value: []byte(line)})
	}
	if err := kafka.Produce(t.Context(), c.Brokers, c.Input, raws); err != nil {
		t.Fatal(err)
	}
}

func toDir(t *testing.T, dir string) output {
	return func() (Store, func()) {
		d, err := OpenDir(dir, Shard{})
		if err != nil {
			t.Fatal(err)
		}
		return d, d.Close
	}
}

// between returns the parts of c's input between what --since and --until say.
func between(t *testing.T, c kafka.Config, since, until string, partitions ...int) []Part {
	t.Helper()
	from, err := kafka.ParsePlace(since)
	if err != nil {
		t.Fatal(err)
	}
	to, err := kafka.ParsePlace(until)
	if err != nil {
		t.Fatal(err)
	}
	spans, err := kafka.Spans(t.Context(), c, c.Input, from, to, partitions...)
	if err != nil {
		t.Fatal(err)
	}
	return (&Topic{Config: c, Spans: spans}).Parts()
}

// A job from a topic to files that dies and is run again gives what one gives that
// was left alone.
func TestTopicToFiles(t *testing.T) {
	c := configOf(t, fromEnvironment(t), "tofiles", 3)
	produce(t, c, rawLines(0, 150))
	var want string
	for seed := range uint64(3) {
		dir := t.TempDir()
		died := untilDone(t, seed, toDir(t, dir), func() []Part { return between(t, c, "earliest", "latest") })
		got := read(t, dir)
		switch {
		case seed == 0 && strings.Count(got, "\n") != 2*135+15+3:
			t.Fatalf("%d lines", strings.Count(got, "\n"))
		case seed == 0:
			want = got
		case died == 0 || got != want:
			t.Errorf("seed %d: died %d times: %d bytes, want %d", seed, died, len(got), len(want))
		}
	}
}

// Of a topic those records are read whose time is in the range, in the partitions
// that were chosen.
func TestTimesAndPartitions(t *testing.T) {
	c := configOf(t, fromEnvironment(t), "times", 2)
	var at [3]string
	for i := range at {
		produce(t, c, rawLines(i*40, i*40+40))
		time.Sleep(20 * time.Millisecond)
		at[i] = time.Now().UTC().Format(time.RFC3339Nano)
		time.Sleep(20 * time.Millisecond)
	}
	values := func(since, until string, partitions ...int) (out []string) {
		for _, part := range between(t, c, since, until, partitions...) {
			src, err := part.Open(t.Context(), part.First)
			if err != nil {
				t.Fatal(err)
			}
			defer src.Close()
			for {
				step, err := src.Next(t.Context())
				if err != nil {
					break
				}
				for _, raw := range step.Raws {
					out = append(out, string(raw.Value))
				}
			}
		}
		slices.Sort(out)
		return out
	}
	sorted := func(from, to int) []string {
		lines := rawLines(from, to)
		slices.Sort(lines)
		return lines
	}
	for _, c := range []struct {
		since, until string
		want         []string
	}{
		{"earliest", "latest", sorted(0, 120)},
		{at[0], "latest", sorted(40, 120)},
		{at[0], at[1], sorted(40, 80)},
		{"earliest", at[0], sorted(0, 40)},
		{at[2], "latest", nil},
		{at[1], at[0], nil},
	} {
		if got := values(c.since, c.until); !slices.Equal(got, c.want) {
			t.Errorf("since %s until %s: %d records, want %d", c.since, c.until, len(got), len(c.want))
		}
	}
	first, second := values("earliest", "latest", 0), values("earliest", "latest", 1)
	both := append(slices.Clone(first), second...)
	slices.Sort(both)
	if len(first) == 0 || len(second) == 0 || !slices.Equal(both, sorted(0, 120)) {
		t.Errorf("%d records in one partition, %d in the other", len(first), len(second))
	}
	if got := values("3", "8", 0); len(got) != 5 {
		t.Errorf("offsets 3 to 8: %d records", len(got))
	}
	if _, err := kafka.Spans(t.Context(), c, c.Input, kafka.Place{}, kafka.Place{Start: kafka.Latest}, 2); err == nil || !strings.Contains(err.Error(), "no partition 2") {
		t.Errorf("partition 2: %v", err)
	}
}

// What arrives after a job has begun is not read by it, also when it goes on later.
func TestTheEndIsFixedAtTheStart(t *testing.T) {
	c, dir := configOf(t, embedded(t), "end", 2), t.TempDir()
	produce(t, c, rawLines(0, 80))
	store, done := toDir(t, dir)()
	err := job(t, &flaky{store, 4, true}, between(t, c, "earliest", "latest")).Run(t.Context())
	done()
	if err == nil {
		t.Fatal("it has not died")
	}
	produce(t, c, rawLines(80, 120))
	untilDone(t, 0, toDir(t, dir), func() []Part { return between(t, c, "earliest", "latest") })
	articles, err := os.ReadFile(filepath.Join(dir, "articles.jsonl"))
	if n := strings.Count(string(articles), "\n"); err != nil || n != 72 {
		t.Errorf("%d articles, want 72; %v", n, err)
	}
}
