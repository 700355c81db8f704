package evaluate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sitrep/pipeline/annotations"
)

// EventScores are the figures over events, summed over all documents. All but
// Untyped and ByType are of typed pairs: same type, and the predicted trigger
// touches the gold trigger, one of its mentions, or a sentence of these.
type EventScores struct {
	Documents  int
	Typed      Tally
	Untyped    Tally // typed pairs, then what is left, whatever the type
	Whole      Tally // status, actor and target countries and date equal too
	ByTrigger  int   // typed pairs whose triggers touch
	BySentence int   // typed pairs of the same sentence only

	Status          Share
	Actors, Targets Tally // sets of countries
	Counts          Tally // lists of bounds and what is counted
	// Of the pairs where gold has one, the same.
	Place, Date, Origin, Destination Share
	FalseDate                        Share // of the pairs without a gold date, those with a predicted one

	ByType []TypeTally // by name

	Forecasts []Forecast // of predictions that tell their confidence, in their order

	errors []Error
}

// A TypeTally holds the typed pairs of one event type, in lower case.
type TypeTally struct {
	Type string
	Tally
}

// Events scores events. A gold document without a prediction counts as one
// where nothing was found. It is an error when an id stands twice, a predicted
// text differs from gold, events have another form than annotations.Event, or a
// gold event has no trigger.
func Events(gold, pred []annotations.Document) (*EventScores, error) {
	docs, err := pairs(gold, pred)
	if err != nil {
		return nil, err
	}
	if err := checkEvents(gold, pred); err != nil {
		return nil, err
	}
	s := eventScorer{types: map[string]Tally{}}
	s.Documents = len(docs)
	for _, d := range docs {
		s.document(d)
	}
	for _, name := range slices.Sorted(maps.Keys(s.types)) {
		s.ByType = append(s.ByType, TypeTally{name, s.types[name]})
	}
	return &s.EventScores, nil
}

func checkEvents(gold, pred []annotations.Document) error {
	for _, d := range slices.Concat(gold, pred) {
		if d.OtherEvents {
			return fmt.Errorf("document %s: its events have another form than ours", d.ID)
		}
	}
	for _, d := range gold {
		for i, e := range d.Events {
			if e.Trigger == nil || !e.Trigger.Range().Known() {
				return fmt.Errorf("document %s: gold event %d has no trigger", d.ID, i)
			}
		}
	}
	return nil
}

// The weights of pairs: touching triggers before shared sentences, both before
// nearness, which is at most 99.
const (
	byTrigger  = int64(1e12)
	bySentence = int64(1e6)
)

type eventScorer struct {
	EventScores
	types map[string]Tally
}

func (s *eventScorer) document(d pair) {
	gold, pred := d.gold.Events, d.pred.Events
	text := cmp.Or(d.gold.Text, d.pred.Text)
	places := locate(gold, text)
	any, same := make([][]int64, len(gold)), make([][]int64, len(gold))
	for i, g := range gold {
		any[i], same[i] = make([]int64, len(pred)), make([]int64, len(pred))
		for j, p := range pred {
			any[i][j] = places[i].weight(p)
			if eventType(g) == eventType(p) {
				same[i][j] = any[i][j]
			}
		}
	}
	pairs := assign(same)
	rest := assignRest(any, len(pred), pairs)
	s.count(gold, pred, pairs, len(rest))
	s.forecast(pred, pairs)
	context := &excerpts{id: d.gold.ID, text: text}
	s.errors = append(s.errors, detectionErrors(context, gold, pred, pairs, rest)...)
	for _, c := range pairs {
		if any[c.row][c.col] >= byTrigger {
			s.ByTrigger++
		} else {
			s.BySentence++
		}
		if wrong := s.compare(gold[c.row], pred[c.col]); wrong != nil {
			e := context.event(Wrong, gold[c.row])
			e.Fields = wrong
			s.errors = append(s.errors, e)
		}
	}
}

func (s *eventScorer) count(gold, pred []annotations.Event, pairs []cell, rest int) {
	s.Typed.add(Tally{len(pairs), len(gold), len(pred)})
	s.Untyped.add(Tally{len(pairs) + rest, len(gold), len(pred)})
	s.Whole.add(Tally{0, len(gold), len(pred)})
	note := func(e annotations.Event, one Tally) {
		t := s.types[eventType(e)]
		t.add(one)
		s.types[eventType(e)] = t
	}
	for _, e := range gold {
		note(e, Tally{Gold: 1})
	}
	for _, e := range pred {
		note(e, Tally{Predicted: 1})
	}
	for _, c := range pairs {
		note(gold[c.row], Tally{Matched: 1})
	}
}

// forecast notes which of the predictions are right.
func (s *eventScorer) forecast(pred []annotations.Event, pairs []cell) {
	right := make([]bool, len(pred))
	for _, c := range pairs {
		right[c.col] = true
	}
	for i, p := range pred {
		if p.Confidence != nil {
			s.Forecasts = append(s.Forecasts, Forecast{*p.Confidence, right[i]})
		}
	}
}

// assignRest pairs the rows and columns that pairs leaves over.
func assignRest(w [][]int64, columns int, pairs []cell) []cell {
	rowTaken, colTaken := make([]bool, len(w)), make([]bool, columns)
	for _, c := range pairs {
		rowTaken[c.row], colTaken[c.col] = true, true
	}
	rows, cols := free(rowTaken), free(colTaken)
	sub := make([][]int64, len(rows))
	for i, row := range rows {
		for _, col := range cols {
			sub[i] = append(sub[i], w[row][col])
		}
	}
	cells := assign(sub)
	for i, c := range cells {
		cells[i] = cell{rows[c.row], cols[c.col]}
	}
	return cells
}

func free(taken []bool) []int {
	var out []int
	for i, t := range taken {
		if !t {
			out = append(out, i)
		}
	}
	return out
}

// detectionErrors tells of events missed, found with another type, and spurious.
func detectionErrors(context *excerpts, gold, pred []annotations.Event, pairs, rest []cell) []Error {
	var out []Error
	goldHit, predHit := make([]bool, len(gold)), make([]bool, len(pred))
	for _, c := range pairs {
		goldHit[c.row], predHit[c.col] = true, true
	}
	other := map[int]int{}
	for _, c := range rest {
		other[c.row], predHit[c.col] = c.col, true
	}
	for i, g := range gold {
		if goldHit[i] {
			continue
		}
		e := context.event(Missed, g)
		if j, ok := other[i]; ok {
			e.Kind = Wrong
			e.Fields = []Field{{"type", eventType(g), eventType(pred[j])}}
		}
		out = append(out, e)
	}
	for j, p := range pred {
		if !predHit[j] {
			out = append(out, context.event(Spurious, p))
		}
	}
	return out
}

// compare counts the fields of a typed pair and returns those that differ.
func (s *eventScorer) compare(g, p annotations.Event) []Field {
	var wrong []Field
	whole := true
	if s.Status.note(g.Status == p.Status); g.Status != p.Status {
		wrong, whole = append(wrong, Field{"status", g.Status, p.Status}), false
	}
	for _, f := range []struct {
		name       string
		t          *Tally
		gold, pred []annotations.Party
	}{{"actors", &s.Actors, g.Actors, p.Actors}, {"targets", &s.Targets, g.Targets, p.Targets}} {
		x, y := countries(f.gold), countries(f.pred)
		if f.t.add(compareSets(x, y)); !maps.Equal(x, y) {
			wrong, whole = append(wrong, Field{f.name, showSet(x), showSet(y)}), false
		}
	}
	x, y := counts(g), counts(p)
	if s.Counts.add(compareSets(x, y)); !maps.Equal(x, y) {
		wrong = append(wrong, Field{"counts", showCounts(g.Counts), showCounts(p.Counts)})
	}
	for _, f := range []struct {
		name       string
		s          *Share
		gold, pred *string
	}{{"place", &s.Place, country(g.Place), country(p.Place)}, {"origin", &s.Origin, g.Origin, p.Origin},
		{"destination", &s.Destination, g.Destination, p.Destination}, {"date", &s.Date, g.Date, p.Date}} {
		x, y := trimmed(f.gold), trimmed(f.pred)
		if x == "" {
			continue
		}
		if f.s.note(x == y); x != y {
			wrong = append(wrong, Field{f.name, x, y})
			whole = whole && f.name != "date"
		}
	}
	if trimmed(g.Date) == "" {
		predicted := trimmed(p.Date)
		if s.FalseDate.note(predicted != ""); predicted != "" {
			wrong, whole = append(wrong, Field{"date", "", predicted}), false
		}
	}
	if whole {
		s.Whole.Matched++
	}
	return wrong
}

func eventType(e annotations.Event) string { return strings.ToLower(e.Type) }

func trimmed(s *string) string {
	if s == nil {
		return ""
	}
	return strings.TrimFunc(*s, blank)
}

// countries returns the set of ISO codes, upper case.
func countries(parties []annotations.Party) map[string]int {
	set := map[string]int{}
	for _, p := range parties {
		if p.Country != nil && *p.Country != "" {
			set[strings.ToUpper(*p.Country)] = 1
		}
	}
	return set
}

func country(p *annotations.Party) *string {
	if p == nil || p.Country == nil {
		return nil
	}
	iso := strings.ToUpper(*p.Country)
	return &iso
}

// A tallied count is what makes two counts of events equal.
type tallied struct {
	min, max       int64
	hasMin, hasMax bool
	what           string
}

func counts(e annotations.Event) map[tallied]int {
	set := map[tallied]int{}
	for _, c := range e.Counts {
		t := tallied{what: c.What, hasMin: c.Min != nil, hasMax: c.Max != nil}
		if t.hasMin {
			t.min = *c.Min
		}
		if t.hasMax {
			t.max = *c.Max
		}
		set[t]++
	}
	return set
}

// compareSets compares multisets, given as the number of times of each member.
func compareSets[T comparable](gold, pred map[T]int) Tally {
	var t Tally
	for k, n := range gold {
		t.Gold += n
		t.Matched += min(n, pred[k])
	}
	for _, n := range pred {
		t.Predicted += n
	}
	return t
}
