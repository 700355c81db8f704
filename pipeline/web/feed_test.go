package web

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline"
)

// told is the record of an event: id, type, status, and whatever set changes.
func told(id, kind string, set ...func(*pipeline.EventRecord)) pipeline.Raw {
	r := pipeline.EventRecord{EventID: id, EventKey: "key of " + id, Type: kind, Status: "occurred", Confidence: 0.5}
	for _, f := range set {
		f(&r)
	}
	value, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	return pipeline.Raw{Key: []byte(id), Value: value}
}

func ids(list []*event) (out []string) {
	for _, e := range list {
		out = append(out, e.id)
	}
	return out
}

// A record that says it again changes nothing, one that differs takes the place of the
// first, and one without a value takes it back.
func TestFeedFollowsTheKeys(t *testing.T) {
	f := NewFeed()
	f.Event(told("a", "attack"))
	f.Event(told("b", "meet"))
	f.Event(told("a", "attack"))
	if got := ids(f.all(filter{})); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("said again: %q", got)
	}
	_, next, _ := f.since(0)
	f.Event(told("a", "strike"))
	f.Event(pipeline.Raw{Key: []byte("b")})
	f.Event(pipeline.Raw{Key: []byte("never seen")})
	f.Event(pipeline.Raw{Key: []byte("c"), Value: []byte("no JSON")})
	if got := f.all(filter{}); len(got) != 1 || got[0].kind != "strike" {
		t.Errorf("replaced and taken back: %q", ids(got))
	}
	list, _, _ := f.since(next)
	out, gone, _ := rows(list, filter{}, 10)
	if len(out) != 1 || !slices.Equal(gone, []string{"b"}) || f.unread != 1 || f.find("b") != nil || f.find("a") == nil {
		t.Errorf("%d rows, gone %q, %d unread", len(out), gone, f.unread)
	}
}

// However many come, a bounded number is kept, and a reader is told how many he missed.
func TestFeedIsBounded(t *testing.T) {
	f := NewFeed()
	f.keep, f.room = 1000, 4<<20
	f.Event(told("first", "attack"))
	_, next, _ := f.since(0)
	for i := range 1500 {
		f.Event(told(fmt.Sprint(i), "attack"))
	}
	list, now, missed := f.since(next)
	if len(list) != 1000 || missed != 500 || now != 1501 || len(f.at) != 1000 || f.find("first") != nil {
		t.Errorf("%d events, %d missed, next %d, %d ids", len(list), missed, now, len(f.at))
	}
	out, _, dropped := rows(list, filter{}, 100)
	if len(out) != 100 || dropped != 900 {
		t.Errorf("%d rows, %d dropped", len(out), dropped)
	}
	large := strings.Repeat("x", 100_000)
	for i := range 60 {
		f.Event(told(fmt.Sprint("large", i), "attack", func(r *pipeline.EventRecord) { r.Rule = large }))
	}
	if f.bytes > f.room {
		t.Errorf("%d bytes", f.bytes)
	}
	sum := 0
	for _, e := range f.all(filter{}) {
		sum += e.size()
	}
	if sum != f.bytes {
		t.Errorf("%d bytes are counted, %d kept", f.bytes, sum)
	}
	for range 3 * keptLetters {
		f.Letter(pipeline.Raw{Value: []byte("x")})
	}
	for i := range 3 * keptReasons {
		f.Letter(pipeline.Raw{Value: []byte("x"), Headers: []pipeline.Header{{Key: "__connect.errors.exception.class.name", Value: fmt.Append(nil, i)}}})
	}
	if len(f.reasons) != keptReasons+1 || f.reasons["other"] != 2*keptReasons+1 {
		t.Errorf("%d reasons, %d others", len(f.reasons), f.reasons["other"])
	}
	if len(f.letters) != keptLetters || f.reasons["not told"] != 3*keptLetters {
		t.Errorf("%d letters, %v", len(f.letters), f.reasons)
	}
}

func ptr[T any](v T) *T { return &v }

func TestFilter(t *testing.T) {
	e, err := newEvent(told("a", "deploy", func(r *pipeline.EventRecord) {
		r.ActorCountries, r.DestinationCountry = []string{"FR"}, ptr("LT")
		r.DateStart, r.DateEnd, r.PublishedDate = ptr("2025-01-01"), ptr("2025-12-31"), ptr("2025-07-09")
		r.Confidence = 0.8
	}))
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]bool{
		"": true, "country=FR": true, "country=lt": true, "country=PL": false, "type=deploy": true, "type=attack&type=deploy": true, "type=attack": false,
		"status=occurred": true, "status=planned": false, "confidence=0.8": true, "confidence=0.81": false,
		"since=2025-12-31": true, "since=2026-01-01": false, "until=2024-12-31": false, "until=2025-01-01": true, "since=2025-03-01&until=2025-03-02": true,
		"country=FR&type=deploy&since=2025-01-01&last=x-1": true,
	} {
		q, _ := url.ParseQuery(query)
		f, err := parseFilter(q)
		if err != nil || f.passes(e) != want {
			t.Errorf("%s: %v, %v", query, f.passes(e), err)
		}
	}
	undated := &event{}
	if by := (filter{until: "2030-01-01"}); by.passes(undated) {
		t.Error("an event without a day passes where days are asked for")
	}
	for _, query := range []string{"country=XX", "country=Fr%00", "type=dance", "status=", "since=yesterday", "until=2025-13-01", "confidence=high", "confidence=NaN", "confidence=-1"} {
		q, _ := url.ParseQuery(query)
		if _, err := parseFilter(q); err == nil {
			t.Errorf("%s: no error", query)
		}
	}
}

func TestPicture(t *testing.T) {
	moves := func(id, kind, status, from, to string, actor string, troops int64, day string) *event {
		e, err := newEvent(told(id, kind, func(r *pipeline.EventRecord) {
			r.Status, r.DateStart = status, ptr(day)
			if actor != "" {
				r.ActorCountries = []string{actor}
			}
			if from != "" {
				r.OriginCountry = &from
			}
			if to != "" {
				r.DestinationCountry = &to
			}
			if troops > 0 {
				r.TroopsMin, r.TroopsMax = &troops, &troops
			}
		}))
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	again := moves("c", "deploy", "occurred", "", "LT", "FR", 900, "2025-07-03")
	again.key = "key of a" // another report of the first
	elsewhere := moves("h", "deploy", "occurred", "", "EE", "FR", 0, "2025-07-01")
	elsewhere.key = "key of a" // the same day, and on another way
	p := pictured([]*event{
		moves("a", "deploy", "occurred", "", "LT", "FR", 600, "2025-07-01"),
		moves("b", "deploy", "planned", "", "LT", "FR", 0, "2025-07-02"),
		again,
		elsewhere,
		moves("d", "withdraw", "ongoing", "PK", "", "IQ", 500, "2025-07-03"),
		moves("e", "deploy", "occurred", "MZ", "ZM", "", 0, "2025-06-30"),
		moves("f", "deploy", "occurred", "FR", "FR", "FR", 0, "2025-07-03"), // stays
		moves("g", "attack", "occurred", "", "", "FR", 0, "1991-01-17"),     // recalled
	}, true)
	want := []arc{{"FR", "LT", 1, 1, 900, false}, {"FR", "EE", 1, 0, 0, false}, {"MZ", "ZM", 1, 0, 0, true}, {"PK", "IQ", 1, 0, 500, false}}
	if !slices.Equal(p.Arcs, want) {
		t.Errorf("arcs %+v", p.Arcs)
	}
	var days []string
	for _, b := range p.Bars {
		days = append(days, b.Day)
	}
	if p.Unit != "day" || !slices.Equal(days, []string{"2025-06-30", "2025-07-01", "2025-07-02", "2025-07-03"}) || p.Earlier != 1 || p.Bars[3].Types["deploy"] != 2 {
		t.Errorf("%s: %v, %d earlier", p.Unit, p.Bars, p.Earlier)
	}
	if len(p.Timeline) != 8 {
		t.Errorf("%d in the timeline", len(p.Timeline))
	}
	if startOf("week", "2025-07-09") != "2025-07-07" || startOf("week", "2025-07-07") != "2025-07-07" || startOf("year", "2025-07-07") != "2025-01-01" {
		t.Error("weeks begin on Monday")
	}
}

func TestTempo(t *testing.T) {
	var c tempo
	now := time.Unix(1_000_000, 0)
	c.add(now, 3)
	c.add(now.Add(7*time.Second), 2)
	bars := c.bars(now.Add(9 * time.Second))
	if n := len(bars); bars[n-1] != 2 || bars[n-2] != 3 || c.total != 5 {
		t.Errorf("%v", bars[len(bars)-4:])
	}
	if bars := c.bars(now.Add(time.Hour)); slices.Max(bars) != 0 {
		t.Errorf("an hour later: %v", bars)
	}
}

// The map holds each land where it lies.
func TestWorld(t *testing.T) {
	w := theWorld()
	at := map[string]land{}
	for _, l := range w.Countries {
		at[l.Code] = l
	}
	if !(at["US"].X < at["FR"].X && at["FR"].X < at["JP"].X && at["NO"].Y < at["ZA"].Y) {
		t.Errorf("US %v, FR %v, JP %v, NO %v, ZA %v", at["US"], at["FR"], at["JP"], at["NO"], at["ZA"])
	}
	if len(w.Dots) < 20_000 || len(w.Dots) > 100_000 {
		t.Errorf("%d bytes of dots", len(w.Dots))
	}
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000", -100: "-100"} {
		if got := grouped(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

// How long a record of an event takes to be kept, as the topic gives it.
func BenchmarkFeed(b *testing.B) {
	next := anew(b)
	f := NewFeed()
	for b.Loop() {
		f.Event(next())
	}
}
