package pipeline

import (
	"cmp"
	"fmt"
	"slices"

	"sitrep/extractors"
	"sitrep/extractors/countries"
	"sitrep/extractors/dates"
	"sitrep/extractors/events"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
	"sitrep/pipeline/annotations"
	"sitrep/pipeline/article"
)

// ArticleOf returns the article that d annotates.
func ArticleOf(d annotations.Document) (article.Article, error) {
	a := article.Article{GivenID: d.ID, Body: d.Text}
	if d.Title != nil {
		a.Title = *d.Title
	}
	if d.Published != nil {
		stamp, err := dates.ParseStamp(*d.Published)
		if err != nil {
			return a, fmt.Errorf("document %s: published: %w", d.ID, err)
		}
		a.Published = stamp
	}
	return a, nil
}

// Annotations returns what was found in the body in the form of annotated
// articles. What stands in a separate title is left out.
func (reading *Reading) Annotations() annotations.Document {
	a, f := &reading.Article, &reading.Facts
	w := annotator{newPublisher(reading.Doc)}
	d := annotations.Document{ID: a.GivenID, Published: optional(a.Published.Day.String()), Title: optional(a.Title), Text: a.Body}
	if d.ID == "" {
		d.ID = idOf(a)
	}
	for _, who := range f.People {
		for _, m := range who.Mentions {
			w.add(&d, m.Span, annotations.Span{Type: annotations.Person, Value: optional(who.Name), Author: who.Author})
		}
	}
	for _, m := range f.Countries {
		if m.Country != "" {
			w.add(&d, m.Span, annotations.Span{Type: annotations.Country, Value: code(m.Country), Kind: m.Kind.String()})
		}
		if m.Place {
			w.add(&d, m.Span, annotations.Span{Type: annotations.Place, Value: optional(reading.Doc.Slice(m.Span))})
		}
	}
	for _, g := range f.Groups {
		w.add(&d, g.Span, annotations.Span{Type: annotations.Org, Value: optional(g.Name)})
	}
	taken := takenBy(reading.Doc, f)
	for _, m := range f.Names {
		s := annotations.Span{Type: annotations.Place, Value: optional(reading.Doc.Slice(m.Span))}
		if m.Type == names.Organisation {
			s.Type = annotations.Org
		}
		if (m.Type == names.Place || m.Type == names.Organisation) && !slices.Contains(taken[m.First:m.Last], true) {
			w.add(&d, m.Span, s)
		}
	}
	for _, m := range f.Dates {
		w.add(&d, m.Span, annotations.Span{Type: m.Type.String(), Value: optional(m.Value), Mod: m.Mod})
	}
	for _, c := range f.Troops {
		if c.What != troops.Troops && c.What != troops.Units {
			continue
		}
		s := annotations.Span{Type: annotations.TroopCount, Min: bound(c.Min), Max: bound(c.Max), Comparator: c.Comparator.String(),
			UnitNoun: c.Noun, Nationality: code(c.Nationality), Status: annotated(c.Status).String(), Force: c.Force.String(), Elliptical: c.Elliptical}
		if c.What == troops.Units {
			s.Kind = annotations.KindUnits
		}
		w.add(&d, c.Span, s)
	}
	slices.SortStableFunc(d.Spans, func(a, b annotations.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	for i := range f.Events {
		if f.Events[i].Trigger.Start >= reading.Doc.Body {
			d.Events = append(d.Events, w.event(&f.Events[i]))
		}
	}
	return d
}

// takenBy tells for each token whether a person, a group, a place or a whole name
// that is a country's stands over it; names beside these are still to be written.
func takenBy(doc *text.Document, f *extractors.Facts) []bool {
	taken := make([]bool, len(doc.Tokens))
	take := func(s text.Span) {
		for first, last := doc.TokensIn(s); first < last; first++ {
			taken[first] = true
		}
	}
	for _, who := range f.People {
		for _, m := range who.Mentions {
			take(m.Span)
		}
	}
	for _, g := range f.Groups {
		take(g.Span)
	}
	whole := map[text.Span]bool{}
	for _, m := range f.Names {
		whole[m.Span] = true
	}
	for _, m := range f.Countries {
		if m.Place || whole[m.Span] {
			take(m.Span)
		}
	}
	return taken
}

// annotated returns s in the words of the annotations, where those who are set free
// count as captured.
func annotated(s troops.Status) troops.Status {
	if s == troops.Released {
		return troops.Captured
	}
	return s
}

// An annotator writes spans of the body; those of the title have no place.
type annotator struct{ *publisher }

func (w annotator) add(d *annotations.Document, at text.Span, s annotations.Span) {
	if at.Start < w.doc.Body {
		return
	}
	r := w.span(at)
	s.Start, s.End, s.Text = r.Start, r.End, r.Text
	d.Spans = append(d.Spans, s)
}

func (w annotator) event(e *events.Event) annotations.Event {
	out := annotations.Event{Type: e.Type.String(), Status: e.Status.String(), Trigger: w.mention(e.Trigger),
		Actors: w.parties(e.Actors), Targets: w.parties(e.Targets), Origin: code(e.Origin), Destination: code(e.Destination), Confidence: &e.Confidence}
	for _, s := range e.Mentions {
		if m := w.mention(s); m != nil {
			out.Mentions = append(out.Mentions, *m)
		}
	}
	if e.Place != nil {
		out.Place = w.party(e.Place.Span, e.Place.Country)
	}
	if e.Speaker != nil {
		out.Speaker = w.mention(e.Speaker.Span)
	}
	if d := e.Date; d != nil && !d.First.IsZero() {
		first, last := d.First.String(), d.Last.String()
		switch {
		case first == last:
			out.Date = &first
		case d.Precision == dates.ByMonth && first[:7] == last[:7]:
			out.Date = optional(first[:7])
		case d.Precision == dates.ByYear && first[:4] == last[:4]:
			out.Date = optional(first[:4])
		default:
			out.Date = optional(first + "/" + last)
		}
	}
	for _, c := range e.Counts {
		if m := w.mention(c.Span); m != nil {
			r := w.count(c)
			out.Counts = append(out.Counts, annotations.Count{Start: m.Start, End: m.End, Text: m.Text, Min: r.Min, Max: r.Max, What: r.What})
		}
	}
	evidence := w.span(e.Evidence)
	out.Sentence = &annotations.Range{Start: evidence.Start, End: evidence.End}
	return out
}

func (w annotator) mention(at text.Span) *annotations.Mention {
	if at.Start < w.doc.Body {
		return nil
	}
	r := w.span(at)
	return &annotations.Mention{Start: r.Start, End: r.End, Text: r.Text}
}

func (w annotator) party(at text.Span, country countries.Code) *annotations.Party {
	if at.Start < w.doc.Body {
		return nil
	}
	r := w.span(at)
	return &annotations.Party{Start: r.Start, End: r.End, Text: r.Text, Country: code(country)}
}

func (w annotator) parties(list []events.Participant) []annotations.Party {
	var out []annotations.Party
	for _, who := range list {
		if p := w.party(who.Span, who.Country); p != nil {
			out = append(out, *p)
		}
	}
	return out
}
