package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sitrep/pipeline"
)

// A Difference is one field in which an event is told otherwise, as people read it.
type Difference struct {
	Field string `json:"field"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// A field is a part of an event's record that is compared: what it reads as. What
// reads the same is the same; positions count for the trigger alone.
type field struct {
	name string
	read func(*pipeline.EventRecord) string
}

// fields are compared in this order. Left out is what follows from others (countries
// of participants, event_key, troops_min and the like), and the versions.
var fields = []field{
	{"type", func(e *pipeline.EventRecord) string { return e.Type }},
	{"status", func(e *pipeline.EventRecord) string { return e.Status }},
	{"trigger", func(e *pipeline.EventRecord) string {
		return fmt.Sprintf("“%s” in %s, %d to %d", oneLine(e.Trigger.Text), e.Trigger.Field, e.Trigger.Start, e.Trigger.End)
	}},
	{"actors", func(e *pipeline.EventRecord) string { return participants(e.Actors...) }},
	{"targets", func(e *pipeline.EventRecord) string { return participants(e.Targets...) }},
	{"place", place},
	{"direction", direction},
	{"date", date},
	{"status_date", func(e *pipeline.EventRecord) string { return or(e.StatusDate) }},
	{"counts", counts},
	{"speaker", func(e *pipeline.EventRecord) string {
		if e.Speaker == nil {
			return none
		}
		return participants(*e.Speaker)
	}},
	{"plover", func(e *pipeline.EventRecord) string { return joined(" ", or(e.PloverType), value(e.PloverMode)) }},
	{"sentence", func(e *pipeline.EventRecord) string { return "“" + oneLine(e.Evidence.Text) + "”" }},
	{"mentions", mentions},
	{"confidence", func(e *pipeline.EventRecord) string { return fmt.Sprintf("%.2f", e.Confidence) }},
	{"rule", func(e *pipeline.EventRecord) string { return e.Rule }},
	{"title", func(e *pipeline.EventRecord) string { return or(e.Title) }},
	{"url", func(e *pipeline.EventRecord) string { return or(e.URL) }},
	{"source", func(e *pipeline.EventRecord) string { return or(e.Source) }},
	{"author", func(e *pipeline.EventRecord) string { return or(e.Author) }},
	{"language", func(e *pipeline.EventRecord) string { return e.Language }},
	{"published", func(e *pipeline.EventRecord) string { return cmp.Or(value(e.PublishedAt), or(e.PublishedDate)) }},
}

// Fields are the names of what is compared, in the order of its weight.
func Fields() []string {
	var names []string
	for _, f := range fields {
		names = append(names, f.name)
	}
	return names
}

// differences compares two records of one event, but for some fields.
func differences(a, b *pipeline.EventRecord, ignored []string) (out []Difference) {
	for _, f := range fields {
		if was, is := f.read(a), f.read(b); was != is && !slices.Contains(ignored, f.name) {
			out = append(out, Difference{f.name, was, is})
		}
	}
	return out
}

const none = "none"

func participants(list ...pipeline.ParticipantRecord) string {
	var out []string
	for _, p := range list {
		about := joined(", ", p.Kind, value(p.Country), value(p.Role))
		name := oneLine(p.Name)
		if words := oneLine(p.Text); words != name {
			name += " “" + words + "”"
		}
		out = append(out, name+" ("+about+")")
	}
	return cmp.Or(strings.Join(out, "; "), none)
}

func place(e *pipeline.EventRecord) string {
	if e.Place == nil {
		return none
	}
	return oneLine(e.Place.Text) + " (" + cmp.Or(value(e.Place.Country), value(e.PlaceReason)) + ")"
}

func direction(e *pipeline.EventRecord) string {
	if e.OriginCountry == nil && e.DestinationCountry == nil {
		return none
	}
	return or(e.OriginCountry) + " to " + or(e.DestinationCountry)
}

func date(e *pipeline.EventRecord) string {
	if e.DateStart == nil {
		return joined(", ", none, value(e.DateReason))
	}
	days := *e.DateStart
	if value(e.DateEnd) != days {
		days += " to " + or(e.DateEnd)
	}
	if p := value(e.DatePrecision); p != "day" {
		days += " (" + cmp.Or(p, none) + ")"
	}
	return days
}

func counts(e *pipeline.EventRecord) string {
	var out []string
	for _, c := range e.Counts {
		text := fmt.Sprintf("%s %s “%s”", number(c), c.What, oneLine(c.Text))
		if c.Country != nil {
			text += " (" + *c.Country + ")"
		}
		out = append(out, text)
	}
	return cmp.Or(strings.Join(out, "; "), none)
}

// number reads a count: 500, 200 to 999, at least 3000.
func number(c pipeline.CountRecord) string {
	switch {
	case c.Min == nil && c.Max == nil:
		return "some"
	case c.Max == nil:
		return fmt.Sprintf("at least %d", *c.Min)
	case c.Min == nil:
		return fmt.Sprintf("at most %d", *c.Max)
	case *c.Min != *c.Max:
		return fmt.Sprintf("%d to %d", *c.Min, *c.Max)
	case c.Comparator != "exact":
		return fmt.Sprintf("%s %d", c.Comparator, *c.Min)
	}
	return fmt.Sprint(*c.Min)
}

func mentions(e *pipeline.EventRecord) string {
	var out []string
	for _, m := range e.Mentions {
		out = append(out, "“"+oneLine(m.Text)+"”")
	}
	return cmp.Or(strings.Join(out, ", "), none)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func joined(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), between)
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func or(s *string) string { return cmp.Or(value(s), none) }
