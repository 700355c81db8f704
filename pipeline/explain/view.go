package explain

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sitrep/extractors"
	"sitrep/extractors/countries"
	"sitrep/extractors/events"
	"sitrep/extractors/people"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
	"sitrep/pipeline"
)

// A viewer makes the view of one reading.
type viewer struct {
	*pipeline.Reading
	records    pipeline.Records
	references []people.Reference // of all people, in the order of the text
	rejected   []events.Rejection
}

func newViewer(r *pipeline.Reading) *viewer {
	v := &viewer{Reading: r, records: r.Records(), rejected: extractors.Rejected(r.Doc, &r.Facts)}
	for i := range r.Facts.People {
		v.references = append(v.references, r.Facts.People[i].References...)
	}
	slices.SortFunc(v.references, func(a, b people.Reference) int { return a.Start - b.Start })
	return v
}

func see(r *pipeline.Reading) view {
	v := newViewer(r)
	out := view{Title: v.title(), About: v.about(), Sections: v.sections()}
	out.Text = steps(r.Doc.Text, text.Span{End: len(r.Doc.Text)}, v.marks())
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
		if p.Role.Aside() {
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
	for _, x := range v.rejected {
		if x.Reason != events.Aside && x.Reason != events.OffTopic {
			put(x.Trigger, dropped, "", "no "+x.Type.String()+": "+x.Reason.String())
		}
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
	out := event{Number: i + 1, Type: r.Type, Status: r.Status, Sides: sides(r), Evidence: e.Evidence}
	marks := []mark{{e.Trigger, trigger, "", out.Type}}
	add := func(k kind, name string, s text.Span, facts ...fact) {
		if k != trigger {
			marks = append(marks, mark{s, k, name, name})
		}
		out.Rows = append(out.Rows, row{k, name, v.words(s), facts, v.elsewhere(e, s, k, name), []text.Span{s}})
	}
	add(trigger, "trigger", e.Trigger, fact{"rule", e.Rule}, fact{"confidence", confidence(e)}, fact{"PLOVER", plover(r)})
	switch w := e.StatusWord; {
	case w.Len() > 0:
		add(status, "status", w, fact{"tells", out.Status})
	case e.Status == events.Occurred:
		out.Rows = append(out.Rows, row{Kind: status, Name: "status", Facts: []fact{{"tells", out.Status + ", as nothing says otherwise"}}})
	default:
		out.Rows = append(out.Rows, row{Kind: status, Name: "status", Facts: []fact{{"tells", out.Status + ", by no single word"}}})
	}
	for _, who := range e.Actors {
		add(actor, "actor", who.Span, v.participant(&who)...)
	}
	for _, who := range e.Targets {
		add(target, "target", who.Span, v.participant(&who)...)
	}
	if e.Place != nil {
		add(place, "place", e.Place.Span, v.place(e.Place, e.Evidence)...)
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
	out.Rows = append(append(out.Rows, movement(r)...), leftOpen(e, r)...)
	return out
}

// sides tells who did it to whom in a line: "Chad (TD) → Sudan (SD)".
func sides(r *pipeline.EventRecord) string {
	list := func(all []pipeline.ParticipantRecord) string {
		out := make([]string, len(all))
		for i, who := range all {
			if out[i] = flat(who.Name); who.Country != nil {
				out[i] += " (" + *who.Country + ")"
			}
		}
		return strings.Join(out, ", ")
	}
	if len(r.Targets) == 0 {
		return list(r.Actors)
	}
	return cmp.Or(list(r.Actors), "?") + " → " + list(r.Targets)
}

// told returns how a status came into the world.
func told(s events.Status) string {
	switch s {
	case events.Occurred, events.Ongoing, events.Possible:
		return "told"
	}
	return s.String()
}

// movement tells where those who are sent or withdrawn come from and go to.
func movement(r *pipeline.EventRecord) []row {
	if r.OriginCountry == nil && r.DestinationCountry == nil {
		return nil
	}
	end := func(c *string) string {
		if c == nil {
			return "not stated"
		}
		return named(countries.Code(*c))
	}
	return []row{{Kind: place, Name: "movement", Facts: []fact{{"from", end(r.OriginCountry)}, {"to", end(r.DestinationCountry)}}}}
}

// leftOpen tells what the record has nothing on, and why.
func leftOpen(e *events.Event, r *pipeline.EventRecord) []row {
	var out []fact
	missing := func(is bool, name string, reason *string) {
		if is && reason != nil {
			out = append(out, fact{name, *reason})
		}
	}
	notFound := "not found"
	missing(len(e.Actors) == 0, "actor", &notFound)
	missing(e.Place == nil, "place", r.PlaceReason)
	missing(e.Date == nil, "date", r.DateReason)
	missing(len(e.Counts) > 1, "one number of troops", r.TroopsReason)
	missing(len(e.Counts) > 1, "one number of killed", r.KilledReason)
	if out == nil {
		return nil
	}
	return []row{{Kind: aside, Name: "left open", Facts: out}}
}

// elsewhere returns the sentence of s with s marked, unless it is the event's own.
func (v *viewer) elsewhere(e *events.Event, s text.Span, k kind, name string) []step {
	if e.Evidence.Contains(s) {
		return nil
	}
	return v.around(s, k, name)
}

// around returns the sentence of s with s marked.
func (v *viewer) around(s text.Span, k kind, name string) []step {
	i := v.Doc.SentenceAt(s.Start)
	if i < 0 {
		return nil
	}
	return steps(v.Doc.Text, v.Doc.Sentences[i].Cover(s), []mark{{s, k, name, name}})
}

// confidence tells how likely an event is right, and what speaks for it.
func confidence(e *events.Event) string {
	out := strconv.FormatFloat(e.Confidence, 'f', 2, 64)
	if s := e.Signs().String(); s != "" {
		out += " (" + s + ")"
	}
	return out
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
		return "none"
	}
	if c.Name() == "" {
		return string(c)
	}
	return fmt.Sprintf("%s (%s)", c.Name(), c)
}

// numbers shows the bounds of a count: 500, ~500, 200–300, ≥20, ≤50.
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
