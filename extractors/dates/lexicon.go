package dates

import (
	_ "embed"
	"fmt"
	"sync"
)

// A kind says what a word can be in a date.
type kind uint8

const (
	plain     kind = iota
	comma          // ,
	dash           // - – —
	slash          // /
	quote          // ' ’
	digits         // 1998, 1,460, 22.8
	clockTime      // 10:30, 5pm, 0800Z
	stamp          // 111230Z: day of the month and time, as armed forces write it
	numeric        // 2025-05-10, 10/05/25
	month          // number
	weekday        // 1 Monday to 7 Sunday
	weekdays       // "Fridays"
	unitWord       // n units: "fortnight" is two weeks
	unitsWord      // their plurals
	number         // "twenty"
	scale          // "hundred"
	ordinal        // "third", 3rd
	decade         // "nineties", 1990s
	quarter        // Q3
	season         // month it begins with
	part           // "morning"
	noon           // "noon", "midnight": minutes
	zone           // GMT: minutes east of it
	deictic        // "yesterday": days from today
	early          // "late", "mid": a part of what follows
	edge           // "end" (of)
	toward         // "last", "next", "this": -1, 1, 0
	about          // "nearly"
	vague          // "now"
	often          // "weekly"
	every          // "every", "per"
	era            // BC
	fiscal
	several    // "many", "few"
	definite   // the
	indefinite // a, an, half
	at         // at
	recent     // "these" (days)
	long       // "long" (ago)
	feast
)

// kinds are the kinds that words.tsv may give.
var kinds = map[string]kind{"month": month, "weekday": weekday, "weekdays": weekdays, "unit": unitWord, "units": unitsWord, "number": number, "scale": scale,
	"ordinal": ordinal, "decade": decade, "season": season, "part": part, "clock": noon, "zone": zone, "deictic": deictic, "early": early, "edge": edge,
	"toward": toward, "about": about, "vague": vague, "often": often, "every": every, "era": era, "fiscal": fiscal,
	"several": several, "definite": definite, "indefinite": indefinite, "at": at, "recent": recent, "long": long}

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
			words[first] = entry{kind: feast}
		}
	}
	return words
})
