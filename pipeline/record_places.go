package pipeline

import (
	"slices"

	"sitrep/extractors/countries"
)

// A CountryRecord is a mention of a country.
type CountryRecord struct {
	SpanRecord
	Country string `json:"country"`
	Kind    string `json:"kind" jsonschema:"enum=name,enum=demonym,enum=capital,enum=region"`
	Rule    string `json:"rule"`
}

// A LocationRecord is a mention of a town, region or disputed land: where it is.
type LocationRecord struct {
	SpanRecord
	Name       string   `json:"name"`
	Country    *string  `json:"country" jsonschema:"nullable"`
	Region     *string  `json:"region" jsonschema:"nullable,description=ISO 3166-2"`
	GeoNamesID *int     `json:"geonames_id" jsonschema:"nullable"`
	Latitude   *float64 `json:"latitude" jsonschema:"nullable,minimum=-90,maximum=90"`
	Longitude  *float64 `json:"longitude" jsonschema:"nullable,minimum=-180,maximum=180"`
	Disputed   bool     `json:"disputed"`
	HeldBy     *string  `json:"held_by" jsonschema:"nullable"`
	ClaimedBy  []string `json:"claimed_by"`
	Rule       string   `json:"rule"`
}

func (p *publisher) location(m countries.Mention) LocationRecord {
	site := m.Site
	r := LocationRecord{SpanRecord: p.span(m.Span), Name: site.Name, Country: code(m.Country), Region: optional(site.Code()),
		Disputed: m.Disputed, HeldBy: code(m.Holder), ClaimedBy: []string{}, Rule: m.Rule}
	if site.Name == "" {
		r.Name = r.Text
	} else {
		r.Latitude, r.Longitude = &site.Latitude, &site.Longitude
	}
	if !site.Region() {
		r.GeoNamesID = &site.GeoNames
	}
	for _, c := range m.Claims {
		r.ClaimedBy = append(r.ClaimedBy, string(c))
	}
	return r
}

func (p *publisher) country(m countries.Mention) CountryRecord {
	return CountryRecord{p.span(m.Span), string(m.Country), m.Kind.String(), m.Rule}
}

// countryCodes lists the countries that the news names, without those of the
// author's box and other boxes, and without those that claim a disputed land.
func (p *publisher) countryCodes(mentions []countries.Mention) []string {
	codes := []string{}
	for _, m := range mentions {
		if m.Country == "" || m.Disputed && m.Kind == countries.Region || p.doc.RoleAt(m.Start).Aside() {
			continue
		}
		codes = append(codes, string(m.Country))
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}
