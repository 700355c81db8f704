package events

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed traits.tsv
var traitsTSV string

// A trait is what a word tells of when, or how really, something happens.
type trait uint16

const (
	about   trait = 1 << iota // a verb whose object is told of, not done: "discussed the attack"
	covers                    // a verb that says what a plan holds: "the plan involves a withdrawal"
	durable                   // a noun of what goes on when it is named: "the siege"
	effort                    // a noun whose infinitive is being done: "the campaign to retake it"
	lasting                   // a noun of what goes on once begun: "the protests began in June"
	saying                    // a noun of what is said or written: "in a letter of Monday"
	shift                     // a word that leaves the time told of: "earlier"
	weighs                    // a verb whose object may be real or not: "discussed a withdrawal"
)

var traitNames = map[string]trait{"about": about, "covers": covers, "durable": durable, "effort": effort, "lasting": lasting, "saying": saying, "shift": shift, "weighs": weighs}

// traits returns the traits of words, and the statuses that modifiers give to nouns.
var traits = sync.OnceValues(func() (map[string]trait, map[string]Status) {
	words, modifiers := map[string]trait{}, map[string]Status{}
	for n, f := range rows(traitsTSV, 4) {
		t, known := traitNames[f[0]]
		status, modifies := parseStatus(f[0])
		if !known && !modifies {
			panic(fmt.Sprintf("traits.tsv row %d: %q", n+1, f))
		}
		for _, w := range strings.Fields(f[2]) {
			if modifies {
				modifiers[w] = status
			}
			for _, form := range inflected(f[1], w) {
				words[form] |= t
			}
		}
	}
	return words, modifiers
})

// inflected returns the forms of the word w of a part of speech.
func inflected(part, w string) []string {
	switch part {
	case "v":
		return conjugate(w)
	case "n":
		return []string{w, plural(w)}
	}
	return []string{w}
}

// is reports whether token i has trait t.
func (r *reader) is(i int, t trait) bool {
	words, _ := traits()
	return words[r.doc.Lower(i)]&t != 0
}
