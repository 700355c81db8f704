package annotations

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"sitrep/extractors/evaldata"
)

func ptr[T any](v T) *T { return &v }

const flagText = "\U0001F6A9 Mali sent <80> & more soldiers to Łódź."

func TestWriteIsExact(t *testing.T) {
	d := Document{
		ID:   "n-1",
		Text: flagText,
		Spans: []Span{
			{Start: 2, End: 6, Type: Country, Value: ptr("ML"), Text: "Mali", Kind: "name"},
			{Start: 12, End: 16, Type: TroopCount, Text: "<80>", Kind: "people", Min: ptr(int64(80)), Comparator: "at_least", UnitNoun: "soldiers", Status: "deployed", Force: "state"},
			{Start: 19, End: 32, Type: TroopCount, Text: "more soldiers", Kind: KindIgnore},
		},
		Events: []Event{{Type: "deploy", Status: "occurred", Trigger: &Mention{7, 11, "sent"}}},
	}
	want := `{"id":"n-1","published":null,"text":"` + flagText + `","spans":[` +
		`{"start":2,"end":6,"type":"COUNTRY","value":"ML","text":"Mali","kind":"name"},` +
		`{"start":12,"end":16,"type":"TROOP_COUNT","value":null,"text":"<80>","kind":"people","min":80,"max":null,"comparator":"at_least","unit_noun":"soldiers","nationality":null,"status":"deployed","force":"state","elliptical":false},` +
		`{"start":19,"end":32,"type":"TROOP_COUNT","value":null,"text":"more soldiers","kind":"ignore"}],` +
		`"events":[{"type":"deploy","status":"occurred","trigger":{"start":7,"end":11,"text":"sent"},"mentions":[],"actors":[],"targets":[],"place":null,"origin":null,"destination":null,"date":null,"counts":[],"speaker":null,"sentence":null}]}` + "\n"
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Fatalf("got\n%swant\n%s", &b, want)
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
}

func TestWriteNothingFound(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, Document{ID: "0", Published: ptr("2031-02-03"), Title: ptr("A < B")}); err != nil {
		t.Fatal(err)
	}
	if want := `{"id":"0","published":"2031-02-03","title":"A < B","spans":[],"events":[]}` + "\n"; b.String() != want {
		t.Fatalf("got %s", &b)
	}
	if err := Write(iotestWriter{}, Document{ID: "0"}); err == nil {
		t.Fatal("an error of the writer is lost")
	}
}

type iotestWriter struct{}

func (iotestWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// Whatever is written reads back the same.
func TestRoundTrip(t *testing.T) {
	d := Document{
		ID: "r", Published: ptr("2030-01-01"), Title: ptr("T"), Text: flagText,
		Spans: []Span{
			{Start: 0, End: 1, Type: Person, Value: ptr("Ann Oz"), Text: "x", Author: true, Mod: "START", Orig: "per", Confidence: ptr(0.5)},
			{Start: 0, End: 1, Type: TroopCount, Min: ptr(int64(1)), Max: ptr(int64(2)), Nationality: ptr("ML"), Elliptical: true},
		},
		Events: []Event{{
			Type: "deploy", Status: "planned", Trigger: &Mention{0, 1, "x"}, Mentions: []Mention{{1, 2, "y"}},
			Actors: []Party{{0, 1, "x", ptr("ML")}}, Targets: []Party{{0, 1, "x", nil}}, Place: &Party{1, 2, "y", ptr("PL")},
			Origin: ptr("ML"), Destination: ptr("PL"), Date: ptr("2030"), Counts: []Count{{3, 4, "8", ptr(int64(8)), nil, "troops"}},
			Speaker: &Mention{-1, -1, "z"}, Sentence: &Range{0, -1},
		}},
		Gold: &Gold{
			People:    []GoldPerson{{Name: "Ann Oz", Role: ptr("mayor"), Author: true, Mentions: []string{"Oz"}}},
			Countries: []GoldCountry{{ISO: "ML", Forms: []Form{{"Mali", "name", 2}}}},
		},
	}
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	back, err := Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, []Document{d}) {
		t.Fatalf("got  %+v\nwant %+v", back, d)
	}
}

func TestReadWhatLinesLeaveOut(t *testing.T) {
	docs, err := Read(strings.NewReader("\n" + `{"id":"a"}` + "\r\n  \n" +
		`{"id":"b","text":null,"spans":[],"events":[{},{"type":null,"trigger":{"text":"hit"},"sentence":{"start":3},"place":null}],"block":7}`))
	if err != nil || len(docs) != 2 {
		t.Fatal(docs, err)
	}
	if docs[0].Spans != nil || docs[0].Events != nil || docs[1].Spans == nil {
		t.Fatal("absent and empty lists are not told apart")
	}
	empty, hit := docs[1].Events[0], docs[1].Events[1]
	if empty.Trigger != nil || empty.Sentence != nil {
		t.Fatalf("%+v", empty)
	}
	if hit.Trigger.Range().Known() || hit.Trigger.Text != "hit" || hit.Sentence.Known() || *hit.Sentence != (Range{3, -1}) {
		t.Fatalf("%+v %+v", hit.Trigger, hit.Sentence)
	}
}

func TestReadOtherEvents(t *testing.T) {
	for _, event := range []string{`{"type":["raid"]}`, `{"slots":{}}`, `{"type":"raid","min_killed":2}`, `{"type":7}`} {
		docs, err := Read(strings.NewReader(`{"id":"a","events":[{"type":"strike"},` + event + `]}`))
		if err != nil || !docs[0].OtherEvents || docs[0].Events != nil {
			t.Errorf("%s: %+v, %v", event, docs, err)
		}
	}
}

func TestReadErrorsNameTheLine(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"{\"id\":\"a\"}\n\n{\"id\":", "line 3: "},
		{"{\"id\":\"a\"} {}", "line 1: "},
		{"{}", "line 1: a document needs an id"},
		{"{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":\"a\"}", `line 3: id "a" stands on line 1 already`},
		{`{"id":"a","spans":[{"start":"x"}]}`, "line 1: "},
		{`{"id":"a","events":[{"type":"strike","counts":[{"min":"many"}]}]}`, "line 1: event 0: "},
		{"[]", "line 1: "},
	} {
		docs, err := Read(strings.NewReader(c.in))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, %v; want %s", c.in, docs, err, c.want)
		}
	}
	if _, err := Read(iotest.ErrReader(errors.New("torn cable"))); err == nil || err.Error() != "line 1: torn cable" {
		t.Error(err)
	}
}

func TestScanStops(t *testing.T) {
	n := 0
	for range Scan(strings.NewReader("{\"id\":\"a\"}\n{\"id\":\"b\"}\nbad")) {
		n++
		break
	}
	if n != 1 {
		t.Fatal(n)
	}
}

func TestCheck(t *testing.T) {
	at := func(start, end int, words string) Document {
		return Document{ID: "c", Text: flagText, Spans: []Span{{Start: start, End: end, Text: words, Type: Place}}}
	}
	event := func(e Event) Document { return Document{ID: "c", Text: flagText, Events: []Event{e}} }
	for _, c := range []struct {
		d    Document
		want string // part of the error; "" for none
	}{
		{at(2, 6, "Mali"), ""},
		{at(36, 40, "Łódź"), ""},
		{at(2, 6, "mali"), `is "Mali", not "mali"`},
		{at(2, 2, ""), "not a range"},
		{at(-1, 2, "?"), "not a range"},
		{at(40, 99, "?"), "not a range"},
		{event(Event{Trigger: &Mention{7, 11, "sent"}, Sentence: &Range{0, 41}}), ""},
		{event(Event{Trigger: &Mention{7, 11, "send"}}), "trigger"},
		{event(Event{Mentions: []Mention{{7, 11, "send"}}}), "mention"},
		{event(Event{Targets: []Party{{Start: 7, End: 11, Text: "send"}}}), "target"},
		{event(Event{Place: &Party{Start: 7, End: 11, Text: "send"}}), "place"},
		{event(Event{Counts: []Count{{Start: 7, End: 11, Text: "send"}}}), "count"},
		{event(Event{Sentence: &Range{0, 42}}), "sentence"},
	} {
		err := c.d.Check()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.d, err, c.want)
		}
	}
}

// Bytes that are not UTF-8 keep their count of code points in the line written.
func TestWriteKeepsOffsets(t *testing.T) {
	text := "bad \xff\xe2\x82 bytes"
	var b bytes.Buffer
	if err := Write(&b, Document{ID: "x", Text: text}); err != nil {
		t.Fatal(err)
	}
	docs, err := Read(&b)
	if err != nil || NewOffsets(docs[0].Text).Len() != NewOffsets(text).Len() {
		t.Fatal(docs, err)
	}
}

func FuzzScan(f *testing.F) {
	f.Add(`{"id":"a","spans":[{"start":1,"end":2,"type":"TROOP_COUNT","min":3}],"events":[{"trigger":{}}]}`)
	f.Add("{\"id\":\"\\ud800\xff\",\"text\":\"\\u2028<\"}\n\n{}")
	f.Add(`{"id":"a","events":[null],"gold":{"people":null}}`)
	f.Fuzz(func(t *testing.T, in string) {
		for d, err := range Scan(strings.NewReader(in)) {
			if err != nil {
				return
			}
			d.Check()
			var once, twice bytes.Buffer
			if err := Write(&once, d); err != nil {
				t.Fatal(err)
			}
			again, err := Read(bytes.NewReader(once.Bytes()))
			if err != nil {
				t.Fatalf("%v in %s", err, &once)
			}
			if Write(&twice, again[0]); once.String() != twice.String() {
				t.Fatalf("written %swritten again %s", &once, &twice)
			}
		}
	})
}

// The evaluation files are valid documents, and nothing that Span, Event and
// Gold name gets lost on the way through.
func TestEvaluationFiles(t *testing.T) {
	for _, name := range []string{"articles_gold", "web", "web_noevents", "troops_sentences", "events", "timebank", "conll2003", "wikigold", "re3d", "isaf_events"} {
		path := evaldata.Path(t, "eval/dev/"+name+".jsonl")
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		docs, err := Read(bytes.NewReader(raw))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i, line := range bytes.Split(bytes.TrimSpace(raw), []byte("\n")) {
			if err := docs[i].Check(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if docs[i].OtherEvents != (name == "isaf_events") {
				t.Errorf("%s: OtherEvents = %v", name, docs[i].OtherEvents)
			}
			if docs[i].OtherEvents {
				continue
			}
			var want, got struct{ Spans, Events []map[string]json.RawMessage }
			var b bytes.Buffer
			if err := errors.Join(json.Unmarshal(line, &want), Write(&b, docs[i]), json.Unmarshal(b.Bytes(), &got)); err != nil {
				t.Fatal(err)
			}
			sameKeys(t, name, want.Spans, got.Spans)
			sameKeys(t, name, want.Events, got.Events)
		}
	}
}

// sameKeys compares objects field by field; author: false may be left out.
func sameKeys(t *testing.T, name string, want, got []map[string]json.RawMessage) {
	t.Helper()
	if len(want) != len(got) {
		t.Fatalf("%s: %d of %d came through", name, len(got), len(want))
	}
	for i := range want {
		for key, raw := range want[i] {
			var a, b any
			json.Unmarshal(raw, &a)
			if json.Unmarshal(got[i][key], &b); !reflect.DeepEqual(a, b) && a != false {
				t.Errorf("%s: %s is %s, was %s", name, key, got[i][key], raw)
			}
		}
		for key := range got[i] {
			if want[i][key] == nil {
				t.Errorf("%s: %s was not there", name, key)
			}
		}
	}
}
