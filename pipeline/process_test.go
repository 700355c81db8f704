package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline/article"
	"sitrep/pipeline/samples"
)

var testLimits = Limits{Article: 6 << 20, Time: 30 * time.Second}

func sent(value string) Raw {
	return Raw{Position: Position{"articles.raw", 2, 41}, Key: []byte("k"), Value: []byte(value)}
}

// receipt returns the one article record or dead letter among records, which
// stands last.
func receipt(t testing.TB, records []Record) Record {
	t.Helper()
	n := 0
	for _, r := range records {
		if r.Stream != Events {
			n++
		}
	}
	if n != 1 || records[len(records)-1].Stream == Events {
		t.Fatalf("%d article records and dead letters, of %d records", n, len(records))
	}
	return records[len(records)-1]
}

func header(r Record, key string) string {
	for _, h := range r.Headers {
		if h.Key == key {
			return string(h.Value)
		}
	}
	return ""
}

func articleOf(t testing.TB, r Record) ArticleRecord {
	t.Helper()
	if r.Stream != Articles {
		t.Fatalf("a dead letter: %s", header(r, "__connect.errors.exception.message"))
	}
	var a ArticleRecord
	if err := json.Unmarshal(r.Value, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestEveryArticleGivesAReceipt(t *testing.T) {
	const report = `Two hundred soldiers left the base on Monday and were flown to the north of the country, the army said.`
	for _, c := range []struct{ name, raw, status string }{
		{"no events", `{"title":"Rain","body":"It rained on the hills and in the valleys for the whole of the week, and the roads were closed for that."}`, StatusNoEvents},
		{"partial", `{"title":"Base","content":"` + report + ` [+1234 chars]"}`, StatusPartial},
		{"summary only", `{"title":"Base","description":"` + report + `"}`, StatusPartial},
		{"empty body", `{"title":"Base","body":""}`, StatusNoText},
		{"only punctuation", strings.Repeat("(", 5<<20), StatusNoText},
		{"NULs", strings.Repeat("\x00", 1<<20), StatusNoText},
		{"empty", "", StatusNoText},
		{"emoji", strings.Repeat("🚀", 1000), StatusNoText},
		{"French", `{"body":"Le président a déclaré mardi que les soldats seront envoyés dans le nord du pays pour une durée de six mois, selon un communiqué."}`, StatusUnsupported},
		{"short French, declared", `{"lang":"fr","body":"Les soldats sont partis mardi."}`, StatusUnsupported},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw := sent(c.raw)
			if raw.Value == nil {
				raw.Value = []byte{}
			}
			a := articleOf(t, receipt(t, Process(raw, testLimits)))
			if a.Status != c.status {
				t.Errorf("status %q, want %q", a.Status, c.status)
			}
			if a.Status != StatusOK && a.Reason == nil {
				t.Error("no reason")
			}
		})
	}
}

func TestATombstoneGivesNothing(t *testing.T) {
	raw := sent("")
	raw.Value = nil
	if got := Process(raw, testLimits); got != nil {
		t.Errorf("records %v", got)
	}
}

func TestDeadLetters(t *testing.T) {
	huge := strings.Repeat("x", testLimits.Article+1)
	for _, c := range []struct{ name, raw, reason, message string }{
		{"truncated JSON", `{"oops`, ReasonUndecodable, "invalid JSON at byte 6"},
		{"invalid UTF-8", "abc\xff\xfe\xfd", ReasonUndecodable, "invalid UTF-8 at byte 3"},
		{"deep JSON", strings.Repeat("[", 5000), ReasonTooDeep, "over the limit depth of 200"},
		{"many elements", "<html>" + strings.Repeat("<br>", 300_000), ReasonTooMany, "over the limit elements of 100000"},
		{"no text field", `{"id":7,"tone":-3.2}`, ReasonUndecodable, "no field holds a text"},
		{"too large", huge, ReasonTooLarge, fmt.Sprintf("%d bytes; the limit is %d", len(huge), testLimits.Article)},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw := sent(c.raw)
			raw.Headers = []Header{{"traceparent", []byte("00-1")}, {"mine", []byte("kept")}}
			r := receipt(t, Process(raw, testLimits))
			if r.Stream != DeadLetters {
				t.Fatal("no dead letter")
			}
			if !bytes.Equal(r.Value, raw.Value) || string(r.Key) != "k" || header(r, "mine") != "kept" {
				t.Error("the original bytes, key or headers are not kept")
			}
			if got := header(r, "__connect.errors.exception.class.name"); got != "sitrep."+c.reason {
				t.Errorf("reason %q", got)
			}
			if got := header(r, "__connect.errors.exception.message"); !strings.Contains(got, c.message) {
				t.Errorf("message %q, want %q", got, c.message)
			}
			if header(r, "__connect.errors.topic") != "articles.raw" || header(r, "__connect.errors.partition") != "2" || header(r, "__connect.errors.offset") != "41" {
				t.Error("the position is not told")
			}
		})
	}
}

// What cannot fit into the dead letters' topic is kept as its head and hash.
func TestDeadLetterOfAHugeRecord(t *testing.T) {
	raw := sent(strings.Repeat("y", testLimits.OutputBytes()+1))
	r := receipt(t, Process(raw, testLimits))
	if len(r.Value) > testLimits.OutputBytes() || !bytes.HasPrefix(raw.Value, r.Value) {
		t.Error("not the head of the record")
	}
	if header(r, "sitrep_original_size") != fmt.Sprint(len(raw.Value)) || len(header(r, "sitrep_original_sha256")) != 64 {
		t.Error("size or hash is not told")
	}
}

func TestGuardTurnsFailuresIntoDeadLetters(t *testing.T) {
	for _, c := range []struct {
		reason string
		work   func(Raw) ([]Record, error)
	}{
		{ReasonPanic, func(Raw) ([]Record, error) { panic("boom") }},
		{ReasonTooSlow, func(Raw) ([]Record, error) { select {} }},
		{ReasonUndecodable, func(Raw) ([]Record, error) { return nil, fmt.Errorf("wrapped: %w", &article.DecodeError{Reason: "no"}) }},
		{ReasonTooLarge, func(Raw) ([]Record, error) { return nil, errors.New("too large") }},
	} {
		limits := Limits{100, time.Minute}
		if c.reason == ReasonTooSlow {
			limits.Time = 10 * time.Millisecond
		}
		r := receipt(t, Guard(sent("{}"), limits, c.work))
		if got := header(r, "__connect.errors.exception.class.name"); r.Stream != DeadLetters || got != "sitrep."+c.reason {
			t.Errorf("%s: %q", c.reason, got)
		}
	}
}

// The laws that hold for the records of every input.
func checkLaws(t testing.TB, raw Raw, v validator) {
	t.Helper()
	records := Process(raw, testLimits)
	r := receipt(t, records)
	again := Process(raw, testLimits)
	if !reflect.DeepEqual(records, again) {
		t.Error("the same input gave other records")
	}
	for _, r := range records {
		v.check(t, r)
	}
	if r.Stream == DeadLetters {
		if want := strings.TrimPrefix(header(r, "__connect.errors.exception.class.name"), "sitrep."); r.Kind != want {
			t.Errorf("a dead letter of kind %q, want %q", r.Kind, want)
		}
		return
	}
	a := articleOf(t, r)
	if r.Kind != a.Status {
		t.Errorf("an article of kind %q, want %q", r.Kind, a.Status)
	}
	texts := map[string][]rune{"title": []rune(value(a.Title)), "body": []rune(a.Body)}
	for _, record := range records {
		var tree any
		if err := json.Unmarshal(record.Value, &tree); err != nil {
			t.Fatal(err)
		}
		checkSpans(t, tree, texts)
	}
	var ids []string
	for _, record := range records[:len(records)-1] {
		var e EventRecord
		if err := json.Unmarshal(record.Value, &e); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, e.EventID)
		if record.Kind != e.Type {
			t.Errorf("an event of kind %q, want %q", record.Kind, e.Type)
		}
		if string(record.Key) != e.EventID || header(record, "ce_id") != e.EventID {
			t.Error("key, ce_id and event_id differ")
		}
		if e.Trigger.Field == e.Evidence.Field && (e.Trigger.Start < e.Evidence.Start || e.Trigger.End > e.Evidence.End) {
			t.Errorf("trigger %q is not in its evidence %q", e.Trigger.Text, e.Evidence.Text)
		}
	}
	if fmt.Sprint(ids) != fmt.Sprint(a.EventIDs) {
		t.Errorf("events %v, but the article lists %v", ids, a.EventIDs)
	}
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			t.Errorf("event id %s twice", id)
		}
		seen[id] = true
	}
	for _, c := range a.TroopCounts {
		if c.Min != nil && c.Max != nil && *c.Min > *c.Max {
			t.Errorf("count %q: %d > %d", c.Text, *c.Min, *c.Max)
		}
	}
	for _, d := range a.Dates {
		if value(d.DateStart) > value(d.DateEnd) || d.DateStart == nil && d.Reason == nil && d.Type == "DATE" {
			t.Errorf("date %q: %s to %s, %s", d.Text, value(d.DateStart), value(d.DateEnd), value(d.Reason))
		}
	}
}

// checkSpans finds in a record whatever has field, start, end and text.
func checkSpans(t testing.TB, tree any, texts map[string][]rune) {
	t.Helper()
	switch x := tree.(type) {
	case []any:
		for _, item := range x {
			checkSpans(t, item, texts)
		}
	case map[string]any:
		if field, ok := x["field"].(string); ok {
			start, end := int(x["start"].(float64)), int(x["end"].(float64))
			text := texts[field]
			if start < 0 || start > end || end > len(text) || string(text[start:end]) != x["text"] {
				t.Errorf("span %s %d-%d does not hold %q", field, start, end, x["text"])
			}
		}
		for _, item := range x {
			checkSpans(t, item, texts)
		}
	}
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func TestLawsHoldForSamples(t *testing.T) {
	v := newValidator(t)
	for _, s := range samples.All() {
		t.Run(s.Name, func(t *testing.T) {
			raw := sent(string(s.Raw))
			checkLaws(t, raw, v)
			for _, cut := range []int{1, 2, 3} { // and for what is left of torn ones
				raw.Value = s.Raw[:len(s.Raw)*cut/4]
				checkLaws(t, raw, v)
			}
		})
	}
}

func FuzzProcess(f *testing.F) {
	for _, s := range samples.All() {
		f.Add(s.Raw)
	}
	f.Add([]byte("U.S. troops \u202e500\u200f killed \xed\xa0\x80"))
	f.Add([]byte(`{"article":{"payload":{"after":{"body":"x"}}}}`))
	v := newValidator(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 20_000 {
			return
		}
		if raw == nil {
			raw = []byte{}
		}
		checkLaws(t, sent(string(raw)), v)
	})
}

// Reading must be linear in the size of whatever comes: compare the two.
func BenchmarkHostile(b *testing.B) {
	for _, unit := range []string{"(", "Iraq ", "a-", "500 soldiers and ", "\"", "A. ", "<p>", "troops attacked Iraq on Monday and ", "he said the talks that "} {
		for _, size := range []int{100_000, 1_000_000} {
			b.Run(fmt.Sprintf("%q/%d", unit, size), func(b *testing.B) {
				raw := sent(strings.Repeat(unit, size/len(unit)))
				b.SetBytes(int64(len(raw.Value)))
				for b.Loop() {
					Process(raw, Limits{8 << 20, time.Hour})
				}
			})
		}
	}
}

func BenchmarkProcess(b *testing.B) {
	var raws []Raw
	bytes := 0
	for _, s := range samples.All() {
		raws = append(raws, sent(string(s.Raw)))
		bytes += len(s.Raw)
	}
	b.SetBytes(int64(bytes))
	for b.Loop() {
		for _, raw := range raws {
			Process(raw, testLimits)
		}
	}
}
