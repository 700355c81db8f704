package evaluate

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
)

// A figure is a number with a name, or a group of figures.
type figure struct {
	name  string
	value float64
	none  bool     // a ratio with nothing to count
	group []figure // nil for a number
}

func number(name string, n int) figure { return figure{name: name, value: float64(n)} }

func quotient(name string, a, b int) figure {
	return figure{name: name, value: ratio(a, b), none: b == 0}
}

// tally lists the figures of t. With zero, a ratio with nothing to count is 0,
// as is the rule for spans; else it is none, as for events.
func tally(name string, t Tally, zero bool) figure {
	g := figure{name: name, group: []figure{
		number("tp", t.Matched), number("gold", t.Gold), number("pred", t.Predicted),
		quotient("p", t.Matched, t.Predicted), quotient("r", t.Matched, t.Gold), quotient("f1", 2*t.Matched, t.Gold+t.Predicted),
	}}
	for i := range g.group {
		g.group[i].none = g.group[i].none && !zero
	}
	return g
}

func accuracy(name string, s Share) figure {
	return figure{name: name, group: []figure{number("ok", s.Count), number("n", s.Of), quotient("acc", s.Count, s.Of)}}
}

// figures returns all figures of r under their published names.
func (r Report) figures() []figure {
	var out []figure
	if r.Spans != nil {
		out = r.Spans.figures()
	}
	if r.Events != nil {
		out = append(out, figure{name: "events", group: r.Events.figures()})
	}
	if r.Metadata != nil {
		out = append(out, figure{name: "metadata", group: r.Metadata.figures()})
	}
	return out
}

func (s *SpanScores) figures() []figure {
	out := []figure{number("documents", s.Documents)}
	for _, t := range s.Types {
		out = append(out, figure{name: t.Type, group: t.figures()})
	}
	exact, relaxed := s.All()
	out = append(out, figure{name: "ALL", group: []figure{tally("exact", exact, true), tally("relaxed", relaxed, true)}})
	if s.People != nil {
		level := figure{name: "document_level", group: []figure{tally("people", *s.People, true), tally("countries", *s.Countries, true)}}
		out = append(out, level)
	}
	return out
}

func (t TypeScore) figures() []figure {
	out := []figure{tally("exact", t.Exact, true), tally("relaxed", t.Relaxed, true)}
	if t.Value.Of > 0 {
		out = append(out, accuracy("value", t.Value))
	}
	if t.Day.Of > 0 {
		out = append(out, accuracy("day", t.Day))
	}
	if c := t.Troops; c != nil {
		out = append(out, tally("troop_exact", c.Exact, true), accuracy("bounds", c.Bounds), accuracy("lenient", c.Lenient),
			accuracy("comparator", c.Comparator), accuracy("nationality", c.Nationality), accuracy("status", c.Status), accuracy("status_coarse", c.Coarse))
	}
	return out
}

func (s *EventScores) figures() []figure {
	out := []figure{
		number("documents", s.Documents), tally("typed", s.Typed, false), tally("untyped", s.Untyped, false),
		number("typed_by_trigger", s.ByTrigger), number("typed_by_sentence", s.BySentence),
		accuracy("status", s.Status), tally("actor_country", s.Actors, false), tally("target_country", s.Targets, false),
		accuracy("place_country", s.Place), accuracy("date", s.Date),
		{name: "false_date", group: []figure{number("false", s.FalseDate.Count), number("n", s.FalseDate.Of), quotient("rate", s.FalseDate.Count, s.FalseDate.Of)}},
		tally("counts", s.Counts, false), accuracy("origin", s.Origin), accuracy("destination", s.Destination), tally("whole_event", s.Whole, false),
	}
	if c := s.Calibration(); c.All.Right.Of > 0 {
		out = append(out, figure{name: "confidence", group: []figure{number("n", c.All.Right.Of), {name: "error", value: c.Error()}, {name: "brier", value: c.Brier}}})
	}
	types := figure{name: "by_type", group: []figure{}}
	for _, t := range s.ByType {
		types.group = append(types.group, tally(t.Type, t.Tally, false))
	}
	return append(out, types)
}

// Lookup returns a figure by its path in the JSON form ("PERSON.exact.f1",
// "events.by_type.strike.r"). It is false where there is none, or nothing to
// count in it.
func (r Report) Lookup(path string) (float64, bool) {
	f, ok := find(r.figures(), path)
	return f.value, ok && f.group == nil && !f.none
}

// find follows path. A name may hold dots itself.
func find(figures []figure, path string) (figure, bool) {
	for _, f := range figures {
		if f.name == path {
			return f, true
		}
		if rest, ok := strings.CutPrefix(path, f.name+"."); ok {
			if found, ok := find(f.group, rest); ok {
				return found, true
			}
		}
	}
	return figure{}, false
}

// WriteJSON writes all figures as one indented object. A ratio with nothing to
// count is null over events and 0 over spans.
func (r Report) WriteJSON(w io.Writer) error {
	var raw, out bytes.Buffer
	if err := encode(&raw, r.figures()); err != nil {
		return err
	}
	if err := json.Indent(&out, raw.Bytes(), "", "  "); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err := w.Write(out.Bytes())
	return err
}

func encode(b *bytes.Buffer, figures []figure) error {
	b.WriteByte('{')
	for i, f := range figures {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(f.name)
		if err != nil {
			return err
		}
		b.Write(append(name, ':'))
		if err := f.encode(b); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

func (f figure) encode(b *bytes.Buffer) error {
	if f.none {
		b.WriteString("null")
		return nil
	}
	if f.group != nil {
		return encode(b, f.group)
	}
	n, err := json.Marshal(f.value)
	b.Write(n)
	return err
}

// names lists figures for a message.
func names(figures []figure) string {
	var out []string
	for _, f := range figures {
		out = append(out, f.name)
	}
	return strings.Join(out, ", ")
}
