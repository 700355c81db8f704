package evaluate

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sitrep/pipeline/annotations"
)

// An ErrorKind says what is wrong with a span or event.
type ErrorKind uint8

// The kinds of errors.
const (
	Missed   ErrorKind = iota // in gold alone
	Spurious                  // in the prediction alone
	Wrong                     // in both, with fields that differ
)

func (k ErrorKind) String() string { return [...]string{"missed", "spurious", "wrong"}[k] }

// An Error is one span or event that was not found as gold has it. Of Wrong
// the range is the gold one.
type Error struct {
	Kind          ErrorKind
	Document      string
	Event         bool              // an event, else a span
	Type          string            // of the span or event
	Range         annotations.Range // code points
	Text          string            // what stands there
	Before, After string            // what stands around it, up to 40 code points
	Fields        []Field           // of Wrong, what differs
}

// A Field differs between gold and prediction; values are for reading, "" for none.
type Field struct{ Name, Gold, Predicted string }

// String tells e on one line.
func (e Error) String() string {
	var fields []string
	for _, f := range e.Fields {
		fields = append(fields, fmt.Sprintf("%s: gold %s, predicted %s", f.Name, cmp.Or(f.Gold, "none"), cmp.Or(f.Predicted, "none")))
	}
	s := fmt.Sprintf("%-8s  %-12s  %s:%d-%d  …%s[%s]%s…  %s", e.Kind, cmp.Or(e.Type, "(no type)"), e.Document, e.Range.Start, e.Range.End,
		oneLine(e.Before), oneLine(e.Text), oneLine(e.After), strings.Join(fields, "; "))
	return strings.TrimRight(s, " ")
}

// oneLine makes every blank and control mark a space.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if blank(r) || r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}

// Errors returns the first n errors over spans and the first n over events, in
// the order of the gold documents; all of them when n is negative.
func (r Report) Errors(n int) []Error {
	var out []Error
	if r.Spans != nil {
		out = append(out, first(r.Spans.errors, n)...)
	}
	if r.Events != nil {
		out = append(out, first(r.Events.errors, n)...)
	}
	return out
}

func first(errors []Error, n int) []Error {
	if n < 0 {
		return errors
	}
	return errors[:min(n, len(errors))]
}

// WriteErrors writes what Errors returns, a line each.
func (r Report) WriteErrors(w io.Writer, n int) error {
	for _, e := range r.Errors(n) {
		if _, err := fmt.Fprintln(w, e); err != nil {
			return err
		}
	}
	if r.Metadata != nil {
		return r.Metadata.writeErrors(w, n)
	}
	return nil
}

// An excerpts makes the errors of one document; it measures the text once, and
// only if there is an error.
type excerpts struct {
	id, text string
	at       *annotations.Offsets
}

const contextLength = 40

func (x *excerpts) span(k ErrorKind, typ string, s annotations.Span) Error {
	return x.error(Error{Kind: k, Type: typ, Range: annotations.Range{Start: s.Start, End: s.End}})
}

func (x *excerpts) event(k ErrorKind, e annotations.Event) Error {
	out := Error{Kind: k, Event: true, Type: eventType(e)}
	switch {
	case e.Trigger != nil && e.Trigger.Range().Known():
		out.Range = e.Trigger.Range()
	case e.Sentence != nil && e.Sentence.Known():
		out.Range = *e.Sentence
	}
	return x.error(out)
}

func (x *excerpts) error(e Error) Error {
	if x.at == nil {
		x.at = annotations.NewOffsets(x.text)
	}
	e.Document = x.id
	e.Text = x.at.Slice(e.Range.Start, e.Range.End)
	e.Before = x.at.Slice(e.Range.Start-contextLength, e.Range.Start)
	e.After = x.at.Slice(e.Range.End, e.Range.End+contextLength)
	return e
}

func show(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func showSet(set map[string]int) string {
	return strings.Join(slices.Sorted(maps.Keys(set)), ",")
}

// bounds shows numbers: "500", "20..99", "500.." without an upper bound.
func bounds(low, high *int64) string {
	number := func(n *int64) string {
		if n == nil {
			return ""
		}
		return strconv.FormatInt(*n, 10)
	}
	switch {
	case low == nil && high == nil:
		return ""
	case low != nil && high != nil && *low == *high:
		return number(low)
	}
	return number(low) + ".." + number(high)
}

func showCounts(counts []annotations.Count) string {
	var out []string
	for _, c := range counts {
		out = append(out, strings.TrimSpace(bounds(c.Min, c.Max)+" "+c.What))
	}
	slices.Sort(out)
	return strings.Join(out, ",")
}
