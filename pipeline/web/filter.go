package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sitrep/extractors/countries"
	"sitrep/extractors/events"
)

// A filter says which events are shown. The zero filter passes all.
type filter struct {
	country    string // that an event has in any role
	types      []string
	statuses   []string
	since      string // days, as 2006-01-02
	until      string
	confidence float64 // at least
}

// parseFilter reads a filter from an address: ?country=IQ&type=deploy&type=withdraw&since=2025-05-01.
func parseFilter(q url.Values) (f filter, err error) {
	f.country = strings.ToUpper(q.Get("country"))
	if f.country != "" && countries.Code(f.country).Name() == "" {
		return f, fmt.Errorf("country %q: want a code of ISO 3166-1, such as IQ", q.Get("country"))
	}
	if f.types, err = listed(q, "type", events.Types()); err != nil {
		return f, err
	}
	if f.statuses, err = listed(q, "status", events.Statuses()); err != nil {
		return f, err
	}
	if f.since, err = day(q, "since"); err != nil {
		return f, err
	}
	if f.until, err = day(q, "until"); err != nil {
		return f, err
	}
	if s := q.Get("confidence"); s != "" {
		f.confidence, err = strconv.ParseFloat(s, 64)
		if err != nil || !(f.confidence >= 0 && f.confidence <= 1) {
			return f, fmt.Errorf("confidence %q: want a number from 0 to 1", s)
		}
	}
	return f, nil
}

func listed(q url.Values, name string, known []string) ([]string, error) {
	for _, s := range q[name] {
		if !slices.Contains(known, s) {
			return nil, fmt.Errorf("%s %q: want one of %s", name, s, strings.Join(known, ", "))
		}
	}
	return q[name], nil
}

func day(q url.Values, name string) (string, error) {
	s := q.Get(name)
	if _, err := time.Parse(time.DateOnly, s); s != "" && err != nil {
		return "", fmt.Errorf("%s %q: want a day such as 2026-01-31", name, s)
	}
	return s, nil
}

// passes tells whether an event is shown. Where a day is asked for, one that lasts
// passes if it touches the days asked for, and one without a day does not pass.
func (f *filter) passes(e *event) bool {
	return (f.country == "" || slices.Contains(e.countries, f.country)) &&
		(len(f.types) == 0 || slices.Contains(f.types, e.kind)) &&
		(len(f.statuses) == 0 || slices.Contains(f.statuses, e.status)) &&
		(f.since == "" || e.last >= f.since) &&
		(f.until == "" || e.first != "" && e.first <= f.until) &&
		e.confidence >= f.confidence
}
