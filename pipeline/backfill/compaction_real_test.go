package backfill

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
)

// On a real broker whose cleaner has really run: no tombstone and no older record
// is left, and what is left is what the newer version alone would have written. A
// ledger that is read from a topic with such holes is right too.
func TestRealCompactionAfterRetraction(t *testing.T) {
	if os.Getenv("SITREP_TEST_KAFKA") != "real" {
		t.Skip("wants real Apache Kafka: make integration")
	}
	b, _, err := testbroker.ApacheWith(t.Context(), nil, "log.cleaner.backoff.ms=200")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	c := configOf(t, b, "raw", 3)
	tell(t, c, stories(300))
	c.Topics = cleanedTopics(t, c, "replayed")
	for _, step := range []struct {
		version
		retract bool
		like    version
	}{{older, false, older}, {newer, true, newer}, {older, true, older}} {
		alone := outputsOf(t, b, c, "alone"+step.like.name+fmt.Sprint(step.retract))
		replay{version: step.like, job: "alone" + alone.Topics.Events}.run(t, alone, all(t, alone, toTheEnd))
		replay{step.version, fmt.Sprint(step.name, step.retract), step.retract, 0}.run(t, c, all(t, c, toTheEnd))
		awaitCleaner(t, c)
		got := compacted(t, c)
		maps.DeleteFunc(got, func(key, _ string) bool { return strings.Contains(key, filler) })
		same(t, "version "+step.name, got, compacted(t, alone))
	}
}

// cleanedTopics makes output topics that the cleaner looks at all the time.
func cleanedTopics(t *testing.T, c kafka.Config, name string) kafka.Topics {
	t.Helper()
	topics := kafka.Topics{Events: name + ".events", Articles: name + ".articles", DeadLetters: name + ".dead"}
	specs := kafka.Specs("", topics, 3, 1<<20)[1:]
	for _, spec := range specs[:2] {
		spec.Settings["cleanup.policy"] = "compact"
		maps.Copy(spec.Settings, map[string]string{"segment.ms": "300", "min.cleanable.dirty.ratio": "0", "delete.retention.ms": "0"})
	}
	if err := kafka.CreateTopics(t.Context(), c, specs...); err != nil {
		t.Fatal(err)
	}
	return topics
}

const filler = "filler"

// awaitCleaner waits until each key stands once in the output topics and no
// tombstone is left. The segment that is written to is not cleaned: fillers make
// the next one begin.
func awaitCleaner(t *testing.T, c kafka.Config) {
	t.Helper()
	var fillers []pipeline.Raw
	for i := range 20 {
		fillers = append(fillers, pipeline.Raw{Key: fmt.Append(nil, filler, i), Value: []byte("x")})
	}
	start, left := time.Now(), 1
	for left > 0 {
		if time.Since(start) > 50*time.Second {
			t.Fatalf("the cleaner has left %d records that it should have removed", left)
		}
		time.Sleep(400 * time.Millisecond)
		left = 0
		for _, topic := range []string{c.Topics.Events, c.Topics.Articles} {
			if err := kafka.Produce(t.Context(), c.Brokers, topic, fillers); err != nil {
				t.Fatal(err)
			}
			left += superfluous(t, c, topic)
		}
	}
	t.Logf("cleaned after %s", time.Since(start).Round(time.Second/10))
}

// superfluous counts tombstones and records that others have replaced.
func superfluous(t *testing.T, c kafka.Config, topic string) int {
	t.Helper()
	raws, err := kafka.ReadAll(t.Context(), c.Brokers, topic)
	if err != nil {
		t.Fatal(err)
	}
	raws = slices.DeleteFunc(raws, func(raw pipeline.Raw) bool { return strings.HasPrefix(string(raw.Key), filler) })
	keys := map[string]bool{}
	for _, raw := range raws {
		if raw.Value != nil {
			keys[string(raw.Key)] = true
		}
	}
	return len(raws) - len(keys)
}
