package pipeline

import (
	"slices"

	"sitrep/extractors/dates"
	"sitrep/extractors/events"
	"sitrep/pipeline/article"
)

// A ParticipantRecord is an actor, target or speaker.
type ParticipantRecord struct {
	SpanRecord
	Name    string  `json:"name"`
	Kind    string  `json:"kind"`
	Country *string `json:"country" jsonschema:"nullable"`
	Role    *string `json:"role" jsonschema:"nullable"`
}

// A PlaceRecord is where an event happens.
type PlaceRecord struct {
	SpanRecord
	Country *string `json:"country" jsonschema:"nullable"`
}

// An EventRecord is one record of sitrep.events.v1.
type EventRecord struct {
	SchemaVersion      int                 `json:"schema_version"`
	EventID            string              `json:"event_id"`
	ArticleID          string              `json:"article_id"`
	EventKey           string              `json:"event_key"`
	Type               string              `json:"type"`
	Status             string              `json:"status"`
	PloverType         *string             `json:"plover_type" jsonschema:"nullable"`
	PloverMode         *string             `json:"plover_mode" jsonschema:"nullable"`
	QuadClass          *string             `json:"quad_class" jsonschema:"nullable"`
	ActorCountries     []string            `json:"actor_countries"`
	TargetCountries    []string            `json:"target_countries"`
	PlaceCountry       *string             `json:"place_country" jsonschema:"nullable"`
	PlaceReason        *string             `json:"place_reason" jsonschema:"nullable"`
	OriginCountry      *string             `json:"origin_country" jsonschema:"nullable"`
	DestinationCountry *string             `json:"destination_country" jsonschema:"nullable"`
	DateStart          *string             `json:"date_start" jsonschema:"nullable" column:"date"`
	DateEnd            *string             `json:"date_end" jsonschema:"nullable" column:"date"`
	DatePrecision      *string             `json:"date_precision" jsonschema:"nullable"`
	DateReason         *string             `json:"date_reason" jsonschema:"nullable"`
	StatusDate         *string             `json:"status_date" jsonschema:"nullable" column:"date"`
	TroopsMin          *int64              `json:"troops_min" jsonschema:"nullable"`
	TroopsMax          *int64              `json:"troops_max" jsonschema:"nullable"`
	TroopsReason       *string             `json:"troops_reason" jsonschema:"nullable"`
	KilledMin          *int64              `json:"killed_min" jsonschema:"nullable"`
	KilledMax          *int64              `json:"killed_max" jsonschema:"nullable"`
	KilledReason       *string             `json:"killed_reason" jsonschema:"nullable"`
	Actors             []ParticipantRecord `json:"actors"`
	Targets            []ParticipantRecord `json:"targets"`
	Place              *PlaceRecord        `json:"place" jsonschema:"nullable"`
	Counts             []CountRecord       `json:"counts"`
	Speaker            *ParticipantRecord  `json:"speaker" jsonschema:"nullable"`
	Trigger            SpanRecord          `json:"trigger"`
	Evidence           SpanRecord          `json:"evidence"`
	Mentions           []SpanRecord        `json:"mentions"`
	Confidence         float64             `json:"confidence" jsonschema:"minimum=0,maximum=1"`
	Rule               string              `json:"rule"`
	Title              *string             `json:"title" jsonschema:"nullable"`
	URL                *string             `json:"url" jsonschema:"nullable"`
	Source             *string             `json:"source" jsonschema:"nullable"`
	Author             *string             `json:"author" jsonschema:"nullable"`
	Language           string              `json:"language"`
	PublishedDate      *string             `json:"published_date" jsonschema:"nullable" column:"date"`
	PublishedAt        *string             `json:"published_at" jsonschema:"nullable" column:"time"`
	ExtractorVersion   string              `json:"extractor_version"`
	ModelsSHA256       string              `json:"models_sha256"`
}

func (p *publisher) participant(who events.Participant) ParticipantRecord {
	return ParticipantRecord{p.span(who.Span), who.Name, who.Kind.String(), code(who.Country), optional(who.Role)}
}

func (p *publisher) participants(list []events.Participant) []ParticipantRecord {
	out := make([]ParticipantRecord, len(list))
	for i, who := range list {
		out[i] = p.participant(who)
	}
	return out
}

func (p *publisher) event(a *article.Article, e *events.Event, articleID string, ordinals map[string]int) EventRecord {
	trigger := p.span(e.Trigger)
	c := e.Plover()
	r := EventRecord{
		SchemaVersion: SchemaVersion, EventID: eventID(articleID, e.Type.String(), trigger, ordinals), ArticleID: articleID,
		Type: e.Type.String(), Status: e.Status.String(), PloverType: optional(c.Type), PloverMode: optional(c.Mode), QuadClass: optional(c.Quad()),
		ActorCountries: distinctCodes(e.Actors), TargetCountries: distinctCodes(e.Targets), OriginCountry: code(e.Origin), DestinationCountry: code(e.Destination),
		Actors: p.participants(e.Actors), Targets: p.participants(e.Targets), Counts: []CountRecord{}, Mentions: []SpanRecord{},
		Trigger: trigger, Evidence: p.span(e.Evidence), Confidence: e.Confidence, Rule: e.Rule,
		URL: optional(a.URL), Source: optional(a.Source), Language: a.Language,
		PublishedDate: optional(a.Published.Day.String()), PublishedAt: optional(a.Published.At), ExtractorVersion: ExtractorVersion, ModelsSHA256: modelsSHA256(),
	}
	if e.Speaker != nil {
		who := p.participant(*e.Speaker)
		r.Speaker = &who
	}
	for _, m := range e.Mentions {
		r.Mentions = append(r.Mentions, p.span(m))
	}
	for _, n := range e.Counts {
		r.Counts = append(r.Counts, p.count(n))
	}
	r.TroopsMin, r.TroopsMax, r.TroopsReason = single(r.Counts, "troops")
	r.KilledMin, r.KilledMax, r.KilledReason = single(r.Counts, "killed")
	p.where(&r, e)
	when(&r, e)
	r.EventKey = eventKey(&r)
	return r
}

func (p *publisher) where(r *EventRecord, e *events.Event) {
	if e.Place == nil {
		r.PlaceReason = optional("not stated")
		return
	}
	r.Place = &PlaceRecord{p.span(e.Place.Span), code(e.Place.Country)}
	if r.PlaceCountry = r.Place.Country; r.PlaceCountry == nil {
		r.PlaceReason = optional("country unknown")
	}
}

func when(r *EventRecord, e *events.Event) {
	switch {
	case e.Date == nil:
		r.DateReason = optional(e.DateReason)
	case e.Date.First.IsZero():
		r.DateReason = optional(e.Date.Reason)
	default:
		r.DateStart, r.DateEnd, r.DatePrecision = optional(e.Date.First.String()), optional(e.Date.Last.String()), optional(e.Date.Precision.String())
	}
	if e.StatusDate != nil && e.StatusDate.Precision == dates.ByDay {
		r.StatusDate = optional(e.StatusDate.First.String())
	}
}

// single returns the bounds of the one count of a kind, or why there are none: a
// sum of several would count people twice.
func single(counts []CountRecord, what string) (minimum, maximum *int64, reason *string) {
	n := 0
	for _, c := range counts {
		if c.What == what {
			minimum, maximum = c.Min, c.Max
			n++
		}
	}
	switch n {
	case 0:
		return nil, nil, optional("not stated")
	case 1:
		return minimum, maximum, nil
	}
	return nil, nil, optional("several counts")
}

// distinctCodes lists the countries of participants in the order of the text.
func distinctCodes(list []events.Participant) []string {
	out := []string{}
	for _, who := range list {
		if c := string(who.Country); c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}
