package evaluate

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"strings"

	"sitrep/pipeline/annotations"
)

// SpanScores are the figures over spans, summed over all documents.
type SpanScores struct {
	Documents int
	Types     []TypeScore // by name

	// People and Countries compare the sets named in each document, over the
	// documents whose gold tells them; nil where none does.
	People, Countries *Tally

	errors []Error
}

// A TypeScore holds the figures of one type of span.
type TypeScore struct {
	Type    string
	Exact   Tally        // same start and end; the same place twice counts once
	Relaxed Tally        // at least one shared character, one to one
	Value   Share        // of the relaxed pairs with a gold value: same value
	Day     Share        // of these, where it is a DATE or TIME: same day at least
	Troops  *TroopScores // of TROOP_COUNT alone
}

// TroopScores are further figures over relaxed pairs of troop counts.
type TroopScores struct {
	Exact Tally // relaxed pair and the same bounds

	// Of the relaxed pairs: same bounds; numbers within the gold bounds or equal
	// to the one bound stated; same comparator, nationality, status; status of
	// the same group (see coarse).
	Bounds, Lenient, Comparator, Nationality, Status, Coarse Share
}

// All returns the sums over all types.
func (s *SpanScores) All() (exact, relaxed Tally) {
	for _, t := range s.Types {
		exact.add(t.Exact)
		relaxed.add(t.Relaxed)
	}
	return exact, relaxed
}

// Type returns the figures of one type; false when it did not occur.
func (s *SpanScores) Type(name string) (TypeScore, bool) {
	i, ok := slices.BinarySearchFunc(s.Types, name, func(t TypeScore, n string) int { return strings.Compare(t.Type, n) })
	if !ok {
		return TypeScore{}, false
	}
	return s.Types[i], true
}

// Spans scores spans. A gold document without a prediction counts as one where
// nothing was found. It is an error when an id stands twice or a predicted text
// differs from gold.
func Spans(gold, pred []annotations.Document, o Options) (*SpanScores, error) {
	docs, err := pairs(gold, pred)
	if err != nil {
		return nil, err
	}
	s := spanScorer{Options: o, wanted: wantedTypes(gold, o), types: map[string]*TypeScore{}}
	for _, d := range docs {
		s.document(d)
	}
	out := &SpanScores{Documents: len(docs), errors: s.errors}
	for _, name := range slices.Sorted(maps.Keys(s.types)) {
		out.Types = append(out.Types, *s.types[name])
	}
	out.People, out.Countries = documentLevel(docs)
	return out, nil
}

func wantedTypes(gold []annotations.Document, o Options) map[string]bool {
	wanted := map[string]bool{}
	for _, t := range o.Types {
		wanted[t] = true
	}
	if o.Types == nil {
		for _, d := range gold {
			for _, s := range d.Spans {
				wanted[o.typeOf(s)] = true
			}
		}
	}
	return wanted
}

func (o Options) typeOf(s annotations.Span) string {
	if t, ok := o.Map[s.Type]; ok {
		return t
	}
	return s.Type
}

// optional reports spans that cost nothing where no gold span meets them: a
// region that only implies its country, a byline.
func optional(s annotations.Span) bool {
	return s.Type == annotations.Country && s.Kind == annotations.KindRegion || s.Type == annotations.Person && s.Author
}

// ignored reports gold that is neither rewarded nor punished.
func (o Options) ignored(s annotations.Span) bool {
	uncounted := s.Kind == annotations.KindIgnore || s.Kind == annotations.KindUnits && !o.Units
	return s.Type == annotations.TroopCount && uncounted || optional(s)
}

type spanScorer struct {
	Options
	wanted map[string]bool
	types  map[string]*TypeScore
	errors []Error
}

// A typed holds the spans of one type in one document.
type typed struct{ gold, ignored, pred []annotations.Span }

func (s *spanScorer) document(d pair) {
	byType := map[string]*typed{}
	get := func(span annotations.Span) *typed {
		name := s.typeOf(span)
		if byType[name] == nil {
			byType[name] = &typed{}
		}
		return byType[name]
	}
	for _, g := range d.gold.Spans {
		if t := get(g); s.ignored(g) {
			t.ignored = append(t.ignored, g)
		} else {
			t.gold = append(t.gold, g)
		}
	}
	for _, p := range d.pred.Spans {
		if t := get(p); optional(p) || !s.ignored(p) {
			t.pred = append(t.pred, p)
		}
	}
	text := cmp.Or(d.gold.Text, d.pred.Text)
	context := &excerpts{id: d.gold.ID, text: text}
	for _, name := range slices.Sorted(maps.Keys(byType)) {
		if s.wanted[name] {
			s.score(name, byType[name], context)
		}
	}
}

func (s *spanScorer) score(name string, t *typed, context *excerpts) {
	c := s.types[name]
	if c == nil {
		c = &TypeScore{Type: name}
		if name == annotations.TroopCount {
			c.Troops = &TroopScores{}
		}
		s.types[name] = c
	}
	matches := match(t.gold, t.pred)
	goldHit, predHit := make([]bool, len(t.gold)), make([]bool, len(t.pred))
	for _, m := range matches {
		goldHit[m.gold], predHit[m.pred] = true, true
	}
	spurious, kept := t.leftOver(predHit)
	c.Relaxed.add(Tally{len(matches), len(t.gold), len(kept)})
	c.Exact.add(exact(t.gold, kept))
	if c.Troops != nil {
		c.Troops.Exact.add(Tally{0, len(t.gold), len(kept)})
	}
	for i, g := range t.gold {
		if !goldHit[i] {
			s.errors = append(s.errors, context.span(Missed, name, g))
		}
	}
	for _, p := range spurious {
		s.errors = append(s.errors, context.span(Spurious, name, p))
	}
	for _, m := range matches {
		if wrong := c.compare(t.gold[m.gold], t.pred[m.pred]); wrong != nil {
			e := context.span(Wrong, name, t.gold[m.gold])
			e.Fields = wrong
			s.errors = append(s.errors, e)
		}
	}
}

// leftOver returns the predictions that are wrong, and all that count. A
// prediction that hit nothing does not count if it is optional or touches
// ignored gold.
func (t *typed) leftOver(hit []bool) (spurious, kept []annotations.Span) {
	touch := newFinder(t.ignored)
	for j, p := range t.pred {
		if !hit[j] && (optional(p) || touch.any(p)) {
			continue
		}
		kept = append(kept, p)
		if !hit[j] {
			spurious = append(spurious, p)
		}
	}
	return spurious, kept
}

// exact compares the sets of places.
func exact(gold, pred []annotations.Span) Tally {
	places := func(spans []annotations.Span) map[annotations.Range]bool {
		set := make(map[annotations.Range]bool, len(spans))
		for _, s := range spans {
			set[annotations.Range{Start: s.Start, End: s.End}] = true
		}
		return set
	}
	g, p := places(gold), places(pred)
	t := Tally{Gold: len(g), Predicted: len(p)}
	for r := range g {
		if p[r] {
			t.Matched++
		}
	}
	return t
}

// A matched pair of indices, with what it is ordered by.
type matched struct{ gold, pred, overlap, distance int }

// match pairs spans one to one, longest overlap first, then nearer starts, then
// (so that every run agrees) the later in the lists.
func match(gold, pred []annotations.Span) []matched {
	var all []matched
	near := newFinder(pred)
	for i, g := range gold {
		for j := range near.overlapping(g) {
			all = append(all, matched{i, j, overlap(g, pred[j]), abs(g.Start - pred[j].Start)})
		}
	}
	slices.SortFunc(all, func(a, b matched) int {
		return cmp.Or(b.overlap-a.overlap, a.distance-b.distance, b.gold-a.gold, b.pred-a.pred)
	})
	goldHit, predHit := make([]bool, len(gold)), make([]bool, len(pred))
	out := all[:0]
	for _, m := range all {
		if !goldHit[m.gold] && !predHit[m.pred] {
			goldHit[m.gold], predHit[m.pred] = true, true
			out = append(out, m)
		}
	}
	return out
}

func overlap(a, b annotations.Span) int { return min(a.End, b.End) - max(a.Start, b.Start) }

func abs(n int) int { return max(n, -n) }

// A finder finds the spans that overlap another without trying all.
type finder struct {
	spans []annotations.Span
	order []int // indices of spans by start
	reach []int // furthest end of order[:i+1]
}

func newFinder(spans []annotations.Span) finder {
	f := finder{spans: spans, order: make([]int, len(spans)), reach: make([]int, len(spans))}
	for i := range spans {
		f.order[i] = i
	}
	slices.SortFunc(f.order, func(a, b int) int { return spans[a].Start - spans[b].Start })
	for i, at := range f.order {
		f.reach[i] = spans[at].End
		if i > 0 {
			f.reach[i] = max(f.reach[i], f.reach[i-1])
		}
	}
	return f
}

// overlapping yields the indices of the spans that share a character with s.
func (f finder) overlapping(s annotations.Span) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		i := sort.Search(len(f.order), func(i int) bool { return f.spans[f.order[i]].Start >= s.End })
		for i--; i >= 0 && f.reach[i] > s.Start; i-- {
			if overlap(f.spans[f.order[i]], s) > 0 && !yield(f.order[i]) {
				return
			}
		}
	}
}

func (f finder) any(s annotations.Span) bool {
	for range f.overlapping(s) {
		return true
	}
	return false
}

// compare counts the fields of a relaxed pair and returns those that differ.
func (c *TypeScore) compare(g, p annotations.Span) []Field {
	switch c.Type {
	case annotations.TroopCount:
		return c.Troops.compare(g, p)
	case annotations.Date, annotations.Time, annotations.Duration, annotations.Set, annotations.Country, annotations.Person:
		return c.compareValue(g.Value, p.Value)
	}
	return nil
}

func (c *TypeScore) compareValue(gold, pred *string) []Field {
	dated := c.Type == annotations.Date || c.Type == annotations.Time
	if gold == nil || dated && unresolved(*gold) {
		return nil
	}
	same := equal(gold, pred, norm)
	c.Value.note(same)
	if dated {
		c.Day.note(same || pred != nil && *pred != "" && day(*gold) == day(*pred))
	}
	if same {
		return nil
	}
	return []Field{{"value", *gold, show(pred)}}
}

// unresolved reports a date whose day part has places left open ("XXXX-05-10").
func unresolved(date string) bool {
	dayPart, _, _ := strings.Cut(date, "T")
	return strings.Contains(dayPart, "X")
}

// day returns the first ten letters of a value: YYYY-MM-DD where it has a day.
func day(value string) string {
	r := []rune(norm(value))
	return string(r[:min(10, len(r))])
}

// coarse groups the statuses of troops.
var coarse = map[string]string{
	"present": "in_place", "deployed": "in_place", "arriving": "in_place",
	"planned":   "planned",
	"withdrawn": "withdrawn",
	"killed":    "losses", "wounded": "losses", "casualties": "losses",
	"captured": "captured", "missing": "captured",
	"unknown": "unknown",
}

func (c *TroopScores) compare(g, p annotations.Span) []Field {
	var wrong []Field
	note := func(s *Share, field string, same bool, gold, pred string) {
		if s.note(same); !same {
			wrong = append(wrong, Field{field, gold, pred})
		}
	}
	same := equal(g.Min, p.Min, identity) && equal(g.Max, p.Max, identity)
	if same {
		c.Exact.Matched++
	}
	note(&c.Bounds, "bounds", same, bounds(g.Min, g.Max), bounds(p.Min, p.Max))
	note(&c.Comparator, "comparator", g.Comparator == p.Comparator, g.Comparator, p.Comparator)
	note(&c.Nationality, "nationality", equal(g.Nationality, p.Nationality, identity), show(g.Nationality), show(p.Nationality))
	note(&c.Status, "status", g.Status == p.Status, g.Status, p.Status)
	c.Lenient.note(same || lenient(g, p))
	c.Coarse.note(coarse[g.Status] == coarse[p.Status])
	return wrong
}

// lenient reports that the predicted numbers lie within the gold bounds, or
// that one of them is the bound that "at least" or "at most" states.
func lenient(g, p annotations.Span) bool {
	stated := g.Comparator == "at_least" || g.Comparator == "at_most"
	given, within := false, true
	for _, n := range []*int64{p.Min, p.Max} {
		if n == nil {
			continue
		}
		if stated && (equal(n, g.Min, identity) || equal(n, g.Max, identity)) {
			return true
		}
		low := int64(0)
		if g.Min != nil {
			low = *g.Min
		}
		given = true
		within = within && low <= *n && (g.Max == nil || *n <= *g.Max)
	}
	return given && within
}

func identity[T any](v T) T { return v }

// equal compares what two pointers point to; nil equals only nil.
func equal[T comparable](a, b *T, form func(T) T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return form(*a) == form(*b)
}
