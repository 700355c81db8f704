package deadletters

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

// Articles come back where they came from, as they were; a second redrive has nothing
// to do; what fails again is a new letter, until it has failed often enough.
func TestRedriveToTheTopicItCameFrom(t *testing.T) {
	d := newDesk(t, "raw")
	articles := append(numbered(20), pipeline.Raw{Value: []byte{0, 0xff}, Headers: own}) // without a key
	d.fail("too_slow", 100, articles...)
	for attempt := 1; attempt <= DefaultAttempts; attempt++ {
		if got := d.run(d.redrive()); got.Sent != len(articles) {
			t.Fatalf("attempt %d: %+v", attempt, got)
		}
		if got := d.run(d.redrive()); got.Sent != 0 || len(d.open()) != 0 {
			t.Fatalf("attempt %d: sent again: %+v", attempt, got)
		}
		sent := d.all(d.config.Input)
		sent = sent[len(sent)-len(articles):]
		slices.SortStableFunc(sent, func(a, b pipeline.Raw) int { return len(a.Headers) - len(b.Headers) })
		for i, raw := range sent {
			headers := again(pipeline.Raw{Headers: raw.Headers[:len(raw.Headers)-1]}).Headers
			if raw.Partition != 1 || attempts(raw.Headers) != attempt || (i == 20) != (raw.Key == nil) || len(headers) != len(raw.Headers) {
				t.Errorf("attempt %d: %+v", attempt, raw)
			}
		}
		if last := sent[20]; !bytes.Equal(last.Value, articles[20].Value) || fmt.Sprint(last.Headers[:4]) != fmt.Sprint(own) {
			t.Errorf("%+v", last)
		}
		d.fail("too_slow", 200, sent...)
	}
	plan, err := d.redrive().Preview(t.Context())
	if err != nil || len(plan.Send) != 0 || plan.Worn != len(articles) || plan.Done != 3*len(articles) {
		t.Errorf("%+v, %v", plan, err)
	}
	if got := d.run(d.redrive()); got.Sent != 0 {
		t.Errorf("it circles: %+v", got)
	}
}

// Extraction publishes what the service would have, and what fails again is not the same
// redrive's, however often it is stopped; all of it comes out once.
func TestRedriveThroughExtractionStoppedAgainAndAgain(t *testing.T) {
	calm, stopped := newDesk(t, "calm"), newDesk(t, "stopped")
	for _, d := range []*desk{calm, stopped} {
		d.fail("too_slow", 0, numbered(90)...)
	}
	r := calm.redrive()
	r.Extract = extract
	calm.run(r)
	stops := 0
	for stopped.stops(stops < 4) {
		stops++
	}
	want, got := calm.outcome(), stopped.outcome()
	if stops == 0 || len(want) != 60+60+30 || !slices.Equal(got, want) {
		t.Errorf("stopped %d times: %d records, want %d", stops, len(got), len(want))
	}
	// Only now the letters that failed again are taken.
	if got := calm.run(r); got.Sent != 30 || got.Dead != 30 {
		t.Errorf("the next redrive: %+v", got)
	}
}

// stops runs a redrive through extraction and tells whether it was stopped, behind its
// first transaction.
func (d *desk) stops(stop bool) bool {
	d.Helper()
	ctx, cancel := context.WithCancel(d.Context())
	defer cancel()
	r := d.redrive()
	r.Extract, r.Rate = extract, 300
	r.Sent = func(Tally) {
		if stop {
			cancel()
		}
	}
	err := r.Run(ctx)
	if err != nil && !errors.Is(err, context.Canceled) {
		d.Fatal(err)
	}
	return err != nil
}

// outcome returns what extraction has published, and the letters that are open, which
// must have failed once again.
func (d *desk) outcome() (out []string) {
	d.Helper()
	for _, topic := range []string{d.config.Topics.Events, d.config.Topics.Articles} {
		for _, raw := range d.all(topic) {
			out = append(out, fmt.Sprintf("%d %s %s", raw.Partition, raw.Key, raw.Value))
		}
	}
	for _, l := range d.open() {
		if l.Attempts != 1 {
			d.Errorf("%+v", l)
		}
		out = append(out, fmt.Sprintf("%d %d %s", l.At.Partition, l.From.Offset, l.Reason))
	}
	return out
}

// Of two redrives the later one shuts out the other, and all is sent once.
func TestTheLaterRedriveTakesOver(t *testing.T) {
	d := newDesk(t, "two")
	d.fail("panic", 0, numbered(60)...)
	first := d.redrive()
	first.Rate = 20
	begun, ended := make(chan bool, 100), make(chan error, 1)
	first.Sent = func(Tally) { begun <- true }
	go func() { ended <- first.Run(t.Context()) }()
	<-begun
	d.run(d.redrive())
	if err := <-ended; !errors.Is(err, ErrTaken) {
		t.Errorf("the first: %v", err)
	}
	seen := map[string]int{}
	for _, raw := range d.all(d.config.Input) {
		seen[string(raw.Value)]++
	}
	for value, n := range seen {
		if n != 1 {
			t.Errorf("%s: %d times", value, n)
		}
	}
	if len(seen) != 60 || len(d.open()) != 0 {
		t.Errorf("%d articles sent, %d open", len(seen), len(d.open()))
	}
}

// Beside a live service: what is sent again is worked on there, fails again, and is sent
// until it comes out, once.
func TestBesideALiveService(t *testing.T) {
	d := newDesk(t, "live")
	c := d.config
	c.Group = c.Input
	process := func(raw pipeline.Raw) []pipeline.Record {
		if attempts(raw.Headers) < 2 && bytes.HasSuffix(raw.Value, []byte("7")) {
			l := dead("too_slow", raw.Position, raw)
			return []pipeline.Record{{Stream: pipeline.DeadLetters, Key: l.Key, Value: l.Value, Headers: l.Headers}}
		}
		return []pipeline.Record{{Stream: pipeline.Articles, Key: raw.Key, Value: raw.Value}}
	}
	running, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- kafka.Run(running, c, pipeline.NewPool(2, process)) }()
	if err := kafka.Produce(t.Context(), c.Brokers, c.Input, numbered(30)); err != nil {
		t.Fatal(err)
	}
	await := func(topic string, n int) []pipeline.Raw {
		for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			raws := slices.DeleteFunc(d.all(topic), func(raw pipeline.Raw) bool { return raw.Value == nil })
			if len(raws) >= n {
				return raws
			}
			if time.Now().After(end) {
				t.Fatalf("%s has %d records, want %d", topic, len(raws), n)
			}
		}
	}
	for attempt := 1; attempt <= 2; attempt++ {
		await(c.Topics.DeadLetters, 3*attempt) // 7, 17, 27
		if got := d.run(d.redrive()); got.Sent != 3 {
			t.Fatalf("attempt %d: %+v", attempt, got)
		}
	}
	out := await(c.Topics.Articles, 30)
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	seen := map[string]bool{}
	for _, raw := range out {
		seen[string(raw.Value)] = true
	}
	if len(out) != 30 || len(seen) != 30 || len(d.open()) != 0 {
		t.Errorf("%d records of %d articles, %d letters open", len(out), len(seen), len(d.open()))
	}
}

// Notes that stand behind the open transaction of somebody else, of the live service say,
// are waited for: they tell what was sent.
func TestNotesBehindAnOpenTransactionAreSeen(t *testing.T) {
	d := newDesk(t, "open")
	d.fail("panic", 0, numbered(5)...)
	other, err := kgo.NewClient(kgo.SeedBrokers(d.config.Brokers...), kgo.TransactionalID(d.config.Input), kgo.RecordPartitioner(kgo.ManualPartitioner()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Close)
	first := d.redrive()
	first.Planned = func(*Plan) {
		if err := other.BeginTransaction(); err != nil {
			t.Error(err)
		}
		for p := range int32(3) {
			r := &kgo.Record{Topic: d.config.Topics.DeadLetters, Partition: p, Value: []byte("another letter")}
			if err := other.ProduceSync(t.Context(), r).FirstErr(); err != nil {
				t.Error(err)
			}
		}
	}
	if got := d.run(first); got.Sent != 5 {
		t.Fatalf("%+v", got)
	}
	ended := make(chan error)
	go func() {
		time.Sleep(300 * time.Millisecond)
		ended <- other.EndTransaction(t.Context(), kgo.TryCommit)
	}()
	if got := d.run(d.redrive()); got.Sent != 0 {
		t.Errorf("sent again: %+v", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// What cannot be sent is said, with the reason, and stays open; a letter that was cut is
// sent whole while the topic it came from has it.
func TestWhatCannotBeSent(t *testing.T) {
	d := newDesk(t, "cannot")
	whole := pipeline.Raw{Key: []byte("w"), Value: []byte("the whole article")}
	if err := kafka.Produce(t.Context(), d.config.Brokers, d.config.Input, []pipeline.Raw{whole}); err != nil {
		t.Fatal(err)
	}
	at := d.all(d.config.Input)[0].Position
	cut := func(from pipeline.Position) pipeline.Raw {
		sum := sha256.Sum256(whole.Value)
		return dead("too_large", from, pipeline.Raw{Key: []byte("w"), Value: whole.Value[:9], Headers: []pipeline.Header{
			{Key: ofCut[0], Value: []byte("true")}, {Key: ofCut[1], Value: []byte("17")}, {Key: ofCut[2], Value: []byte(hex.EncodeToString(sum[:]))}}})
	}
	file := pipeline.Position{Topic: "/archive/a.jsonl", Offset: 3}
	torn := dead("undecodable", at, pipeline.Raw{Value: []byte("half of it")})
	torn.Headers[3].Value = []byte(pipeline.StageRead)
	letters := []pipeline.Raw{
		cut(at),
		cut(pipeline.Position{Topic: at.Topic, Partition: at.Partition, Offset: 99}),
		dead("panic", file, pipeline.Raw{Key: []byte("f"), Value: []byte("of a file")}),
		torn,
		dead("deadly", at, pipeline.Raw{Value: []byte("kills")}),
		{Value: []byte("of another program")},
		dead("panic", pipeline.Position{Topic: d.config.Topics.Events}, pipeline.Raw{Value: []byte("of an output")}),
	}
	if err := kafka.Produce(t.Context(), d.config.Brokers, d.config.Topics.DeadLetters, letters); err != nil {
		t.Fatal(err)
	}
	refused := func(p *Plan) string {
		var why []string
		for _, r := range p.Refused {
			why = append(why, r.Why)
		}
		slices.Sort(why)
		return strings.Join(why, "\n")
	}
	var plan *Plan
	r := d.redrive()
	r.Planned = func(p *Plan) { plan = p }
	if got := d.run(r); got.Sent != 1 {
		t.Errorf("%+v", got)
	}
	for _, want := range []string{"which is no topic here: give --to", "the rest is at " + at.Topic, "could not be read to its end", "it killed the service", "it came from \"\"", "not one of raw"} {
		if !strings.Contains(refused(plan), want) {
			t.Errorf("%q is not said in:\n%s", want, refused(plan))
		}
	}
	if sent := d.all(d.config.Input); len(sent) != 2 || !bytes.Equal(sent[1].Value, whole.Value) || attempts(sent[1].Headers) != 1 {
		t.Errorf("%+v", sent)
	}
	// To a topic that is named goes what came from a file, by its key; through
	// extraction goes what kills, marked if it does.
	r = d.redrive()
	r.To, r.Filter.Reasons = d.config.Input, []string{"panic"}
	if got := d.run(r); got.Sent != 2 {
		t.Errorf("%+v", got)
	}
	r = d.redrive()
	var deadly []bool
	r.Config.Probe = func(context.Context, pipeline.Raw) (bool, error) { return true, nil }
	r.Extract = func(raw pipeline.Raw) []pipeline.Record {
		deadly = append(deadly, raw.Deadly)
		return extract(raw)
	}
	r.Workers = 1
	r.Planned = func(p *Plan) { plan = p }
	if got := d.run(r); got.Sent != 1 || !slices.Equal(deadly, []bool{true}) || !strings.Contains(refused(plan), "another program") {
		t.Errorf("%+v, deadly %v, refused %s", got, deadly, refused(plan))
	}
	if n := len(d.open()); n != 4 { // lost, torn, another's, and what failed again
		t.Errorf("%d open", n)
	}
}

// A redrive that was begun again and again may have died of an article: each is tried in
// a process beside first.
func TestARedriveThatDiesTriesArticlesBeside(t *testing.T) {
	d := newDesk(t, "dies")
	d.fail("too_large", 0, numbered(6)...)
	tried := 0
	for start := 1; start <= suspicious+1; start++ {
		ctx, die := context.WithCancel(t.Context())
		r := d.redrive()
		r.Extract = extract
		r.Config.Probe = func(_ context.Context, raw pipeline.Raw) (bool, error) {
			tried++
			return string(raw.Value) == "article 4", nil
		}
		r.Planned = func(*Plan) {
			if start <= suspicious {
				die()
			}
		}
		if err := r.Run(ctx); (err == nil) != (start > suspicious) || (tried > 0) != (start > suspicious) {
			t.Errorf("start %d: %d tried, %v", start, tried, err)
		}
		die()
	}
	if tried != 6 || len(d.open()) != 2 { // every third fails
		t.Errorf("%d tried, %d open", tried, len(d.open()))
	}
}

// The index finds what filters and places choose, and a summary counts it.
func TestListing(t *testing.T) {
	d := newDesk(t, "list")
	d.fail("panic", 10, numbered(5)...)
	d.fail("too_slow", 20, numbered(30)...)
	one := Filter{Places: []pipeline.Position{{Topic: d.config.Input, Partition: 1, Offset: 12}}}
	found := d.index(one).Letters
	if len(found) != 1 {
		t.Fatalf("%+v", found)
	}
	r := d.redrive()
	r.Filter = one
	d.run(r)
	if l := d.index(Filter{Places: []pipeline.Position{found[0].At}}).Letters; len(l) != 1 || l[0].Open() || l[0].Redriven.To != d.config.Input+"/1" {
		t.Errorf("%+v", l)
	}
	if raw, ok, err := Fetch(t.Context(), d.config, found[0].At); err != nil || !ok || string(raw.Value) != "article 2" {
		t.Errorf("%v %v %v", raw, ok, err)
	}
	if _, ok, err := Fetch(t.Context(), d.config, pipeline.Position{Topic: d.config.Input, Offset: 77}); ok || err != nil {
		t.Errorf("%v %v", ok, err)
	}
	s := Summarize(d.index(Filter{}), d.config.Topics.DeadLetters, false, "")
	if s.Letters != 34 || s.Redriven != 1 || len(s.Reasons) != 2 || s.Reasons[0].Reason != "too_slow" || s.Reasons[0].Letters != 30 || s.Every != Hourly || len(s.Begun) != 0 {
		t.Errorf("%+v", s)
	}
	if s = Summarize(d.index(Filter{Since: time.Now().Add(time.Hour)}), d.config.Topics.DeadLetters, false, ""); s.Letters != 0 {
		t.Errorf("in the future: %+v", s)
	}
	if s = Summarize(d.index(Filter{Since: time.Now().Add(-time.Hour)}), d.config.Topics.DeadLetters, true, Daily); s.Letters != 35 || len(s.Times) == 0 {
		t.Errorf("%+v", s)
	}
}
