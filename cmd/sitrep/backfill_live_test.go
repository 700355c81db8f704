package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
)

// While the service works on what arrives, one backfill publishes an archive to the same
// topics and another reads the service's own input. Nothing is lost, doubled or mixed
// up, and the group stands where it stands without them.
func TestRunBackfillBesideTheService(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the built program")
	}
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	addrs := strings.Join(broker.Addrs(), ",")
	produce := func(lines []string) {
		var raws []pipeline.Raw
		for _, line := range lines {
			raws = append(raws, pipeline.Raw{Key: []byte(line[:20]), Value: []byte(line)})
		}
		if err := kafka.Produce(t.Context(), broker.Addrs(), "articles.raw", raws); err != nil {
			t.Fatal(err)
		}
	}
	group := offsetsOf(t, broker, "sitrep", "articles.raw", 2)
	service := start(t, "run", "--brokers", addrs, "--create-topics", "2")
	service.waitFor("partition", 60*time.Second)
	live, archive := sampleLines(t, "live", 80), sampleLines(t, "old", 40)
	produce(live[:40])
	await(t, func() bool { return sumOf(group()) == 40 })

	// Nothing arrives: the group does not move at all.
	again := []string{"--events-topic", "again.events", "--articles-topic", "again.articles", "--deadletters-topic", "again.dead", "--create-topics", "2"}
	before := group()
	if _, errs, code := sitrep(t, "", append([]string{"backfill", "--brokers", addrs, "--from-topic", "articles.raw"}, again...)...); code != 0 {
		t.Fatalf("the topic: exit code %d: %s", code, errs)
	}
	if after := group(); !slices.Equal(before, after) {
		t.Errorf("the group stood at %d, and stands at %d", before, after)
	}

	// Articles arrive all the time.
	produced := make(chan bool)
	go func() {
		defer close(produced)
		for _, line := range live[40:] {
			produce([]string{line})
			time.Sleep(20 * time.Millisecond)
		}
	}()
	path := writeFile(t, filepath.Join(t.TempDir(), "archive.jsonl"), strings.Join(archive, "\n"))
	if _, errs, code := sitrep(t, "", "backfill", "--brokers", addrs, "--rate", "40/s", "--max-batch", "5", path); code != 0 {
		t.Fatalf("the archive: exit code %d: %s", code, errs)
	}
	<-produced
	await(t, func() bool { return sumOf(group()) == 80 })
	service.stop()
	for topic, want := range map[string][]string{kafka.DefaultTopics.Articles: slices.Concat(live, archive), "again.articles": live[:40]} {
		ids := articlesOf(t, broker, topic)
		if n := len(ids); n != len(want) || len(slices.Compact(ids)) != n {
			t.Errorf("%s: %d articles, %d of them others, want %d", topic, n, len(slices.Compact(ids)), len(want))
		}
	}
}

func sumOf(offsets []int64) (sum int64) {
	for _, n := range offsets {
		sum += max(n, 0)
	}
	return sum
}

func await(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(90 * time.Second); !done(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not done after 90 s")
		}
	}
}

// offsetsOf returns what asks where a group stands in each partition of a topic.
func offsetsOf(t *testing.T, b *testbroker.Broker, group, topic string, partitions int) func() []int64 {
	client := &kafkago.Client{Addr: kafkago.TCP(b.Addrs()...)}
	req := &kafkago.OffsetFetchRequest{GroupID: group, Topics: map[string][]int{topic: nil}}
	for p := range partitions {
		req.Topics[topic] = append(req.Topics[topic], p)
	}
	return func() []int64 {
		t.Helper()
		res, err := client.OffsetFetch(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		offsets := make([]int64, partitions)
		for _, p := range res.Topics[topic] {
			offsets[p.Partition] = p.CommittedOffset
		}
		return offsets
	}
}

// articlesOf returns the ids of the articles that a topic holds, sorted.
func articlesOf(t *testing.T, b *testbroker.Broker, topic string) (ids []string) {
	t.Helper()
	raws, err := kafka.ReadAll(t.Context(), b.Addrs(), topic)
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range raws {
		var a pipeline.ArticleRecord
		if err := json.Unmarshal(raw.Value, &a); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ArticleID)
	}
	slices.Sort(ids)
	return ids
}
