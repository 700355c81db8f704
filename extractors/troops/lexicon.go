package troops

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed nouns.tsv
var nounsTSV string

//go:embed modifiers.tsv
var modifiersTSV string

//go:embed context.tsv
var contextTSV string

//go:embed cues.tsv
var cuesTSV string

// A need says what else must hold for a noun to count troops. Where it does
// not hold, the people are Others (units are not counted at all).
type need uint8

const (
	always   need = iota
	military      // "officers": its modifiers or the sentence speak of a force
	group         // "commanders": a modifier names an armed group
	plenty        // "forces": more than a handful, for "two forces" are two armies
	mass          // "army": only in "a 90,000-strong army" and "an army of 90,000"
	enemy         // "prisoners": taken from an armed force
	loss          // "casualties": among troops
	unit          // "columns": of troops
)

var needs = map[string]need{"always": always, "military": military, "group": group, "plenty": plenty, "mass": mass, "enemy": enemy, "loss": loss, "unit": unit}

var (
	whats  = map[string]What{"troops": Troops, "units": Units, "others": Others}
	forces = map[string]Force{"state": State, "nonstate": NonState, "multinational": Multinational}
)

// A noun is what the head of a count may be.
type noun struct {
	plural string
	what   What
	force  Force
	need   need
}

// A modifier says something of the people it stands before: bits, for the rules
// ask for several at once.
type modifier uint16

const (
	ofForce     modifier = 1 << iota // "army"
	ofGroup                          // "Hamas"
	ofNations                        // "NATO"
	ofGuard                          // "revolutionary": of a force before "guards"
	ofUnion                          // "union", "nations": a body when "African", "United" stands before
	armed                            // "armed"
	security                         // "security"
	special                          // "special"
	civil                            // "police"
	former                           // "retired"
	worldwide                        // "international"
	ofCountry                        // a country's name or people
	ofCountries                      // more than one
)

var modifierKinds = map[string]modifier{
	"military": ofForce, "nonstate": ofGroup, "multinational": ofNations, "guard": ofGuard, "union": ofUnion, "armed": armed,
	"security": security, "special": special, "civil": civil, "former": former, "international": worldwide,
}

type lexicon struct {
	nouns     map[string]noun // by plural
	singulars map[string]noun
	modifiers map[string]modifier
	military  map[string]bool // words that show a military sentence
	cues      map[string]cue
}

var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{nouns: map[string]noun{}, singulars: map[string]noun{}, modifiers: map[string]modifier{}, military: map[string]bool{}, cues: map[string]cue{}}
	for _, row := range rows(nounsTSV, 4) {
		n := noun{plural: row[0], what: pick(whats, row[1]), force: pick(forces, row[2]), need: pick(needs, row[3])}
		l.nouns[n.plural] = n
		if s := singular(n.plural); s != n.plural {
			l.singulars[s] = n
		}
	}
	for _, row := range rows(modifiersTSV, 2) {
		l.modifiers[row[0]] = pick(modifierKinds, row[1])
	}
	for _, row := range rows(contextTSV, 1) {
		l.military[row[0]] = true
	}
	for _, row := range rows(cuesTSV, 2) {
		l.cues[row[0]] = pick(cueKinds, row[1])
	}
	return l
})

// rows returns the rows of a table without its comment lines.
func rows(table string, columns int) [][]string {
	var out [][]string
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != columns {
			panic(fmt.Sprintf("troops: a row of %d columns, want %d: %q", len(row), columns, line))
		}
		out = append(out, row)
	}
	return out
}

// pick returns the meaning of a word in a table.
func pick[T any](meanings map[string]T, word string) T {
	m, ok := meanings[word]
	if !ok {
		panic(fmt.Sprintf("troops: no meaning for %q", word))
	}
	return m
}

// singular returns the singular of a plural in the table of nouns.
func singular(plural string) string {
	switch {
	case plural == "people":
		return "person"
	case strings.HasSuffix(plural, "men"):
		return plural[:len(plural)-3] + "man"
	case strings.HasSuffix(plural, "ies") && plural != "movies":
		return plural[:len(plural)-3] + "y"
	case strings.HasSuffix(plural, "s") && plural != "corps":
		return plural[:len(plural)-1]
	}
	return plural
}
