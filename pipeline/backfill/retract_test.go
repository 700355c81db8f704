package backfill

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/kcat"
	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/registry"
)

// A version is an extractor: it finds those words of an article that it knows.
type version struct {
	name  string
	finds func(word string) bool
	// id, if set, chooses what an article's id is made of.
	id func(story) string
	// chokes, if set, tells what becomes a dead letter.
	chokes func(story) bool
}

// A story is a raw article of these tests.
type story struct {
	ID    string `json:"id"`
	URL   string `json:"url"`
	Words string `json:"words"`
}

// The older version takes guesses for events, and misses what is capital.
var (
	older = version{name: "A", finds: func(w string) bool { return w == strings.ToLower(w) }}
	newer = version{name: "B", finds: func(w string) bool { return !strings.HasSuffix(w, "?") }}
)

func hashOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// process is of the form of the real one: events, then their article, with the
// headers that say where they came from; or a dead letter.
func (v version) process(raw pipeline.Raw) []pipeline.Record {
	var s story
	if err := json.Unmarshal(raw.Value, &s); err != nil || v.chokes != nil && v.chokes(s) {
		return []pipeline.Record{{Stream: pipeline.DeadLetters, Kind: "undecodable", Key: raw.Key, Value: raw.Value}}
	}
	article := hashOf(s.ID)
	if v.id != nil {
		article = hashOf(v.id(s))
	}
	headers := func(id, kind string) []pipeline.Header {
		return []pipeline.Header{{Key: "ce_id", Value: []byte(id)}, {Key: "ce_type", Value: []byte(kind)}, {Key: "content-type", Value: []byte("application/json")},
			{Key: "sitrep_source_topic", Value: []byte(raw.Topic)}, {Key: "sitrep_source_partition", Value: []byte(strconv.Itoa(raw.Partition))},
			{Key: "sitrep_source_offset", Value: []byte(strconv.FormatInt(raw.Offset, 10))}}
	}
	var out []pipeline.Record
	var ids []string
	for _, word := range strings.Fields(s.Words) {
		if !v.finds(word) {
			continue
		}
		id := hashOf(article, word)
		ids = append(ids, id)
		out = append(out, pipeline.Record{Stream: pipeline.Events, Kind: "attack", Key: []byte(id), Headers: headers(id, "sitrep.event.v1"),
			Value: fmt.Appendf(nil, `{"event_id":%q,"article_id":%q,"word":%q,"extractor_version":%q}`, id, article, word, v.name)})
	}
	value, _ := json.Marshal(map[string]any{"article_id": article, "content_sha256": hashOf(s.Words), "event_ids": ids, "extractor_version": v.name})
	return append(out, pipeline.Record{Stream: pipeline.Articles, Kind: "ok", Key: []byte(article), Value: value, Headers: headers(article, "sitrep.article.v1")})
}

// A replay is a job of a version over an input.
type replay struct {
	version
	job     string
	retract bool
	seed    uint64 // dies at points of it; 0: never
}

// run works until the job is done, each process anew, and returns how often it
// died and what it has counted.
func (r replay) run(t *testing.T, c kafka.Config, parts func() []Part) (died int, tally Tally) {
	t.Helper()
	random := rand.New(rand.NewPCG(r.seed, 1))
	for died = 0; died < 200; died++ {
		store, err := OpenTopics(t.Context(), c, r.job, Shard{})
		if err != nil {
			t.Fatal(err)
		}
		j := job(t, store, parts())
		if r.seed > 0 {
			j.Store = &flaky{store, 1 + random.IntN(6), random.IntN(2) == 0}
		}
		j.Process = r.process
		if r.retract {
			j.Retract = NewRetraction(c, j.Logger, (*registry.Registry)(nil).JSON)
		}
		err = j.Run(t.Context())
		store.Close()
		if err == nil || errors.Is(err, ErrComplete) {
			return died, j.Meter.Snapshot().Tally
		}
		if !errors.Is(err, errDied) {
			t.Fatal(err)
		}
	}
	t.Fatal("it never ends")
	return 0, tally
}

// compacted returns what the output topics hold when they have been compacted, and
// their tombstones removed: the last of each key with its partition and headers.
func compacted(t *testing.T, c kafka.Config) map[string]string {
	t.Helper()
	out := map[string]string{}
	for stream, topic := range map[string]string{"events": c.Topics.Events, "articles": c.Topics.Articles} {
		raws, err := kafka.ReadAll(t.Context(), c.Brokers, topic)
		if err != nil {
			t.Fatal(err)
		}
		for _, raw := range raws {
			r, key := kcat.Of(raw), fmt.Sprintf("%s/%d %s", stream, raw.Partition, raw.Key)
			if raw.Value == nil {
				delete(out, key)
			} else {
				out[key] = fmt.Sprintf("%s %s", r.Value, r.Headers)
			}
		}
	}
	return out
}

// current returns the events that the records of their articles list.
func current(t *testing.T, all map[string]string) map[string]string {
	t.Helper()
	listed := map[string]bool{}
	for key, record := range all {
		var r struct {
			IDs []string `json:"event_ids"`
		}
		if strings.HasPrefix(key, "articles/") {
			if err := json.NewDecoder(strings.NewReader(record)).Decode(&r); err != nil {
				t.Fatal(err)
			}
		}
		for _, id := range r.IDs {
			listed[id] = true
		}
	}
	out := maps.Clone(all)
	maps.DeleteFunc(out, func(key, _ string) bool {
		_, id, _ := strings.Cut(key, " ")
		return strings.HasPrefix(key, "events/") && !listed[id]
	})
	return out
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if got[key] != want[key] {
			t.Errorf("%s: %s is\n%s\nand not\n%s", what, key, got[key], want[key])
		}
	}
	for _, key := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[key]; !ok {
			t.Errorf("%s: %s should not be there: %s", what, key, got[key])
		}
	}
}

// stories are articles in which the versions find more, less, the same, other
// things, and nothing; and some that cannot be read.
func stories(n int) (lines []string) {
	for i := range n {
		words := [...]string{"war? raid", "talks", "Raid truce", "maybe? perhaps?", "Truce", "war? raid Truce talks strike", ""}[i%7]
		line, _ := json.Marshal(story{ID: fmt.Sprint("article ", i), Words: words})
		if i%11 == 10 {
			line = []byte("broken")
		}
		lines = append(lines, string(line))
	}
	return lines
}

func tell(t *testing.T, c kafka.Config, lines []string) {
	t.Helper()
	var raws []pipeline.Raw
	for _, line := range lines {
		var s story
		_ = json.Unmarshal([]byte(line), &s)
		raws = append(raws, pipeline.Raw{Key: []byte(s.ID), Value: []byte(line)})
	}
	if err := kafka.Produce(t.Context(), c.Brokers, c.Input, raws); err != nil {
		t.Fatal(err)
	}
}

// outputsOf is c with topics of its own to write to.
func outputsOf(t *testing.T, b *testbroker.Broker, c kafka.Config, name string) kafka.Config {
	t.Helper()
	c.Topics = configOf(t, b, name, 3).Topics
	return c
}

// all returns the parts of the input of c between two places.
func all(t *testing.T, c kafka.Config, until kafka.Place) func() []Part {
	return func() []Part {
		spans, err := kafka.Spans(t.Context(), c, c.Input, kafka.Place{}, until)
		if err != nil {
			t.Fatal(err)
		}
		return (&Topic{Config: c, Spans: spans}).Parts()
	}
}

var toTheEnd = kafka.Place{Start: kafka.Latest}

// A topic that the older version wrote and the newer one retracted from holds what
// it would hold had the newer one always been there, wherever the replay died.
func TestRetractionIsAsIfItHadAlwaysBeenTheNewVersion(t *testing.T) {
	b := embedded(t)
	c := configOf(t, b, "retract", 3)
	tell(t, c, stories(150))
	alone := outputsOf(t, b, c, "alone")
	replay{version: newer, job: "alone"}.run(t, alone, all(t, alone, toTheEnd))
	want := compacted(t, alone)
	for seed := range uint64(4) {
		c := outputsOf(t, b, c, fmt.Sprint("replayed", seed))
		replay{version: older, job: fmt.Sprint("older", seed)}.run(t, c, all(t, c, toTheEnd))
		if seed == 0 && maps.Equal(compacted(t, c), want) {
			t.Fatal("the versions find the same")
		}
		died, tally := replay{newer, fmt.Sprint("newer", seed), true, seed}.run(t, c, all(t, c, toTheEnd))
		if (seed > 0) != (died > 0) {
			t.Errorf("seed %d: died %d times", seed, died)
		}
		same(t, fmt.Sprint("seed ", seed), compacted(t, c), want)
		if guesses := strings.Count(strings.Join(stories(150), " "), "?"); tally.Retracted != guesses {
			t.Errorf("seed %d: %d events retracted, %d guesses", seed, tally.Retracted, guesses)
		}
	}
}

func TestRetractionOfFiles(t *testing.T) {
	b, dir := embedded(t), t.TempDir()
	lines := stories(60)
	for i := range 3 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".jsonl")), []byte(strings.Join(lines[20*i:20*i+20], "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	parts := func(c kafka.Config) func() []Part {
		return func() []Part {
			return []Part{(&Files{Max: 1 << 20, Paths: []string{dir}, Batch: 7}).Part(c.Topics.Articles)}
		}
	}
	alone, c := configOf(t, b, "alone", 2), configOf(t, b, "files", 2)
	replay{version: newer, job: "alone"}.run(t, alone, parts(alone))
	replay{version: older, job: "older"}.run(t, c, parts(c))
	replay{newer, "newer", true, 3}.run(t, c, parts(c))
	same(t, "files", compacted(t, c), compacted(t, alone))
}

// Articles that are revised leave events that nothing lists: what the service wrote
// of the first text. A retraction takes those back too, so that every event is current.
func TestRetractionOfRevisedArticles(t *testing.T) {
	b := embedded(t)
	c := configOf(t, b, "revised", 2)
	tell(t, c, append(stories(40), `{"id":"article 0","words":"war? talks Truce"}`, `{"id":"article 1","words":"talks? strike"}`,
		`{"id":"article 5","words":"Truce"}`, `{"id":"article 1","words":""}`))
	plain, retracted := outputsOf(t, b, c, "plain"), outputsOf(t, b, c, "retracted")
	replay{version: newer, job: "plain"}.run(t, plain, all(t, plain, toTheEnd))
	replay{newer, "retracted", true, 0}.run(t, retracted, all(t, retracted, toTheEnd))
	want := compacted(t, retracted)
	if stale := compacted(t, plain); len(stale) <= len(want) {
		t.Errorf("the service leaves nothing behind: %d records, %d", len(stale), len(want))
	}
	same(t, "current", current(t, compacted(t, plain)), want)
	for seed := range uint64(3) {
		c := outputsOf(t, b, c, fmt.Sprint("revised", seed))
		replay{version: older, job: fmt.Sprint("older", seed)}.run(t, c, all(t, c, toTheEnd))
		replay{newer, fmt.Sprint("newer", seed), true, seed}.run(t, c, all(t, c, toTheEnd))
		same(t, fmt.Sprint("seed ", seed), compacted(t, c), want)
	}
}

// What the service has made of a text that came behind the end of the replay is
// newer: neither it nor its events are touched.
func TestRetractionLeavesWhatIsNewer(t *testing.T) {
	b := embedded(t)
	c := configOf(t, b, "newer", 1)
	tell(t, c, stories(20))
	end := kafka.Place{Offset: 20, IsOffset: true}
	replay{version: older, job: "older"}.run(t, c, all(t, c, end))
	tell(t, c, []string{`{"id":"article 5","words":"Strike talks"}`, `{"id":"article 0","words":""}`})
	replay{version: newer, job: "live"}.run(t, c, all(t, c, toTheEnd)) // the service, which has caught up
	before := compacted(t, c)
	_, tally := replay{newer, "newer", true, 0}.run(t, c, all(t, c, end))
	after := compacted(t, c)
	for _, article := range []string{"article 5", "article 0"} {
		key := "articles/0 " + hashOf(article)
		if before[key] == "" || after[key] != before[key] {
			t.Errorf("%s was\n%s\nand is\n%s", article, before[key], after[key])
		}
	}
	if tally.Passed != 2 {
		t.Errorf("%d articles were left alone", tally.Passed)
	}
	if key := "events/0 " + hashOf(hashOf("article 5"), "Strike"); after[key] == "" {
		t.Error("an event of the newer text was retracted")
	}
	// A second replay from the end of the first on finds the rest.
	replay{newer, "rest", true, 0}.run(t, c, all(t, c, toTheEnd))
	alone := outputsOf(t, b, c, "alone")
	alone.Topics = configOf(t, b, "aside", 1).Topics
	replay{newer, "alone", true, 0}.run(t, alone, all(t, alone, toTheEnd))
	same(t, "in the end", compacted(t, c), compacted(t, alone))
}

// What the service writes while a replay runs may be overtaken by an older text. The
// job tells; a second one from where the first ended sets it right.
func TestRetractionTellsWhatItHasOvertaken(t *testing.T) {
	b := embedded(t)
	c := configOf(t, b, "overtaken", 1)
	tell(t, c, stories(20))
	end := kafka.Place{Offset: 20, IsOffset: true}
	parts := all(t, c, end)()
	replay{version: older, job: "older"}.run(t, c, all(t, c, end))
	revised := sync.OnceFunc(func() {
		tell(t, c, []string{`{"id":"article 5","words":"Strike talks"}`})
		spans, err := kafka.Spans(t.Context(), c, c.Input, end, toTheEnd)
		if err != nil {
			t.Error(err)
		}
		replay{version: newer, job: "live"}.run(t, c, (&Topic{Config: c, Spans: spans}).Parts)
	})
	store, err := OpenTopics(t.Context(), c, "newer", Shard{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	j := job(t, store, parts)
	j.Process = func(raw pipeline.Raw) []pipeline.Record { revised(); return newer.process(raw) }
	j.Retract = NewRetraction(c, j.Logger, (*registry.Registry)(nil).JSON)
	if err := j.Run(t.Context()); err != nil || j.Retract.Overtaken() != 1 {
		t.Errorf("%d articles overtaken, %v", j.Retract.Overtaken(), err)
	}
	again := replay{newer, "again", true, 0}
	spans, err := kafka.Spans(t.Context(), c, c.Input, end, toTheEnd)
	if err != nil {
		t.Fatal(err)
	}
	again.run(t, c, (&Topic{Config: c, Spans: spans}).Parts)
	alone := c
	alone.Topics = configOf(t, b, "alone", 1).Topics
	replay{newer, "alone", true, 0}.run(t, alone, all(t, alone, toTheEnd))
	same(t, "in the end", compacted(t, c), compacted(t, alone))
}

// A version that takes something else for an article's id leaves nothing under the
// old one; but what it cannot read at all it leaves.
func TestRetractionOfOldIDs(t *testing.T) {
	b := embedded(t)
	c := configOf(t, b, "ids", 3)
	tell(t, c, []string{`{"id":"1","url":"x","words":"war raid"}`, `{"id":"2","url":"2","words":"truce"}`, `{"id":"3","url":"y","words":""}`})
	byURL := version{"C", newer.finds, func(s story) string { return s.URL }, nil}
	alone := outputsOf(t, b, c, "alone")
	replay{version: byURL, job: "alone"}.run(t, alone, all(t, alone, toTheEnd))
	replay{version: older, job: "older"}.run(t, c, all(t, c, toTheEnd))
	replay{byURL, "newer", true, 1}.run(t, c, all(t, c, toTheEnd))
	want := compacted(t, alone)
	same(t, "by address", compacted(t, c), want)
	byURL.chokes = func(s story) bool { return s.URL == "x" }
	replay{byURL, "chokes", true, 0}.run(t, c, all(t, c, toTheEnd))
	same(t, "what is not read", compacted(t, c), want)
}

// A file that has another article in the place of one that was read before says
// nothing of that one.
func TestRetractionOfAnotherFileOfTheSameName(t *testing.T) {
	b := embedded(t)
	c, path := configOf(t, b, "again", 2), filepath.Join(t.TempDir(), "news.jsonl")
	for i, lines := range []string{`{"id":"1","words":"war raid"}` + "\n" + `{"id":"2","words":"truce"}`, `{"id":"3","words":"war talks"}`} {
		if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		parts := func() []Part { return []Part{(&Files{Max: 1 << 20, Paths: []string{path}}).Part(c.Topics.Articles)} }
		_, tally := replay{newer, fmt.Sprint("day ", i), true, 0}.run(t, c, parts)
		if tally.Retracted != 0 {
			t.Errorf("%d retracted", tally.Retracted)
		}
	}
	if n := len(compacted(t, c)); n != 3+5 {
		t.Errorf("%d records stand", n)
	}
}

// What has been retracted by somebody else is not there, and what has come back is.
func TestLedgerReadsTombstones(t *testing.T) {
	l := newLedger()
	article, event := hashOf("a"), hashOf("a", "e")
	present := pipeline.Raw{Key: []byte(event), Value: []byte(`{"article_id":"` + article + `"}`)}
	record := newer.process(pipeline.Raw{Value: []byte(`{"id":"a"}`)})
	for _, step := range []struct {
		raw   pipeline.Raw
		stand int
	}{{present, 1}, {pipeline.Raw{Key: []byte(event)}, 0}, {present, 1}, {present, 1}, {pipeline.Raw{Key: []byte(hashOf("unknown"))}, 1}, {pipeline.Raw{Key: []byte("not ours")}, 1}} {
		if err := l.event(step.raw); err != nil {
			t.Fatal(err)
		}
		b, _ := l.amend(pipeline.Batch{Records: record, Raw: 1})
		if len(b.Records) != 1+step.stand {
			t.Errorf("%s: %d records", step.raw.Value, len(b.Records))
		}
		l.settle(false)
	}
	b, _ := l.amend(pipeline.Batch{Records: record, Raw: 1})
	got := b.Records[0]
	if string(got.Key) != event || got.Value != nil || got.Stream != pipeline.Events || fmt.Sprint(kcat.Of(pipeline.Raw{Headers: got.Headers}).Headers) == "" {
		t.Errorf("%+v", got)
	}
	l.settle(true)
	if b, _ := l.amend(pipeline.Batch{Records: record, Raw: 1}); len(b.Records) != 1 {
		t.Error("retracted twice")
	}
	if err := l.event(pipeline.Raw{Key: []byte(event), Value: []byte("Avro")}); err == nil {
		t.Error("what cannot be read is passed over")
	}
}

// The figures in docs/backfill.md: go test -v -run MemoryOfALedger ./pipeline/backfill
func TestMemoryOfALedger(t *testing.T) {
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	const articles, each = 10_000, 3
	before, l := heap(), newLedger()
	for i := range articles {
		raw := pipeline.Raw{Position: pipeline.Position{Topic: "raw", Offset: int64(i)}, Value: fmt.Appendf(nil, `{"id":"%d","words":"a b c"}`, i)}
		for _, r := range newer.process(raw) {
			out := pipeline.Raw{Key: r.Key, Value: r.Value, Headers: r.Headers}
			if r.Stream == pipeline.Articles {
				l.article(out)
			} else if err := l.event(out); err != nil {
				t.Fatal(err)
			}
		}
	}
	took := (heap() - before) / articles
	if events, n := l.size(); events != each*articles || n != articles {
		t.Fatal(events, n)
	}
	t.Logf("%d bytes for an article with %d events", took, each)
	if took > 400 {
		t.Errorf("%d bytes for an article", took)
	}
}

// takes counts how often a job is taken.
type takes struct {
	Store
	n int
}

func (s *takes) Take(ctx context.Context, parts []Part) error { s.n++; return s.Store.Take(ctx, parts) }

// What stands in the topic of events and is none will stand there when the topic is
// read a second time, too.
func TestWhatIsNoEventIsReadOnce(t *testing.T) {
	c := configOf(t, embedded(t), "foreign", 1)
	tell(t, c, stories(1))
	if err := kafka.Produce(t.Context(), c.Brokers, c.Topics.Events, []pipeline.Raw{{Key: []byte(hashOf("foreign")), Value: []byte("no JSON")}}); err != nil {
		t.Fatal(err)
	}
	topics, err := OpenTopics(t.Context(), c, "foreign", Shard{})
	if err != nil {
		t.Fatal(err)
	}
	defer topics.Close()
	store := &takes{Store: topics}
	j := job(t, store, all(t, c, toTheEnd)())
	j.Retract = NewRetraction(c, j.Logger, (*registry.Registry)(nil).JSON)
	if err := j.Run(t.Context()); err == nil || store.n != 1 || !strings.Contains(err.Error(), "partition 0, offset 0: no record of an event") {
		t.Errorf("taken %d times: %v", store.n, err)
	}
}
