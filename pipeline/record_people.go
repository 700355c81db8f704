package pipeline

import "sitrep/extractors/people"

// A MentionRecord is a place where a person is named or stood for, and the rule
// that says so.
type MentionRecord struct {
	SpanRecord
	Rule string `json:"rule"`
}

// A RoleRecord is an office, rank or calling that the article gives to a person.
type RoleRecord struct {
	SpanRecord
	Role    string  `json:"role"`
	Country *string `json:"country" jsonschema:"nullable"`
	Former  bool    `json:"former"`
}

// A PersonRecord is somebody whom the article names. Role and country are those of
// the most telling of the roles.
type PersonRecord struct {
	Name       string          `json:"name"`
	Role       *string         `json:"role" jsonschema:"nullable"`
	Country    *string         `json:"country" jsonschema:"nullable"`
	Author     bool            `json:"author"`
	Roles      []RoleRecord    `json:"roles"`
	Mentions   []MentionRecord `json:"mentions"`
	References []MentionRecord `json:"references"`
}

func (p *publisher) person(who people.Person) PersonRecord {
	r := PersonRecord{Name: who.Name, Role: optional(who.Role), Country: code(who.Country), Author: who.Author,
		Roles: []RoleRecord{}, Mentions: []MentionRecord{}, References: []MentionRecord{}}
	for _, x := range who.Roles {
		r.Roles = append(r.Roles, RoleRecord{p.span(x.Span), x.Name, code(x.Country), x.Former})
	}
	for _, m := range who.Mentions {
		r.Mentions = append(r.Mentions, MentionRecord{p.span(m.Span), m.Rule})
	}
	for _, m := range who.References {
		r.References = append(r.References, MentionRecord{p.span(m.Span), m.Rule})
	}
	return r
}
