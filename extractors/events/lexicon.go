package events

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed lexicon.tsv
var lexiconTSV string

//go:embed nouns.tsv
var nounsTSV string

//go:embed control.tsv
var controlTSV string

// A Kind says what sort of thing a phrase stands for.
type Kind uint16

// The kinds. A phrase has one; lexicon entries ask for sets of them.
const (
	State      Kind = 1 << iota // a country as an actor
	Force                       // soldiers, an army, police
	Armed                       // an armed group or its members
	Government                  // a government, ministry, parliament, court
	Body                        // an international body or alliance
	Person                      // somebody by name or office
	People                      // civilians, crowds, peoples
	Arms                        // arms, vehicles, aircraft, ships
	Territory                   // towns, regions, buildings, ground
	Accord                      // agreements, laws, resolutions
	Captive                     // hostages, prisoners
	Relief                      // money, food, medicine
	Other
)

const political = State | Force | Armed | Government | Body | Person | People

var kindLetters = map[byte]Kind{'S': State, 'F': Force, 'G': Armed, 'V': Government, 'B': Body, 'P': Person, 'H': People,
	'W': Arms, 'L': Territory, 'A': Accord, 'K': Captive, 'R': Relief, 'X': Other}

var kindNames = map[Kind]string{State: "state", Force: "force", Armed: "armed_group", Government: "government", Body: "body",
	Person: "person", People: "people", Arms: "weapon", Territory: "territory", Accord: "agreement", Captive: "captive",
	Relief: "relief", Other: "other"}

func (k Kind) String() string { return kindNames[k] }

// A Weapon says what an assault is done with, as PLOVER's modes ask.
type Weapon uint8

// The weapons that PLOVER's modes of ASSAULT tell apart.
const (
	Unknown Weapon = iota
	Aerial
	Drone
	Heavy
	Firearms
	Explosives
	Suicide
)

// An entry is one line of the lexicon: a word or words that name an action.
type entry struct {
	words    []string // lemmas after the first are matched as they stand
	verb     bool
	typ      Type
	subject  Kind // what the subject must be, 0 for anything political
	object   Kind // what the object must be, 0 for anything or nothing
	needs    []string
	weapon   Weapon
	optional bool // may stand without participants
}

func (e *entry) name() string { return strings.Join(e.words, " ") }

// specific counts how much e asks of those who take part: the words of its
// object most, then the object's kind, then the subject's.
func (e *entry) specific() int {
	n := 0
	if len(e.needs) > 0 {
		n += 4
	}
	if e.object != 0 {
		n += 2
	}
	if e.subject != 0 {
		n++
	}
	return n
}

// A control is a word that takes another action as its content.
type control struct {
	status Status
	light  bool // carries no meaning of its own: "launch", "carry out"
	passes bool // the subject is the one to whom it is done: "undergo"
	say    bool // reports speech
}

type lexicon struct {
	verbs    map[string][]*entry // by inflected first word
	nouns    map[string][]*entry // by singular or plural first word
	kinds    map[string]Kind     // of head nouns
	controls map[string]control  // by inflected word
	lemmas   map[string]string   // inflected verb → lemma
}

var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{map[string][]*entry{}, map[string][]*entry{}, map[string]Kind{}, map[string]control{}, map[string]string{}}
	for n, f := range rows(lexiconTSV, 7) {
		e := &entry{words: strings.Fields(f[0]), verb: f[1] == "v", typ: parseType(f[2])}
		if e.typ == 0 || (f[1] != "v" && f[1] != "n") {
			panic(fmt.Sprintf("lexicon.tsv row %d: %q", n+1, f))
		}
		e.subject, e.object = kinds(f[3]), kinds(f[4])
		for _, need := range strings.Fields(f[5]) {
			switch w, ok := weapons[need]; {
			case ok:
				e.weapon = w
			case need == "alone":
				e.optional = true
			default:
				e.needs = append(e.needs, need)
			}
		}
		if e.verb {
			for _, form := range conjugate(e.words[0]) {
				l.verbs[form] = append(l.verbs[form], e)
				l.lemmas[form] = e.words[0]
			}
			continue
		}
		l.nouns[e.words[0]] = append(l.nouns[e.words[0]], e)
		if many := plurals(e.words); !slices.Equal(many, e.words) {
			p := *e
			p.words = many
			l.nouns[many[0]] = append(l.nouns[many[0]], &p)
		}
	}
	for _, list := range l.nouns {
		slices.SortStableFunc(list, func(a, b *entry) int { return 8*(len(b.words)-len(a.words)) + b.specific() - a.specific() })
	}
	for _, list := range l.verbs { // the reader takes the first that suits
		slices.SortStableFunc(list, func(a, b *entry) int { return b.specific() - a.specific() })
	}
	for n, f := range rows(nounsTSV, 2) {
		k := kinds(f[0])
		if k == 0 {
			panic(fmt.Sprintf("nouns.tsv row %d: %q", n+1, f))
		}
		for _, w := range strings.Fields(f[1]) {
			l.kinds[w] = k
			l.kinds[plural(w)] = k
		}
	}
	for n, f := range rows(controlTSV, 3) {
		var c control
		status, ok := parseStatus(f[1])
		switch {
		case ok:
			c.status = status
		case f[1] == "light":
			c.light = true
		case f[1] == "undergo":
			c.light, c.passes = true, true
		case f[1] == "say":
			c.say = true
		default:
			panic(fmt.Sprintf("control.tsv row %d: %q", n+1, f))
		}
		for _, w := range strings.Fields(f[2]) {
			w, particle, split := strings.Cut(w, "_")
			forms := conjugate(w)
			switch f[0] {
			case "a":
				forms = forms[:1]
			case "n":
				forms = []string{w, plural(w)}
			}
			for _, form := range forms {
				key := f[0] + form
				if split {
					key += "_" + particle
				}
				l.controls[key] = c
				if f[0] == "v" && l.lemmas[form] == "" {
					l.lemmas[form] = w
				}
			}
		}
	}
	return l
})

var weapons = map[string]Weapon{"aerial": Aerial, "drone": Drone, "heavy": Heavy, "firearms": Firearms, "explosives": Explosives, "suicide": Suicide}

// rows splits a table with a header line, of n columns, into its fields.
func rows(table string, n int) [][]string {
	var out [][]string
	for i, line := range strings.Split(table, "\n") {
		if i == 0 || line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		for len(f) < n {
			f = append(f, "")
		}
		out = append(out, f)
	}
	return out
}

func kinds(letters string) Kind {
	var k Kind
	for i := range letters {
		k |= kindLetters[letters[i]]
	}
	return k
}

var irregular = map[string][]string{
	"send": {"sent"}, "bring": {"brought"}, "take": {"took", "taken"}, "hold": {"held"}, "withdraw": {"withdrew", "withdrawn"},
	"strike": {"struck", "stricken"}, "shoot": {"shot"}, "fight": {"fought"}, "seek": {"sought"}, "meet": {"met"}, "leave": {"left"},
	"give": {"gave", "given"}, "sell": {"sold"}, "fall": {"fell", "fallen"}, "overrun": {"overran", "overrun"}, "retake": {"retook", "retaken"},
	"overthrow": {"overthrew", "overthrown"}, "cut": {"cut"}, "put": {"put"}, "say": {"said"}, "tell": {"told"}, "begin": {"began", "begun"},
	"break": {"broke", "broken"}, "drive": {"drove", "driven"}, "blow": {"blew", "blown"}, "fly": {"flew", "flown"}, "lay": {"laid"},
	"make": {"made"}, "go": {"went", "gone"}, "come": {"came"}, "speak": {"spoke", "spoken"}, "undergo": {"underwent", "undergone"},
	"undertake": {"undertook", "undertaken"}, "forbid": {"forbade", "forbidden"}, "keep": {"kept"}, "hit": {"hit"}, "set": {"set"},
	"lead": {"led"}, "flee": {"fled"}, "cast": {"cast"}, "shut": {"shut"}, "win": {"won"}, "see": {"saw", "seen"}, "find": {"found"},
	"beat": {"beat", "beaten"}, "mean": {"meant"}, "let": {"let"}, "get": {"got"}, "have": {"had", "has"},
	"underscore": {"underscored"}, "build": {"built"}, "rebuild": {"rebuilt"}, "lose": {"lost"}, "pay": {"paid"}, "buy": {"bought"}, "teach": {"taught"},
	"throw": {"threw", "thrown"}, "draw": {"drew", "drawn"}, "run": {"ran"}, "slay": {"slew", "slain"}, "sink": {"sank", "sunk"},
	"fling": {"flung"}, "swear": {"swore", "sworn"}, "forgive": {"forgave", "forgiven"}, "withhold": {"withheld"}, "lend": {"lent"}, "acquit": {"acquitted", "acquitting"}, "shake": {"shook", "shaken"},
	"hide": {"hid", "hidden"}, "catch": {"caught"}, "quit": {"quit", "quitting"}, "equip": {"equipped", "equipping"}, "outfit": {"outfitted", "outfitting"},
	"travel": {"traveled", "travelled", "travelling"}, "cancel": {"canceled", "cancelled", "cancelling"}, "level": {"leveled", "levelled", "levelling"},
	"marshal": {"marshaled", "marshalled", "marshalling"}, "pummel": {"pummeled", "pummelled", "pummelling"}, "funnel": {"funneled", "funnelled", "funnelling"},
	"channel": {"channeled", "channelled", "channelling"}, "initial": {"initialed", "initialled", "initialling"}, "signal": {"signaled", "signalled", "signalling"},
	"beset": {"beset"}, "feed": {"fed"}, "tear": {"tore", "torn"}, "sit": {"sat"}, "be": {"am", "is", "are", "was", "were", "been"},
	"burn": {"burned", "burnt"}, "burst": {"burst"}, "do": {"did", "done"}, "unfreeze": {"unfroze", "unfrozen"}, "beseech": {"beseeched", "besought"},
	"swing": {"swung"}, "bear": {"bore", "borne"}, "wind": {"wound"}, "re-equip": {"re-equipped", "re-equipping"}, "steal": {"stole", "stolen"}, "die": {"died", "dying"}, "think": {"thought"}, "become": {"became"}, "ring": {"rang", "rung"},
	"overfly": {"overflew", "overflown"}, "overtake": {"overtook", "overtaken"}, "leap": {"leapt"}, "spend": {"spent"}, "foresee": {"foresaw", "foreseen"},
	"understand": {"understood"}, "know": {"knew", "known"}, "ride": {"rode", "ridden"}, "dig": {"dug"}, "mow": {"mowed", "mown"}, "sweep": {"swept"}, "freeze": {"froze", "frozen"}, "rise": {"rose", "risen"}, "write": {"wrote", "written"}, "stand": {"stood"},
}

// doubled are the verbs of more than one syllable that double their last letter.
var doubled = map[string]bool{"expel": true, "patrol": true, "compel": true, "repel": true, "commit": true, "permit": true, "admit": true, "deter": true,
	"rebel": true, "confer": true, "refer": true, "transfer": true, "defer": true, "regret": true, "submit": true, "transmit": true,
	"airdrop": true, "overrun": true, "rerun": true, "propel": true, "dispel": true, "control": true, "rebut": true, "abet": true, "outgun": true, "abhor": true, "incur": true, "occur": true, "kidnap": true}

// syllables counts the vowels of a word, as far as doubling needs it.
func syllables(w string) int {
	n := 0
	for i := range w {
		if strings.IndexByte("aeiou", w[i]) >= 0 {
			n++
		}
	}
	return n
}

// conjugate returns the forms of a verb, itself first.
func conjugate(lemma string) []string {
	forms := []string{lemma}
	stem, last := lemma, lemma[len(lemma)-1]
	vowel := func(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }
	s, ed, ing := "s", "ed", "ing"
	switch {
	case last == 'e':
		ed = "d"
		if !strings.HasSuffix(lemma, "ee") {
			stem = lemma[:len(lemma)-1]
			ed = "ed"
		}
	case last == 'y' && len(lemma) > 1 && !vowel(lemma[len(lemma)-2]):
		stem = lemma[:len(lemma)-1]
		ed, ing, s = "ied", "ying", ""
		forms = append(forms, stem+"ies")
	case strings.HasSuffix(lemma, "s"), strings.HasSuffix(lemma, "sh"), strings.HasSuffix(lemma, "ch"), strings.HasSuffix(lemma, "x"), last == 'o':
		s = "es"
	}
	if n := len(lemma); n > 2 && !vowel(last) && last != 'w' && last != 'x' && last != 'y' && vowel(lemma[n-2]) && !vowel(lemma[n-3]) &&
		(doubled[lemma] || syllables(lemma) == 1) {
		stem += string(last)
	}
	if s != "" {
		forms = append(forms, lemma+s)
	}
	forms = append(forms, stem+ing)
	if past, ok := irregular[lemma]; ok {
		return append(forms, past...)
	}
	return append(forms, stem+ed)
}

// plurals returns the words of a noun in the plural: of its head, which stands
// before a preposition or else last ("exchanges of fire", "car bombs").
func plurals(words []string) []string {
	head := len(words) - 1
	for i := 1; i < len(words); i++ {
		if words[i] == "of" || words[i] == "to" || words[i] == "with" {
			head = i - 1
			break
		}
	}
	out := slices.Clone(words)
	out[head] = plural(out[head])
	return out
}

func plural(noun string) string {
	switch {
	case strings.HasSuffix(noun, "man"):
		return noun[:len(noun)-2] + "en"
	case strings.HasSuffix(noun, "y") && !strings.HasSuffix(noun, "ey") && !strings.HasSuffix(noun, "ay") && !strings.HasSuffix(noun, "oy"):
		return noun[:len(noun)-1] + "ies"
	case strings.HasSuffix(noun, "ss"), strings.HasSuffix(noun, "sh"), strings.HasSuffix(noun, "ch"), strings.HasSuffix(noun, "x"):
		return noun + "es"
	case strings.HasSuffix(noun, "s"):
		return noun
	}
	return noun + "s"
}
