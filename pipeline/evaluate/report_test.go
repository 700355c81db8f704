package evaluate

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"sitrep/pipeline/annotations"
)

func sample(t *testing.T) Report {
	t.Helper()
	gold := append(doc(
		span("Ines Duarte", "PERSON", value("Ines Duarte")), span("Otto Weiß", "PERSON", value("Otto Weiß")),
		span("700 Chilean sailors", "TROOP_COUNT", troops(700, -1, "at_least", "present")), span("Tuesday", "DATE", value("2030-05-07")),
	), annotations.Document{ID: "e", Text: raid, Events: []annotations.Event{shelling(), protest(), airlift()}})
	gold[0].Gold = &annotations.Gold{People: []annotations.GoldPerson{{Name: "Ines Duarte"}}}
	pred := append(doc(
		span("Duarte", "PERSON", value("Duarte")), span("Łódź", "PERSON"), span("Tuesday", "DATE", value("2030-05-07")),
		span("700 Chilean sailors", "TROOP_COUNT", troops(20, 99, "approx", "killed")),
	), annotations.Document{ID: "e", Text: raid, Events: []annotations.Event{
		with(shelling(), func(e *annotations.Event) { e.Status = "planned"; e.Actors = nil }),
		with(protest(), func(e *annotations.Event) { e.Type = "demand" }), bare("meet", words("slept", 0)),
	}})
	r, err := Score(gold, pred, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestLookup(t *testing.T) {
	r := sample(t)
	for path, want := range map[string]float64{
		"documents": 2, "PERSON.exact.f1": 0, "PERSON.relaxed.p": 0.5, "PERSON.relaxed.gold": 2, "PERSON.value.n": 1, "DATE.value.acc": 1, "DATE.day.acc": 1,
		"ALL.relaxed.tp": 3, "ALL.exact.f1": 0.5, "TROOP_COUNT.troop_exact.f1": 0, "TROOP_COUNT.status_coarse.acc": 0, "TROOP_COUNT.bounds.n": 1,
		"document_level.people.r": 0, "document_level.countries.f1": 0,
		"events.documents": 2, "events.typed.f1": 2. / 6, "events.untyped.r": 2. / 3, "events.by_type.strike.f1": 1, "events.by_type.meet.p": 0,
		"events.status.acc": 0, "events.false_date.n": 0, "events.whole_event.p": 0, "events.typed_by_trigger": 1,
	} {
		if got, ok := r.Lookup(path); !ok || got != want {
			t.Errorf("%s = %v %v, want %v", path, got, ok, want)
		}
	}
	for _, path := range []string{"", "PERSON", "PERSON.exact", "PERSON.exact.f2", "person.exact.f1", "events.false_date.rate", "events.by_type.meet.r", "DATE.exact.f1.x", "ORG.exact.f1"} {
		if got, ok := r.Lookup(path); ok {
			t.Errorf("%s = %v, want none", path, got)
		}
	}
}

// Every number of the JSON form is what Lookup gives for its path.
func TestJSON(t *testing.T) {
	r := sample(t)
	var b bytes.Buffer
	if err := r.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(b.Bytes(), &tree); err != nil {
		t.Fatalf("%v in %s", err, &b)
	}
	n, nulls := 0, 0
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, sub := range v {
				walk(strings.TrimPrefix(path+"."+key, "."), sub)
			}
		default:
			got, ok := r.Lookup(path)
			number, isNumber := v.(float64)
			if ok != isNumber || math.Abs(got-number) > 1e-15 {
				t.Errorf("%s = %v %v, JSON has %v", path, got, ok, v)
			}
			if n++; v == nil {
				nulls++
			}
		}
	}
	walk("", tree)
	if n < 140 || nulls == 0 {
		t.Errorf("%d numbers, %d null", n, nulls)
	}
	b.Reset()
	empty := Report{Spans: &SpanScores{}, Events: &EventScores{}}
	if err := empty.WriteJSON(&b); err != nil || !json.Valid(b.Bytes()) || !strings.Contains(b.String(), `"by_type": {}`) {
		t.Errorf("%v: %s", err, &b)
	}
	b.Reset()
	if err := (Report{}).WriteJSON(&b); err != nil || b.String() != "{}\n" {
		t.Errorf("%v: %s", err, &b)
	}
}

func TestGates(t *testing.T) {
	r := sample(t)
	for _, c := range []struct{ gate, text, want string }{
		{"ALL.exact.f1=0.5", "ALL.exact.f1>=0.5", ""},
		{" ALL.exact.f1 >= 0.5 ", "ALL.exact.f1>=0.5", ""},
		{"ALL.exact.f1=0.75", "ALL.exact.f1>=0.75", "gate ALL.exact.f1>=0.75: is 0.5, 0.25 short"},
		{"ALL.exact.f1<=0.25", "ALL.exact.f1<=0.25", "gate ALL.exact.f1<=0.25: is 0.5, 0.25 too high"},
		{"events.typed.pred<=3", "events.typed.pred<=3", ""},
		{"events.false_date.rate<=0.1", "events.false_date.rate<=0.1", "gate events.false_date.rate<=0.1: there is nothing to count"},
		{"PERSON.exact=1", "PERSON.exact>=1", "gate PERSON.exact>=1: that is a group: tp, gold, pred, p, r, f1"},
		{"PERSON.exact.f2=1", "PERSON.exact.f2>=1", "gate PERSON.exact.f2>=1: no such figure; PERSON.exact has: tp, gold, pred, p, r, f1"},
		{"ORG.exact.f1=1", "ORG.exact.f1>=1", "gate ORG.exact.f1>=1: no such figure; there are: documents, DATE, PERSON, TROOP_COUNT, ALL, document_level, events"},
	} {
		g, err := ParseGate(c.gate)
		if err != nil || g.String() != c.text {
			t.Errorf("%s: %s, %v", c.gate, g, err)
		}
		got := ""
		if err := g.Check(r); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.gate, got, c.want)
		}
	}
	for _, bad := range []string{"", "=", "PERSON.exact.f1", "PERSON.exact.f1=", "=0.5", ">=0.5", "PERSON.exact.f1=high", "PERSON.exact.f1=NaN", "PERSON.exact.f1=Inf", "PERSON.exact.f1>0.5"} {
		if g, err := ParseGate(bad); err == nil {
			t.Errorf("%q is read as %+v", bad, g)
		}
	}
}

func TestErrors(t *testing.T) {
	r := sample(t)
	var b bytes.Buffer
	if err := r.WriteErrors(&b, -1); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"missed    PERSON        d:47-56  …700 Chilean sailors met Ines Duarte and [Otto Weiß] near Łódź on Tuesday; scores of clerks …\n",
		"spurious  PERSON        d:62-66  …lors met Ines Duarte and Otto Weiß near [Łódź] on Tuesday",
		"wrong     PERSON        d:31-42  …Nearly 700 Chilean sailors met [Ines Duarte] and Otto Weiß near",
		"…  value: gold Ines Duarte, predicted Duarte\n",
		"…  bounds: gold 700.., predicted 20..99; comparator: gold at_least, predicted approx; status: gold present, predicted killed\n",
		"missed    deploy        e:",
		"spurious  meet          e:",
		"…  type: gold accuse, predicted demand\n",
		"…  status: gold occurred, predicted planned; actors: gold PE, predicted none\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, &b)
		}
	}
	all := len(r.Spans.errors) + len(r.Events.errors)
	for n, want := range map[int]int{0: 0, 1: 2, 100: all, -1: all} {
		if got := len(r.Errors(n)); got != want {
			t.Errorf("Errors(%d) gives %d, want %d", n, got, want)
		}
	}
	if err := r.WriteErrors(broken{}, 1); err == nil {
		t.Error("an error of the writer is lost")
	}
	e := Error{Kind: Wrong, Before: "a\nb", Text: "c\x00\x7f"}
	if s := e.String(); strings.ContainsAny(s, "\n\x00\x7f") || !strings.Contains(s, "(no type)") {
		t.Errorf("%q", s)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("closed pipe") }

func TestTable(t *testing.T) {
	r := sample(t)
	for _, c := range []struct {
		byType bool
		want   string
	}{{false, tableWant}, {true, tableWant + typesWant}} {
		var b bytes.Buffer
		if err := r.WriteTable(&b, c.byType); err != nil {
			t.Fatal(err)
		}
		if b.String() != c.want {
			t.Errorf("got\n%swant\n%s", &b, c.want)
		}
	}
	if err := r.WriteTable(broken{}, false); err == nil {
		t.Error("an error of the writer is lost")
	}
}

const (
	tableWant = `spans, 2 documents
type            gold   pred  exactP exactR exactF    relP   relR   relF  value
DATE               1      1   1.000  1.000  1.000   1.000  1.000  1.000  1.000 of 1
PERSON             2      2   0.000  0.000  0.000   0.500  0.500  0.500  0.000 of 1
TROOP_COUNT        1      1   1.000  1.000  1.000   1.000  1.000  1.000
ALL                4      4   0.500  0.500  0.500   0.750  0.750  0.750
troop counts  overlap and same bounds: P 0.000  R 0.000  F1 0.000
  of 1 matched: bounds 0.000  lenient 0.000  comparator 0.000  nationality 1.000  status 0.000  coarse 0.000
per document, people:    P 0.000  R 0.000  F1 0.000   tp 0 gold 1 pred 2
per document, countries: P 0.000  R 0.000  F1 0.000   tp 0 gold 0 pred 0

events, 2 documents; typed pairs: 1 by trigger, 0 by sentence
typed           P 0.333  R 0.333  F1 0.333   tp 1 gold 3 pred 3
untyped         P 0.667  R 0.667  F1 0.667   tp 2 gold 3 pred 3
whole event     P 0.000  R 0.000  F1 0.000   tp 0 gold 3 pred 3
actor country   P     -  R 0.000  F1 0.000   tp 0 gold 1 pred 0
target country  P 1.000  R 1.000  F1 1.000   tp 1 gold 1 pred 1
counts          P 1.000  R 1.000  F1 1.000   tp 1 gold 1 pred 1
status          0.000   0 of 1
place country   1.000   1 of 1
date            1.000   1 of 1
origin              -   0 of 0
destination         -   0 of 0
false date          -   0 of 0
`
	typesWant = `by type
  accuse        P     -  R 0.000  F1 0.000   tp 0 gold 1 pred 0
  demand        P 0.000  R     -  F1 0.000   tp 0 gold 0 pred 1
  deploy        P     -  R 0.000  F1 0.000   tp 0 gold 1 pred 0
  meet          P 0.000  R     -  F1 0.000   tp 0 gold 0 pred 1
  strike        P 1.000  R 1.000  F1 1.000   tp 1 gold 1 pred 1
`
)
