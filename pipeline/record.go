package pipeline

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"math/bits"
	"sort"
	"strconv"
	"strings"
	"sync"

	"sitrep/extractors/countries"
	"sitrep/extractors/dates"
	"sitrep/extractors/events"
	"sitrep/extractors/names"
	"sitrep/extractors/people"
	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
	"sitrep/pipeline/annotations"
)

const (
	// SchemaVersion is the contract's version; changes inside it only add.
	SchemaVersion = 1
	// ExtractorVersion is changed by hand when the output for an article changes.
	ExtractorVersion = "0.4.0"
)

// The statuses of an article.
const (
	StatusOK          = "ok"
	StatusNoEvents    = "no_events"
	StatusNoText      = "no_text"
	StatusUnsupported = "unsupported_language"
	StatusPartial     = "partial"
)

// A SpanRecord is a place in an article's title or body: Unicode code points,
// half open, with the text that stands there.
type SpanRecord struct {
	Field string `json:"field" jsonschema:"enum=title,enum=body"`
	Start int    `json:"start" jsonschema:"minimum=0"`
	End   int    `json:"end" jsonschema:"minimum=0"`
	Text  string `json:"text"`
}

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
	DateStart          *string             `json:"date_start" jsonschema:"nullable"`
	DateEnd            *string             `json:"date_end" jsonschema:"nullable"`
	DatePrecision      *string             `json:"date_precision" jsonschema:"nullable"`
	DateReason         *string             `json:"date_reason" jsonschema:"nullable"`
	StatusDate         *string             `json:"status_date" jsonschema:"nullable"`
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
	PublishedDate      *string             `json:"published_date" jsonschema:"nullable"`
	PublishedAt        *string             `json:"published_at" jsonschema:"nullable"`
	ExtractorVersion   string              `json:"extractor_version"`
	ModelsSHA256       string              `json:"models_sha256"`
}

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

// An ArticleRecord is one record of sitrep.articles.v1: the receipt of an article
// and what was found in it.
type ArticleRecord struct {
	SchemaVersion    int              `json:"schema_version"`
	ArticleID        string           `json:"article_id"`
	GivenID          *string          `json:"given_id" jsonschema:"nullable"`
	Status           string           `json:"status" jsonschema:"enum=ok,enum=no_events,enum=no_text,enum=unsupported_language,enum=partial"`
	Reason           *string          `json:"reason" jsonschema:"nullable"`
	Title            *string          `json:"title" jsonschema:"nullable"`
	Body             string           `json:"body"`
	Truncated        bool             `json:"truncated"`
	URL              *string          `json:"url" jsonschema:"nullable"`
	Source           *string          `json:"source" jsonschema:"nullable"`
	Author           *string          `json:"author" jsonschema:"nullable"`
	Language         string           `json:"language"`
	PublishedDate    *string          `json:"published_date" jsonschema:"nullable"`
	PublishedAt      *string          `json:"published_at" jsonschema:"nullable"`
	CountryCodes     []string         `json:"country_codes"`
	People           []PersonRecord   `json:"people"`
	Countries        []CountryRecord  `json:"countries"`
	Locations        []LocationRecord `json:"locations"`
	TroopCounts      []CountRecord    `json:"troop_counts"`
	OtherCounts      []CountRecord    `json:"other_counts"`
	Dates            []DateRecord     `json:"dates"`
	EventIDs         []string         `json:"event_ids"`
	CharactersRead   int              `json:"characters_read"`
	ContentSHA256    string           `json:"content_sha256"`
	Simhash          string           `json:"simhash"`
	ExtractorVersion string           `json:"extractor_version"`
	ModelsSHA256     string           `json:"models_sha256"`
}

// modelsSHA256 identifies the weights that articles are read with.
var modelsSHA256 = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(text.ModelSHA256() + names.ModelSHA256() + syntax.ModelSHA256()))
	return hex.EncodeToString(sum[:])
})

// Records is what one article becomes.
type Records struct {
	Article ArticleRecord
	Events  []EventRecord
}

// A publisher writes the facts of one document as records.
type publisher struct {
	doc         *text.Document
	title, body *annotations.Offsets
}

func newPublisher(doc *text.Document) *publisher {
	p := &publisher{doc: doc, body: annotations.NewOffsets(doc.Text[doc.Body:])}
	p.title = annotations.NewOffsets(doc.Text[:doc.Body])
	return p
}

func (p *publisher) span(s text.Span) SpanRecord {
	out := SpanRecord{Field: "body", Text: p.doc.Slice(s)}
	if s.Start < p.doc.Body {
		out.Field = "title"
		out.Start, out.End = p.title.CodePoint(s.Start), p.title.CodePoint(min(s.End, p.doc.Body))
		return out
	}
	out.Start, out.End = p.body.CodePoint(s.Start-p.doc.Body), p.body.CodePoint(s.End-p.doc.Body)
	return out
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func code(c countries.Code) *string { return optional(string(c)) }

// hash returns the first 128 bits, in hex, of SHA-256 over parts, each with its
// length before it.
func hash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// id returns the article's id: by what the sender gave, else by its address, else
// by its content.
func (a *Article) id() string {
	switch {
	case a.GivenID != "":
		return hash("id", a.Source, a.GivenID)
	case a.URL != "":
		return hash("url", canonical(a.URL))
	}
	return hash("content", a.Title, a.Body, a.Published.Day.String())
}

// canonical returns an address without what does not change the page.
func canonical(u string) string {
	u, _, _ = strings.Cut(u, "#")
	if i := strings.Index(u, "?utm_"); i >= 0 {
		u = u[:i]
	}
	u = strings.TrimPrefix(strings.TrimPrefix(u, "https://"), "http://")
	return strings.TrimSuffix(strings.TrimPrefix(u, "www."), "/")
}

// Records makes the records of what was read.
func (reading *Reading) Records() Records {
	a, doc, f := &reading.Article, reading.Doc, &reading.Facts
	p := newPublisher(doc)
	content := sha256.Sum256([]byte(a.Title + "\x00" + a.Body))
	title, author := reading.Title(), a.Author
	if authors := reading.Authors(); author == "" && len(authors) > 0 {
		author = authors[0]
	}
	r := Records{Article: ArticleRecord{
		SchemaVersion: SchemaVersion, ArticleID: a.id(), GivenID: optional(a.GivenID), Status: reading.Status, Reason: optional(reading.Reason),
		Title: optional(a.Title), Body: a.Body, URL: optional(a.URL), Source: optional(a.Source), Author: optional(author),
		Language: a.Language, PublishedDate: optional(a.Published.Day.String()), PublishedAt: optional(a.Published.At),
		CountryCodes: []string{}, People: []PersonRecord{}, Countries: []CountryRecord{}, Locations: []LocationRecord{}, TroopCounts: []CountRecord{}, OtherCounts: []CountRecord{}, Dates: []DateRecord{}, EventIDs: []string{},
		CharactersRead: p.body.Len() + p.title.Len(), ContentSHA256: hex.EncodeToString(content[:]),
		Simhash: fmt.Sprintf("%016x", simhash(doc)), ExtractorVersion: ExtractorVersion, ModelsSHA256: modelsSHA256(),
	}}
	seen := map[countries.Code]bool{}
	for _, m := range f.Countries {
		if m.Place && (m.Kind != countries.Name || m.Disputed) {
			r.Article.Locations = append(r.Article.Locations, p.location(m))
		}
		if m.Country == "" {
			continue
		}
		r.Article.Countries = append(r.Article.Countries, CountryRecord{p.span(m.Span), string(m.Country), m.Kind.String(), m.Rule})
		if !seen[m.Country] && !(m.Disputed && m.Kind == countries.Region) && !doc.RoleAt(m.Start).Aside() {
			seen[m.Country] = true
			r.Article.CountryCodes = append(r.Article.CountryCodes, string(m.Country))
		}
	}
	sort.Strings(r.Article.CountryCodes)
	for _, who := range f.People {
		if aside(doc, &who) {
			continue
		}
		r.Article.People = append(r.Article.People, p.person(who))
	}
	for _, c := range p.counts(f.Troops) {
		if c.Counted == troops.Others.String() {
			r.Article.OtherCounts = append(r.Article.OtherCounts, c)
		} else {
			r.Article.TroopCounts = append(r.Article.TroopCounts, c)
		}
	}
	r.Article.OtherCounts = append(r.Article.OtherCounts, p.counts(f.Materiel)...)
	for _, d := range f.Dates {
		rec := DateRecord{SpanRecord: p.span(d.Span), Type: d.Type.String(), Value: d.Value, Mod: optional(d.Mod), DateStart: optional(d.First.String()),
			DateEnd: optional(d.Last.String()), Relation: d.Relation.String(), Reason: optional(d.Reason), Rule: d.Rule,
			Anchor: optional(d.Anchor.String()), Alternatives: []string{}}
		if d.AnchorSpan.Len() > 0 {
			at := p.span(d.AnchorSpan)
			rec.AnchorSpan = &at
		}
		for _, day := range d.Readings {
			rec.Alternatives = append(rec.Alternatives, day.String())
		}
		if !d.First.IsZero() {
			rec.Precision = optional(d.Precision.String())
		}
		r.Article.Dates = append(r.Article.Dates, rec)
	}
	ordinals := map[string]int{}
	for i := range f.Events {
		e := p.event(a, &f.Events[i], r.Article.ArticleID, ordinals)
		e.Title, e.Author = optional(title), optional(author)
		r.Events = append(r.Events, e)
		r.Article.EventIDs = append(r.Article.EventIDs, e.EventID)
	}
	return r
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

func (p *publisher) participant(who events.Participant) ParticipantRecord {
	return ParticipantRecord{p.span(who.Span), who.Name, who.Kind.String(), code(who.Country), optional(who.Role)}
}

func (p *publisher) event(a *Article, e *events.Event, articleID string, ordinals map[string]int) EventRecord {
	trigger := p.span(e.Trigger)
	at := []string{articleID, e.Type.String(), trigger.Field, strconv.Itoa(trigger.Start), strconv.Itoa(trigger.End)}
	slot := strings.Join(at, " ")
	ordinal := ordinals[slot]
	ordinals[slot]++
	c := e.Plover()
	r := EventRecord{
		SchemaVersion: SchemaVersion, EventID: hash(append(at, strconv.Itoa(ordinal))...), ArticleID: articleID,
		Type: e.Type.String(), Status: e.Status.String(), PloverType: optional(c.Type), PloverMode: optional(c.Mode), QuadClass: optional(c.Quad()),
		ActorCountries: distinctCodes(e.Actors), TargetCountries: distinctCodes(e.Targets), OriginCountry: code(e.Origin), DestinationCountry: code(e.Destination),
		Actors: []ParticipantRecord{}, Targets: []ParticipantRecord{}, Counts: []CountRecord{}, Mentions: []SpanRecord{},
		Trigger: trigger, Evidence: p.span(e.Evidence), Confidence: e.Confidence, Rule: e.Rule,
		URL: optional(a.URL), Source: optional(a.Source), Language: a.Language,
		PublishedDate: optional(a.Published.Day.String()), PublishedAt: optional(a.Published.At), ExtractorVersion: ExtractorVersion, ModelsSHA256: modelsSHA256(),
	}
	for _, who := range e.Actors {
		r.Actors = append(r.Actors, p.participant(who))
	}
	for _, who := range e.Targets {
		r.Targets = append(r.Targets, p.participant(who))
	}
	if e.Place != nil {
		r.Place = &PlaceRecord{p.span(e.Place.Span), code(e.Place.Country)}
		r.PlaceCountry = code(e.Place.Country)
		if r.PlaceCountry == nil {
			r.PlaceReason = optional("country unknown")
		}
	} else {
		r.PlaceReason = optional("not stated")
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
	r.EventKey = eventKey(&r)
	return r
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

func distinctCodes(list []events.Participant) []string {
	out := []string{}
	for _, who := range list {
		c := string(who.Country)
		if c == "" || strings.Contains(" "+strings.Join(out, " ")+" ", " "+c+" ") {
			continue
		}
		out = append(out, c)
	}
	return out
}

// eventKey is a fingerprint of what happened, which reports of the same event by
// two outlets share.
func eventKey(r *EventRecord) string {
	sorted := func(list []string) string {
		list = append([]string(nil), list...)
		sort.Strings(list)
		return strings.Join(list, ",")
	}
	value := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	number := func(n *int64) string {
		if n == nil {
			return ""
		}
		return strconv.FormatInt(*n, 10)
	}
	return hash(r.Type, sorted(r.ActorCountries), sorted(r.TargetCountries), value(r.PlaceCountry), value(r.DateStart), value(r.DateEnd), number(r.TroopsMin), number(r.TroopsMax))
}

// simhash returns a 64-bit fingerprint of which near-duplicates differ in few
// bits (Charikar 2002), over pairs of words.
func simhash(doc *text.Document) uint64 {
	var weights [64]int
	for i := 0; i+1 < len(doc.Tokens); i++ {
		h := fnv.New64a()
		h.Write([]byte(doc.Lower(i)))
		h.Write([]byte{0})
		h.Write([]byte(doc.Lower(i + 1)))
		sum := bits.RotateLeft64(h.Sum64(), 17) * 0x9e3779b97f4a7c15
		for b := range weights {
			weights[b] += int(sum>>b&1)*2 - 1
		}
	}
	var out uint64
	for b, w := range weights {
		if w > 0 {
			out |= 1 << b
		}
	}
	return out
}
