package proof

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
)

// A size says how much is proved.
type size struct {
	articles, kills int
	slowly          []string // flags of the job that is killed, so that there is time for it
}

// sizeOf is what there is time for: little on the embedded broker, more on real
// Kafka, and all of it when SITREP_PROOF=full.
func sizeOf() size {
	switch {
	case os.Getenv("SITREP_PROOF") == "full":
		return size{articles: 200_000, kills: 20}
	case os.Getenv("SITREP_TEST_KAFKA") == "real":
		return size{articles: 2_000, kills: 4}
	}
	return size{articles: 300, kills: 2, slowly: []string{"--rate", "200/s", "--max-batch", "5"}}
}

// deadLetters is the exit code of a job that has some.
const deadLetters = 3

// A job killed again and again leaves in the topics what one leaves that nobody
// touches: keys, values and headers, in order.
func TestKilledBackfillEqualsUndisturbed(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the built program")
	}
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	p := &proof{T: t, size: sizeOf(), broker: broker, binary: build(t)}
	p.archive = writeArchive(t, p.articles)
	packed, err := os.Stat(p.archive)
	if err != nil {
		t.Fatal(err)
	}
	p.line("%d lines in %s, %.1f MB packed", p.articles, "archive.jsonl.zst", float64(packed.Size())/1e6)

	extract := live(t, p.binary, "extract", p.archive)
	<-extract.ended
	p.ended(extract, deadLetters)
	calm := p.start("calm")
	<-calm.ended
	p.ended(calm, deadLetters)
	p.beside(extract, calm)
	p.memory(calm)

	kills, most := p.kill("killed")
	p.line("killed -9 %d times, resumed each time; most memory of any of these processes %d MiB", kills, most>>20)
	p.compare("calm", "killed")
}

type proof struct {
	*testing.T
	size
	broker          *testbroker.Broker
	binary, archive string
}

// line is one of the table.
func (p *proof) line(format string, args ...any) {
	p.Helper()
	p.Logf(format, args...)
}

func (p *proof) ended(l *life, want int) {
	p.Helper()
	if l.code() != want {
		p.Fatalf("%q ended with exit code %d, want %d:\n%s", l.cmd.Args[1:], l.code(), want, l.log.String())
	}
}

// start begins the job of a name, or goes on with it.
func (p *proof) start(name string, flags ...string) *life {
	args := append([]string{"backfill", "--brokers", strings.Join(p.broker.Addrs(), ","), "--job", name, "--create-topics", "3",
		"--events-topic", name + ".events", "--articles-topic", name + ".articles", "--deadletters-topic", name + ".dead", p.archive}, flags...)
	return live(p.T, p.binary, args...)
}

// beside says how fast a backfill into Kafka is beside extract, which publishes
// nothing. Time is that of a machine that others use too; what the process took of
// its processors is its own.
func (p *proof) beside(extract, calm *life) {
	rate := func(d time.Duration) float64 { return float64(p.articles) / d.Seconds() }
	p.line("%-22s %12s %14s", "", "articles/s", "CPU/article")
	for _, x := range []struct {
		name string
		*life
	}{{"sitrep extract", extract}, {"sitrep backfill", calm}} {
		p.line("%-22s %12.0f %14s", x.name, rate(x.elapsed), x.cpu()/time.Duration(p.articles))
	}
	p.line("%-22s %12.2f %14.2f", "backfill / extract", rate(calm.elapsed)/rate(extract.elapsed), calm.cpu().Seconds()/extract.cpu().Seconds())
}

// memory says what a job has taken over its time, which must not grow.
func (p *proof) memory(calm *life) {
	if runtime.GOOS != "linux" || len(calm.peaks) < 20 {
		return
	}
	tenths := calm.parts(10)
	var text []string
	for _, bytes := range tenths {
		text = append(text, fmt.Sprint(bytes>>20))
	}
	p.line("memory in each tenth of the undisturbed run, MiB: %s", strings.Join(text, " "))
	early, late := slices.Max(tenths[1:4]), slices.Max(tenths[4:])
	if late > early*5/4 {
		p.Errorf("memory grows: %d MiB early, %d MiB late", early>>20, late>>20)
	}
}

// kill runs a job to its end and kills it on the way: when it has come so far, and
// some of the times when it has hardly begun. It returns the most memory taken.
func (p *proof) kill(name string) (kills, most int) {
	random := rand.New(rand.NewPCG(7, 7))
	at := p.checkpoint(name)
	for ; kills < p.kills; kills++ {
		l := p.start(name, p.slowly...)
		goal := int64(p.articles) * int64(kills+1) / int64(p.kills+1)
		if kills%4 == 3 {
			goal = 0 // soon after its start
		}
		for !l.done() && at() < goal {
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(time.Duration(random.IntN(500)) * time.Millisecond)
		if l.done() {
			p.Fatalf("it ended by itself, after %d kills: %s", kills, l.log.String())
		}
		l.end(os.Kill)
		most = max(most, slices.Max(append(l.peaks, 0)))
	}
	l := p.start(name)
	<-l.ended
	p.ended(l, deadLetters)
	return kills, max(most, slices.Max(append(l.peaks, 0)))
}

// checkpoint returns what tells how many records a job has done, as the brokers know.
func (p *proof) checkpoint(name string) func() int64 {
	client := &kafkago.Client{Addr: kafkago.TCP(p.broker.Addrs()...)}
	topic := name + ".articles"
	return func() int64 {
		ctx, cancel := context.WithTimeout(p.Context(), 10*time.Second)
		defer cancel()
		res, err := client.OffsetFetch(ctx, &kafkago.OffsetFetchRequest{GroupID: "sitrep-backfill/" + name, Topics: map[string][]int{topic: {0}}})
		if err != nil || len(res.Topics[topic]) == 0 {
			return 0
		}
		return res.Topics[topic][0].CommittedOffset
	}
}

// compare reads the topics of two jobs side by side.
func (p *proof) compare(a, b string) {
	for _, topic := range []string{".events", ".articles", ".dead"} {
		records, bytes := 0, 0
		for partition := range 3 {
			left, right := p.read(a+topic, partition), p.read(b+topic, partition)
			for i := 0; ; i++ {
				x, y := left(), right()
				if x == nil && y == nil {
					break
				}
				if x == nil || y == nil || !same(x, y) {
					p.Errorf("%s and %s differ in partition %d at record %d: %.300s and %.300s", a+topic, b+topic, partition, i, text(x), text(y))
					break
				}
				records, bytes = records+1, bytes+len(x.Value)
			}
		}
		if records == 0 {
			p.Errorf("%s holds nothing", a+topic)
		}
		p.line("%-10s %9d records, %8.1f MB, equal byte for byte in both, and in one order", topic[1:], records, float64(bytes)/1e6)
	}
}

// read returns the next record of a partition each time it is called, and nil behind
// the last.
func (p *proof) read(topic string, partition int) func() *pipeline.Raw {
	p.Helper()
	config := kafka.Config{Brokers: p.broker.Addrs()}
	spans, err := kafka.Spans(p.Context(), config, topic, kafka.Place{}, kafka.Place{Start: kafka.Latest}, partition)
	if err != nil {
		p.Fatal(err)
	}
	r := kafka.OpenRange(config, spans[0], spans[0].From)
	p.Cleanup(r.Close)
	var pending []pipeline.Raw
	return func() *pipeline.Raw {
		if len(pending) == 0 {
			var err error
			if pending, err = r.Read(p.Context()); err != nil {
				return nil // all of a span was read
			}
		}
		next := pending[0]
		pending = pending[1:]
		return &next
	}
}

// same compares all but the offset: between records stand markers of transactions.
func same(x, y *pipeline.Raw) bool {
	return bytes.Equal(x.Key, y.Key) && bytes.Equal(x.Value, y.Value) &&
		slices.EqualFunc(x.Headers, y.Headers, func(a, b pipeline.Header) bool { return a.Key == b.Key && bytes.Equal(a.Value, b.Value) })
}

func text(r *pipeline.Raw) string {
	if r == nil {
		return "nothing"
	}
	return fmt.Sprintf("%s %s %s", r.Key, r.Value, r.Headers)
}
