package chaos

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
)

// A backlog is what waits in the topic when a service starts.
type backlog struct {
	name       string
	partitions int
	articles   int
	largest    int // bytes of an article; sizes are spread evenly over their logarithms
	full       bool
}

const smallest = 300

var backlogs = []backlog{
	{"10,000 small", partitions, 10_000, smallest, false},
	{"100,000 small", partitions, 100_000, smallest, false},
	{"1,000,000 small", partitions, 1_000_000, smallest, true},
	{"100,000 small, 500 partitions", 500, 100_000, smallest, true},
	{"1,000 up to the limit", partitions, 1_000, pipeline.DefaultLimits.Article, true},
}

// What waits does not decide how much memory a service takes, nor how soon it
// begins. The table is printed; SITREP_CHAOS=full has a million articles.
func TestMemoryIsThatOfALittleBacklog(t *testing.T) {
	if testing.Short() || runtime.GOOS != "linux" {
		t.Skip("runs the built program, and reads its memory as Linux tells it")
	}
	full := os.Getenv("SITREP_CHAOS") == "full"
	lines := []string{fmt.Sprintf("%-30s %14s %14s %10s", "backlog", "first commit", "done in 10 s", "peak MiB")}
	var least int
	for _, b := range backlogs {
		if b.full && !full {
			continue
		}
		broker, err := testbroker.FromEnvironment(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		first, done, peak := b.measure(t, broker)
		broker.Close()
		lines = append(lines, fmt.Sprintf("%-30s %14s %14d %10d", b.name, first.Round(10*time.Millisecond), done, peak>>20))
		if least == 0 {
			least = peak
		}
		if b.largest == smallest && peak > 2*least {
			t.Errorf("%s: %d MiB at the peak, with %s %d", b.name, peak>>20, backlogs[0].name, least>>20)
		}
	}
	t.Log("\n" + strings.Join(lines, "\n"))
}

// measure runs a service on b for ten seconds, and returns when it committed
// first, what it has committed, and its memory at the peak.
func (b backlog) measure(t *testing.T, broker *testbroker.Broker) (first time.Duration, done int64, peak int) {
	s := scenario{services: 1}
	f := newFieldOf(t, s, broker, broker.Addrs(), b.partitions, pipeline.DefaultLimits.Article)
	b.fill(t, broker)
	start := time.Now()
	service := startService(t, f.log, "--brokers", strings.Join(broker.Addrs(), ","))
	defer service.kill()
	var err error
	for time.Since(start) < 10*time.Second {
		var n int64
		n, _, err = f.progress(t.Context())
		if err == nil && n > 0 && first == 0 {
			first = time.Since(start)
		}
		done = max(done, n)
		time.Sleep(50 * time.Millisecond)
	}
	peak = service.peak(t)
	if done == 0 {
		t.Errorf("%s: nothing was committed (%v):\n%s", b.name, err, tail(f.log, 20))
	}
	return first, done, peak
}

// fill puts the articles into the input.
func (b backlog) fill(t *testing.T, broker *testbroker.Broker) {
	r := rand.New(rand.NewPCG(seed(t), 5))
	var raws []pipeline.Raw
	size := 0
	for i := range b.articles {
		n := smallest * math.Pow(float64(b.largest)/smallest, r.Float64())
		raw := pipeline.Raw{Key: fmt.Appendf(nil, "%d", i), Value: articleOf(i, int(n))}
		raws, size = append(raws, raw), size+len(raw.Value)
		if size > 16<<20 || i == b.articles-1 {
			if err := kafka.Produce(t.Context(), broker.Addrs(), input, raws); err != nil {
				t.Fatal(err)
			}
			raws, size = nil, 0
		}
	}
}

// articleOf returns an article of about size bytes.
func articleOf(i, size int) []byte {
	sentence := []byte("Officials in the district said that 12 soldiers were moved to the border on Friday. ")
	text := bytes.Repeat(sentence, max(1, (size-130)/len(sentence)))
	raw, err := json.Marshal(map[string]string{"id": fmt.Sprintf("backlog-%d", i), "title": "Soldiers moved", "text": string(text), "published": "2024-03-01T12:00:00Z"})
	if err != nil {
		panic(err)
	}
	return raw
}
