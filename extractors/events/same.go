package events

import (
	"slices"
	"strings"
	"unicode"

	"sitrep/extractors/countries"
	"sitrep/extractors/dates"
	"sitrep/extractors/text"
)

// The functions here tell whether two tellings may be of the same people, things,
// days and places.

// things are the kinds of which a country has many, so that two of one country are
// seldom the same: "the ports" and "nine refineries".
const things = Territory | Arms | Other | Captive | People | Relief

// same reports whether p and q may be the same ones.
func (p Participant) same(q Participant) bool {
	switch {
	case p.Name == q.Name:
		return true
	case p.Country != q.Country, p.Kind == Person && q.Kind == Person:
		return false
	case p.Kind&things != 0 || q.Kind&things != 0 || p.Country == "":
		return p.head() == q.head()
	case p.Kind == Armed && q.Kind == Armed:
		return !p.proper() || !q.proper() || strings.Contains(p.Name, q.Name) || strings.Contains(q.Name, p.Name)
	}
	return (p.Kind == Armed) == (q.Kind == Armed)
}

// head returns the last word of p, as it counts for sameness: "the striking |seamen|".
func (p Participant) head() string {
	w := strings.ToLower(p.Name[strings.LastIndexByte(p.Name, ' ')+1:])
	return strings.TrimSuffix(w, "s")
}

// proper reports whether p is called by a name of its own: "Hezbollah", not "rebels".
func (p Participant) proper() bool {
	return p.Name != "" && unicode.IsUpper([]rune(p.Name)[0])
}

// within reports whether each of a is one of b.
func within(a, b []Participant) bool {
	for _, p := range a {
		if !slices.ContainsFunc(b, p.same) {
			return false
		}
	}
	return true
}

// meets reports whether a and b may have somebody in common: one is unknown or
// one of the one is of the other.
func meets(a, b []Participant) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(p Participant) bool { return slices.ContainsFunc(b, p.same) })
}

// opposed reports whether a and b are of the two camps that fight in a country:
// rebels here, soldiers there.
func opposed(a, b []Participant) bool {
	return len(a) > 0 && len(b) > 0 && (all(a, Armed) && all(b, Force|Government) || all(b, Armed) && all(a, Force|Government))
}

func all(list []Participant, kinds Kind) bool {
	return !slices.ContainsFunc(list, func(p Participant) bool { return p.Kind&kinds == 0 })
}

// anew reports whether list names things that were not named before: "seized |one
// ship|", not "seized |the ship|".
func anew(doc *text.Document, list []Participant) bool {
	for _, p := range list {
		i, _ := doc.TokensIn(p.Span)
		if w := doc.Lower(i); p.Kind&things == 0 || w == "it" || w == "them" || w == "the" || w == "this" || i > 0 && p.Span.Len() < len("settlements")+1 && (doc.Lower(i-1) == "the" || doc.Lower(i-1) == "this") {
			return false
		}
	}
	return len(list) > 0
}

func codes(list []Participant) map[countries.Code]bool {
	out := map[countries.Code]bool{}
	for _, p := range list {
		if p.Country != "" {
			out[p.Country] = true
		}
	}
	return out
}

// compatible reports whether one of a and b is unknown or part of the other.
func compatible(a, b map[countries.Code]bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for c := range a {
		if !b[c] {
			return false
		}
	}
	return true
}

func sameDate(a, b *dates.Mention) bool {
	if a == nil || b == nil || a.Value == b.Value {
		return true
	}
	if a.First.IsZero() || b.First.IsZero() {
		return false
	}
	inside := func(a, b *dates.Mention) bool {
		return !a.First.Before(b.First) && !b.Last.Before(a.Last)
	}
	return inside(a, b) || inside(b, a)
}

// lasts reports whether e is told to go on for a time, within which what is told later lies: "has
// fought since May".
func (e *Event) lasts() bool {
	return e.Status == Ongoing && e.Date != nil && e.Date.First != e.Date.Last
}

// narrower reports whether a is a part of b: "on 3 March" of "in 2016".
func narrower(a, b *dates.Mention) bool {
	return !a.First.IsZero() && !a.First.Before(b.First) && !b.Last.Before(a.Last) && (a.First != b.First || a.Last != b.Last)
}

// samePlace reports whether a and b may happen at one place: not at two towns.
func samePlace(doc *text.Document, a, b *Event) bool {
	if a.Place == nil || b.Place == nil {
		return true
	}
	if a.Place.Country != b.Place.Country {
		return a.Place.Country == "" || b.Place.Country == ""
	}
	if a.Place.near != b.Place.near {
		return true
	}
	return !a.Place.town || !b.Place.town || strings.EqualFold(doc.Slice(a.Place.Span), doc.Slice(b.Place.Span))
}

func sameCounts(a, b *Event) bool {
	for _, c := range a.Counts {
		for _, d := range b.Counts {
			if c.What == d.What && c.Status == d.Status && c.Force == d.Force && (c.Min != d.Min || c.Max != d.Max) {
				return false
			}
		}
	}
	return true
}
