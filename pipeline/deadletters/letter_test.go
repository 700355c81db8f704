package deadletters

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
)

// own are headers of an article, among them such as letters have behind them.
var own = []pipeline.Header{
	{Key: "traceparent", Value: []byte("00-1-2-01")},
	{Key: "__connect.errors.topic", Value: []byte("of another")},
	{Key: "sitrep_truncated", Value: []byte("so it says")},
	{Key: "empty"},
}

func letterOf(t testing.TB, raw pipeline.Raw, limits pipeline.Limits, work func(pipeline.Raw) ([]pipeline.Record, error)) pipeline.Raw {
	t.Helper()
	records := pipeline.Guard(raw, limits, work)
	if len(records) != 1 || records[0].Stream != pipeline.DeadLetters {
		t.Fatalf("%d records, no dead letter", len(records))
	}
	return pipeline.Raw{Key: records[0].Key, Value: records[0].Value, Headers: records[0].Headers}
}

// What the service writes of an article that fails is read back: why, and the article as
// it came.
func TestWhatFailsIsReadBack(t *testing.T) {
	small := pipeline.Limits{Article: 100, Time: 20 * time.Millisecond}
	panics := func(pipeline.Raw) ([]pipeline.Record, error) { panic("oh\nno") }
	for _, c := range []struct {
		reason, stage, message string
		raw                    pipeline.Raw
		work                   func(pipeline.Raw) ([]pipeline.Record, error)
	}{
		{"deadly", "extract", "each process", pipeline.Raw{Deadly: true}, nil},
		{"undecodable", "read", "torn", pipeline.Raw{Fault: errors.New("torn")}, nil},
		{"too_large", "limit", "101 bytes", pipeline.Raw{Value: make([]byte, 101)}, nil},
		{"panic", "extract", "oh no at", pipeline.Raw{}, panics},
		{"undecodable", "decode", "no sense", pipeline.Raw{}, func(pipeline.Raw) ([]pipeline.Record, error) {
			return nil, &article.DecodeError{Reason: "no sense"}
		}},
		{"too_deep", "limit", "depth", pipeline.Raw{}, func(pipeline.Raw) ([]pipeline.Record, error) {
			return nil, &article.LimitError{Limit: article.LimitDepth, Max: 200}
		}},
		{"too_slow", "limit", "20ms", pipeline.Raw{}, func(pipeline.Raw) ([]pipeline.Record, error) {
			time.Sleep(time.Second)
			return nil, nil
		}},
	} {
		raw := c.raw
		raw.Position = pipeline.Position{Topic: "articles.raw", Partition: 2, Offset: 1187}
		raw.Key, raw.Headers = []byte("key"), own
		if raw.Value == nil {
			raw.Value = []byte("value")
		}
		written := letterOf(t, raw, small, c.work)
		l := Parse(written)
		if l.Reason != c.reason || l.Stage != c.stage || !strings.Contains(l.Message, c.message) || l.From != raw.Position || !l.Ours || l.Cut() {
			t.Errorf("%s: %+v", c.reason, l)
		}
		got := Article(written)
		if got.Position != raw.Position || !bytes.Equal(got.Key, raw.Key) || !bytes.Equal(got.Value, raw.Value) || fmt.Sprint(got.Headers) != fmt.Sprint(own) {
			t.Errorf("%s: the article is %+v", c.reason, got)
		}
	}
}

func TestALetterThatWasCut(t *testing.T) {
	limits := pipeline.Limits{Article: 1000, Time: time.Second}
	raw := pipeline.Raw{Value: bytes.Repeat([]byte("x"), limits.OutputBytes()+1), Headers: own}
	l := Parse(letterOf(t, raw, limits, nil))
	if !l.Cut() || l.Original != len(raw.Value) || l.Size >= l.Original {
		t.Errorf("%+v", l)
	}
	if got := Article(letterOf(t, raw, limits, nil)); fmt.Sprint(got.Headers) != fmt.Sprint(own) {
		t.Errorf("headers %v", got.Headers)
	}
}

func TestAttemptsAreCounted(t *testing.T) {
	a := pipeline.Raw{Headers: own}
	for want := 1; want < 4; want++ {
		a = again(a)
		if got := attempts(a.Headers); got != want {
			t.Errorf("attempt %d: %d", want, got)
		}
	}
	if len(a.Headers) != len(own)+1 || fmt.Sprint(a.Headers[:len(own)]) != fmt.Sprint(own) {
		t.Errorf("headers %v", a.Headers)
	}
}

// A letter that Kafka Connect wrote is shown, though it is not ours to send.
func TestLettersOfOthers(t *testing.T) {
	l := Parse(pipeline.Raw{Value: []byte("{}"), Headers: []pipeline.Header{
		{Key: "__connect.errors.exception.class.name", Value: []byte("org.apache.kafka.connect.errors.DataException")},
		{Key: "__connect.errors.topic", Value: []byte("orders")},
	}})
	if l.Ours || l.Reason != "org.apache.kafka.connect.errors.DataException" || l.From != (pipeline.Position{Topic: "orders", Partition: -1, Offset: -1}) {
		t.Errorf("%+v", l)
	}
	if l := Parse(pipeline.Raw{Value: []byte("{}")}); l.Ours || l.Reason != "unknown" {
		t.Errorf("%+v", l)
	}
}

func TestPlaces(t *testing.T) {
	for _, p := range []pipeline.Position{{Topic: "articles.raw", Partition: 2, Offset: 1187}, {Topic: "/archive/2024/a.jsonl", Offset: 26}} {
		if got, err := ParsePlace(Place(p)); err != nil || got != p {
			t.Errorf("%v: %v, %v", p, got, err)
		}
	}
	for _, s := range []string{"", "articles.raw", "articles.raw/2", "/2/1", "a/b/1", "a/1/-1", "a/1/99999999999999999999"} {
		if p, err := ParsePlace(s); err == nil {
			t.Errorf("%q: %v", s, p)
		}
	}
}

func TestFilters(t *testing.T) {
	at := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	l := &Letter{At: pipeline.Position{Topic: "dead", Offset: 7}, From: pipeline.Position{Topic: "raw", Partition: 2, Offset: 3}, Time: at, Reason: "panic", Stage: "extract"}
	raw := pipeline.Raw{Key: []byte("k1"), Value: []byte(`{"id":"A-7"}`)}
	for _, c := range []struct {
		filter Filter
		words  string
		want   bool
	}{
		{Filter{}, "", true},
		{Filter{Reasons: []string{"panic", "deadly"}}, "--reason deadly,panic", true},
		{Filter{Reasons: []string{"deadly"}}, "--reason deadly", false},
		{Filter{Stages: []string{"limit"}}, "--stage limit", false},
		{Filter{Topics: []string{"raw"}, Partitions: []int{2, 0}}, "--topic raw --partition 0,2", true},
		{Filter{Partitions: []int{1}}, "--partition 1", false},
		{Filter{Article: "k1"}, `--article "k1"`, true},
		{Filter{Article: "A-7"}, `--article "A-7"`, true},
		{Filter{Article: "A-8"}, `--article "A-8"`, false},
		{Filter{Since: at, Until: at.Add(1)}, "--since 2026-01-31T12:00:00Z --until 2026-01-31T12:00:00Z", true},
		{Filter{Since: at.Add(1)}, "--since 2026-01-31T12:00:00Z", false},
		{Filter{Until: at}, "--until 2026-01-31T12:00:00Z", false},
		{Filter{Places: []pipeline.Position{l.At}}, "dead/0/7", true},
		{Filter{Places: []pipeline.Position{{Topic: "x"}, l.From}}, "raw/2/3 x/0/0", true},
		{Filter{Places: []pipeline.Position{{Topic: "dead"}}}, "dead/0/0", false},
	} {
		if got := c.filter.Match(l, raw); got != c.want || c.filter.String() != c.words {
			t.Errorf("%q: %v; want %q: %v", c.filter.String(), got, c.words, c.want)
		}
	}
}

// Whatever stands in a record, reading it keeps the article, and notes are not letters.
func FuzzParse(f *testing.F) {
	f.Add([]byte("k"), []byte("v"), "sitrep_redrive_attempts=2\n__connect.errors.offset=x", "sitrep_redrive={")
	f.Add([]byte(nil), []byte{0xff}, "__connect.errors.stage=READ", "sitrep_redrive={\"run\":\"a\",\"letter\":5}")
	f.Fuzz(func(t *testing.T, key, value []byte, headers, more string) {
		var list []pipeline.Header
		for line := range strings.SplitSeq(headers+"\n"+more, "\n") {
			k, v, _ := strings.Cut(line, "=")
			list = append(list, pipeline.Header{Key: k, Value: []byte(v)})
		}
		raw := pipeline.Raw{Position: pipeline.Position{Topic: "raw", Partition: 1, Offset: 2}, Key: key, Value: value, Headers: list}
		l := Parse(raw)
		if l.Attempts < 0 || len(l.Message) > longest+len("…") || l.Reason == "" {
			t.Errorf("%+v", l)
		}
		if n, isNote := ParseNote(pipeline.Raw{Headers: list}); isNote {
			if back, ok := ParseNote(pipeline.Raw{Headers: n.record().Headers}); !ok || fmt.Sprint(back.Letter == nil, back.Run, back.Done) != fmt.Sprint(n.Letter == nil, n.Run, n.Done) {
				t.Errorf("note %+v, read back %+v", n, back)
			}
		}
		if p, err := ParsePlace(headers); err == nil {
			if back, err := ParsePlace(Place(p)); err != nil || back != p {
				t.Errorf("%q: %v, %v", headers, p, back)
			}
		}
		if value == nil {
			return
		}
		raw.Deadly = true
		got := Article(letterOf(t, raw, pipeline.DefaultLimits, nil))
		if !bytes.Equal(got.Value, value) || got.Position != raw.Position {
			t.Errorf("the article is %+v", got)
		}
		same := func(a, b pipeline.Header) bool { return a.Key == b.Key && bytes.Equal(a.Value, b.Value) }
		if _, cut := ending(list, ofCut); cut == nil && !slices.EqualFunc(got.Headers, list, same) {
			t.Errorf("headers %v, want %v", got.Headers, list)
		}
	})
}
