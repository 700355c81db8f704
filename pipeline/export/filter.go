package export

import (
	"slices"

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
