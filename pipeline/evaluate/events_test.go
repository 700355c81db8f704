package evaluate

import (
	"math/rand/v2"
	"strings"
	"testing"

	"sitrep/pipeline/annotations"
)

const raid = "Peru shelled Tacna on Friday, killing 4. Chile denounced the shelling. Later Chile flew 300 rangers to Bolivia, and may fly 90 more. Nobody slept."

// words finds the nth time (from 0) that words stand in raid, which is ASCII.
func words(words string, nth int) *annotations.Mention {
	at := 0
	for i := 0; ; i++ {
		found := strings.Index(raid[at:], words)
		if found < 0 {
			panic("not in the text: " + words)
		}
		if at += found; i == nth {
			return &annotations.Mention{Start: at, End: at + len(words), Text: words}
		}
		at += len(words)
	}
}

func party(country string) annotations.Party { return annotations.Party{Country: &country} }

func sentence(i int) *annotations.Range {
	start := 0
	for range i {
		start += strings.Index(raid[start:], ". ") + 2
	}
	return &annotations.Range{Start: start, End: start + strings.IndexByte(raid[start:], '.') + 1}
}

func shelling() annotations.Event {
	peru, chile := party("PE"), party("CL")
	return annotations.Event{
		Type: "strike", Status: "occurred", Trigger: words("shelled", 0), Mentions: []annotations.Mention{*words("shelling", 0)},
		Actors: []annotations.Party{peru}, Targets: []annotations.Party{chile}, Place: &chile, Date: ptr("1979-08-03"),
		Counts: []annotations.Count{{Min: ptr(int64(4)), Max: ptr(int64(4)), What: "killed"}}, Sentence: sentence(0),
	}
}

func protest() annotations.Event {
	return annotations.Event{Type: "accuse", Status: "occurred", Trigger: words("denounced", 0),
		Actors: []annotations.Party{party("CL")}, Targets: []annotations.Party{party("PE")}, Sentence: sentence(1)}
}

func airlift() annotations.Event {
	return annotations.Event{Type: "deploy", Status: "occurred", Trigger: words("flew", 0), Actors: []annotations.Party{party("CL")},
		Origin: ptr("CL"), Destination: ptr("BO"), Sentence: sentence(2)}
}

func more() annotations.Event {
	return annotations.Event{Type: "deploy", Status: "possible", Trigger: words("fly 90", 0), Actors: []annotations.Party{party("CL")}, Sentence: sentence(2)}
}

// with returns e as edit leaves it.
func with(e annotations.Event, edit func(*annotations.Event)) annotations.Event {
	edit(&e)
	return e
}

// bare returns an event of the type with no more than a trigger.
func bare(typ string, trigger *annotations.Mention) annotations.Event {
	return annotations.Event{Type: typ, Trigger: trigger}
}

func events(events ...annotations.Event) []annotations.Document {
	return []annotations.Document{{ID: "d", Text: raid, Events: events}}
}

func scoreEvents(t *testing.T, gold, pred []annotations.Document) *EventScores {
	t.Helper()
	s, err := Events(gold, pred)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEventMatching(t *testing.T) {
	again := with(shelling(), func(e *annotations.Event) { e.Trigger, e.Mentions, e.Sentence = words("shelling", 0), nil, sentence(1) })
	type list = []annotations.Event
	for _, c := range []struct {
		rule           string
		gold, pred     list
		typed, untyped int
		byTrigger      int
	}{
		{"gold itself, in another order", list{shelling(), protest(), airlift(), more()}, list{more(), airlift(), protest(), shelling()}, 4, 4, 4},
		{"nothing", list{shelling()}, nil, 0, 0, 0},
		{"records with next to nothing", list{shelling()}, list{{}, {Type: "strike"}, bare("strike", &annotations.Mention{Start: -1, End: -1, Text: "shelled"})}, 0, 0, 0},
		{"another type", list{shelling()}, list{with(shelling(), func(e *annotations.Event) { e.Type = "attack" })}, 0, 1, 0},
		{"the type in capitals", list{shelling()}, list{with(shelling(), func(e *annotations.Event) { e.Type = "STRIKE" })}, 1, 1, 1},
		{"a mention is as good as the trigger", list{shelling()}, list{again}, 1, 1, 1},
		{"one event told twice is found once", list{shelling()}, list{shelling(), again}, 1, 1, 1},
		{"the spare one meets another event of its sentence", list{shelling(), protest()}, list{shelling(), again}, 1, 2, 1},
		{"two events merged into one", list{airlift(), more()}, list{airlift()}, 1, 1, 1},
		{"the same sentence", list{shelling()}, list{bare("strike", words("killing", 0))}, 1, 1, 0},
		{"the sentence of a mention", list{shelling(), protest()}, list{bare("strike", words("denounced", 0))}, 1, 1, 0},
		{"the same, where no event tells that sentence", list{shelling()}, list{bare("strike", words("denounced", 0))}, 1, 1, 0},
		{"the sentence of a trigger, untold", list{with(shelling(), func(e *annotations.Event) { e.Sentence = nil })}, list{bare("strike", words("killing", 0))}, 1, 1, 0},
		{"another sentence", list{shelling()}, list{bare("strike", words("Nobody", 0))}, 0, 0, 0},
		{"a sentence alone", list{shelling()}, list{{Type: "strike", Sentence: sentence(0)}}, 1, 1, 0},
		{"a trigger elsewhere beats the sentence given", list{shelling()}, list{{Type: "strike", Trigger: words("Nobody", 0), Sentence: sentence(0)}}, 0, 0, 0},
		{"touching triggers before sentences", list{airlift(), more()}, list{bare("deploy", words("rangers", 0)), more()}, 2, 2, 1},
		{"pairs by trigger before more pairs", list{airlift(), protest()}, list{bare("deploy", words("flew", 0))}, 1, 1, 1},
	} {
		s := scoreEvents(t, events(c.gold...), events(c.pred...))
		if s.Typed != (Tally{c.typed, len(c.gold), len(c.pred)}) || s.Untyped.Matched != c.untyped || s.ByTrigger != c.byTrigger || s.BySentence != c.typed-c.byTrigger {
			t.Errorf("%s: typed %v untyped %v by trigger %d, want %d %d %d", c.rule, s.Typed, s.Untyped, s.ByTrigger, c.typed, c.untyped, c.byTrigger)
		}
	}
}

func TestEventFields(t *testing.T) {
	edit := func(f func(*annotations.Event)) annotations.Event { return with(shelling(), f) }
	for _, c := range []struct {
		field      string // the one that differs, "" for none
		gold, pred annotations.Event
		whole      bool
	}{
		{"", shelling(), shelling(), true},
		{"status", shelling(), edit(func(e *annotations.Event) { e.Status = "planned" }), false},
		{"actors", shelling(), edit(func(e *annotations.Event) { e.Actors = nil }), false},
		{"actors", shelling(), edit(func(e *annotations.Event) { e.Actors = append(e.Actors, party("BO")) }), false},
		{"", shelling(), edit(func(e *annotations.Event) { e.Actors = []annotations.Party{party("pe"), {}, party("PE"), party("")} }), true},
		{"targets", shelling(), edit(func(e *annotations.Event) { e.Targets = []annotations.Party{party("BO")} }), false},
		{"counts", shelling(), edit(func(e *annotations.Event) { e.Counts = append(e.Counts, e.Counts...) }), true},
		{"counts", shelling(), edit(func(e *annotations.Event) { e.Counts = []annotations.Count{{Min: ptr(int64(4)), What: "killed"}} }), true},
		{"", edit(func(e *annotations.Event) { e.Counts = append(e.Counts, e.Counts...) }), edit(func(e *annotations.Event) { e.Counts = append(e.Counts, e.Counts...) }), true},
		{"place", shelling(), edit(func(e *annotations.Event) { e.Place = nil }), true},
		{"", edit(func(e *annotations.Event) { e.Place = nil }), shelling(), true},
		{"origin", airlift(), with(airlift(), func(e *annotations.Event) { e.Origin = ptr("PE") }), true},
		{"destination", airlift(), with(airlift(), func(e *annotations.Event) { e.Destination = nil }), true},
		{"", airlift(), with(airlift(), func(e *annotations.Event) { e.Destination = ptr(" BO") }), true},
		{"date", shelling(), edit(func(e *annotations.Event) { e.Date = nil }), false},
		{"date", airlift(), with(airlift(), func(e *annotations.Event) { e.Date = ptr("1979") }), false},
		{"", airlift(), with(airlift(), func(e *annotations.Event) { e.Date = ptr(" ") }), true},
	} {
		s := scoreEvents(t, events(c.gold), events(c.pred))
		fields := ""
		for _, e := range s.errors {
			for _, f := range e.Fields {
				fields += f.Name
			}
		}
		if fields != c.field || (s.Whole.Matched == 1) != c.whole {
			t.Errorf("%+v against gold %+v: %q differs, whole %v; want %q %v", c.pred, c.gold, fields, s.Whole, c.field, c.whole)
		}
	}
}

func TestEventFigures(t *testing.T) {
	gold := events(shelling(), protest(), airlift())
	s := scoreEvents(t, gold, events(
		with(shelling(), func(e *annotations.Event) { e.Counts = append(e.Counts, e.Counts...); e.Date = ptr("1979-08-04") }),
		with(protest(), func(e *annotations.Event) { e.Date = ptr("1979"); e.Targets = nil }),
		with(airlift(), func(e *annotations.Event) { e.Type = "withdraw" }),
	))
	for name, got := range map[string][2]any{
		"typed":       {s.Typed, Tally{2, 3, 3}},
		"untyped":     {s.Untyped, Tally{3, 3, 3}},
		"whole":       {s.Whole, Tally{0, 3, 3}},
		"status":      {s.Status, Share{2, 2}},
		"actors":      {s.Actors, Tally{2, 2, 2}},
		"targets":     {s.Targets, Tally{1, 2, 1}},
		"counts":      {s.Counts, Tally{1, 1, 2}},
		"place":       {s.Place, Share{1, 1}},
		"date":        {s.Date, Share{0, 1}},
		"false date":  {s.FalseDate, Share{1, 1}},
		"origin":      {s.Origin, Share{}},
		"first type":  {s.ByType[0], TypeTally{"accuse", Tally{1, 1, 1}}},
		"second type": {s.ByType[1], TypeTally{"deploy", Tally{0, 1, 0}}},
		"third type":  {s.ByType[2], TypeTally{"strike", Tally{1, 1, 1}}},
		"fourth type": {s.ByType[3], TypeTally{"withdraw", Tally{0, 0, 1}}},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %v, want %v", name, got[0], got[1])
		}
	}
}

func TestEventsRefused(t *testing.T) {
	for _, c := range []struct {
		gold, pred annotations.Document
		want       string
	}{
		{annotations.Document{ID: "d", OtherEvents: true}, annotations.Document{ID: "d"}, "another form"},
		{annotations.Document{ID: "d"}, annotations.Document{ID: "d", OtherEvents: true}, "another form"},
		{annotations.Document{ID: "d", Events: []annotations.Event{{}}}, annotations.Document{ID: "d"}, "gold event 0 has no trigger"},
	} {
		_, err := Events([]annotations.Document{c.gold}, []annotations.Document{c.pred})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
	if _, err := Score([]annotations.Document{{ID: "d", OtherEvents: true}}, nil, Options{}); err == nil {
		t.Error("Score passes over gold events that it cannot score")
	}
}

func TestSplitter(t *testing.T) {
	for _, c := range []struct{ before, word, after string }{
		{"", "shelled", ""},
		{"It rained.  ", "He said it ", "stopped.) New"},
		{"", "No. 7.5 miles?'\u201d\n", "Next"},
		{"A title\n \n\n", "the body\nof it", "\n\nThe end"},
		{"Łódź! ", "Ala ma kota", ""},
	} {
		text := c.before + c.word + c.after
		at := annotations.NewOffsets(text)
		start, end := at.CodePoint(len(c.before)), at.CodePoint(len(c.before)+len(c.word))
		s := splitter{text: text}
		got := s.around(annotations.Range{Start: start, End: end})
		if got.Start != start {
			t.Errorf("%q: begins at %d, want %d", text, got.Start, start)
		}
		if rest := at.Slice(got.End, at.Len()); !strings.HasSuffix(c.after, rest) {
			t.Errorf("%q: leaves %q", text, rest)
		}
	}
	none, wild := splitter{}, splitter{text: "One. Two."}
	if r := (annotations.Range{Start: 3, End: 5}); none.around(r) != r {
		t.Error("without a text the range itself is meant")
	}
	if got := wild.around(annotations.Range{Start: 50, End: 60}); got != (annotations.Range{Start: 9, End: 9}) {
		t.Error(got)
	}
}

// The weights of assign are as great as those of any other pairing.
func TestAssign(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		n, m := 1+r.IntN(5), 1+r.IntN(5)
		w := make([][]int64, n)
		for i := range w {
			for range m {
				w[i] = append(w[i], []int64{0, 0, int64(r.IntN(5)), byTrigger + int64(r.IntN(100)), bySentence + int64(r.IntN(100))}[r.IntN(5)])
			}
		}
		rows, cols, sum := map[int]bool{}, map[int]bool{}, int64(0)
		for _, c := range assign(w) {
			if rows[c.row] || cols[c.col] || w[c.row][c.col] == 0 {
				t.Fatalf("%v: %v", w, assign(w))
			}
			rows[c.row], cols[c.col] = true, true
			sum += w[c.row][c.col]
		}
		if best := bestSum(w, 0, map[int]bool{}); sum != best {
			t.Fatalf("%v: sum %d, best %d", w, sum, best)
		}
	}
	if assign(nil) != nil || assign([][]int64{{}}) != nil {
		t.Error("nothing to pair")
	}
}

// bestSum tries all pairings of the rows from row on.
func bestSum(w [][]int64, row int, used map[int]bool) int64 {
	if row == len(w) {
		return 0
	}
	best := bestSum(w, row+1, used)
	for col, x := range w[row] {
		if !used[col] {
			used[col] = true
			best = max(best, x+bestSum(w, row+1, used))
			delete(used, col)
		}
	}
	return best
}

// Whatever the events, gold against itself is perfect and every event that is
// not found is told.
func FuzzEvents(f *testing.F) {
	f.Add("One. Two! Three", []byte{0, 3, 1, 5, 3, 2}, []byte{0, 3, 1})
	f.Add(".\"\n\n \xff", []byte{200, 250, 255}, []byte{9, 9, 9, 1, 0, 64})
	types := []string{"strike", "Strike", "meet", ""}
	read := func(b []byte) []annotations.Event {
		var out []annotations.Event
		for ; len(b) >= 3; b = b[3:] {
			at := annotations.Mention{Start: int(b[0]), End: int(b[0]) + int(b[1]%16) + 1}
			e := bare(types[b[2]%4], &at)
			if b[2]&64 != 0 {
				e.Mentions = []annotations.Mention{{Start: int(b[1]), End: int(b[1]) + 3}}
			}
			if b[2]&32 != 0 {
				e.Sentence = &annotations.Range{Start: at.Start / 2, End: at.End + 9}
			}
			out = append(out, e)
		}
		return out
	}
	f.Fuzz(func(t *testing.T, text string, gold, pred []byte) {
		if len(gold)+len(pred) > 300 {
			return
		}
		g := []annotations.Document{{ID: "d", Text: text, Events: read(gold)}}
		p := []annotations.Document{{ID: "d", Events: read(pred)}}
		s := scoreEvents(t, g, p)
		missed, spurious, otherType := 0, 0, 0
		for _, e := range s.errors {
			switch {
			case e.Kind == Missed:
				missed++
			case e.Kind == Spurious:
				spurious++
			case e.Fields[0].Name == "type":
				otherType++
			}
		}
		u := s.Untyped
		if missed != u.Gold-u.Matched || spurious != u.Predicted-u.Matched || otherType != u.Matched-s.Typed.Matched {
			t.Fatalf("%d missed, %d spurious and %d of another type do not fit %+v", missed, spurious, otherType, s)
		}
		if s = scoreEvents(t, g, g); s.Whole.Matched != len(g[0].Events) || s.ByTrigger != len(g[0].Events) {
			t.Fatalf("against itself: %+v", s)
		}
	})
}
