package troops

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"sitrep/extractors/countries"
)

//go:embed nouns.tsv
var nounsTSV string

//go:embed modifiers.tsv
var modifiersTSV string

//go:embed cues.tsv
var cuesTSV string

//go:embed classes.tsv
var classesTSV string

//go:embed hedges.tsv
var hedgesTSV string

// A word is what the tables say of a word; one word may be several things.
type word struct {
	noun     *noun // as the head of a count
	singular *noun // when it is the singular of one
	mods     modifier
	nation   countries.Code // of a force that only one country has: "IDF"
	verb     cue
	name     cue // as a noun: "withdrawal"
	other    cue // as neither: "missing"
	class    class
	longer   []longer // entries of several words that begin with this one
}

// A longer entry is one of several words: "service members", "taken hostage".
type longer struct {
	rest []string // all but the first
	word *word
}

// A noun is what the head of a count may be.
type noun struct {
	plural string
	what   What
	force  Force
	need   need
	fate   Status // Unknown when the noun does not tell
}

// A need says what else must hold for a noun to count troops. Where it does
// not hold, the people are Others, and units and materiel are not counted.
type need uint8

const (
	always     need = iota
	uniformed       // "doctors": a modifier says that they are of an armed force
	named           // "people": a modifier names a force
	guard           // "guards": a modifier names a force, or "revolutionary", "national"
	spoken          // "officers": a modifier or the sentence speaks of a force, and no police
	group           // "commanders": a modifier names an armed group
	manpower        // "men": the size of a force
	membership      // "members": of a force, by a modifier or behind "of"
	plenty          // "forces": more than a handful, for "two forces" are two armies
	mass            // "army": only in "a 30,000-strong army" and "an army of 30,000"
	enemy           // "prisoners": taken in battle
	loss            // "casualties": among troops
	unit            // "columns": of troops
)

// A modifier says something of the people it stands before: bits, for the rules
// ask for several at once.
type modifier uint16

const (
	ofForce     modifier = 1 << iota // "army"
	ofGroup                          // "Hamas"
	ofNations                        // "NATO"
	ofPeace                          // "peacekeeping"
	ofGuard                          // "revolutionary": of a force before "guards"
	armed                            // "armed"
	security                         // "security"
	special                          // "special"
	civil                            // "police"
	former                           // "retired"
	ofCountry                        // a country's name or people
	ofCountries                      // more than one
)

// grammar says who has done or suffered what a cue tells.
type grammar uint8

const (
	none    grammar = iota
	object          // of a verb: those it is done to ("killed 12")
	subject         // of a verb: those who do it ("12 died")
	either          // of a verb: both ("12 withdrew", "withdrew 12")
	nominal         // a noun: "the death of 12"
	other           // a word that is neither: "12 dead", "will"
)

// A cue is what a word says of the people beside it.
type cue struct {
	of     grammar
	says   Status
	coming bool // it is still to be
}

// A class is a set of words that rules ask for.
type class uint32

const (
	money class = 1 << iota
	measure
	month
	weekday
	label      // what a number behind it names: "brigade 12"
	yearMark   // what stands before a year
	determiner //
	closed     // no noun phrase goes on over it
	be         //
	have       //
	adverb     // between an auxiliary and its verb
	speech     // a verb of saying
	copula     // a verb with a state behind it: "went missing"
	size       // tells of the size of a force
	strength   // a body of armed people, of which a number may be the size
	body       // of those, what belongs to the count in "a force of 3,000"
	sizable    // what needs no noun: "a brigade of 3,500"
	compound   // makes something else of the people before it: "rebel camp"
	muster     // what stands before men who are led: "with 600 men"
	suffer     // a verb of suffering losses
	inflict    // a verb of inflicting them
	lose       // a verb of losing people
	target     // a thing of a force that is hit
	battle     //
	soldiery   // shows that a sentence is about armed forces
	police     //
	civilians  //
	aviation   //
	locative   // a preposition before a place
	land       // a part of a country: "northern", "province"
	numeral    // may begin a number
)

var (
	needs = map[string]need{"always": always, "uniformed": uniformed, "named": named, "guard": guard, "spoken": spoken, "group": group, "manpower": manpower,
		"membership": membership, "plenty": plenty, "mass": mass, "enemy": enemy, "loss": loss, "unit": unit}
	modifierKinds = map[string]modifier{"military": ofForce, "nonstate": ofGroup, "multinational": ofNations, "peace": ofPeace, "guard": ofGuard, "armed": armed,
		"security": security, "special": special, "civil": civil, "former": former, "several": ofCountries}
	grammars = map[string]grammar{"object": object, "subject": subject, "either": either, "noun": nominal, "other": other}
	classes  = map[string]class{"money": money, "measure": measure, "month": month, "weekday": weekday, "label": label, "year-mark": yearMark,
		"determiner": determiner, "closed": closed, "be": be, "have": have, "adverb": adverb, "speech": speech, "copula": copula, "size": size, "strength": strength,
		"body": body, "sizable": sizable, "compound": compound, "muster": muster, "suffer": suffer, "inflict": inflict, "lose": lose, "target": target, "battle": battle, "soldiery": soldiery, "police": police,
		"civilians": civilians, "aviation": aviation, "locative": locative, "land": land}
)

// A lexicon is the tables, by word.
type lexicon struct {
	words  map[string]*word
	hedges map[string][]hedge // by last word, longest first
}

// A hedge is words that qualify the number behind them.
type hedge struct {
	words []string
	cmp   Comparator
}

var tables = sync.OnceValue(func() *lexicon {
	l := &lexicon{words: map[string]*word{}, hedges: map[string][]hedge{}}
	for _, row := range rows(nounsTSV, 5) {
		n := &noun{row[0], pick(whats, row[1]), pick(forces, row[2]), pick(needs, row[3]), pick(statuses, row[4])}
		l.add(n.plural).noun = n
		if s := singular(n.plural); s != n.plural {
			l.add(s).singular = n
		}
	}
	for _, row := range rows(modifiersTSV, 3) {
		w := l.add(row[0])
		w.mods = pick(modifierKinds, row[1])
		w.nation = countries.Code(strings.Trim(row[2], "-"))
	}
	for _, row := range rows(cuesTSV, 3) {
		c := cue{of: pick(grammars, row[1]), coming: row[2] == "coming"}
		if !c.coming {
			c.says = pick(statuses, row[2])
		}
		switch w := l.add(row[0]); c.of {
		case nominal:
			w.name = c
		case other:
			w.other = c
		default:
			w.verb = c
		}
	}
	for _, row := range rows(classesTSV, 2) {
		l.add(row[0]).class |= pick(classes, row[1])
	}
	for _, name := range numerals() {
		l.add(name).class |= numeral
	}
	for _, row := range rows(hedgesTSV, 2) {
		words := strings.Fields(row[0])
		last := words[len(words)-1]
		l.hedges[last] = append(l.hedges[last], hedge{words, pick(comparators, row[1])})
	}
	for _, list := range l.hedges {
		slices.SortStableFunc(list, func(a, b hedge) int { return len(b.words) - len(a.words) })
	}
	return l
})

// add returns the entry of name, which may be of several words.
func (l *lexicon) add(name string) *word {
	words := strings.Fields(name)
	first := l.words[words[0]]
	if first == nil {
		first = &word{}
		l.words[words[0]] = first
	}
	if len(words) == 1 {
		return first
	}
	for _, e := range first.longer {
		if slices.Equal(e.rest, words[1:]) {
			return e.word
		}
	}
	e := longer{words[1:], &word{}}
	first.longer = append(first.longer, e)
	slices.SortStableFunc(first.longer, func(a, b longer) int { return len(b.rest) - len(a.rest) })
	return e.word
}

// rows returns the rows of a table without its comment lines.
func rows(table string, columns int) [][]string {
	var out [][]string
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "# ") {
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

// pick returns the meaning of a word in a table; "-" means the zero value.
func pick[T any](meanings map[string]T, word string) T {
	m, ok := meanings[word]
	if !ok && word != "-" {
		panic(fmt.Sprintf("troops: no meaning for %q", word))
	}
	return m
}

// singular returns the singular of a plural in the table of nouns.
func singular(plural string) string {
	switch {
	case plural == "people":
		return "person"
	case plural == "prisoners of war":
		return "prisoner of war"
	case strings.HasSuffix(plural, "men"):
		return strings.TrimSuffix(plural, "men") + "man"
	case strings.HasSuffix(plural, "ies"):
		return strings.TrimSuffix(plural, "ies") + "y"
	case plural == "corps", strings.HasSuffix(plural, "ss"):
		return plural
	}
	return strings.TrimSuffix(plural, "s")
}
