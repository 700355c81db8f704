package diff

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sitrep/pipeline"
)

// event reads "strike: Jets [bombed] the {camp} on Monday." as an event of that type
// in that sentence, which stands at an offset of the text; who is in braces are actors.
func event(t *testing.T, at int, marked string) pipeline.EventRecord {
	t.Helper()
	kind, text, ok := strings.Cut(marked, ": ")
	e := pipeline.EventRecord{Type: kind, Status: "occurred", ArticleID: "a"}
	var plain []rune
	var start int
	for _, r := range text {
		switch r {
		case '[', '{':
			start = len(plain)
		case ']':
			e.Trigger = pipeline.SpanRecord{Field: "body", Start: at + start, End: at + len(plain), Text: string(plain[start:])}
		case '}':
			span := pipeline.SpanRecord{Field: "body", Start: at + start, End: at + len(plain), Text: string(plain[start:])}
			e.Actors = append(e.Actors, pipeline.ParticipantRecord{SpanRecord: span, Name: span.Text, Kind: "force"})
		default:
			plain = append(plain, r)
		}
	}
	if !ok || e.Trigger.Text == "" {
		t.Fatalf("%q has no trigger", marked)
	}
	e.Evidence = pipeline.SpanRecord{Field: "body", Start: at, End: at + len(plain), Text: string(plain)}
	e.EventID = fmt.Sprintf("%s %d-%d", kind, e.Trigger.Start, e.Trigger.End)
	return e
}

func told(pairs []Pair) string {
	var out []string
	for _, p := range pairs {
		switch {
		case p.New == nil:
			out = append(out, "lost "+p.Old.EventID)
		case p.Old == nil:
			out = append(out, "gained "+p.New.EventID)
		default:
			s := "same"
			if len(p.Differ) > 0 {
				s = "changed"
			}
			for _, d := range p.Differ {
				s += " " + d.Field
			}
			out = append(out, s)
		}
	}
	return strings.Join(out, "; ")
}

// What is clearly one event is changed; what is not is lost and gained.
func TestPairs(t *testing.T) {
	for _, c := range []struct {
		what       string
		older      []string
		newer      []string
		moved      int // by how much the new text is moved
		want       string
		ignored    []string
		mentionOld bool // the old event has the new trigger for a mention
	}{
		{what: "nothing has changed", older: []string{"strike: {Jets} [bombed] the camp."}, newer: []string{"strike: {Jets} [bombed] the camp."}, want: "same"},
		{what: "another type", older: []string{"attack: {Jets} [bombed] the camp."}, newer: []string{"strike: {Jets} [bombed] the camp."}, want: "changed type"},
		{what: "another cut of the trigger", older: []string{"withdraw: {Peru} [pulled] out its men."}, newer: []string{"withdraw: {Peru} [pulled out] its men."},
			want: "changed trigger"},
		{what: "another type and cut", older: []string{"deploy: {Peru} [pulled] out its men."}, newer: []string{"withdraw: {Peru} [pulled out] its men."},
			want: "changed type trigger"},
		{what: "the same matter by another word", older: []string{"attack: {Rebels} [fired] and hit a school."}, newer: []string{"attack: {Rebels} fired and [hit] a school."},
			want: "changed trigger"},
		{what: "nobody in the same sentence", older: []string{"attack: A [car bomb] exploded."}, newer: []string{"attack: A car bomb [exploded]."}, want: "changed trigger"},
		{what: "other people in the same sentence", older: []string{"attack: {Rebels} [fired] and police ran."}, newer: []string{"attack: Rebels fired and {police} [ran]."},
			want: "lost attack 7-12; gained attack 24-27"},
		{what: "another type by another word", older: []string{"attack: {Rebels} [fired] and hit a school."}, newer: []string{"seize: {Rebels} fired and [hit] a school."},
			want: "lost attack 7-12; gained seize 17-20"},
		{what: "a mention becomes the trigger", older: []string{"meet: The {king} [met] him."}, newer: []string{"meet: So the {king} paid a [visit]."}, mentionOld: true, moved: 100,
			want: "changed trigger sentence mentions"},
		{what: "a mention becomes the trigger, of somebody else", older: []string{"meet: The {king} [met] him."}, newer: []string{"meet: So the {earl} paid a [visit]."},
			mentionOld: true, moved: 100, want: "lost meet 9-12; gained meet 119-124"},
		{what: "the text has moved", older: []string{"strike: {Jets} [bombed] the camp."}, newer: []string{"strike: {Jets} [bombed] the camp."}, moved: 7, want: "changed trigger"},
		{what: "actors", older: []string{"strike: {Jets} [bombed] the camp."}, newer: []string{"strike: Jets [bombed] the {camp}."}, want: "changed actors"},
		{what: "ignored", older: []string{"strike: {Jets} [bombed] the camp."}, newer: []string{"strike: Jets [bombed] the {camp}."}, ignored: []string{"actors"}, want: "same"},
		{what: "nothing before", newer: []string{"strike: {Jets} [bombed] the camp."}, want: "gained strike 5-11"},
		{what: "one id goes before likeness", older: []string{"strike: {Jets} [bombed] and [shelled] it.", "strike: {Jets} [bombed] it."},
			newer: []string{"strike: {Jets} [bombed] it.", "attack: {Jets} [bombed] it."}, want: "lost strike 16-23; same; gained attack 5-11"},
	} {
		var older, newer []pipeline.EventRecord
		for _, s := range c.older {
			older = append(older, event(t, 0, s))
		}
		for _, s := range c.newer {
			newer = append(newer, event(t, c.moved, s))
		}
		if c.mentionOld {
			older[0].Mentions = []pipeline.SpanRecord{newer[0].Trigger}
		}
		if got := told(Events(older, newer, c.ignored...)); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

// Each event of either run stands in one pair, and what was compared the other way
// round says the reverse.
func TestPairsAreComplete(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	sentences := []string{"strike: {Jets} [bombed] the camp.", "attack: {Jets} [bombed] the camp.", "strike: {Jets} bombed [the] camp.", "meet: {A} [met] {B}.", "meet: {A} met [{B}]."}
	some := func() (list []pipeline.EventRecord) {
		ids := map[string]bool{}
		for range random.IntN(8) {
			e := event(t, 40*random.IntN(3), sentences[random.IntN(len(sentences)-1)])
			if !ids[e.EventID] {
				ids[e.EventID] = true
				list = append(list, e)
			}
		}
		return list
	}
	for range 500 {
		older, newer := some(), some()
		seen := map[string]int{}
		n := NewSummary()
		n.Add(&Article{}, &Article{}, Events(older, newer), nil)
		for _, p := range Events(older, newer) {
			if p.Old != nil {
				seen["old "+p.Old.EventID]++
			}
			if p.New != nil {
				seen["new "+p.New.EventID]++
			}
		}
		for _, count := range seen {
			if count != 1 || len(seen) != len(older)+len(newer) {
				t.Fatalf("%v", seen)
			}
		}
		back := NewSummary()
		back.Add(&Article{}, &Article{}, Events(newer, older), nil)
		a, b := n.Events, back.Events
		if a.Old != a.Same+a.Changed+a.Lost || a.New != a.Same+a.Changed+a.Gained || a.Lost != b.Gained || a.Gained != b.Lost || a.Same != b.Same {
			t.Fatalf("%+v, and the other way %+v", a, b)
		}
	}
}

// A field of the record is compared, follows from one that is, or is no part of the event.
func TestEveryFieldIsCompared(t *testing.T) {
	notCompared := strings.Fields(`schema_version event_id article_id event_key extractor_version models_sha256
		quad_class actor_countries target_countries place_country troops_min troops_max troops_reason killed_min killed_max killed_reason`)
	record := reflect.TypeFor[pipeline.EventRecord]()
	same := pipeline.EventRecord{}
	for i := range record.NumField() {
		f := record.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if slices.Contains(notCompared, name) {
			continue
		}
		other := same
		set(t, reflect.ValueOf(&other).Elem().Field(i))
		if name == "place_reason" {
			same, other = withPlace(same), withPlace(other)
		}
		if name == "date_end" || name == "date_precision" {
			day := "2025-05-10"
			same.DateStart, other.DateStart = &day, &day
		}
		if len(differences(&same, &other, nil)) == 0 {
			t.Errorf("a change of %s is not seen", name)
		}
		same = pipeline.EventRecord{}
	}
}

func withPlace(e pipeline.EventRecord) pipeline.EventRecord {
	e.Place = &pipeline.PlaceRecord{}
	return e
}

// set gives a field a value that is not its zero.
func set(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Float64:
		v.SetFloat(0.5)
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		set(t, v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	case reflect.Struct:
		for i := range v.NumField() {
			if k := v.Field(i).Kind(); k == reflect.String || k == reflect.Struct {
				set(t, v.Field(i))
			}
		}
	default:
		t.Fatalf("cannot set %s", v.Type())
	}
}

// Of an article's records the last of each count, and events that it does not list are stale.
func TestGather(t *testing.T) {
	line := func(v any) Record {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		r, err := ReadRecord(data)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := event(t, 0, "meet: {A} [met] {B}.")
	again := first
	again.Status = "denied"
	stale := event(t, 0, "strike: {Jets} [bombed] it.")
	article := line(map[string]any{"article_id": "a", "event_ids": []string{first.EventID}, "extractor_version": "1", "models_sha256": strings.Repeat("f", 64), "status": "ok"})
	got, err := Gather("a", []Record{line(first), line(stale), line(again), article})
	if err != nil || len(got.Events) != 1 || got.Events[0].Status != "denied" || got.Stale != 1 || got.Replaced != 1 || !got.Read {
		t.Errorf("%+v, %v", got, err)
	}
	if v := got.Version(); v != "1 with models ffffffffffff" {
		t.Errorf("version %q", v)
	}
	got, err = Gather("a", []Record{line(first), line(stale)})
	if err != nil || len(got.Events) != 2 || got.Stale != 0 || got.Read {
		t.Errorf("without the article's record: %+v, %v", got, err)
	}
	full, _ := Gather("a", []Record{article})
	article.JSON = []byte(strings.Replace(string(article.JSON), `"ok"`, `"partial"`, 1))
	other, _ := Gather("a", []Record{article})
	if names := Changed(&full, &other); !slices.Equal(names, []string{"status"}) {
		t.Errorf("changed: %v", names)
	}
	for _, bad := range []string{"", "[]", "{}", `{"event_id":"x"}`, `{"kind":"summary"}`} {
		if _, err := ReadRecord([]byte(bad)); err == nil {
			t.Errorf("%q passes for a record", bad)
		}
	}
}

func TestTurnsAreCounted(t *testing.T) {
	s := NewSummary()
	a, b := event(t, 0, "attack: {Jets} [bombed] it."), event(t, 0, "strike: {Jets} [bombed] it.")
	b.Status = "planned"
	s.Add(&Article{}, &Article{}, Events([]pipeline.EventRecord{a}, []pipeline.EventRecord{b}), nil)
	if s.Turns["type"]["attack → strike"] != 1 || s.Turns["status"]["occurred → planned"] != 1 || s.Types["attack"].Changed != 1 || s.Types["strike"].New != 1 {
		t.Errorf("%+v", s)
	}
}
