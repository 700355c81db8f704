// Package annotations holds the form in which annotated articles are exchanged:
// one JSON document a line, with its spans and events, offsets in Unicode code
// points. Gold files have it, and so has what sitrep finds in them.
//
// It does not know how facts are found, scored or published.
package annotations

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// A Document is an article and what is marked in it. All offsets are code
// points into Text, half-open. A prediction may leave Text out.
type Document struct {
	ID        string   `json:"id"`
	Published *string  `json:"published"` // YYYY-MM-DD; nil where unknown
	Title     *string  `json:"title,omitempty"`
	Authors   []string `json:"authors,omitempty"` // of the byline
	Text      string   `json:"text,omitempty"`
	Spans     []Span   `json:"spans"`          // nil where the line has none to tell; written as []
	Events    []Event  `json:"events"`         // nil where the line has none to tell; written as []
	Gold      *Gold    `json:"gold,omitempty"` // people and countries of the whole article

	// OtherEvents says that the line's events had another form than Event (a
	// data set's own templates) and were left out.
	OtherEvents bool `json:"-"`
}

// The types of spans that sitrep gives.
const (
	Person     = "PERSON"
	Country    = "COUNTRY"
	Place      = "PLACE"
	Org        = "ORG"
	Date       = "DATE"
	Time       = "TIME"
	Duration   = "DURATION"
	Set        = "SET"
	TroopCount = "TROOP_COUNT"
)

// The kinds of spans that scoring treats apart.
const (
	KindRegion = "region" // COUNTRY: a province or town that only implies its country
	KindUnits  = "units"  // TROOP_COUNT: counts formations, not people
	KindIgnore = "ignore" // TROOP_COUNT: neither right nor wrong to find
)

// A Span is a marked stretch of text. What its fields can hold depends on Type;
// the zero value is written as absent or null.
type Span struct {
	Start      int      `json:"start"`
	End        int      `json:"end"`
	Type       string   `json:"type"`
	Value      *string  `json:"value"` // TIMEX value, ISO code or canonical name
	Text       string   `json:"text"`
	Kind       string   `json:"kind,omitempty"`
	Author     bool     `json:"author,omitempty"`     // PERSON in a byline
	Mod        string   `json:"mod,omitempty"`        // TIMEX modifier
	Orig       string   `json:"orig,omitempty"`       // tag of the source's own scheme
	Confidence *float64 `json:"confidence,omitempty"` // 0 to 1

	// Of TROOP_COUNT.
	Min         *int64  `json:"min,omitempty"` // nil where unbounded
	Max         *int64  `json:"max,omitempty"` // nil where unbounded
	Comparator  string  `json:"comparator,omitempty"`
	UnitNoun    string  `json:"unit_noun,omitempty"`
	Nationality *string `json:"nationality,omitempty"` // ISO code
	Status      string  `json:"status,omitempty"`
	Force       string  `json:"force,omitempty"`
	Elliptical  bool    `json:"elliptical,omitempty"`
}

// An Event is one action as an article reports it. Every field is written,
// empty as null or [].
type Event struct {
	Type        string    `json:"type"`
	Status      string    `json:"status"`
	Trigger     *Mention  `json:"trigger"`
	Mentions    []Mention `json:"mentions"` // further triggers of the same event
	Actors      []Party   `json:"actors"`
	Targets     []Party   `json:"targets"`
	Place       *Party    `json:"place"`
	Origin      *string   `json:"origin"`      // ISO code
	Destination *string   `json:"destination"` // ISO code
	Date        *string   `json:"date"`        // YYYY[-MM[-DD]] or two days joined by "/"
	Counts      []Count   `json:"counts"`
	Speaker     *Mention  `json:"speaker"`
	Sentence    *Range    `json:"sentence"`             // of the trigger
	Confidence  *float64  `json:"confidence,omitempty"` // 0 to 1, of predictions
}

// A Range is a stretch of text. A bound that a line leaves out is -1, and is
// written as null.
type Range struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Known reports whether both bounds were given.
func (r Range) Known() bool { return r.Start >= 0 && r.End >= 0 }

// A Mention is a stretch of text with its words. A bound that a line leaves out
// is -1, and is written as null.
type Mention struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Range returns where m stands.
func (m Mention) Range() Range { return Range{m.Start, m.End} }

// A Party is an actor, a target or a place.
type Party struct {
	Start   int     `json:"start"`
	End     int     `json:"end"`
	Text    string  `json:"text"`
	Country *string `json:"country"` // ISO code; nil for bodies of several countries
}

// A Count is a number of people in an event.
type Count struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Min   *int64 `json:"min"` // nil where unbounded
	Max   *int64 `json:"max"` // nil where unbounded
	What  string `json:"what"`
}

// Gold is what an annotator found in an article as a whole.
type Gold struct {
	People    []GoldPerson  `json:"people"`
	Countries []GoldCountry `json:"countries"`
}

// A GoldPerson is a person under all names the article uses.
type GoldPerson struct {
	Name     string   `json:"name"`
	Role     *string  `json:"role"`
	Author   bool     `json:"author"`
	Mentions []string `json:"mentions"`
}

// A GoldCountry is a country and the words that name it.
type GoldCountry struct {
	ISO   string `json:"iso"`
	Forms []Form `json:"forms"`
}

// A Form is a word for a country; Kind is name, demonym, capital or region.
type Form struct {
	Surface string `json:"surface"`
	Kind    string `json:"kind"`
	Count   int    `json:"count"`
}

// UnmarshalJSON reads a range; bounds left out or null become -1.
func (r *Range) UnmarshalJSON(b []byte) error {
	type plain Range
	p := plain{-1, -1}
	err := json.Unmarshal(b, &p)
	*r = Range(p)
	return err
}

// UnmarshalJSON reads a mention; bounds left out or null become -1.
func (m *Mention) UnmarshalJSON(b []byte) error {
	type plain Mention
	p := plain{Start: -1, End: -1}
	err := json.Unmarshal(b, &p)
	*m = Mention(p)
	return err
}

// MarshalJSON writes a bound below 0 as null.
func (r Range) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		Start *int `json:"start"`
		End   *int `json:"end"`
	}{bound(r.Start), bound(r.End)})
}

// MarshalJSON writes a bound below 0 as null.
func (m Mention) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		Start *int   `json:"start"`
		End   *int   `json:"end"`
		Text  string `json:"text"`
	}{bound(m.Start), bound(m.End), m.Text})
}

func bound(n int) *int {
	if n < 0 {
		return nil
	}
	return &n
}

// MarshalJSON writes all fields of a counted TROOP_COUNT, null ones too, and of
// other spans only those that are set.
func (s Span) MarshalJSON() ([]byte, error) {
	type plain Span
	if s.Type != TroopCount || s.Kind == KindIgnore {
		return marshal(plain(s))
	}
	return marshal(struct {
		plain
		Min         *int64  `json:"min"`
		Max         *int64  `json:"max"`
		Comparator  string  `json:"comparator"`
		UnitNoun    string  `json:"unit_noun"`
		Nationality *string `json:"nationality"`
		Status      string  `json:"status"`
		Force       string  `json:"force"`
		Elliptical  bool    `json:"elliptical"`
	}{plain(s), s.Min, s.Max, s.Comparator, s.UnitNoun, s.Nationality, s.Status, s.Force, s.Elliptical})
}

// MarshalJSON writes every field, a nil list as [].
func (e Event) MarshalJSON() ([]byte, error) {
	type plain Event
	e.Mentions, e.Counts = list(e.Mentions), list(e.Counts)
	e.Actors, e.Targets = list(e.Actors), list(e.Targets)
	return marshal(plain(e))
}

// MarshalJSON writes spans and events always, a nil list as [].
func (d Document) MarshalJSON() ([]byte, error) {
	type plain Document
	d.Spans, d.Events = list(d.Spans), list(d.Events)
	return marshal(plain(d))
}

// UnmarshalJSON reads a document. Unknown fields are skipped; if one event has
// another form than Event, all are (see OtherEvents).
func (d *Document) UnmarshalJSON(b []byte) error {
	type plain Document
	var p struct {
		plain
		Events []json.RawMessage `json:"events"`
	}
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	*d = Document(p.plain)
	return d.readEvents(p.Events)
}

func (d *Document) readEvents(raw []json.RawMessage) error {
	if raw == nil {
		return nil
	}
	d.Events = make([]Event, len(raw))
	for i, b := range raw {
		if otherForm(b) {
			d.Events, d.OtherEvents = nil, true
			return nil
		}
		if err := json.Unmarshal(b, &d.Events[i]); err != nil {
			return fmt.Errorf("event %d: %w", i, err)
		}
	}
	return nil
}

// otherForm tells the templates of other data sets by their fields: a type that
// is not a name, or slots and tallies that Event does not have.
func otherForm(event []byte) bool {
	var probe struct {
		Type      json.RawMessage `json:"type"`
		Slots     json.RawMessage `json:"slots"`
		MinKilled json.RawMessage `json:"min_killed"`
	}
	if json.Unmarshal(event, &probe) != nil {
		return false
	}
	isName := probe.Type == nil || probe.Type[0] == '"' || probe.Type[0] == 'n'
	return !isName || probe.Slots != nil || probe.MinKilled != nil
}

func list[T any](xs []T) []T {
	if xs == nil {
		return []T{}
	}
	return xs
}

// marshal is json.Marshal without HTML escapes.
func marshal[T any](v T) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Check returns an error for the first span or event part of d that does not
// lie inside the text or does not reproduce its words.
func (d Document) Check() error {
	c := checker{text: d.Text, at: NewOffsets(d.Text)}
	for i, s := range d.Spans {
		c.check(fmt.Sprintf("span %d (%s)", i, s.Type), s.Start, s.End, s.Text)
	}
	for i, e := range d.Events {
		c.event(fmt.Sprintf("event %d (%s)", i, e.Type), e)
	}
	if c.err != nil {
		return fmt.Errorf("document %s: %w", d.ID, c.err)
	}
	return nil
}

// A checker keeps the first fault.
type checker struct {
	text string
	at   *Offsets
	err  error
}

func (c *checker) event(name string, e Event) {
	for _, m := range e.Mentions {
		c.check(name+" mention", m.Start, m.End, m.Text)
	}
	for _, m := range []*Mention{e.Trigger, e.Speaker} {
		if m != nil {
			c.check(name+" trigger or speaker", m.Start, m.End, m.Text)
		}
	}
	for _, p := range append(append([]Party{}, e.Actors...), e.Targets...) {
		c.check(name+" actor or target", p.Start, p.End, p.Text)
	}
	if e.Place != nil {
		c.check(name+" place", e.Place.Start, e.Place.End, e.Place.Text)
	}
	for _, n := range e.Counts {
		c.check(name+" count", n.Start, n.End, n.Text)
	}
	if s := e.Sentence; s != nil && c.err == nil && !c.inside(s.Start, s.End) {
		c.err = fmt.Errorf("%s sentence: %d-%d is not a range of the text", name, s.Start, s.End)
	}
}

func (c *checker) inside(start, end int) bool { return 0 <= start && start < end && end <= c.at.Len() }

func (c *checker) check(name string, start, end int, words string) {
	switch {
	case c.err != nil:
	case !c.inside(start, end):
		c.err = fmt.Errorf("%s: %d-%d is not a range of the text", name, start, end)
	case c.text[c.at.Byte(start):c.at.Byte(end)] != words && utf8.ValidString(c.text):
		c.err = fmt.Errorf("%s: the text at %d-%d is %q, not %q", name, start, end, c.text[c.at.Byte(start):c.at.Byte(end)], words)
	}
}
