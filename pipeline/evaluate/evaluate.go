// Package evaluate measures what was found against gold: spans, their values,
// the people and countries of an article, and events. It defines the project's
// figures; the sets of evaluation texts and the rules are described where the
// texts are kept.
//
// It does not know how anything is found, and reads and writes no files.
package evaluate

import (
	"fmt"

	"sitrep/pipeline/annotations"
)

// Options say what is scored.
type Options struct {
	Types []string          // span types to score, after Map; nil for all that gold has
	Map   map[string]string // span types to rename first, in gold and prediction
	Units bool              // score troop counts of kind "units" too
}

// A Report holds what was measured; a nil part was not.
type Report struct {
	Spans    *SpanScores
	Events   *EventScores
	Metadata *MetadataScores
	Warnings []string // documents and gold that do not fit, for the user to read
}

// Score measures spans where any gold document has a list of spans, and events
// where any has a list of events. Errors are those of Spans and Events.
func Score(gold, pred []annotations.Document, o Options) (Report, error) {
	var r Report
	var err error
	for _, d := range gold {
		if d.Spans != nil && r.Spans == nil {
			if r.Spans, err = Spans(gold, pred, o); err != nil {
				return r, err
			}
		}
		if (d.Events != nil || d.OtherEvents) && r.Events == nil {
			if r.Events, err = Events(gold, pred); err != nil {
				return r, err
			}
		}
	}
	r.Warnings = warnings(gold, pred, r.Events != nil)
	return r, nil
}

// A Tally compares two lists one to one.
type Tally struct{ Matched, Gold, Predicted int }

// Precision returns the share of predictions that are right, 0 without any.
func (t Tally) Precision() float64 { return ratio(t.Matched, t.Predicted) }

// Recall returns the share of gold that was found, 0 without any.
func (t Tally) Recall() float64 { return ratio(t.Matched, t.Gold) }

// F1 returns the harmonic mean of precision and recall, 0 without either list.
func (t Tally) F1() float64 { return ratio(2*t.Matched, t.Gold+t.Predicted) }

func (t *Tally) add(o Tally) {
	t.Matched += o.Matched
	t.Gold += o.Gold
	t.Predicted += o.Predicted
}

// A Share is a part of a number of cases.
type Share struct{ Count, Of int }

// Ratio returns the share, 0 without cases.
func (s Share) Ratio() float64 { return ratio(s.Count, s.Of) }

// note adds a case, and counts it when it is one of the part.
func (s *Share) note(part bool) {
	s.Of++
	if part {
		s.Count++
	}
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// A pair is a gold document and its prediction, empty where there is none.
type pair struct{ gold, pred annotations.Document }

// pairs puts predictions beside gold, in the order of gold. An id twice in
// either list and two texts that differ are errors.
func pairs(gold, pred []annotations.Document) ([]pair, error) {
	byID := make(map[string]annotations.Document, len(pred))
	for _, d := range pred {
		if _, twice := byID[d.ID]; twice {
			return nil, fmt.Errorf("two predicted documents have the id %q", d.ID)
		}
		byID[d.ID] = d
	}
	seen := make(map[string]bool, len(gold))
	out := make([]pair, 0, len(gold))
	for _, g := range gold {
		p := byID[g.ID]
		if seen[g.ID] {
			return nil, fmt.Errorf("two gold documents have the id %q", g.ID)
		}
		if g.Text != "" && p.Text != "" && g.Text != p.Text {
			return nil, fmt.Errorf("document %s: the texts of gold and prediction differ", g.ID)
		}
		seen[g.ID] = true
		out = append(out, pair{g, p})
	}
	return out, nil
}

// warnings tells of predictions without gold and, if asked, of gold triggers
// that do not stand where they say.
func warnings(gold, pred []annotations.Document, events bool) []string {
	var out []string
	known := make(map[string]bool, len(gold))
	for _, g := range gold {
		known[g.ID] = true
		if !events || g.Text == "" {
			continue
		}
		at := annotations.NewOffsets(g.Text)
		for _, e := range g.Events {
			if t := e.Trigger; t != nil && t.Text != "" && at.Slice(t.Start, t.End) != t.Text {
				out = append(out, fmt.Sprintf("document %s: the gold trigger %q is not the text at %d-%d", g.ID, t.Text, t.Start, t.End))
			}
		}
	}
	extra := 0
	for _, p := range pred {
		if !known[p.ID] {
			extra++
		}
	}
	if extra > 0 {
		out = append(out, fmt.Sprintf("%d predicted documents are not in gold", extra))
	}
	return out
}
