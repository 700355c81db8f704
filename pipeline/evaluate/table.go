package evaluate

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
)

// WriteTable writes the report for people, with byType also the detection of
// each type of event.
func (r Report) WriteTable(w io.Writer, byType bool) error {
	var b bytes.Buffer
	if r.Spans != nil {
		r.Spans.table(&b)
	}
	if r.Spans != nil && r.Events != nil {
		b.WriteByte('\n')
	}
	if r.Events != nil {
		r.Events.table(&b, byType)
	}
	if r.Metadata != nil {
		r.Metadata.table(&b)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (s *SpanScores) table(b *bytes.Buffer) {
	fmt.Fprintf(b, "spans, %d documents\n", s.Documents)
	fmt.Fprintf(b, "%-13s %6s %6s  %6s %6s %6s  %6s %6s %6s  %s\n", "type", "gold", "pred", "exactP", "exactR", "exactF", "relP", "relR", "relF", "value")
	for _, t := range s.Types {
		spanRow(b, t.Type, t.Exact, t.Relaxed)
		if t.Value.Of > 0 {
			fmt.Fprintf(b, "  %.3f of %d", t.Value.Ratio(), t.Value.Of)
		}
		b.WriteByte('\n')
	}
	exact, relaxed := s.All()
	spanRow(b, "ALL", exact, relaxed)
	b.WriteByte('\n')
	for _, t := range s.Types {
		if t.Troops != nil {
			t.Troops.table(b)
		}
	}
	if s.People != nil {
		documentRow(b, "people", *s.People)
		documentRow(b, "countries", *s.Countries)
	}
}

func spanRow(b *bytes.Buffer, name string, exact, relaxed Tally) {
	fmt.Fprintf(b, "%-13s %6d %6d  %6.3f %6.3f %6.3f  %6.3f %6.3f %6.3f", name, relaxed.Gold, relaxed.Predicted,
		exact.Precision(), exact.Recall(), exact.F1(), relaxed.Precision(), relaxed.Recall(), relaxed.F1())
}

func (c *TroopScores) table(b *bytes.Buffer) {
	fmt.Fprintf(b, "troop counts  overlap and same bounds: P %.3f  R %.3f  F1 %.3f\n", c.Exact.Precision(), c.Exact.Recall(), c.Exact.F1())
	fmt.Fprintf(b, "  of %d matched: bounds %s  lenient %s  comparator %s  nationality %s  status %s  coarse %s\n", c.Bounds.Of,
		share(c.Bounds), share(c.Lenient), share(c.Comparator), share(c.Nationality), share(c.Status), share(c.Coarse))
}

func documentRow(b *bytes.Buffer, name string, t Tally) {
	fmt.Fprintf(b, "per document, %-10s P %.3f  R %.3f  F1 %.3f   tp %d gold %d pred %d\n", name+":",
		t.Precision(), t.Recall(), t.F1(), t.Matched, t.Gold, t.Predicted)
}

func (s *EventScores) table(b *bytes.Buffer, byType bool) {
	fmt.Fprintf(b, "events, %d documents; typed pairs: %d by trigger, %d by sentence\n", s.Documents, s.ByTrigger, s.BySentence)
	for _, row := range []struct {
		name string
		t    Tally
	}{{"typed", s.Typed}, {"untyped", s.Untyped}, {"whole event", s.Whole}, {"actor country", s.Actors}, {"target country", s.Targets}, {"counts", s.Counts}} {
		eventRow(b, row.name, row.t)
	}
	for _, row := range []struct {
		name string
		s    Share
	}{{"status", s.Status}, {"place country", s.Place}, {"date", s.Date}, {"origin", s.Origin}, {"destination", s.Destination}, {"false date", s.FalseDate}} {
		fmt.Fprintf(b, "%-15s %s   %d of %d\n", row.name, share(row.s), row.s.Count, row.s.Of)
	}
	if !byType {
		return
	}
	b.WriteString("by type\n")
	for _, t := range s.ByType {
		eventRow(b, "  "+cmp.Or(t.Type, "(none)"), t.Tally)
	}
}

func eventRow(b *bytes.Buffer, name string, t Tally) {
	fmt.Fprintf(b, "%-15s P %s  R %s  F1 %s   tp %d gold %d pred %d\n", name, share(Share{t.Matched, t.Predicted}),
		share(Share{t.Matched, t.Gold}), share(Share{2 * t.Matched, t.Gold + t.Predicted}), t.Matched, t.Gold, t.Predicted)
}

// share shows a ratio, or a dash when there is nothing to count.
func share(s Share) string {
	if s.Of == 0 {
		return "    -"
	}
	return fmt.Sprintf("%5.3f", s.Ratio())
}
