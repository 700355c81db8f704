package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"sitrep/pipeline"
	"sitrep/pipeline/samples"
	"sitrep/pipeline/schema"
)

func selection(t *testing.T, lines string) *Selection {
	t.Helper()
	s, err := NewSelection(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for line := range strings.Lines(lines) {
		if err := s.Line([]byte(strings.TrimSuffix(line, "\n"))); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func exported(t *testing.T, s *Selection, w Writer, f Filter) Stats {
	t.Helper()
	stats, err := s.Write(t.Context(), w, f)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

func decoded(t *testing.T, lines string) []pipeline.EventRecord {
	t.Helper()
	var out []pipeline.EventRecord
	for line := range strings.Lines(lines) {
		var e pipeline.EventRecord
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

func TestOnlyWhatStandsIsWritten(t *testing.T) {
	s := selection(t, `{"event_id":"kept","article_id":"a","title":"first"}
{"event_id":"revised","article_id":"a"}
{"article_id":"a","event_ids":["kept","revised"]}
{"event_id":"retracted","article_id":"b"}
{"event_id":"back","article_id":"b"}
{"event_id":"alone","article_id":"c"}
{"event_id":"gone","article_id":"d"}
{"article_id":"d","event_ids":["gone"]}
{"event_id":"kept","article_id":"a","title":"second"}
{"article_id":"a","event_ids":["kept"]}
`)
	s.Event("retracted", nil)
	s.Event("back", nil)
	s.Event("back", []byte(`{"event_id":"back","article_id":"b","title":"again"}`))
	s.Article("d", nil)
	var b bytes.Buffer
	stats := exported(t, s, Lines(&b), Filter{})
	want := `{"event_id":"alone","article_id":"c"}
{"event_id":"kept","article_id":"a","title":"second"}
{"event_id":"back","article_id":"b","title":"again"}
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
	if want := (Stats{Read: 8, Superseded: 2, Retracted: 1, Revised: 2, Written: 3}); stats != want {
		t.Errorf("got %+v, want %+v", stats, want)
	}
}

func TestOfAllArticlesNoneIsUnknown(t *testing.T) {
	s := selection(t, `{"event_id":"listed","article_id":"a"}
{"event_id":"of no article","article_id":"b"}
{"article_id":"a","event_ids":["listed"]}
`)
	s.Complete = true
	var b bytes.Buffer
	exported(t, s, Lines(&b), Filter{})
	if want := `{"event_id":"listed","article_id":"a"}` + "\n"; b.String() != want {
		t.Errorf("got %s", b.String())
	}
}

func TestWhatIsNoRecordIsAnError(t *testing.T) {
	s := selection(t, "")
	for _, line := range []string{"", "{", "[]", `{"article_id":"a"}`, `{"title":"a"}`, `{"event_id":"e","confidence":"high"}`} {
		if s.Line([]byte(line)) == nil {
			t.Errorf("%q passes for a record", line)
		}
	}
}

func TestFilter(t *testing.T) {
	day, iraq := "2025-05-10", "IQ"
	e := pipeline.EventRecord{Type: "deploy", Status: "planned", PublishedDate: &day, DestinationCountry: &iraq, ActorCountries: []string{"US"}, Confidence: 0.8}
	for _, c := range []struct {
		f     Filter
		keeps bool
	}{
		{Filter{}, true},
		{Filter{Since: "2025-05-10", Until: "2025-05-10"}, true},
		{Filter{Since: "2025-05-11"}, false},
		{Filter{Until: "2025-05-09"}, false},
		{Filter{Types: []string{"strike", "deploy"}}, true},
		{Filter{Types: []string{"strike"}}, false},
		{Filter{Statuses: []string{"occurred"}}, false},
		{Filter{Countries: []string{"IQ"}}, true},
		{Filter{Countries: []string{"US", "RU"}}, true},
		{Filter{Countries: []string{"RU"}}, false},
		{Filter{MinConfidence: 0.8}, true},
		{Filter{MinConfidence: 0.81}, false},
	} {
		if c.f.Keeps(&e) != c.keeps {
			t.Errorf("%+v: keeps is not %t", c.f, c.keeps)
		}
	}
	if undated := (pipeline.EventRecord{}); (&Filter{Since: "2000-01-01"}).Keeps(&undated) {
		t.Error("what has no day is in a range of days")
	}
}

func TestCheckNamesWhatNoEventPasses(t *testing.T) {
	for _, c := range []struct {
		f    Filter
		want string
	}{
		{Filter{Since: "2025-05-10", Until: "2025-05-10", Types: []string{"deploy"}, Statuses: []string{"threatened"}, Countries: []string{"IQ"}, MinConfidence: 1}, ""},
		{Filter{Since: "May 2025"}, "May 2025"},
		{Filter{Since: "2025-05-11", Until: "2025-05-10"}, "2025-05-11"},
		{Filter{Types: []string{"deployment"}}, `type "deployment": want deploy`},
		{Filter{Statuses: []string{"done"}}, `status "done": want occurred`},
		{Filter{Countries: []string{"UK"}}, "ISO 3166"},
		{Filter{MinConfidence: 80}, "0 to 1"},
	} {
		if err := c.f.Check(); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c.f, err)
		}
	}
}

func sampleEvents(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	for _, s := range samples.All() {
		for _, r := range pipeline.Process(pipeline.Raw{Value: s.Raw}, pipeline.DefaultLimits) {
			if r.Stream == pipeline.Events {
				b.Write(append(r.Value, '\n'))
			}
		}
	}
	return b.String()
}

// What Parquet gives back are the rows that were made of the records.
func TestParquetKeepsEverything(t *testing.T) {
	lines := sampleEvents(t)
	var b bytes.Buffer
	exported(t, selection(t, lines), Parquet(&b), Filter{})
	rows := schema.Events().Rows()
	r := parquet.NewReader(bytes.NewReader(b.Bytes()), parquet.SchemaOf(reflect.New(rows.Type).Interface()))
	defer r.Close()
	for i, e := range decoded(t, lines) {
		got := reflect.New(rows.Type).Interface()
		if err := r.Read(got); err != nil {
			t.Fatal(err)
		}
		if g, w := asJSON(t, got), asJSON(t, rows.Of(&e)); g != w {
			t.Fatalf("event %d\ngot  %s\nwant %s", i, g, w)
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "null", "[]") // an empty list
}

func TestCSVIsWhatTheJSONSays(t *testing.T) {
	lines := sampleEvents(t)
	var b bytes.Buffer
	exported(t, selection(t, lines), CSV(&b), Filter{})
	table, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	events := decoded(t, lines)
	if len(table) != len(events)+1 {
		t.Fatalf("%d lines for %d events", len(table), len(events))
	}
	for i, e := range events {
		cells := map[string]string{}
		for j, name := range table[0] {
			cells[name] = table[i+1][j]
		}
		var trigger pipeline.SpanRecord
		if err := json.Unmarshal([]byte(cells["trigger"]), &trigger); err != nil || trigger != e.Trigger {
			t.Fatalf("trigger %q: %v", cells["trigger"], err)
		}
		title := ""
		if e.Title != nil {
			title = *e.Title
		}
		if cells["title"] != title || cells["event_id"] != e.EventID {
			t.Fatalf("got %q, want %q", cells["title"], title)
		}
	}
}
