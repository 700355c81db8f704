package explain

import (
	"fmt"
	"strconv"
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/events"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
	"sitrep/pipeline"
)

// A viewer makes the view of one reading.
type viewer struct {
	*pipeline.Reading
	records pipeline.Records
}

func see(r *pipeline.Reading) view {
	v := &viewer{r, r.Records()}
	out := view{Title: v.title(), About: v.about(), Status: r.Status, Text: steps(r.Doc.Text, text.Span{End: len(r.Doc.Text)}, v.marks()), Sections: v.sections()}
	for i := range r.Facts.Events {
		out.Events = append(out.Events, v.event(i))
	}
	return out
}

func (v *viewer) title() string {
	if v.Article.Title != "" {
		return flat(v.Article.Title)
	}
	for _, s := range v.Doc.PartsOf(text.Title) {
		return v.words(s)
	}
	return "(no title)"
}

func (v *viewer) about() []fact {
	a := &v.records.Article
	published := or(a.PublishedAt, or(a.PublishedDate, "not known: relative dates stay open"))
	out := []fact{{"published", published}}
	for _, f := range []fact{{"author", or(a.Author, "")}, {"source", v.Article.Source}, {"address", v.Article.URL}, {"language", v.Article.Language}} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	status := fact{"status", spaced(v.Status)}
	if v.Reason != "" {
		status.Value += ": " + v.Reason
	}
	return append(out, status)
}

// marks returns what is marked in the whole text.
func (v *viewer) marks() []mark {
	f := &v.Facts
	var out []mark
	put := func(s text.Span, k kind, label, note string) { out = append(out, mark{s, k, label, note}) }
	for _, p := range v.Doc.Parts {
		if p.Role == text.Bio || p.Role == text.Boilerplate {
			put(p.Span, aside, p.Role.String(), p.Role.String()+": tells no events")
		}
	}
	for i := range f.People {
		p := &f.People[i]
		for _, m := range p.Mentions {
			put(m.Span, person, "", p.Name)
		}
		for _, m := range p.References {
			put(m.Span, reference, "= "+p.Name, "stands for "+p.Name)
		}
	}
	for _, m := range f.Countries {
		put(m.Span, placeKind(&m), string(m.Country), named(m.Country))
	}
	for _, g := range f.Groups {
		put(g.Span, group, "", g.Name)
	}
	for _, c := range append(f.Troops[:len(f.Troops):len(f.Troops)], f.Materiel...) {
		put(c.Span, count, numbers(&c), c.What.String()+" "+numbers(&c))
	}
	for _, d := range f.Dates {
		put(d.Span, date, d.Value, d.Type.String()+" "+d.Value)
	}
	for i := range f.Events {
		e := &f.Events[i]
		name := "event " + strconv.Itoa(i+1)
		put(e.Trigger, trigger, name, name+": "+e.Type.String())
		for _, s := range e.Mentions {
			put(s, again, name+" again", name+" again: "+e.Type.String())
		}
	}
	return out
}

func placeKind(m *countries.Mention) kind {
	if m.Place && (m.Kind != countries.Name || m.Disputed) {
		return place
	}
	return country
}

// event returns the card of event i.
func (v *viewer) event(i int) event {
	e, r := &v.Facts.Events[i], &v.records.Events[i]
	out := event{Number: i + 1, Type: r.Type, Status: r.Status}
	marks := []mark{{e.Trigger, trigger, "", out.Type}}
	add := func(k kind, name string, s text.Span, facts ...fact) {
		if s != e.Trigger || k != trigger {
			marks = append(marks, mark{s, k, name, name})
		}
		out.Rows = append(out.Rows, row{k, name, v.words(s), facts, v.elsewhere(e, s, k, name)})
	}
	add(trigger, "trigger", e.Trigger, fact{"rule", e.Rule}, fact{"confidence", strconv.FormatFloat(e.Confidence, 'f', 2, 64)}, fact{"PLOVER", plover(r)})
	for _, who := range e.Actors {
		add(actor, "actor", who.Span, v.participant(&who)...)
	}
	for _, who := range e.Targets {
		add(target, "target", who.Span, v.participant(&who)...)
	}
	if e.Place != nil {
		add(place, "place", e.Place.Span, v.country(e.Place.Span, e.Place.Country)...)
	}
	if e.Date != nil {
		add(date, "date", e.Date.Span, v.date(e.Date)...)
	}
	if e.StatusDate != nil {
		add(date, told(e.Status)+" on", e.StatusDate.Span, v.date(e.StatusDate)...)
	}
	for k := range e.Counts {
		add(count, r.Counts[k].What, e.Counts[k].Span, v.count(&e.Counts[k])...)
	}
	if e.Speaker != nil {
		add(speaker, "speaker", e.Speaker.Span, v.participant(e.Speaker)...)
	}
	for _, s := range e.Mentions {
		add(again, "told again", s)
	}
	out.Sentence = steps(v.Doc.Text, e.Evidence, marks)
	out.Rows = append(out.Rows, open(e, r)...)
	return out
}

// told returns how a status came into the world.
func told(s events.Status) string {
	switch s {
	case events.Occurred, events.Ongoing, events.Possible:
		return "told"
	}
	return s.String()
}

// open returns the rows of what the record leaves open, and why.
func open(e *events.Event, r *pipeline.EventRecord) []row {
	var out []row
	missing := func(k kind, name string, reason *string) {
		if reason != nil {
			out = append(out, row{Kind: k, Name: name, Facts: []fact{{"none", *reason}}})
		}
	}
	if len(e.Actors) == 0 {
		out = append(out, row{Kind: actor, Name: "actor", Facts: []fact{{"none", "not found"}}})
	}
	if e.Place == nil {
		missing(place, "place", r.PlaceReason)
	}
	if e.Date == nil {
		missing(date, "date", r.DateReason)
	}
	if len(e.Counts) > 1 {
		missing(count, "troops", several(r.TroopsReason))
		missing(count, "killed", several(r.KilledReason))
	}
	if r.OriginCountry != nil || r.DestinationCountry != nil {
		out = append(out, row{Kind: place, Name: "movement", Facts: []fact{{"from", or(r.OriginCountry, "not stated")}, {"to", or(r.DestinationCountry, "not stated")}}})
	}
	return out
}

// several passes the reason why one number stands for none of several.
func several(reason *string) *string {
	if reason == nil || *reason == "not stated" {
		return nil
	}
	return reason
}

// elsewhere returns the sentence of s with s marked, unless it is the event's own.
func (v *viewer) elsewhere(e *events.Event, s text.Span, k kind, name string) []step {
	if e.Evidence.Contains(s) {
		return nil
	}
	i := v.Doc.SentenceAt(s.Start)
	if i < 0 {
		return nil
	}
	return steps(v.Doc.Text, v.Doc.Sentences[i].Cover(s), []mark{{s, k, name, name}})
}

func plover(r *pipeline.EventRecord) string {
	if r.PloverType == nil {
		return "none"
	}
	out := *r.PloverType
	if r.PloverMode != nil {
		out += " " + *r.PloverMode
	}
	if r.QuadClass != nil {
		out += ", " + spaced(*r.QuadClass)
	}
	return out
}

// words returns what stands at s on one line.
func (v *viewer) words(s text.Span) string { return flat(v.Doc.Slice(s)) }

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

func spaced(s string) string { return strings.ReplaceAll(s, "_", " ") }

func or(s *string, missing string) string {
	if s == nil {
		return missing
	}
	return *s
}

// named returns a country with its code: "Iraq (IQ)".
func named(c countries.Code) string {
	if c == "" {
		return "no country"
	}
	if c.Name() == "" {
		return string(c)
	}
	return fmt.Sprintf("%s (%s)", c.Name(), c)
}

// numbers shows the bounds of a count: 500, about 500, 200 to 300, at least 20.
func numbers(c *troops.Count) string {
	switch {
	case c.Max == troops.Open:
		return fmt.Sprintf("≥%d", c.Min)
	case c.Min == troops.Open:
		return fmt.Sprintf("≤%d", c.Max)
	case c.Min != c.Max:
		return fmt.Sprintf("%d–%d", c.Min, c.Max)
	case c.Comparator == troops.Approx:
		return fmt.Sprintf("~%d", c.Min)
	}
	return strconv.Itoa(c.Min)
}
