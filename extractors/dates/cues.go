package dates

import (
	_ "embed"
	"fmt"
	"sync"
)

// A cue is what a word makes of what stands beside it; a word may be several.
type cue uint16

const (
	yearBehind   cue = 1 << iota // a number of four digits behind it is a year: "since 1999"
	perhapsYear                  // it is, unless it counts what follows: "of 1999", "of 1999 boats"
	counted                      // a number before it counts it: "1999 boats"
	monthBehind                  // a capitalised May behind it is the month: "in May"
	lengthBehind                 // "a year" behind it is how long: "for a year"
	clockBehind                  // 10:30 behind it is a time of day: "at 10:30"
	aheadBehind                  // what it dates is to come: "due Friday"
	governs                      // what it governs is to come: "plans to leave"
	schedules                    // its object is to come: "scheduled talks for Friday"
	bodies                       // of bodies called by a day: "the 19 April Movement"
	papers                       // of newspapers called by a day: "the Sunday Times"
	nicknames                    // it makes a weekday a name: "Black Monday"
	bySchedule                   // its present tense is of what is to come: "resume on Friday"
)

var cueNames = map[string]cue{"year": yearBehind, "perhaps_year": perhapsYear, "counted": counted, "month": monthBehind, "length": lengthBehind, "clock": clockBehind,
	"ahead": aheadBehind, "governs": governs, "schedules": schedules, "by_schedule": bySchedule, "body": bodies, "paper": papers, "nickname": nicknames}

//go:embed cues.tsv
var cuesTSV string

// cues returns what words are cues of.
var cues = sync.OnceValue(func() map[string]cue {
	words := map[string]cue{}
	for _, row := range table("cues.tsv", cuesTSV, 2) {
		c, known := cueNames[row[1]]
		if !known {
			panic(fmt.Sprintf("cues.tsv: no cue %q", row[1]))
		}
		words[row[0]] |= c
	}
	return words
})

// is reports whether p is any of the cues.
func (p *piece) is(c cue) bool { return cues()[p.low]&c != 0 }
