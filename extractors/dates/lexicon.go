package dates

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
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

//go:embed feasts.tsv
var feastsTSV string

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

// A holiday is a feast whose date is certain.
type holiday struct {
	words []string
	in    func(year int) Day
}

// calendarOfFeasts returns the holidays by their first word, longest first.
var calendarOfFeasts = sync.OnceValue(func() map[string][]holiday {
	feasts := map[string][]holiday{}
	for _, row := range table("feasts.tsv", feastsTSV, 2) {
		words := strings.Fields(row[0])
		feasts[words[0]] = append(feasts[words[0]], holiday{words, dayOfFeast(row[1])})
	}
	return feasts
})

// dayOfFeast reads when a feast is: 12-25, the day itself (2001-09-11), Easter
// and days after it (easter-2, easter+1), the fourth Thursday of November (11-thu-4).
func dayOfFeast(rule string) func(year int) Day {
	if days, ok := strings.CutPrefix(rule, "easter"); ok {
		n := integer("feasts.tsv", days)
		return func(y int) Day { return easter(y).AddDays(n) }
	}
	f := strings.Split(rule, "-")
	if len(f) == 3 && len(f[0]) == 4 {
		day := Day{integer("feasts.tsv", f[0]), integer("feasts.tsv", f[1]), integer("feasts.tsv", f[2])}
		return func(int) Day { return day }
	}
	m := integer("feasts.tsv", f[0])
	if len(f) == 2 {
		d := integer("feasts.tsv", f[1])
		return func(y int) Day { return Day{y, m, d} }
	}
	w, n := strings.Index("montuewedthufrisatsun", f[1])/3+1, integer("feasts.tsv", f[2])
	return func(y int) Day {
		first := Day{y, m, 1}
		return first.AddDays((w-first.isoWeekday()+7)%7 + 7*(n-1))
	}
}

// easter returns Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher).
func easter(y int) Day {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := h + l - 7*((a+11*h+22*l)/451) + 114
	return Day{y, m / 31, m%31 + 1}
}

// table returns the rows of a file of tab-separated columns; short rows are
// filled up. A malformed file is a fault of the build.
func table(name, tsv string, columns int) [][]string {
	var rows [][]string
	for line := range strings.Lines(tsv) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) > columns {
			panic(fmt.Sprintf("%s: %q", name, line))
		}
		rows = append(rows, append(row, make([]string, columns-len(row))...))
	}
	return rows
}

func integer(name, s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("%s: %v", name, err))
	}
	return n
}
