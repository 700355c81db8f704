package evaluate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sitrep/extractors/evaldata"
	"sitrep/pipeline/annotations"
)

// A trial is one comparison with the Python scorers, on the same two files.
type trial struct {
	Gold  string            `json:"gold"`
	Pred  string            `json:"pred"`
	Types []string          `json:"types"`
	Map   map[string]string `json:"map"`
	Units bool              `json:"units"`
}

// driver scores every trial with the Python modules and prints their counts.
const driver = `
import json, sys
sys.path.insert(0, sys.argv[1])
import score, score_events
out = []
for t in json.load(sys.stdin):
    gold, pred = score.load(t['gold']), score.load(t['pred'])
    m = t['map'] or {}
    types = set(t['types'] or []) or {m.get(s['type'], s['type']) for d in gold.values() for s in d.get('spans', [])}
    C, _, _ = score.score(gold, pred, types, m, t['units'])
    E, _ = score_events.score(gold, pred)
    out.append({'types': C, 'documents': score.doc_level(gold, pred), 'events': E})
json.dump(out, sys.stdout)
`

type pythonScores struct {
	Types     map[string]map[string]int
	Documents map[string][3]int
	Events    json.RawMessage
}

// runPython runs a program that reads in as JSON from its standard input and
// writes out. Its first argument is the folder of the scorers.
func runPython(t *testing.T, program string, in, out any) {
	t.Helper()
	dir := filepath.Dir(evaldata.Path(t, "eval/score.py"))
	exe, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("CI must have python3")
		}
		t.Skip("needs python3")
	}
	input, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "-B", "-c", program, dir)
	cmd.Stdin = bytes.NewReader(input)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	if err := json.Unmarshal(output, out); err != nil {
		t.Fatal(err)
	}
}

// Perturbed gold scores the same here and in the Python scorers.
func TestAgainstPython(t *testing.T) {
	var trials []trial
	dir := t.TempDir()
	for _, name := range []string{"articles_gold", "web", "troops_sentences", "events", "timebank", "conll2003", "web_noevents"} {
		path := evaldata.Path(t, "eval/dev/"+name+".jsonl")
		gold := readFile(t, path)
		for seed := range uint64(8) {
			p := perturber{rand.New(rand.NewPCG(seed, 7)), float64(seed) / 12}
			other := filepath.Join(dir, fmt.Sprintf("%s-%d.jsonl", name, seed))
			swapped := seed == 3 || seed == 7 // the perturbed file as gold
			writeFile(t, other, p.documents(gold, swapped))
			x := trial{Gold: path, Pred: other, Units: seed%2 == 1}
			if swapped {
				x.Gold, x.Pred = x.Pred, x.Gold
			}
			if seed == 4 {
				x.Map = map[string]string{"LOC": "PLACE", "TIME": "DATE", "PERSON": "ORG"}
			}
			if seed == 5 {
				x.Types = []string{"PERSON", "TROOP_COUNT", "DATE", "NONE"}
			}
			trials = append(trials, x)
		}
	}
	var scores []pythonScores
	runPython(t, driver, trials, &scores)
	for i, want := range scores {
		x := trials[i]
		r, err := Score(readFile(t, x.Gold), readFile(t, x.Pred), Options{Types: x.Types, Map: x.Map, Units: x.Units})
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("trial %d (%s, %s)", i, filepath.Base(x.Gold), filepath.Base(x.Pred))
		if r.Spans != nil {
			compareSpans(t, name, r.Spans, want)
		}
		if r.Events != nil {
			compareEvents(t, name, r, want.Events)
		}
	}
}

// The stretch around a trigger without a sentence is the one that the Python
// scorer takes, whatever the stops, quotes and blanks around it.
func TestSplitterAgainstPython(t *testing.T) {
	const program = `
import json, sys
sys.path.insert(0, sys.argv[1])
import score_events
json.dump([score_events.fallback_sentence(x['text'], (x['start'], x['end'])) for x in json.load(sys.stdin)], sys.stdout)
`
	type question struct {
		Text  string `json:"text"`
		Start int    `json:"start"`
		End   int    `json:"end"`
	}
	p := perturber{rand.New(rand.NewPCG(5, 6)), 0}
	var asked []question
	for range 3000 {
		var b strings.Builder
		for range 1 + p.IntN(25) {
			b.WriteString(one(p, "a", "Łó", " ", ".", "!", "?", "\n", "\t", "\"", "'", ")", "]", "”", "’", "“", "\u00a0", "\x1f", "\r\n"))
		}
		n := annotations.NewOffsets(b.String()).Len()
		start := p.IntN(n)
		asked = append(asked, question{b.String(), start, start + 1 + p.IntN(n-start)})
	}
	var answers [][2]int
	runPython(t, program, asked, &answers)
	for i, want := range answers {
		s := splitter{text: asked[i].Text}
		got := s.around(annotations.Range{Start: asked[i].Start, End: asked[i].End})
		if got != (annotations.Range{Start: want[0], End: want[1]}) {
			t.Fatalf("%+v: %v, Python has %v", asked[i], got, want)
		}
	}
}

// Two values are equal here when they are in Python.
func TestNormAgainstPython(t *testing.T) {
	const program = `
import json, sys
sys.path.insert(0, sys.argv[1])
import score
json.dump([score.norm(a) == score.norm(b) for a, b in json.load(sys.stdin)], sys.stdout)
`
	p := perturber{rand.New(rand.NewPCG(8, 9)), 0}
	word := func() string {
		var b strings.Builder
		for range 1 + p.IntN(3) {
			b.WriteString(one(p, "s", "S", "ß", "\u1e9e", "\u017f", " ", "\u00a0 ", "\u2003", "\x1c", "\u200b", "σ", "ς", "Σ", "i", "I", "İ", "ı", "k", "\u212a", "ﬁ", "fi", "é", "É"))
		}
		return b.String()
	}
	var asked [][2]string
	for range 20000 {
		asked = append(asked, [2]string{word(), word()})
	}
	var answers []bool
	runPython(t, program, asked, &answers)
	for i, want := range answers {
		if (norm(asked[i][0]) == norm(asked[i][1])) != want {
			t.Errorf("%q: equal = %v, Python has %v", asked[i], !want, want)
		}
	}
}

func compareSpans(t *testing.T, name string, got *SpanScores, want pythonScores) {
	t.Helper()
	if len(got.Types) != len(want.Types) {
		t.Errorf("%s: %d types, Python has %d", name, len(got.Types), len(want.Types))
	}
	for typ, c := range want.Types {
		s, ok := got.Type(typ)
		if !ok {
			t.Errorf("%s: no figures for %s", name, typ)
			continue
		}
		counts := map[string]int{
			"gold": s.Relaxed.Gold, "pred": s.Relaxed.Predicted, "relaxed": s.Relaxed.Matched,
			"gold_set": s.Exact.Gold, "pred_set": s.Exact.Predicted, "exact": s.Exact.Matched,
			"val_n": s.Value.Of, "val_ok": s.Value.Count, "val_day": s.Day.Count,
		}
		if x := s.Troops; x != nil {
			counts["troop_exact"] = x.Exact.Matched
			counts["troop_lenient"], counts["comparator_ok"], counts["nat_ok"] = x.Lenient.Count, x.Comparator.Count, x.Nationality.Count
			counts["status_ok"], counts["status_coarse_ok"] = x.Status.Count, x.Coarse.Count
			if x.Exact.Gold != c["gold"] || x.Exact.Predicted != c["pred"] || x.Bounds.Count != c["troop_exact"] || x.Lenient.Of != c["relaxed"] {
				t.Errorf("%s: %+v, Python has %v", name, x, c)
			}
		}
		for key := range c {
			if _, known := counts[key]; !known {
				t.Errorf("%s: Python also counts %s", name, key)
			}
		}
		for key, n := range counts {
			if c[key] != n {
				t.Errorf("%s: %s %s = %d, Python has %d", name, typ, key, n, c[key])
			}
		}
	}
	for key, tally := range map[string]*Tally{"people": got.People, "countries": got.Countries} {
		if tally == nil {
			if want.Documents != nil {
				t.Errorf("%s: no %s", name, key)
			}
			continue
		}
		if w := want.Documents[key]; w != [3]int{tally.Matched, tally.Gold, tally.Predicted} {
			t.Errorf("%s: %s = %+v, Python has %v", name, key, *tally, w)
		}
	}
}

// compareEvents compares every number that Python gives with ours of the same
// path. Python rounds ratios to four places.
func compareEvents(t *testing.T, name string, got Report, want json.RawMessage) {
	t.Helper()
	var tree map[string]any
	if err := json.Unmarshal(want, &tree); err != nil {
		t.Fatal(err)
	}
	n := 0
	var walk func(path string, v any)
	walk = func(path string, v any) {
		if group, ok := v.(map[string]any); ok {
			for key, sub := range group {
				walk(path+"."+key, sub)
			}
			return
		}
		n++
		value, ok := got.Lookup(path)
		w, isNumber := v.(float64)
		if ok != isNumber || math.Abs(value-w) > 0.5e-4+1e-9 {
			t.Errorf("%s: %s = %v (%v), Python has %v", name, path, value, ok, v)
		}
	}
	walk("events", tree)
	if n < 50 {
		t.Errorf("%s: only %d figures compared", name, n)
	}
}

func readFile(t *testing.T, path string) []annotations.Document {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	docs, err := annotations.Read(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return docs
}

func writeFile(t *testing.T, path string, docs []annotations.Document) {
	t.Helper()
	var b bytes.Buffer
	for _, d := range docs {
		if err := annotations.Write(&b, d); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A perturber changes documents at random, more often the greater rate is. At 0
// it changes nothing.
type perturber struct {
	*rand.Rand
	rate float64
}

func (p perturber) chance() bool { return p.Float64() < p.rate }

// seldom is as rare as two chances in a row.
func (p perturber) seldom() bool { return p.Float64() < p.rate*p.rate }

func one[T any](p perturber, xs ...T) T { return xs[p.IntN(len(xs))] }

func (p perturber) documents(docs []annotations.Document, asGold bool) []annotations.Document {
	var out []annotations.Document
	for _, d := range docs {
		if p.seldom() {
			continue
		}
		n := annotations.NewOffsets(d.Text).Len()
		if !asGold {
			d.Gold = nil
			if p.chance() {
				d.Text = ""
			}
		}
		if d.Spans != nil {
			d.Spans = p.spans(d.Spans, n)
		}
		if d.Events != nil {
			d.Events = p.events(d.Events, n, asGold)
		}
		out = append(out, d)
	}
	if p.rate > 0 {
		out = append(out, annotations.Document{ID: "nobody's"})
	}
	p.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func (p perturber) spans(spans []annotations.Span, n int) []annotations.Span {
	var out []annotations.Span
	for _, s := range spans {
		if p.seldom() {
			continue
		}
		if p.seldom() {
			out = append(out, s)
		}
		out = append(out, p.span(s))
	}
	for p.chance() {
		start := p.IntN(max(n, 1))
		s := annotations.Span{Start: start, End: start + 1 + p.IntN(12), Type: one(p, "PERSON", "COUNTRY", "DATE", "TROOP_COUNT", "LOC")}
		out = append(out, p.span(s))
	}
	if p.chance() {
		p.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	return out
}

func (p perturber) span(s annotations.Span) annotations.Span {
	if p.chance() {
		s.Start = max(0, s.Start+p.IntN(7)-3)
		s.End = max(s.Start+1, s.End+p.IntN(7)-3)
	}
	if p.seldom() {
		s.Type = one(p, "PERSON", "COUNTRY", "PLACE", "ORG", "DATE", "TIME", "DURATION", "TROOP_COUNT")
	}
	if p.chance() {
		s.Value = p.value(s.Value)
	}
	if p.seldom() {
		s.Kind = one(p, "region", "units", "ignore", "people", "name", "")
	}
	if p.seldom() {
		s.Author = !s.Author
	}
	if s.Type == annotations.TroopCount && p.chance() {
		s.Min, s.Max = p.bound(s.Min), p.bound(s.Max)
		s.Comparator = one(p, s.Comparator, "exact", "at_least", "at_most", "approx")
		s.Nationality = one(p, s.Nationality, nil, ptr("FR"))
		s.Status = one(p, s.Status, "present", "arriving", "killed", "captured", "missing", "unknown", "novel")
	}
	return s
}

func (p perturber) value(v *string) *string {
	if v == nil {
		return one(p, nil, ptr(""), ptr("1999-01-01"))
	}
	return one(p, nil, ptr(strings.ToUpper(*v)), ptr(" "+strings.ReplaceAll(*v, " ", " \u00a0\t")), ptr(*v+"T12:00"), ptr("XXXX-05"), ptr(*v+"ß"), ptr(""))
}

func (p perturber) bound(n *int64) *int64 {
	if n == nil {
		return one(p, nil, ptr(int64(p.IntN(5000))))
	}
	return one(p, n, nil, ptr(*n+1), ptr(*n/2), ptr(*n*2))
}

func (p perturber) events(events []annotations.Event, n int, asGold bool) []annotations.Event {
	out := []annotations.Event{}
	for _, e := range events {
		if p.seldom() {
			continue
		}
		if p.seldom() {
			out = append(out, e)
		}
		out = append(out, p.event(e, n, asGold))
	}
	for !asGold && p.chance() {
		start := p.IntN(max(n, 1))
		out = append(out, annotations.Event{Type: one(p, "strike", "meet", ""), Trigger: &annotations.Mention{Start: start, End: start + 1 + p.IntN(9)}})
	}
	if p.chance() {
		p.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	return out
}

func (p perturber) event(e annotations.Event, n int, asGold bool) annotations.Event {
	if p.chance() {
		e.Type = one(p, "strike", "attack", "Deploy", "meet", "", e.Type, strings.ToUpper(e.Type))
	}
	if p.chance() {
		e.Status = one(p, "occurred", "planned", "")
	}
	if p.chance() {
		t := *e.Trigger
		shift := p.IntN(300) - 150
		t.Start, t.End = max(0, t.Start+shift), max(1, t.End+shift)
		if asGold {
			t.Start, t.End = min(t.Start, n-1), min(t.End, n)
		}
		e.Trigger = &t
	}
	if !asGold && p.seldom() {
		e.Trigger = one(p, nil, &annotations.Mention{Start: -1, End: -1, Text: "?"}, &annotations.Mention{Start: 5, End: -1})
	}
	if p.chance() {
		e.Sentence = one(p, nil, e.Sentence, &annotations.Range{Start: 3, End: 40})
	}
	if p.chance() {
		e.Mentions = nil
	}
	if p.chance() {
		e.Actors, e.Targets = e.Targets, e.Actors
	}
	if p.chance() {
		e.Actors = append([]annotations.Party{{Country: ptr(one(p, "fr", "FR", "IQ", ""))}, {}}, e.Actors...)
	}
	if p.chance() {
		e.Place = one(p, nil, &annotations.Party{}, &annotations.Party{Country: ptr("iq")}, &annotations.Party{Country: ptr("")})
	}
	for _, field := range []**string{&e.Origin, &e.Destination, &e.Date} {
		if p.chance() {
			*field = one(p, nil, ptr("IQ"), ptr(" "), ptr("1990-08-02"))
		}
	}
	if p.chance() {
		e.Counts = append(append([]annotations.Count{}, e.Counts...), e.Counts...)
	}
	if p.chance() {
		e.Counts = append([]annotations.Count{{Min: ptr(int64(3)), What: one(p, "killed", "troops")}}, e.Counts...)
	}
	return e
}

func ptr[T any](v T) *T { return &v }
