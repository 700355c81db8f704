package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"sitrep/pipeline"
)

// writeTable writes what was found in an article for reading.
func writeTable(w io.Writer, r pipeline.Records) error {
	a := r.Article
	t := &table{tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)}
	title := or(a.Title, "")
	if len(r.Events) > 0 {
		title = or(r.Events[0].Title, title)
	}
	t.row("ARTICLE", cmp.Or(title, "(no title)"))
	t.row("published", or(a.PublishedDate, "unknown"))
	t.row("author", or(a.Author, "unknown"))
	status := a.Status
	if a.Reason != nil {
		status += ": " + *a.Reason
	}
	t.row("status", status)
	t.w.Flush()
	t.people(a.People)
	t.countries(a.Countries)
	t.counts(a.TroopCounts)
	t.dates(a.Dates)
	if len(r.Events) > 0 {
		t.head("EVENTS")
		t.w.Flush()
	}
	for i := range r.Events {
		writeEvent(w, "  ", &r.Events[i])
	}
	fmt.Fprintln(w)
	return t.w.Flush()
}

// A table aligns its columns until the next head.
type table struct{ w *tabwriter.Writer }

func (t *table) head(cells ...string) {
	t.w.Flush()
	fmt.Fprintln(t.w)
	t.row(cells...)
}

func (t *table) row(cells ...string) { fmt.Fprintln(t.w, strings.Join(cells, "\t")) }

func (t *table) people(list []pipeline.PersonRecord) {
	if len(list) == 0 {
		return
	}
	t.head("PEOPLE", "ROLE", "COUNTRY", "MENTIONS")
	for _, p := range list {
		role := or(p.Role, "-")
		if p.Author {
			role = "author of the article"
		}
		var spans []pipeline.SpanRecord
		for _, m := range p.Mentions {
			spans = append(spans, m.SpanRecord)
		}
		t.row(p.Name, role, or(p.Country, "-"), words(spans))
	}
}

func (t *table) countries(list []pipeline.CountryRecord) {
	if len(list) == 0 {
		return
	}
	t.head("COUNTRY", "MENTIONS")
	var order []string
	spans := map[string][]pipeline.SpanRecord{}
	for _, m := range list {
		if spans[m.Country] == nil {
			order = append(order, m.Country)
		}
		spans[m.Country] = append(spans[m.Country], m.SpanRecord)
	}
	for _, c := range order {
		t.row(c, words(spans[c]))
	}
}

func (t *table) counts(list []pipeline.CountRecord) {
	if len(list) == 0 {
		return
	}
	t.head("TROOP COUNT", "NUMBER", "OF", "STATUS")
	for _, c := range list {
		t.row(oneLine(c.Text), number(c), or(c.Country, "-"), c.Status)
	}
}

func (t *table) dates(list []pipeline.DateRecord) {
	if len(list) == 0 {
		return
	}
	t.head("DATE", "VALUE", "DAYS", "RULE")
	for _, d := range list {
		days := span(d.DateStart, d.DateEnd)
		if d.DateStart == nil {
			days = or(d.Reason, "-")
		}
		if d.Relation != "on" {
			days = d.Relation + " " + days
		}
		t.row(oneLine(d.Text), strings.TrimSpace(d.Value+" "+or(d.Mod, "")), days, d.Rule)
	}
}

// writeEvent writes an event as a line, and below it the sentence it was read in
// with its trigger in brackets.
func writeEvent(w io.Writer, indent string, e *pipeline.EventRecord) {
	facts := []string{fmt.Sprintf("%-9s %-9s", e.Type, e.Status), sides(e)}
	switch {
	case e.OriginCountry != nil || e.DestinationCountry != nil:
		facts = append(facts, "from "+or(e.OriginCountry, "?")+" to "+or(e.DestinationCountry, "?"))
	case e.Place != nil:
		facts = append(facts, "in "+oneLine(e.Place.Text)+inBrackets(e.Place.Country))
	}
	if e.DateStart != nil {
		facts = append(facts, span(e.DateStart, e.DateEnd))
	}
	for _, c := range e.Counts {
		facts = append(facts, number(c)+" "+c.What+inBrackets(c.Country))
	}
	if e.Speaker != nil {
		facts = append(facts, "by word of "+oneLine(e.Speaker.Name))
	}
	if e.StatusDate != nil {
		verb := e.Status
		if verb == "occurred" || verb == "ongoing" || verb == "possible" {
			verb = "told"
		}
		facts = append(facts, verb+" on "+*e.StatusDate)
	}
	fmt.Fprintln(w, indent+strings.Join(facts, "  | "))
	fmt.Fprintln(w, indent+"          “"+marked(e)+"”")
}

func sides(e *pipeline.EventRecord) string {
	s := names(e.Actors)
	if s == "" {
		s = "?"
	}
	if t := names(e.Targets); t != "" {
		s += " → " + t
	}
	return s
}

func names(list []pipeline.ParticipantRecord) string {
	var out []string
	for _, p := range list {
		out = append(out, oneLine(p.Name)+inBrackets(p.Country))
	}
	return strings.Join(out, ", ")
}

func inBrackets(country *string) string {
	if country == nil {
		return ""
	}
	return " (" + *country + ")"
}

// marked returns the evidence of e with the trigger in brackets.
func marked(e *pipeline.EventRecord) string {
	text := []rune(e.Evidence.Text)
	first, last := e.Trigger.Start-e.Evidence.Start, e.Trigger.End-e.Evidence.Start
	if e.Trigger.Field != e.Evidence.Field || first < 0 || first > last || last > len(text) {
		return oneLine(e.Evidence.Text)
	}
	return oneLine(string(text[:first]) + "[" + string(text[first:last]) + "]" + string(text[last:]))
}

// number shows the bounds of a count: 500, 200-999, ≥3000, ≤50.
func number(c pipeline.CountRecord) string {
	switch {
	case c.Min == nil && c.Max == nil:
		return "?"
	case c.Max == nil:
		return fmt.Sprintf("≥%d", *c.Min)
	case c.Min == nil:
		return fmt.Sprintf("≤%d", *c.Max)
	case *c.Min == *c.Max && c.Comparator == "approx":
		return fmt.Sprintf("~%d", *c.Min)
	case *c.Min == *c.Max:
		return fmt.Sprintf("%d", *c.Min)
	}
	return fmt.Sprintf("%d-%d", *c.Min, *c.Max)
}

// span shows an interval of days.
func span(first, last *string) string {
	switch {
	case first == nil:
		return "-"
	case last == nil || *first == *last:
		return *first
	}
	return *first + "…" + *last
}

// words lists the distinct words of spans, each with how often it stands there.
func words(spans []pipeline.SpanRecord) string {
	var order []string
	count := map[string]int{}
	for _, s := range spans {
		w := oneLine(s.Text)
		if count[w] == 0 {
			order = append(order, w)
		}
		count[w]++
	}
	for i, w := range order {
		if count[w] > 1 {
			order[i] = fmt.Sprintf("%s ×%d", w, count[w])
		}
	}
	return strings.Join(order, ", ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func or(s *string, missing string) string {
	if s == nil {
		return missing
	}
	return *s
}
