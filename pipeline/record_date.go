package pipeline

import "sitrep/extractors/dates"

// A DateRecord is a date, time or duration.
type DateRecord struct {
	SpanRecord
	Type      string  `json:"type" jsonschema:"enum=DATE,enum=TIME,enum=DURATION,enum=SET"`
	Value     string  `json:"value"`
	Mod       *string `json:"mod" jsonschema:"nullable"`
	DateStart *string `json:"date_start" jsonschema:"nullable"`
	DateEnd   *string `json:"date_end" jsonschema:"nullable"`
	Precision *string `json:"precision" jsonschema:"nullable"`
	Relation  string  `json:"relation"`
	Reason    *string `json:"reason" jsonschema:"nullable"`
	Rule      string  `json:"rule"`
	// What it was resolved against, and where that stands if it is another date in
	// the text; both null where its own words tell the whole date.
	Anchor     *string     `json:"anchor" jsonschema:"nullable,enum=publication,enum=text"`
	AnchorSpan *SpanRecord `json:"anchor_span" jsonschema:"nullable"`
	// The days that it may mean where digits leave that open: 10/05/25.
	Alternatives []string `json:"alternatives"`
}

func (p *publisher) date(d dates.Mention) DateRecord {
	r := DateRecord{SpanRecord: p.span(d.Span), Type: d.Type.String(), Value: d.Value, Mod: optional(d.Mod), DateStart: optional(d.First.String()),
		DateEnd: optional(d.Last.String()), Relation: d.Relation.String(), Reason: optional(d.Reason), Rule: d.Rule,
		Anchor: optional(d.Anchor.String()), Alternatives: []string{}}
	if d.AnchorSpan.Len() > 0 {
		at := p.span(d.AnchorSpan)
		r.AnchorSpan = &at
	}
	for _, day := range d.Readings {
		r.Alternatives = append(r.Alternatives, day.String())
	}
	if !d.First.IsZero() {
		r.Precision = optional(d.Precision.String())
	}
	return r
}
