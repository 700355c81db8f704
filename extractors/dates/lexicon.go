package dates

import (
	_ "embed"
	"fmt"
	"sync"
)

// A kind says what a word can be in a date.
type kind uint8

const (
	kindPlain      kind = iota
	kindComma           // ,
	kindDash            // - – —
	kindSlash           // /
	kindQuote           // ' ’
	kindDigits          // 1998, 1,460, 22.8
	kindClock           // 10:30, 5pm, 0800Z
	kindStamp           // 111230Z: day of the month and time, as armed forces write it
	kindNumeric         // 2025-05-10, 10/05/25
	kindMonth           // 1 to 12; the code says whether it is short, or a word too
	kindWeekday         // 1 Monday to 7 Sunday
	kindWeekdays        // "Fridays"
	kindUnit            // n units: "fortnight" is two weeks
	kindUnits           // their plurals
	kindNumber          // "twenty"
	kindScale           // "hundred"
	kindOrdinal         // "third", 3rd
	kindDecade          // "nineties", 1990s
	kindQuarter         // Q3
	kindSeason          // month it begins with
	kindPart            // "morning"
	kindNoon            // "noon", "midnight": minutes
	kindZone            // GMT: minutes east of it
	kindDeictic         // "yesterday": days from today
	kindEarly           // "late", "mid": a part of what follows
	kindEdge            // "end" (of)
	kindToward          // "last", "next", "this": -1, 1, 0
	kindAbout           // "nearly"
	kindVague           // "now"
	kindOften           // "weekly"
	kindEvery           // "every", "per"
	kindEra             // BC
	kindFiscal          // "fiscal": the year in FY2015
	kindSeveral         // "many", "few"
	kindDefinite        // the
	kindIndefinite      // a, an, half
	kindAt              // at
	kindRecent          // "these" (days)
	kindLong            // "long" (ago)
	kindFeast           // a name in feasts.tsv begins with it
)

// kinds are the kinds that words.tsv may give.
var kinds = map[string]kind{"month": kindMonth, "weekday": kindWeekday, "weekdays": kindWeekdays, "unit": kindUnit, "units": kindUnits, "number": kindNumber, "scale": kindScale,
	"ordinal": kindOrdinal, "decade": kindDecade, "season": kindSeason, "part": kindPart, "clock": kindNoon, "zone": kindZone, "deictic": kindDeictic, "early": kindEarly, "edge": kindEdge,
	"toward": kindToward, "about": kindAbout, "vague": kindVague, "often": kindOften, "every": kindEvery, "era": kindEra, "fiscal": kindFiscal,
	"several": kindSeveral, "definite": kindDefinite, "indefinite": kindIndefinite, "at": kindAt, "recent": kindRecent, "long": kindLong}

// An entry is what the lexicon knows of a word: n and code mean what its kind says.
type entry struct {
	kind kind
	unit unit
	n    int
	code string
}

//go:embed words.tsv
var wordsTSV string

// lexicon returns the words of dates, in lower case and without points.
var lexicon = sync.OnceValue(func() map[string]entry {
	words := map[string]entry{}
	for _, row := range table("words.tsv", wordsTSV, 4) {
		k, known := kinds[row[1]]
		if !known {
			panic(fmt.Sprintf("words.tsv: no kind %q", row[1]))
		}
		words[row[0]] = entry{k, unitNames[row[3]], integer("words.tsv", row[2]), row[3]}
	}
	for first := range calendarOfFeasts() {
		if _, known := words[first]; !known {
			words[first] = entry{kind: kindFeast}
		}
	}
	return words
})
