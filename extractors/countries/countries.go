// Package countries finds the countries that a text names, by name, demonym,
// capital, region or town, and the bodies and armed groups that act beside
// states. It leans on what the tagger of names took for persons, places and
// organisations, and knows no events.
package countries

import (
	"maps"
	"slices"

	"sitrep/extractors/places"
	"sitrep/extractors/text"
)

// A Code is an ISO 3166-1 alpha-2 country code, ISO 3166-3 for former states
// (SU, CS, YU, DD), XK for Kosovo; "" is none.
type Code string

// Name returns the country's usual English name, "" for no country.
func (c Code) Name() string { return tables().names[c] }

// All returns the codes of all countries, in order.
func All() []Code { return slices.Sorted(maps.Keys(tables().names)) }

// A Kind says by what sort of word a country is named.
type Kind uint8

// The kinds of mentions.
const (
	Name    Kind = iota // "Iraq"
	Demonym             // "Iraqi"
	Capital             // "Baghdad", and seats of government: "the Kremlin"
	Region              // "Mosul", "Kashmir": a place that implies its country
)

func (k Kind) String() string { return [...]string{"name", "demonym", "capital", "region"}[k] }

// A Mention is a place in the text that names a country.
type Mention struct {
	text.Span
	Country  Code // "" of land that none holds undisputed
	Kind     Kind
	Place    bool         // names a place on the map, not a people, a government or part of an organisation
	Site     places.Place // where it is; zero of a whole country and where it is not known
	Disputed bool         // land that several countries claim
	Holder   Code         // of disputed land: who has it in hand, "" for a power of its own or none
	Claims   []Code       // of disputed land: who claims it
	Rule     string       // what decided: the list, or the rule that chose among readings
}
