package backfill

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/kcat"
	"sitrep/pipeline/kafka/testbroker"
)

// process is quick, and of the form of the real one: an article and an event, or a
// dead letter where the record has no brace.
func process(raw pipeline.Raw) []pipeline.Record {
	if !bytes.HasPrefix(raw.Value, []byte("{")) {
		return []pipeline.Record{{Stream: pipeline.DeadLetters, Kind: "undecodable", Key: raw.Key, Value: raw.Value,
			Headers: []pipeline.Header{{Key: "fault", Value: fmt.Append(nil, raw.Fault)}}}}
	}
	key := fmt.Appendf(nil, "key %d", len(raw.Value)%7+int(raw.Value[len(raw.Value)-2]))
	return []pipeline.Record{
		{Stream: pipeline.Events, Kind: "attack", Key: key, Value: []byte(`{"type":"attack","of":` + string(raw.Value) + `}`)},
		{Stream: pipeline.Articles, Kind: "ok", Key: key, Value: []byte(`{"status":"ok","of":` + string(raw.Value) + `}`)},
	}
}

func rawLines(from, to int) (lines []string) {
	for i := from; i < to; i++ {
		line := fmt.Sprintf(`{"n":%d}`, i)
		if i%10 == 9 {
			line = "broken" + line
		}
		lines = append(lines, line)
	}
	return lines
}

func archiveOf(t *testing.T) *Files {
	t.Helper()
	dir := t.TempDir()
	for i := range 3 {
		content := strings.Join(rawLines(i*50, i*50+50), "\n")
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.jsonl", i)), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return &Files{Max: 1 << 20, Paths: []string{dir}, Batch: 7}
}

// flaky is a store that dies at a seeded point: before a commit is made, or behind
// it, when nobody hears of it any more.
type flaky struct {
	Store
	left   int
	behind bool
}

var errDied = errors.New("died")

func (f *flaky) Passing(error) bool { return false }

func (f *flaky) Commit(ctx context.Context, b pipeline.Batch, p Part, c Checkpoint) error {
	if f.left--; f.left != 0 {
		return f.Store.Commit(ctx, b, p, c)
	}
	if f.behind {
		if err := f.Store.Commit(ctx, b, p, c); err != nil {
			return err
		}
	}
	return errDied
}

// output is how an output is opened, as each process does anew.
type output func() (Store, func())

func job(t *testing.T, store Store, parts []Part) *Job {
	return &Job{Name: "test", Plan: "p", Parts: parts, Store: store, Workers: 2, Process: process, Meter: NewMeter(),
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil))}
}

// untilDone runs the job again and again while it dies, and returns how often.
func untilDone(t *testing.T, seed uint64, open output, parts func() []Part) int {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	for died := 0; died < 200; died++ {
		store, done := open()
		input := parts()
		// It has put its name into each part, and dies soon then.
		j := job(t, &flaky{store, 1 + len(input) + random.IntN(4), random.IntN(2) == 0}, input)
		if seed == 0 {
			j.Store = store
		}
		err := j.Run(t.Context())
		done()
		switch {
		case err == nil || errors.Is(err, ErrComplete): // it may die behind its last commit
			return died
		case !errors.Is(err, errDied):
			t.Fatal(err)
		}
	}
	t.Fatal("it never ends")
	return 0
}

func embedded(t *testing.T) *testbroker.Broker {
	t.Helper()
	b, err := testbroker.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func configOf(t *testing.T, b *testbroker.Broker, name string, partitions int) kafka.Config {
	t.Helper()
	c := kafka.Config{Brokers: b.Addrs(), Input: name + ".raw", MaxBatch: 7,
		Topics: kafka.Topics{Events: name + ".events", Articles: name + ".articles", DeadLetters: name + ".dead"}}
	if err := kafka.CreateTopics(t.Context(), c, kafka.Specs(c.Input, c.Topics, partitions, 1<<20)...); err != nil {
		t.Fatal(err)
	}
	return c
}

func toTopics(t *testing.T, c kafka.Config) output {
	return func() (Store, func()) {
		store, err := OpenTopics(t.Context(), c, c.Input, Shard{})
		if err != nil {
			t.Fatal(err)
		}
		return store, store.Close
	}
}

// contents returns what the output topics hold, in order, without offsets, between
// which markers of transactions stand.
func contents(t *testing.T, c kafka.Config) (out []string) {
	t.Helper()
	for _, topic := range []string{c.Topics.Events, c.Topics.Articles, c.Topics.DeadLetters} {
		raws, err := kafka.ReadAll(t.Context(), c.Brokers, topic)
		if err != nil {
			t.Fatal(err)
		}
		for _, raw := range raws {
			r := kcat.Of(raw)
			_, stream, _ := strings.Cut(topic, ".")
			out = append(out, fmt.Sprintf("%s %d %s %s %s", stream, r.Partition, r.Key, r.Value, r.Headers))
		}
	}
	return out
}

// A job that dies and is run again gives what one gives that was left alone.
func TestFilesToTopics(t *testing.T) {
	b, files := embedded(t), archiveOf(t)
	var want []string
	for seed := range uint64(4) {
		c := configOf(t, b, fmt.Sprint("files", seed), 3)
		died := untilDone(t, seed, toTopics(t, c), func() []Part { return []Part{files.Part(c.Topics.Articles)} })
		got := contents(t, c)
		if seed == 0 {
			want = got
			if len(want) != 2*135+15 {
				t.Fatalf("%d records", len(want))
			}
			continue
		}
		if died == 0 || !slices.Equal(got, want) {
			t.Errorf("seed %d: died %d times: %d records, want %d", seed, died, len(got), len(want))
		}
	}
}

func TestTopicToTopics(t *testing.T) {
	b := embedded(t)
	var want []string
	for seed := range uint64(3) {
		c := configOf(t, b, fmt.Sprint("topic", seed), 2)
		var raws []pipeline.Raw
		for i, line := range rawLines(0, 150) {
			raws = append(raws, pipeline.Raw{Key: fmt.Append(nil, i), Value: []byte(line)})
		}
		if err := kafka.Produce(t.Context(), c.Brokers, c.Input, raws); err != nil {
			t.Fatal(err)
		}
		parts := func() []Part {
			spans, err := kafka.Spans(t.Context(), c, c.Input, kafka.Place{}, kafka.Place{Start: kafka.Latest})
			if err != nil {
				t.Fatal(err)
			}
			return (&Topic{Config: c, Spans: spans}).Parts()
		}
		died := untilDone(t, seed, toTopics(t, c), parts)
		got := contents(t, c)
		if seed == 0 {
			want = got
			if len(want) != 2*135+15 {
				t.Fatalf("%d records", len(want))
			}
			continue
		}
		if died == 0 || !slices.Equal(got, want) {
			t.Errorf("seed %d: died %d times: %d records, want %d", seed, died, len(got), len(want))
		}
	}
}

func read(t *testing.T, dir string) (out string) {
	t.Helper()
	for _, name := range streamFiles {
		data, err := os.ReadFile(filepath.Join(dir, name+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		out += name + "\n" + string(data)
	}
	return out
}

func TestFilesToFiles(t *testing.T) {
	files := archiveOf(t)
	var want string
	for seed := range uint64(6) {
		dir := t.TempDir()
		open := func() (Store, func()) {
			d, err := OpenDir(dir, Shard{})
			if err != nil {
				t.Fatal(err)
			}
			return d, func() {
				if seed > 0 && len(d.saved.Parts) > 0 { // what a process has written that died before its commit
					fmt.Fprint(d.outputs[0], "half a li")
				}
				d.Close()
			}
		}
		died := untilDone(t, seed, open, func() []Part { return []Part{files.Part("files")} })
		if seed > 0 {
			d, _ := open()
			if err := d.Take(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			d.(*ToDir).Close()
		}
		got := read(t, dir)
		if seed == 0 {
			want = got
			if strings.Count(want, "\n") != 2*135+15+3 {
				t.Fatal(want)
			}
			continue
		}
		if died == 0 || got != want {
			t.Errorf("seed %d: died %d times: %d bytes, want %d", seed, died, len(got), len(want))
		}
	}
}

// Shards have nothing in common, and are everything together.
func TestShards(t *testing.T) {
	files := archiveOf(t)
	seen := map[string]int{}
	for i := range 4 {
		files.Shard = Shard{i, 4}
		src, err := files.open(t.Context(), Checkpoint{})
		if err != nil {
			t.Fatal(err)
		}
		for {
			step, err := src.Next(t.Context())
			if err != nil {
				break
			}
			for _, raw := range step.Raws {
				seen[string(raw.Value)]++
			}
		}
	}
	for _, line := range rawLines(0, 150) {
		if seen[line] != 1 {
			t.Errorf("%s is in %d shards", line, seen[line])
		}
	}
	for _, s := range []string{"", "4/4", "-1/2", "1", "1/2x", "0/0"} {
		if got, err := ParseShard(s); err == nil {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}

// What was interrupted is refused with another plan or other files, and what is
// complete is left alone.
func TestRefused(t *testing.T) {
	files, dir := archiveOf(t), t.TempDir()
	run := func(plan string) error {
		d, err := OpenDir(dir, Shard{})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		j := job(t, d, []Part{files.Part("files")})
		j.Plan = plan
		if plan == "first" {
			j.Store = &flaky{d, 4, true}
			j.Plan = "p"
		}
		return j.Run(t.Context())
	}
	if err := run("first"); !errors.Is(err, errDied) {
		t.Fatal(err)
	}
	if err := run("other"); err == nil || !strings.Contains(err.Error(), "another plan") {
		t.Errorf("another plan: %v", err)
	}
	changed := filepath.Join(files.Paths[0], "0.jsonl")
	was, err := os.ReadFile(changed)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(changed, bytes.Replace(was, []byte("1"), []byte("x"), 1), 0o600)
	if err := run("p"); !errors.Is(err, errChanged) {
		t.Errorf("other files: %v", err)
	}
	os.WriteFile(changed, was, 0o600)
	if err := run("p"); err != nil {
		t.Error(err)
	}
	if err := run("p"); !errors.Is(err, ErrComplete) {
		t.Errorf("complete: %v", err)
	}
	data, _ := os.ReadFile(filepath.Join(dir, "checkpoint.json"))
	if !json.Valid(data) || !bytes.Contains(data, []byte(`"undecodable":15`)) {
		t.Errorf("%s", data)
	}
}

// Of two processes that work on one job the later one goes on.
func TestTakenOver(t *testing.T) {
	files, b := archiveOf(t), embedded(t)
	c := configOf(t, b, "taken", 1)
	parts := []Part{files.Part(c.Topics.Articles)}
	store, closeStore := toTopics(t, c)()
	defer closeStore()
	slow := job(t, store, parts)
	entered, goOn := make(chan bool, 1000), make(chan bool)
	slow.Process = func(raw pipeline.Raw) []pipeline.Record {
		entered <- true
		<-goOn
		return process(raw)
	}
	ended := make(chan error)
	go func() { ended <- slow.Run(t.Context()) }()
	<-entered
	untilDone(t, 0, toTopics(t, c), func() []Part { return []Part{archiveAgain(files).Part(c.Topics.Articles)} })
	close(goOn)
	if err := <-ended; !errors.Is(err, ErrTaken) {
		t.Errorf("the older: %v", err)
	}
	if n := len(contents(t, c)); n != 2*135+15 {
		t.Errorf("%d records", n)
	}
}

func archiveAgain(f *Files) *Files { return &Files{Max: f.Max, Paths: f.Paths, Batch: f.Batch} }

// Files that are broken are named, and the rest goes on.
func TestBadFiles(t *testing.T) {
	files := archiveOf(t)
	dir := files.Paths[0]
	os.WriteFile(filepath.Join(dir, "0a.jsonl"), nil, 0o600)
	os.WriteFile(filepath.Join(dir, "0b.jsonl.gz"), []byte{0x1f, 0x8b, 8, 0, 0, 0}, 0o600)
	files.Paths = append(files.Paths, filepath.Join(dir, "missing"))
	var bad []string
	files.Bad = func(err error) { bad = append(bad, err.Error()) }
	files.Sizes(files.Bad)
	out := t.TempDir()
	untilDone(t, 0, func() (Store, func()) {
		d, err := OpenDir(out, Shard{})
		if err != nil {
			t.Fatal(err)
		}
		return d, d.Close
	}, func() []Part { return []Part{files.Part("files")} })
	all := strings.Join(bad, "\n") + read(t, out) // a torn file ends with a dead letter
	for _, want := range []string{"0a.jsonl:1: the file is empty", "unexpected EOF", "missing"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in %s", want, all)
		}
	}
	if n := strings.Count(read(t, out), "\n"); n != 2*135+15+1+3 {
		t.Errorf("%d lines", n)
	}
}

// A job over the input of a group that is alive leaves the group's offsets alone.
func TestGroupsUnmoved(t *testing.T) {
	b := embedded(t)
	c := configOf(t, b, "live", 1)
	c.Group = "live"
	var raws []pipeline.Raw
	for _, line := range rawLines(0, 40) {
		raws = append(raws, pipeline.Raw{Value: []byte(line)})
	}
	if err := kafka.Produce(t.Context(), c.Brokers, c.Input, raws); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- kafka.Run(ctx, c, pipeline.NewPool(1, process)) }()
	for len(contents(t, c)) < 2*36+4 {
		time.Sleep(20 * time.Millisecond)
	}
	client := &kafkago.Client{Addr: kafkago.TCP(b.Addrs()...)}
	offsets := func(group string) int64 {
		res, err := client.OffsetFetch(t.Context(), &kafkago.OffsetFetchRequest{GroupID: group, Topics: map[string][]int{c.Input: {0}}})
		if err != nil || len(res.Topics[c.Input]) != 1 {
			t.Fatalf("%v, %v", res, err)
		}
		return res.Topics[c.Input][0].CommittedOffset
	}
	before := offsets("live")
	again := c
	again.Topics = configOf(t, b, "again", 1).Topics
	spans, err := kafka.Spans(t.Context(), c, c.Input, kafka.Place{Offset: 10, IsOffset: true}, kafka.Place{Offset: 20, IsOffset: true})
	if err != nil {
		t.Fatal(err)
	}
	untilDone(t, 0, toTopics(t, again), (&Topic{Config: again, Spans: spans}).Parts)
	if n := len(contents(t, again)); n != 2*9+1 {
		t.Errorf("%d records", n)
	}
	if after := offsets("live"); before != 40 || after != before {
		t.Errorf("the group stood at %d and stands at %d", before, after)
	}
	if at := offsets("sitrep-backfill/" + c.Input); at != 20 {
		t.Errorf("the job stands at %d", at)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestTallyFitsTheMetadataOfAnOffset(t *testing.T) {
	c := Checkpoint{Plan: strings.Repeat("x", 16), Next: 1 << 62, End: 1 << 62, Starts: 100, Done: true, Run: strings.Repeat("x", 12), Digest: strings.Repeat("x", 43), Tally: newTally()}
	for i := range 60 { // more than there are types of events
		c.Tally.Events[fmt.Sprintf("a_long_type_%d", i)] = 1_000_000_000
	}
	if n := len(c.text()); n > 4096 {
		t.Errorf("%d bytes: Kafka takes 4096", n)
	}
	if got, err := parseCheckpoint(c.text()); err != nil || got.Next != c.Next || got.Tally.Events["a_long_type_5"] != 1_000_000_000 {
		t.Errorf("%v, %v", got, err)
	}
}
