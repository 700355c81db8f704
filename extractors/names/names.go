// Package names finds the spans of a text that name a person, a place, an
// organisation or something else of the kind (peoples, languages, laws), with a
// tagger learned from annotated text. It does not know who or what is named.
package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/extractors/text"
)

// A Type says what a name names. The zero Type is none.
type Type uint8

// The types.
const (
	None Type = iota
	Person
	Place
	Organisation
	Other // peoples, nationalities, works, events
)

func (t Type) String() string {
	return [...]string{"none", "PERSON", "PLACE", "ORG", "MISC"}[t]
}

// A Mention is a name in the text.
type Mention struct {
	text.Span
	Type        Type
	First, Last int // tokens [First, Last)
}

// Find returns the names in doc, in order and not overlapping; none when the
// package was built without weights.
func Find(doc *text.Document) []Mention {
	m := weights()
	if m == nil {
		return nil
	}
	return m.Find(doc)
}

// Find returns the names in doc as the package's Find does.
func (m *Model) Find(doc *text.Document) []Mention {
	x := newExtractor(doc)
	return datelines(doc, teams(x, consistent(x, m.raw(x))))
}

// raw returns the names as the tagger gives them, sentence by sentence.
func (m *Model) raw(x *extractor) []Mention {
	doc := x.doc
	var out []Mention
	for _, s := range doc.Sentences {
		labels := m.decode(x, s)
		for i := 0; i < len(labels); {
			t := labels[i].typ()
			if t == None {
				i++
				continue
			}
			j := i + 1
			for j < len(labels) && labels[j] == inside(t) {
				j++
			}
			first, last := x.trim(s.First+i, s.First+j)
			if t == Person || t == Organisation {
				first, t = x.untitle(first, last, t)
			}
			if first == last {
				i = j
				continue
			}
			if t == Person && first == s.First+i && x.titled(s, first-1) {
				first--
			}
			out = append(out, Mention{Span: doc.Covering(first, last), Type: t, First: first, Last: last})
			i = j
		}
	}
	return out
}

// trim takes off tokens [first, last) what is no word at either end.
func (x *extractor) trim(first, last int) (int, int) {
	for first < last && !x.tokens[first].capital && !isLetter(x.doc.Word(first)) {
		first++
	}
	for last > first && !isLetter(x.doc.Word(last-1)) {
		last--
	}
	return first, last
}

// untitle takes what stands before a name in tokens [first, last) off it: "former
// U.S. President". What stands behind a title and a first name is a person.
func (x *extractor) untitle(first, last int, t Type) (int, Type) {
	titled := first
	for i := first; i < last; i++ {
		c := x.classes(i)
		switch {
		case c&titleWord != 0 && c&(givenName|surname) == 0:
			titled = i + 1
			continue
		case c&(country|demonym) != 0 || x.doc.Lower(i) == "former":
			continue
		}
		break
	}
	switch {
	case titled == first:
		return first, t
	case titled < last && x.doc.Tag(titled) == "POS":
		return first, Organisation // "General's Office"
	case t == Organisation && (last-titled < 2 || x.classes(titled)&givenName == 0):
		return first, t // "President Hotel", "General Electric"
	}
	return titled, Person
}

// titled reports whether token i of s, before the name of a person, belongs to it: it
// stands between a title and the name, as in "Secretary Ash Lund".
func (x *extractor) titled(s text.Sentence, i int) bool {
	return i > s.First && x.tokens[i].capital && x.classes(i)&(titleWord|country|demonym|bodyWord) == 0 && isLetter(x.doc.Word(i)) &&
		x.classes(i-1)&titleWord != 0 && x.tokens[i-1].capital
}

// isLetter reports whether w begins with a letter.
func isLetter(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLetter(r)
}

// A label is what the tagger gives to a token: outside, or the beginning or the
// inside of a name of a type.
type label uint8

const labels = 9

func begin(t Type) label  { return label(2*t - 1) }
func inside(t Type) label { return label(2 * t) }

func (l label) typ() Type { return Type((l + 1) / 2) }

// follows reports whether l can stand behind before: the inside of a name only
// behind its beginning or inside.
func (l label) follows(before label) bool {
	return l == 0 || l%2 == 1 || before == l || before == l-1
}

// shape tells the pattern of a word: "Xxx", "XX", "d,d", "x-X".
func shape(w string) string {
	var b strings.Builder
	last, run := byte(0), 0
	for i := 0; i < len(w); i++ {
		c := w[i]
		switch {
		case c >= 'a' && c <= 'z':
			c = 'x'
		case c >= 'A' && c <= 'Z':
			c = 'X'
		case c >= '0' && c <= '9':
			c = 'd'
		case c >= 0x80:
			c = 'u'
		}
		if c == last {
			if run++; run > 1 {
				continue
			}
		} else {
			run = 0
		}
		b.WriteByte(c)
		last = c
	}
	return b.String()
}
