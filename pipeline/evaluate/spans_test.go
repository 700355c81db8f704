package evaluate

import (
	"reflect"
	"strings"
	"testing"

	"sitrep/pipeline/annotations"
)

const report = "Nearly 700 Chilean sailors met Ines Duarte and Otto Weiß near Łódź on Tuesday; scores of clerks left."

// span marks words of report; edit sets its other fields.
func span(words, typ string, edit ...func(*annotations.Span)) annotations.Span {
	b := strings.Index(report, words)
	if b < 0 {
		panic("not in the report: " + words)
	}
	at := annotations.NewOffsets(report)
	s := annotations.Span{Start: at.CodePoint(b), End: at.CodePoint(b + len(words)), Type: typ, Text: words}
	for _, e := range edit {
		e(&s)
	}
	return s
}

func value(v string) func(*annotations.Span) { return func(s *annotations.Span) { s.Value = &v } }
func kind(k string) func(*annotations.Span)  { return func(s *annotations.Span) { s.Kind = k } }
func author(s *annotations.Span)             { s.Author = true }

func troops(low, high int64, comparator, status string) func(*annotations.Span) {
	return func(s *annotations.Span) {
		s.Comparator, s.Status = comparator, status
		if low >= 0 {
			s.Min = &low
		}
		if high >= 0 {
			s.Max = &high
		}
	}
}

func doc(spans ...annotations.Span) []annotations.Document {
	return []annotations.Document{{ID: "d", Text: report, Spans: spans}}
}

func TestSpanRules(t *testing.T) {
	type spans = []annotations.Span
	for _, c := range []struct {
		rule           string
		gold, pred     spans
		options        Options
		typ            string
		exact, relaxed Tally
	}{
		{"the same", spans{span("Łódź", "LOC")}, spans{span("Łódź", "LOC")}, Options{}, "LOC", Tally{1, 1, 1}, Tally{1, 1, 1}},
		{"nothing found", spans{span("Łódź", "LOC")}, nil, Options{}, "LOC", Tally{0, 1, 0}, Tally{0, 1, 0}},
		{"a part", spans{span("Ines Duarte", "PERSON")}, spans{span("Duarte", "PERSON")}, Options{}, "PERSON", Tally{0, 1, 1}, Tally{1, 1, 1}},
		{"another type", spans{span("Łódź", "LOC")}, spans{span("Łódź", "ORG")}, Options{}, "LOC", Tally{0, 1, 0}, Tally{0, 1, 0}},
		{"renamed", spans{span("Łódź", "LOC")}, spans{span("Łódź", "GPE")}, Options{Map: map[string]string{"LOC": "PLACE", "GPE": "PLACE"}}, "PLACE", Tally{1, 1, 1}, Tally{1, 1, 1}},
		{"touching is not overlapping", spans{span("Ines ", "PERSON")}, spans{span("Duarte", "PERSON")}, Options{}, "PERSON", Tally{0, 1, 1}, Tally{0, 1, 1}},
		{"one to one, the longer overlap first", spans{span("Ines Duarte", "PERSON")}, spans{span("Ines", "PERSON"), span("Duarte", "PERSON")}, Options{}, "PERSON", Tally{0, 1, 2}, Tally{1, 1, 2}},
		{"the same place twice", spans{span("Łódź", "LOC")}, spans{span("Łódź", "LOC"), span("Łódź", "LOC")}, Options{}, "LOC", Tally{1, 1, 1}, Tally{1, 1, 2}},
		{"a long span that starts far before", spans{span("near Łódź on", "LOC"), span("Tuesday", "LOC")},
			spans{span(report, "LOC"), span("Ines", "LOC"), span("Otto", "LOC")}, Options{}, "LOC", Tally{0, 2, 3}, Tally{1, 2, 3}},
		{"a region in gold costs nothing", spans{span("Łódź", "COUNTRY", kind("region"))}, spans{span("Łódź", "COUNTRY")}, Options{}, "COUNTRY", Tally{}, Tally{}},
		{"a predicted region costs nothing", spans{span("Chilean", "COUNTRY")}, spans{span("Łódź", "COUNTRY", kind("region"))}, Options{}, "COUNTRY", Tally{0, 1, 0}, Tally{0, 1, 0}},
		{"a predicted region counts on gold", spans{span("Chilean", "COUNTRY")}, spans{span("Chilean", "COUNTRY", kind("region"))}, Options{}, "COUNTRY", Tally{1, 1, 1}, Tally{1, 1, 1}},
		{"a byline in gold costs nothing", spans{span("Ines Duarte", "PERSON", author)}, spans{span("Duarte", "PERSON"), span("Otto", "PERSON")}, Options{}, "PERSON", Tally{0, 0, 1}, Tally{0, 0, 1}},
		{"a predicted byline costs nothing", spans{span("Ines Duarte", "PERSON")}, spans{span("Otto", "PERSON", author)}, Options{}, "PERSON", Tally{0, 1, 0}, Tally{0, 1, 0}},
		{"a town is no region elsewhere", spans{span("Łódź", "LOC", kind("region"), author)}, nil, Options{}, "LOC", Tally{0, 1, 0}, Tally{0, 1, 0}},
		{"an ignored count", spans{span("scores of clerks", "TROOP_COUNT", kind("ignore"))}, spans{span("clerks", "TROOP_COUNT")}, Options{}, "TROOP_COUNT", Tally{}, Tally{}},
		{"units are ignored", spans{span("scores of clerks", "TROOP_COUNT", kind("units"))}, spans{span("clerks", "TROOP_COUNT", kind("units"))}, Options{}, "TROOP_COUNT", Tally{}, Tally{}},
		{"unless asked for", spans{span("scores of clerks", "TROOP_COUNT", kind("units"))}, spans{span("clerks", "TROOP_COUNT", kind("units"))}, Options{Units: true}, "TROOP_COUNT", Tally{0, 1, 1}, Tally{1, 1, 1}},
		{"predicted units on people", spans{span("700 Chilean sailors", "TROOP_COUNT")}, spans{span("700", "TROOP_COUNT", kind("units"))}, Options{}, "TROOP_COUNT", Tally{0, 1, 0}, Tally{0, 1, 0}},
		{"scored gold before ignored gold", spans{span("700 Chilean", "TROOP_COUNT"), span("700 Chilean sailors", "TROOP_COUNT", kind("ignore"))},
			spans{span("700", "TROOP_COUNT"), span("sailors", "TROOP_COUNT")}, Options{}, "TROOP_COUNT", Tally{0, 1, 1}, Tally{1, 1, 1}},
	} {
		s, err := Spans(doc(c.gold...), doc(c.pred...), c.options)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := s.Type(c.typ)
		if !ok || got.Exact != c.exact || got.Relaxed != c.relaxed {
			t.Errorf("%s: exact %v relaxed %v, want %v %v", c.rule, got.Exact, got.Relaxed, c.exact, c.relaxed)
		}
	}
}

func TestTypes(t *testing.T) {
	gold := doc(span("Łódź", "LOC"), span("Ines", "PERSON"))
	pred := doc(span("Łódź", "ORG"), span("Ines", "PERSON"))
	for _, c := range []struct {
		types []string
		want  string
	}{{nil, "LOC PERSON"}, {[]string{"PERSON"}, "PERSON"}, {[]string{"PERSON", "ORG"}, "ORG PERSON"}, {[]string{}, ""}} {
		s, err := Spans(gold, pred, Options{Types: c.types})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, x := range s.Types {
			names = append(names, x.Type)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("types %v: %s, want %s", c.types, got, c.want)
		}
	}
}

func TestMatchOrder(t *testing.T) {
	at := func(start, end int) annotations.Span { return annotations.Span{Start: start, End: end} }
	type list = []annotations.Span
	for _, c := range []struct {
		rule       string
		gold, pred list
		want       [][2]int
	}{
		{"longest overlap first", list{at(0, 4), at(4, 10)}, list{at(2, 10)}, [][2]int{{1, 0}}},
		{"then the nearer start", list{at(0, 6), at(3, 6)}, list{at(3, 6)}, [][2]int{{1, 0}}},
		{"then the later gold", list{at(0, 6), at(0, 6)}, list{at(0, 6)}, [][2]int{{1, 0}}},
		{"then the later prediction", list{at(0, 6)}, list{at(0, 6), at(0, 6)}, [][2]int{{0, 1}}},
		{"an overlap that is not the longest may get nothing", list{at(0, 5), at(5, 8)}, list{at(0, 6), at(0, 5)}, [][2]int{{0, 1}, {1, 0}}},
	} {
		var got [][2]int
		for _, m := range match(c.gold, c.pred) {
			got = append(got, [2]int{m.gold, m.pred})
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.rule, got, c.want)
		}
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct {
		typ, gold  string
		pred       *string
		value, day Share
	}{
		{"DATE", "2030-05-07", ptr("2030-05-07"), Share{1, 1}, Share{1, 1}},
		{"DATE", "2030-05-07", ptr("2030-05-07TMO"), Share{0, 1}, Share{1, 1}},
		{"DATE", "2030-05-07", ptr("2030-05-08"), Share{0, 1}, Share{0, 1}},
		{"DATE", "2030-05-07", nil, Share{0, 1}, Share{0, 1}},
		{"DATE", "XXXX-05-07", ptr("2030-05-07"), Share{}, Share{}},
		{"TIME", "2030-05-07TXX", ptr("2030-05-07TXX"), Share{1, 1}, Share{1, 1}},
		{"DURATION", "PXD", ptr("PXD"), Share{1, 1}, Share{}},
		{"PERSON", "Otto  Weiß", ptr("\tOTTO\u00a0WEISS "), Share{1, 1}, Share{}},
		{"PERSON", "Otto Weiß", ptr("Otto Weis"), Share{0, 1}, Share{}},
		{"COUNTRY", "CL", ptr("cl"), Share{1, 1}, Share{}},
		{"ORG", "UN", ptr("EU"), Share{}, Share{}},
	} {
		pred := span("Tuesday", c.typ)
		pred.Value = c.pred
		s, err := Spans(doc(span("Tuesday", c.typ, value(c.gold))), doc(pred), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Types[0]; got.Value != c.value || got.Day != c.day {
			t.Errorf("%s %s, %s: value %v day %v, want %v %v", c.typ, c.gold, show(c.pred), got.Value, got.Day, c.value, c.day)
		}
	}
	s, err := Spans(doc(span("Tuesday", "DATE")), doc(span("Tuesday", "DATE", value("2030-05-07"))), Options{})
	if err != nil || s.Types[0].Value.Of != 0 {
		t.Error("gold without a value is not to be compared")
	}
}

func TestTroopCounts(t *testing.T) {
	const none = -1
	for _, c := range []struct {
		rule            string
		gold, pred      func(*annotations.Span)
		bounds, lenient bool
		status, coarse  bool
	}{
		{"the same", troops(700, 700, "exact", "present"), troops(700, 700, "exact", "present"), true, true, true, true},
		{"no bound is no bound", troops(700, none, "at_least", ""), troops(700, none, "at_least", ""), true, true, true, true},
		{"another bound", troops(700, 700, "exact", "killed"), troops(700, 800, "exact", "wounded"), false, false, false, true},
		{"numbers within", troops(20, 99, "approx", "arriving"), troops(24, 50, "exact", "deployed"), false, true, false, true},
		{"partly within", troops(20, 99, "approx", "arriving"), troops(10, 50, "exact", "planned"), false, false, false, false},
		{"only the lower within", troops(20, 99, "approx", "missing"), troops(20, 100, "exact", "captured"), false, false, false, true},
		{"at least, the bound as a point", troops(700, none, "at_least", "unknown"), troops(700, 700, "exact", "unknown"), false, true, true, true},
		{"at most, the bound as a point", troops(none, 700, "at_most", ""), troops(700, 900, "exact", ""), false, true, true, true},
		{"at most, inside", troops(none, 700, "at_most", ""), troops(650, none, "at_least", ""), false, true, true, true},
		{"not at most", troops(700, 700, "exact", ""), troops(700, 900, "exact", ""), false, false, true, true},
		{"nothing predicted", troops(700, none, "at_least", "present"), troops(none, none, "", ""), false, false, false, false},
	} {
		gold, pred := span("700 Chilean sailors", "TROOP_COUNT", c.gold), span("700", "TROOP_COUNT", c.pred)
		pred.Nationality = ptr("CL")
		s, err := Spans(doc(gold), doc(pred), Options{})
		if err != nil {
			t.Fatal(err)
		}
		x := s.Types[0].Troops
		got := []bool{x.Bounds.Count == 1, x.Lenient.Count == 1, x.Status.Count == 1, x.Coarse.Count == 1}
		if want := []bool{c.bounds, c.lenient, c.status, c.coarse}; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: bounds, lenient, status, coarse = %v, want %v", c.rule, got, want)
		}
		if (x.Exact.Matched == 1) != c.bounds || x.Exact.Gold != 1 || x.Nationality != (Share{0, 1}) {
			t.Errorf("%s: %+v", c.rule, x)
		}
		if (x.Comparator.Count == 1) != (gold.Comparator == pred.Comparator) {
			t.Errorf("%s: comparator %v", c.rule, x.Comparator)
		}
	}
}

func TestDocumentLevel(t *testing.T) {
	gold := doc()
	gold[0].Gold = &annotations.Gold{
		People: []annotations.GoldPerson{
			{Name: "Ines Duarte", Mentions: []string{"Duarte", "the younger Duarte"}},
			{Name: "Otto Weiß", Mentions: []string{"Weiß"}},
			{Name: "Ib Dam", Author: true, Mentions: []string{"I. Dam"}},
		},
		Countries: []annotations.GoldCountry{
			{ISO: "CL", Forms: []annotations.Form{{Kind: "region"}, {Kind: "demonym"}}},
			{ISO: "PL", Forms: []annotations.Form{{Kind: "region"}}},
			{ISO: "PE", Forms: []annotations.Form{{Kind: "capital"}}},
		},
	}
	pred := doc(
		span("Chilean", "COUNTRY", value("CL")), span("Chilean", "COUNTRY", value("CL")), span("Łódź", "COUNTRY", value("PL")),
		span("clerks", "COUNTRY", value("DK")), span("sailors", "COUNTRY", value("")),
		span("Ines Duarte", "PERSON"), span("Duarte", "PERSON", value("DUARTE")), // one person
		span("left", "PERSON", value("ib dam")), // an author
		span("Nearly", "PERSON", value("Nobody")), span("on", "PERSON", value("")),
	)
	s, err := Spans(gold, pred, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := (Tally{1, 2, 2}); *s.Countries != want {
		t.Errorf("countries %v, want %v", *s.Countries, want)
	}
	if want := (Tally{1, 2, 3}); *s.People != want {
		t.Errorf("people %v, want %v", *s.People, want)
	}
	if s, err = Spans(gold, nil, Options{}); err != nil || *s.People != (Tally{0, 2, 0}) {
		t.Error(s.People, err)
	}
}

func TestMisfits(t *testing.T) {
	d := annotations.Document{ID: "d", Text: report}
	e := annotations.Document{ID: "e", Spans: []annotations.Span{{Start: 0, End: 1, Type: "LOC"}}}
	for _, c := range []struct {
		gold, pred []annotations.Document
		want       string
	}{
		{[]annotations.Document{d, d}, nil, "two gold documents"},
		{[]annotations.Document{d}, []annotations.Document{e, e}, "two predicted documents"},
		{[]annotations.Document{d}, []annotations.Document{{ID: "d", Text: "Something else."}}, "document d: the texts"},
	} {
		_, spans := Spans(c.gold, c.pred, Options{})
		_, events := Events(c.gold, c.pred)
		for _, err := range []error{spans, events} {
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		}
	}
	d.Spans = []annotations.Span{}
	d.Events = []annotations.Event{{Trigger: &annotations.Mention{Start: 0, End: 3, Text: "fled"}}}
	r, err := Score([]annotations.Document{d}, []annotations.Document{e}, Options{})
	if err != nil || len(r.Warnings) != 2 || !strings.Contains(r.Warnings[0], `trigger "fled"`) || r.Warnings[1] != "1 predicted documents are not in gold" {
		t.Error(r.Warnings, err)
	}
	if len(r.Spans.Types) != 0 {
		t.Error("a document that is not in gold was scored")
	}
}

func TestNorm(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Ana  María", " ANA\nMARÍA\x1f", true},
		{"Groß", "GROSS", true},
		{"ΣΟΦΟΣ", "σοφος", true},
		{"kelvin", "\u212aelvin", true},
		{"İzmir", "i\u0307zmir", true},
		{"Izmir", "ızmir", false},
		{"a b", "ab", false},
		{"", " ", true},
	} {
		if (norm(c.a) == norm(c.b)) != c.same {
			t.Errorf("%q, %q: same = %v", c.a, c.b, !c.same)
		}
	}
}

// Whatever the spans, counts stay in order, and gold without ignored spans is
// perfect against itself.
func FuzzSpans(f *testing.F) {
	f.Add([]byte{0, 4, 1, 2, 3, 9}, []byte{0, 4, 0, 1, 1, 1})
	f.Add([]byte{}, []byte{255, 255, 255})
	types := []string{"PERSON", "COUNTRY", "DATE", "TROOP_COUNT"}
	read := func(b []byte) []annotations.Span {
		var out []annotations.Span
		for ; len(b) >= 3; b = b[3:] {
			s := annotations.Span{Start: int(int8(b[0])), End: int(int8(b[0])) + int(int8(b[1])), Type: types[b[2]%4], Author: b[2]&64 != 0}
			s.Kind = []string{"", "region", "ignore", "units"}[b[2]>>2%4]
			s.Value = ptr(string(b[2:3]))
			out = append(out, s)
		}
		return out
	}
	f.Fuzz(func(t *testing.T, gold, pred []byte) {
		g, p := doc(read(gold)...), doc(read(pred)...)
		s, err := Spans(g, p, Options{})
		if err != nil {
			t.Fatal(err)
		}
		exact, relaxed := s.All()
		for _, x := range []Tally{exact, relaxed} {
			if x.Matched > min(x.Gold, x.Predicted) || x.Precision() > 1 || x.F1() > 1 {
				t.Fatalf("%+v", x)
			}
		}
		missed, spurious := 0, 0
		for _, e := range (Report{Spans: s}).Errors(-1) {
			switch e.Kind {
			case Missed:
				missed++
			case Spurious:
				spurious++
			}
		}
		if missed != relaxed.Gold-relaxed.Matched || spurious != relaxed.Predicted-relaxed.Matched {
			t.Fatalf("%d missed and %d spurious do not fit %+v", missed, spurious, relaxed)
		}
		var good []annotations.Span
		for _, x := range g[0].Spans {
			if x.End > x.Start && !(Options{}).ignored(x) {
				good = append(good, x)
			}
		}
		s, _ = Spans(doc(good...), doc(good...), Options{})
		if exact, relaxed = s.All(); exact.Matched != exact.Gold || relaxed.Matched != relaxed.Gold || relaxed.Gold != relaxed.Predicted {
			t.Fatalf("against itself: %+v %+v", exact, relaxed)
		}
	})
}
