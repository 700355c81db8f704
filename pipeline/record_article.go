package pipeline

import (
	"sitrep/extractors/countries"
	"sitrep/extractors/troops"
	"sitrep/pipeline/duplicates"
)

// An ArticleRecord is one record of sitrep.articles.v1: the receipt of an article
// and what was found in it.
type ArticleRecord struct {
	SchemaVersion  int              `json:"schema_version"`
	ArticleID      string           `json:"article_id"`
	GivenID        *string          `json:"given_id" jsonschema:"nullable"`
	Status         string           `json:"status" jsonschema:"enum=ok,enum=no_events,enum=no_text,enum=unsupported_language,enum=partial"`
	Reason         *string          `json:"reason" jsonschema:"nullable"`
	Title          *string          `json:"title" jsonschema:"nullable"`
	Body           string           `json:"body"`
	Truncated      bool             `json:"truncated"`
	URL            *string          `json:"url" jsonschema:"nullable"`
	Source         *string          `json:"source" jsonschema:"nullable"`
	Author         *string          `json:"author" jsonschema:"nullable"`
	Language       string           `json:"language"`
	PublishedDate  *string          `json:"published_date" jsonschema:"nullable" column:"date"`
	PublishedAt    *string          `json:"published_at" jsonschema:"nullable" column:"time"`
	CountryCodes   []string         `json:"country_codes"`
	People         []PersonRecord   `json:"people"`
	Countries      []CountryRecord  `json:"countries"`
	Locations      []LocationRecord `json:"locations"`
	TroopCounts    []CountRecord    `json:"troop_counts"`
	OtherCounts    []CountRecord    `json:"other_counts"`
	Dates          []DateRecord     `json:"dates"`
	EventIDs       []string         `json:"event_ids"`
	CharactersRead int              `json:"characters_read"`
	// How many characters the sender says it left out; null where nobody says.
	CharactersMissing *int `json:"characters_missing" jsonschema:"nullable"`
	// SHA-256 of the words of the news in small letters, each with a blank behind
	// it: neither the headline nor what stands around the news changes it.
	ContentSHA256    string `json:"content_sha256"`
	Simhash          string `json:"simhash"`
	ExtractorVersion string `json:"extractor_version"`
	ModelsSHA256     string `json:"models_sha256"`
}

// Records makes the records of what was read.
func (reading *Reading) Records() Records {
	p := newPublisher(reading.Doc)
	r := Records{Article: p.article(reading)}
	title, author := reading.Title(), r.Article.Author
	ordinals := map[string]int{}
	r.Events = make([]EventRecord, 0, len(reading.Facts.Events))
	for i := range reading.Facts.Events {
		e := p.event(&reading.Article, &reading.Facts.Events[i], r.Article.ArticleID, ordinals)
		e.Title, e.Author = optional(title), author
		r.Events = append(r.Events, e)
		r.Article.EventIDs = append(r.Article.EventIDs, e.EventID)
	}
	return r
}

// article makes the receipt, still without the ids of its events.
func (p *publisher) article(reading *Reading) ArticleRecord {
	a, f := &reading.Article, &reading.Facts
	r := ArticleRecord{
		SchemaVersion: SchemaVersion, ArticleID: idOf(a), GivenID: optional(a.GivenID), Status: reading.Status, Reason: optional(reading.Reason),
		Title: optional(a.Title), Body: a.Body, URL: optional(a.URL), Source: optional(a.Source), Author: optional(reading.author()),
		Language: a.Language, PublishedDate: optional(a.Published.Day.String()), PublishedAt: optional(a.Published.At),
		CountryCodes: p.countryCodes(f.Countries), People: make([]PersonRecord, 0, len(f.People)),
		Countries: make([]CountryRecord, 0, len(f.Countries)), Locations: []LocationRecord{}, TroopCounts: []CountRecord{}, OtherCounts: []CountRecord{},
		Dates: make([]DateRecord, 0, len(f.Dates)), EventIDs: make([]string, 0, len(f.Events)),
		CharactersRead: p.body.Len() + p.title.Len(), ContentSHA256: contentSHA256(p.doc),
		Simhash: simhash(duplicates.Of(newsWords(p.doc))), ExtractorVersion: ExtractorVersion, ModelsSHA256: modelsSHA256(),
	}
	if n := reading.Missing.Characters; n > 0 {
		r.CharactersMissing = &n
	}
	for _, m := range f.Countries {
		if m.Place && (m.Kind != countries.Name || m.Disputed) {
			r.Locations = append(r.Locations, p.location(m))
		}
		if m.Country != "" {
			r.Countries = append(r.Countries, p.country(m))
		}
	}
	for _, who := range f.People {
		if aside(p.doc, &who) {
			continue
		}
		r.People = append(r.People, p.person(who))
	}
	for _, c := range p.counts(f.Troops) {
		if c.Counted == troops.Others.String() {
			r.OtherCounts = append(r.OtherCounts, c)
		} else {
			r.TroopCounts = append(r.TroopCounts, c)
		}
	}
	r.OtherCounts = append(r.OtherCounts, p.counts(f.Materiel)...)
	for _, d := range f.Dates {
		r.Dates = append(r.Dates, p.date(d))
	}
	return r
}
