package pipeline

import "sitrep/extractors/troops"

// A CountRecord is a number of people, units or things. Counted says which, What
// what it stands for in an event.
type CountRecord struct {
	SpanRecord
	What        string       `json:"what" jsonschema:"enum=troops,enum=killed,enum=wounded,enum=captured,enum=released,enum=other,enum=units,enum=vehicles,enum=aircraft,enum=ships"`
	Counted     string       `json:"counted" jsonschema:"enum=troops,enum=others,enum=units,enum=vehicles,enum=aircraft,enum=ships"`
	Min         *int64       `json:"min" jsonschema:"nullable"`
	Max         *int64       `json:"max" jsonschema:"nullable"`
	Comparator  string       `json:"comparator" jsonschema:"enum=exact,enum=approx,enum=at_least,enum=at_most,enum=range"`
	Unit        string       `json:"unit"`
	Elliptical  bool         `json:"elliptical"`
	Country     *string      `json:"country" jsonschema:"nullable"`
	CountryRule *string      `json:"country_rule" jsonschema:"nullable"`
	Force       *string      `json:"force" jsonschema:"nullable,enum=state,enum=nonstate,enum=multinational,enum=mixed"`
	Status      string       `json:"status"`
	Place       *PlaceRecord `json:"place" jsonschema:"nullable"`
	Mentions    []SpanRecord `json:"mentions"` // where it is told again
	Rule        string       `json:"rule"`
}

// counts makes one record of a count and all that say it again.
func (p *publisher) counts(list []troops.Count) []CountRecord {
	var out []CountRecord
	at := make([]int, len(list))
	for i, c := range list {
		if c.Same >= 0 {
			at[i] = at[c.Same]
			first := &out[at[i]]
			first.Mentions = append(first.Mentions, p.span(c.Span))
			continue
		}
		at[i] = len(out)
		out = append(out, p.count(c))
	}
	return out
}

func (p *publisher) count(c troops.Count) CountRecord {
	r := CountRecord{SpanRecord: p.span(c.Span), What: whatOf(c), Counted: c.What.String(), Min: bound(c.Min), Max: bound(c.Max),
		Comparator: c.Comparator.String(), Unit: c.Noun, Elliptical: c.Elliptical, Country: code(c.Nationality), CountryRule: optional(c.NationalityRule),
		Status: c.Status.String(), Mentions: []SpanRecord{}, Rule: c.Rule}
	if c.What == troops.Troops || c.What == troops.Units {
		r.Force = optional(c.Force.String())
	}
	if c.Place != nil {
		r.Place = &PlaceRecord{p.span(c.Place.Span), code(c.Place.Country)}
	}
	return r
}

// whatOf returns what a count stands for in an event: what befell people goes
// before who they are.
func whatOf(c troops.Count) string {
	switch {
	case c.What == troops.Units || c.What.IsMateriel():
		return c.What.String()
	case c.Status == troops.Killed || c.Status == troops.Wounded || c.Status == troops.Captured || c.Status == troops.Released:
		return c.Status.String()
	case c.What == troops.Others || c.Status == troops.Casualties:
		return "other"
	}
	return c.What.String()
}

func bound(b troops.Bound) *int64 {
	if b == troops.Open {
		return nil
	}
	n := int64(b)
	return &n
}
