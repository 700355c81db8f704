package export

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sitrep/extractors/countries"
	"sitrep/extractors/events"
	"sitrep/pipeline"
)

// A Filter says which events to keep. What is empty keeps all.
type Filter struct {
	Since, Until  string // published on these days or between, as 2025-05-10
	Types         []string
	Statuses      []string
	Countries     []string // of an actor, target, place, origin or destination
	MinConfidence float64
}

// Check returns an error for a filter that no event can pass.
func (f *Filter) Check() error {
	for _, day := range []string{f.Since, f.Until} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return fmt.Errorf("day %q: want one like 2026-01-31", day)
		}
	}
	if f.Until != "" && f.Since > f.Until {
		return fmt.Errorf("no day is since %s and until %s", f.Since, f.Until)
	}
	if f.MinConfidence < 0 || f.MinConfidence > 1 {
		return fmt.Errorf("confidence %g: want 0 to 1", f.MinConfidence)
	}
	for _, c := range f.Countries {
		if countries.Code(c).Name() == "" {
			return fmt.Errorf("country %q: want a code of ISO 3166, as IQ", c)
		}
	}
	if err := known("type", f.Types, events.Types()); err != nil {
		return err
	}
	return known("status", f.Statuses, events.Statuses())
}

func known(what string, given, all []string) error {
	for _, g := range given {
		if !slices.Contains(all, g) {
			return fmt.Errorf("%s %q: want %s", what, g, strings.Join(all, ", "))
		}
	}
	return nil
}

// Keeps tells whether e is to be written. An event whose day of publication is not
// known is in no range of days.
func (f *Filter) Keeps(e *pipeline.EventRecord) bool {
	return f.published(e.PublishedDate) && has(f.Types, e.Type) && has(f.Statuses, e.Status) &&
		e.Confidence >= f.MinConfidence && f.concerns(e)
}

func (f *Filter) published(day *string) bool {
	if f.Since == "" && f.Until == "" {
		return true
	}
	return day != nil && *day >= f.Since && (f.Until == "" || *day <= f.Until)
}

func (f *Filter) concerns(e *pipeline.EventRecord) bool {
	if len(f.Countries) == 0 {
		return true
	}
	wanted := func(c string) bool { return slices.Contains(f.Countries, c) }
	for _, c := range []*string{e.PlaceCountry, e.OriginCountry, e.DestinationCountry} {
		if c != nil && wanted(*c) {
			return true
		}
	}
	return slices.ContainsFunc(e.ActorCountries, wanted) || slices.ContainsFunc(e.TargetCountries, wanted)
}

func has(list []string, s string) bool { return len(list) == 0 || slices.Contains(list, s) }
