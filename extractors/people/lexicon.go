package people

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

//go:embed offices.tsv
var officesTSV string

//go:embed things.tsv
var thingsTSV string

//go:embed given.tsv
var givenTSV string

//go:embed nicknames.tsv
var nicknamesTSV string

// A class says what sort of office, rank or calling a word is; of two, the
// greater tells more of a person.
type class uint8

const (
	honorific  class = iota // Mr.
	kin                     // wife, brother
	profession              // lawyer, farmer
	rank                    // Col.
	cleric                  // Ayatollah
	royal                   // Prince
	official                // ambassador, spokesman, leader
	command                 // commander, chief of staff
	government              // minister
	state                   // president, king
)

var classes = map[string]class{"honorific": honorific, "kin": kin, "profession": profession, "rank": rank, "cleric": cleric, "royal": royal,
	"official": official, "command": command, "government": government, "state": state}

// A gender is what the text tells of a person's sex.
type gender uint8

const (
	unknown gender = iota
	male
	female
)

var genders = map[string]gender{"m": male, "f": female}

// agrees reports whether g and o may be said of one person.
func (g gender) agrees(o gender) bool { return g == unknown || o == unknown || g == o }

// An office is a word or phrase that says what somebody is.
type office struct {
	class   class
	gender  gender
	country countries.Code // whose it is by itself: "Taoiseach"
}

// A node of the tree of offices, by their words.
type node struct {
	next  map[string]*node
	title *office // written large before a name
	noun  *office
}

// A side says where a word stands that makes a name that of a thing.
type side uint8

const (
	before side = 1 << iota // "carrier Carl Vinson"
	after                   // "Truman Library"
	end                     // it is the last word of the name: "Lund Holdings"
	firm                    // behind a name it makes a company of it, and of the name alone too
)

type lexicon struct {
	offices   *node
	things    map[string]side   // words beside the names of things, as written
	given     map[string]gender // first names, folded
	nicknames map[string]string // the usual form of a first name, folded
}

var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{&node{}, map[string]side{}, map[string]gender{}, map[string]string{}}
	for f := range rows(officesTSV) {
		l.offices.add(f[0], f[2], &office{classes[f[1]], genders[f[3]], countries.Code(f[4])})
	}
	for f := range rows(thingsTSV) {
		l.things[f[0]] |= map[string]side{"before": before, "after": after, "end": end, "firm": firm}[f[1]]
	}
	for f := range rows(givenTSV) {
		l.given[fold(f[0])] = genders[f[1]]
	}
	for f := range rows(nicknamesTSV) {
		l.nicknames[f[0]] = f[1]
	}
	return l
})

// rows gives the fields of each line of a table but the first.
func rows(table string) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		lines := strings.Split(strings.TrimSuffix(table, "\n"), "\n")
		for _, line := range lines[1:] {
			if !yield(strings.Split(line, "\t")) {
				return
			}
		}
	}
}

func (n *node) add(phrase, use string, o *office) {
	for w := range strings.FieldsSeq(phrase) {
		if n.next == nil {
			n.next = map[string]*node{}
		}
		if n.next[w] == nil {
			n.next[w] = &node{}
		}
		n = n.next[w]
	}
	if use != "noun" {
		n.title = o
	}
	if use != "title" {
		n.noun = o
	}
}

// officeKey is the word of token i as offices.tsv has it: without its point or
// apostrophe, and without marks of writing direction.
func officeKey(doc *text.Document, i int) string {
	return plainWord(strings.TrimRight(doc.Lower(i), ".'"))
}

// longest returns the longest office whose words are tokens [i, end), end at most
// last; nil when there is none. With title it looks for what may stand before a
// surname, and that must be written large.
func (n *node) longest(doc *text.Document, i, last int, title bool) (found *office, end int) {
	for j := i; j < last; j++ {
		if title && j == i && !capitalised(doc.Word(j)) {
			break
		}
		if n = n.next[officeKey(doc, j)]; n == nil {
			break
		}
		o := n.noun
		if title {
			o = n.title
		}
		if o != nil {
			found, end = o, j+1
		}
	}
	return found, end
}

func isASCII(w string) bool {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// capitalised reports whether w begins with a large letter.
func capitalised(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// shouting reports whether all letters of w are large, and there are several.
func shouting(w string) bool {
	return len(w) > 1 && text.IsShouted(w) && utf8.RuneCountInString(w) > 1
}
