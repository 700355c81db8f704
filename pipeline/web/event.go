package web

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"sitrep/pipeline"
)

// An event is a record of the topic of events, with what filters and pictures ask of
// it at hand. It does not change.
type event struct {
	id         string
	gone       bool            // the record was taken back
	value      []byte          // as published
	row        json.RawMessage // what the list shows
	raw        pipeline.Position
	key        string // of what happened, which reports of the same share
	kind       string
	status     string
	countries  []string // in any role
	actors     []string // countries of those who act
	first      string   // the days that it took; of publication where its own are not known
	last       string
	origin     string
	goal       string
	troops     int64 // the largest number that is told; 0 without
	confidence float64
}

// size is about how much memory an event takes.
func (e *event) size() int { return 600 + len(e.value) + len(e.row) }

// newEvent reads a record of the topic of events.
func newEvent(raw pipeline.Raw) (*event, error) {
	if raw.Value == nil {
		return &event{id: string(raw.Key), gone: true}, nil
	}
	var r pipeline.EventRecord
	if err := json.Unmarshal(raw.Value, &r); err != nil {
		return nil, fmt.Errorf("event at %s/%d, offset %d: %w", raw.Topic, raw.Partition, raw.Offset, err)
	}
	row, err := json.Marshal(newRow(&r))
	if err != nil {
		return nil, err
	}
	e := &event{id: r.EventID, value: raw.Value, row: row, raw: source(raw.Headers), key: r.EventKey, kind: r.Type, status: r.Status,
		actors: r.ActorCountries, origin: or(r.OriginCountry), goal: or(r.DestinationCountry), confidence: r.Confidence}
	e.first, e.last, _ = days(&r)
	e.countries = slices.Concat(r.ActorCountries, r.TargetCountries)
	for _, c := range []*string{r.PlaceCountry, r.OriginCountry, r.DestinationCountry} {
		if c != nil {
			e.countries = append(e.countries, *c)
		}
	}
	for _, n := range []*int64{r.TroopsMin, r.TroopsMax} {
		if n != nil {
			e.troops = max(e.troops, *n)
		}
	}
	return e, nil
}

// days returns when an event was, or else when its status came about or its article
// was published, and whether they are its own.
func days(r *pipeline.EventRecord) (first, last string, own bool) {
	if r.DateStart != nil {
		first, last = *r.DateStart, *r.DateStart
		if r.DateEnd != nil {
			last = *r.DateEnd
		}
		return first, last, true
	}
	first = or(r.StatusDate)
	if first == "" {
		first = or(r.PublishedDate)
	}
	return first, first, false
}

// source returns where the raw article stands, by the headers of a record.
func source(headers []pipeline.Header) (p pipeline.Position) {
	p.Offset = -1
	for _, h := range headers {
		switch h.Key {
		case "sitrep_source_topic":
			p.Topic = string(h.Value)
		case "sitrep_source_partition":
			p.Partition, _ = strconv.Atoi(string(h.Value))
		case "sitrep_source_offset":
			if n, err := strconv.ParseInt(string(h.Value), 10, 64); err == nil {
				p.Offset = n
			}
		}
	}
	return p
}

// A row is what the list shows of an event.
type row struct {
	ID         string  `json:"id"`
	Type       string  `json:"type"`
	Status     string  `json:"status"`
	Actors     []side  `json:"actors"`
	Targets    []side  `json:"targets"`
	Place      string  `json:"place"`
	From       string  `json:"from"`
	To         string  `json:"to"`
	First      string  `json:"first"`
	Last       string  `json:"last"`
	Own        bool    `json:"own"` // the days are the event's, not of publication
	Troops     string  `json:"troops"`
	Killed     string  `json:"killed"`
	Confidence float64 `json:"confidence"`
	Before     string  `json:"before"` // the sentence before, at and behind the trigger
	Trigger    string  `json:"trigger"`
	After      string  `json:"after"`
	Title      string  `json:"title"`
}

// A side is who acts or is acted on, and whose they are.
type side struct {
	Name    string `json:"name"`
	Country string `json:"country"`
}

func newRow(r *pipeline.EventRecord) row {
	out := row{ID: r.EventID, Type: r.Type, Status: r.Status, Actors: sides(r.Actors), Targets: sides(r.Targets),
		From: or(r.OriginCountry), To: or(r.DestinationCountry), Troops: number(r.TroopsMin, r.TroopsMax), Killed: number(r.KilledMin, r.KilledMax),
		Confidence: r.Confidence, Trigger: r.Trigger.Text, Title: head(or(r.Title), 160)}
	out.First, out.Last, out.Own = days(r)
	if r.Place != nil {
		out.Place = head(r.Place.Text, 60)
	}
	out.Before, out.After = around(r.Evidence, r.Trigger)
	return out
}

func sides(list []pipeline.ParticipantRecord) []side {
	out := make([]side, 0, len(list))
	for _, who := range list[:min(len(list), 6)] {
		out = append(out, side{head(who.Name, 60), or(who.Country)})
	}
	return out
}

// around returns what of a sentence stands before and behind a trigger, if it is
// there, shortened from the outer ends.
func around(sentence, trigger pipeline.SpanRecord) (before, after string) {
	const most = 160
	text := []rune(sentence.Text)
	from, to := trigger.Start-sentence.Start, trigger.End-sentence.Start
	if sentence.Field != trigger.Field || from < 0 || to > len(text) || from > to {
		return "", ""
	}
	if start := max(0, from-most); start > 0 {
		before = "…" + string(text[start:from])
	} else {
		before = string(text[:from])
	}
	return before, head(string(text[to:]), most)
}

// head returns at most n code points of s, and a sign that there were more.
func head(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}

// number shows bounds: 500, 200–300, ≥20, ≤50.
func number(low, high *int64) string {
	switch {
	case low == nil && high == nil:
		return ""
	case high == nil:
		return "≥" + grouped(*low)
	case low == nil:
		return "≤" + grouped(*high)
	case *low == *high:
		return grouped(*low)
	}
	return grouped(*low) + "–" + grouped(*high)
}

// grouped writes 12000 as 12,000.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func or(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
