package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/kcat"
	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/samples"
)

// A client puts records into a topic and reads what a topic holds.
type client interface {
	produce(topic, key string, value []byte)
	consume(topic string) []kcat.Record
}

// own is our own code as a client.
type own struct {
	t       *testing.T
	brokers []string
}

func (c own) produce(topic, key string, value []byte) {
	c.t.Helper()
	if err := kafka.Produce(c.t.Context(), c.brokers, topic, []pipeline.Raw{{Key: []byte(key), Value: value}}); err != nil {
		c.t.Fatal(err)
	}
}

func (c own) consume(topic string) []kcat.Record {
	c.t.Helper()
	raws, err := kafka.ReadAll(c.t.Context(), c.brokers, topic)
	if err != nil {
		c.t.Fatal(err)
	}
	var records []kcat.Record
	for _, raw := range raws {
		records = append(records, kcat.Of(raw))
	}
	return records
}

// theirs is somebody else's client, as users have it.
type theirs struct {
	t       *testing.T
	brokers []string
}

func (c theirs) produce(topic, key string, value []byte) {
	c.t.Helper()
	if err := kcat.Produce(c.t.Context(), c.t.TempDir(), c.brokers, topic, key, value); err != nil {
		c.t.Fatal(err)
	}
}

func (c theirs) consume(topic string) []kcat.Record {
	c.t.Helper()
	records, err := kcat.Read(c.t.Context(), c.brokers, topic)
	if err != nil {
		c.t.Fatal(err)
	}
	return records
}

// The service as its users have it: the built program, articles good and bad put
// in by a client of Kafka, and the records that the client reads back. On real
// Kafka (make integration) the client is kcat.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the built program")
	}
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	var c client = own{t, broker.Addrs()}
	if os.Getenv("SITREP_TEST_KAFKA") == "real" {
		c = theirs{t, broker.Addrs()}
	}
	limit := pipeline.DefaultLimits.Article
	good := samples.All()[0]
	huge := bytes.Repeat([]byte("z"), limit+1)
	bad := map[string][]byte{"oops": []byte(`{"oops`), "utf8": bytes.Repeat([]byte{0xfd, 0xff}, 500), "huge": huge}

	service := start(t, "run", "--brokers", strings.Join(broker.Addrs(), ","), "--create-topics", "3")
	service.waitFor("partition", 60*time.Second) // the group has its partitions, so the topics are there
	for _, key := range []string{"oops", "utf8", "huge"} {
		c.produce("articles.raw", key, bad[key])
	}
	c.produce("articles.raw", "parentheses", bytes.Repeat([]byte("("), 5<<20))
	c.produce("articles.raw", "nobody", []byte(`{"title":"An empty body","body":""}`))
	c.produce("articles.raw", "good", good.Raw)

	var articles, dead []kcat.Record
	deadline := time.Now().Add(60 * time.Second)
	for len(articles) < 3 || len(dead) < 3 {
		if time.Now().After(deadline) {
			t.Fatalf("%d articles and %d dead letters\n%s", len(articles), len(dead), service.log())
		}
		time.Sleep(200 * time.Millisecond)
		articles, dead = c.consume(kafka.DefaultTopics.Articles), c.consume(kafka.DefaultTopics.DeadLetters)
	}
	for _, d := range dead {
		if !bytes.Equal(d.Value, bad[string(d.Key)]) {
			t.Errorf("dead letter %s has not the original bytes", d.Key)
		}
		if !strings.Contains(d.Headers, "__connect.errors.exception.message=") || !strings.Contains(d.Headers, "__connect.errors.topic=articles.raw") {
			t.Errorf("dead letter %s: %s", d.Key, d.Headers)
		}
	}
	var statuses []string
	var eventIDs []string
	for _, raw := range articles {
		var a pipeline.ArticleRecord
		if err := json.Unmarshal(raw.Value, &a); err != nil {
			t.Fatal(err)
		}
		statuses = append(statuses, a.Status)
		eventIDs = append(eventIDs, a.EventIDs...)
	}
	slices.Sort(statuses)
	if want := []string{"no_text", "no_text", "ok"}; !slices.Equal(statuses, want) {
		t.Errorf("statuses %q, want %q", statuses, want)
	}
	want := map[string]string{} // what extraction of the article gives
	for _, r := range pipeline.Process(pipeline.Raw{Value: good.Raw}, pipeline.DefaultLimits) {
		if r.Stream == pipeline.Events {
			want[string(r.Key)] = string(r.Value)
		}
	}
	events := c.consume(kafka.DefaultTopics.Events)
	for _, e := range events {
		if want[string(e.Key)] != string(e.Value) {
			t.Errorf("event %s is another than extraction gives", e.Key)
		}
		if !strings.Contains(e.Headers, "ce_id="+string(e.Key)) || !strings.Contains(e.Headers, "sitrep_source_topic=articles.raw") {
			t.Errorf("event %s has headers %s", e.Key, e.Headers)
		}
	}
	if len(events) != len(want) || len(eventIDs) != len(want) {
		t.Errorf("%d events in the topic, %d in the article, want %d", len(events), len(eventIDs), len(want))
	}
	service.stop()
}

// A process is the program, running.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines chan string
	seen  []string
}

func start(t *testing.T, args ...string) *process {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "sitrep")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	p := &process{t: t, cmd: exec.CommandContext(context.Background(), binary, args...), lines: make(chan string, 1000)}
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.cmd.Process.Kill() })
	go func() {
		defer close(p.lines)
		for s := bufio.NewScanner(stderr); s.Scan(); {
			select {
			case p.lines <- s.Text():
			default: // nobody reads so much of it
			}
		}
	}()
	return p
}

func (p *process) waitFor(words string, limit time.Duration) {
	p.t.Helper()
	timeout := time.After(limit)
	for {
		select {
		case line, ok := <-p.lines:
			p.seen = append(p.seen, line)
			if strings.Contains(line, words) {
				return
			}
			if !ok {
				p.t.Fatalf("the program ended before it wrote %q:\n%s", words, strings.Join(p.seen, "\n"))
			}
		case <-timeout:
			p.t.Fatalf("no %q after %s:\n%s", words, limit, strings.Join(p.seen, "\n"))
		}
	}
}

func (p *process) log() string {
	for {
		select {
		case line, ok := <-p.lines:
			if ok {
				p.seen = append(p.seen, line)
				continue
			}
		default:
		}
		return strings.Join(p.seen, "\n")
	}
}

// stop ends the program as a system does, which must end well.
func (p *process) stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- p.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			p.t.Errorf("%v\n%s", err, p.log())
		}
	case <-time.After(20 * time.Second):
		p.t.Errorf("still running 20 s after SIGTERM\n%s", p.log())
	}
}
