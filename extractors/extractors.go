// Package extractors finds in an article everything that sitrep publishes. It
// knows no clock, file, network or record format: the same document and anchor
// always give the same facts.
package extractors

import (
	"sitrep/extractors/countries"
	"sitrep/extractors/dates"
	"sitrep/extractors/events"
	"sitrep/extractors/names"
	"sitrep/extractors/people"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
)

// Facts is what was found in a document. Every list is in the order of the text.
type Facts struct {
	Names     []names.Mention
	Countries []countries.Mention
	Groups    []countries.Group
	People    []people.Person
	Troops    []troops.Count // people and units
	Materiel  []troops.Count
	Dates     []dates.Mention
	Events    []events.Event
	published dates.Day
}

// Extract runs all extractors on doc, each with what those before it found.
func Extract(doc *text.Document, anchor dates.Anchor) Facts {
	var f Facts
	f.Names = names.Find(doc)
	f.Countries = countries.Find(doc, f.Names)
	f.Groups = countries.FindGroups(doc)
	f.People = people.Find(doc, f.Names, f.Countries, f.Groups)
	f.Troops, f.Materiel = troops.Find(doc, f.Names, f.Countries)
	f.Dates = dates.Find(doc, anchor, counted(f.Troops)...)
	f.published = anchor.Published
	f.Events = events.Find(doc, f.found())
	return f
}

// Rejected returns what was weighed as an event of doc, of which f are the facts, and
// dropped.
func Rejected(doc *text.Document, f *Facts) []events.Rejection {
	return events.Rejected(doc, f.found())
}

func (f *Facts) found() events.Found {
	return events.Found{People: f.People, Countries: f.Countries, Groups: f.Groups, Troops: f.Troops, Dates: f.Dates, Published: f.published}
}

// counted returns the spans of counts, whose numbers are no dates. Others are read from
// looser wording, so that what may be a year is left to dates: "the 1995 massacre".
func counted(counts []troops.Count) []text.Span {
	spans := make([]text.Span, 0, len(counts))
	for _, c := range counts {
		if c.What != troops.Others || c.Min < 1000 || c.Min > 2100 {
			spans = append(spans, c.Span)
		}
	}
	return spans
}
