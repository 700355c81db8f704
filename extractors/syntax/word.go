package syntax

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"sitrep/extractors/memo"
	"sitrep/extractors/text"
)

// A word is what the models see of a token.
type word struct {
	token  int32 // of the document
	tag    Tag
	second Tag   // the next best tag, if it is not far behind
	role   role  // what it probably is to its head
	sofar  uint8 // the role of the last verb up to here; rootBefore added if there was a root
	prose  uint8 // the tag of prose's model
	coarse uint16
	fine   uint16
	before uint8  // the marks between the word before and this one
	commas uint8  // commas up to here, counted round
	verbs  uint8  // verbs up to here
	lower  uint64 // the word in lower case, its digits alike
	spelt  *form  // nil for what is no word
}

// A form is all that only depends on the word in lower case.
type form struct {
	class
	hash           uint64
	prefix, suffix [5]uint64 // of so many bytes
}

var forms memo.Table[form]

func formOf(low string) form {
	f := form{class: classOf(low), hash: hashWord(low)}
	for n := range f.prefix {
		f.prefix[n] = hashWord(low[:min(n, len(low))])
		f.suffix[n] = hashWord(low[max(0, len(low)-n):])
	}
	return f
}

// Sorts of marks, as bits of word.before.
const (
	comma = 1 << iota
	stop
	dash
	colon
	quote
	opening
	closing
	otherMark
)

func markBit(w string) uint8 {
	switch w {
	case ",":
		return comma
	case ".", "!", "?", "…", "...":
		return stop
	case "-", "--", "–", "—":
		return dash
	case ":", ";":
		return colon
	case `"`, "“", "”", "''", "``", "'", "‘", "’", "«", "»":
		return quote
	case "(", "[", "{":
		return opening
	case ")", "]", "}":
		return closing
	}
	return otherMark
}

// isMark reports whether token i is a punctuation mark: it has no letter or
// digit, and is no sign that stands for a word.
func isMark(doc *text.Document, i int) bool {
	w := doc.Word(i)
	if c := w[0]; 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
		return false
	}
	switch w {
	case "$", "&", "%", "@", "#", "+", "/", "=", "€", "£", "¥", "°":
		return false
	}
	return doc.Tag(i) != "POS" && strings.IndexFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Sc, r) }) < 0
}

// read fills words with those of the tokens [first, last) of doc that are no
// marks, without tags. Behind them stand the root and what is outside.
func read(words []word, doc *text.Document, first, last int) []word {
	words = words[:0]
	var before, commas uint8
	for i := first; i < last; i++ {
		if isMark(doc, i) {
			b := markBit(doc.Word(i))
			before |= b
			commas += b & comma
			continue
		}
		f := forms.Of(doc.Lower(i), formOf)
		words = append(words, word{
			token: int32(i), prose: proseTags[doc.Tag(i)], coarse: f.coarse, fine: f.fine,
			before: before, commas: commas, lower: f.hash, spelt: f,
		})
		before = 0
	}
	return append(words, word{token: -1, tag: tagRoot, lower: 2, before: before, commas: commas}, outside)
}

// body returns words without the root and what is outside.
func body(words []word) []word { return words[:len(words)-2] }

// classOf returns the class of a word in lower case: for "south-western" that of
// its last part, and for one that is in none its ending.
func classOf(low string) class {
	c, ok := clusters()[low]
	if !ok {
		c, ok = clusters()[low[strings.LastIndexByte(low, '-')+1:]]
	}
	if !ok {
		c.fine = uint16(hashWord(low[max(0, len(low)-3):])>>32) | 1<<15
	}
	return c
}

// hashWord hashes w with its digits alike.
func hashWord(w string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(w) {
		c := w[i]
		if '0' <= c && c <= '9' {
			c = '0'
		}
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// shape returns the pattern of capitals, small letters, digits and marks of w:
// "U.S." and "Aug-12" are "A.A." and "Aa-0".
func shape(w string) uint64 {
	h := uint64(14695981039346656037)
	var last rune
	for _, r := range w {
		c := r
		switch {
		case unicode.IsUpper(r):
			c = 'A'
		case unicode.IsLetter(r):
			c = 'a'
		case unicode.IsDigit(r):
			c = '0'
		}
		if c != last {
			h = (h ^ uint64(c)) * 1099511628211
		}
		last = c
	}
	return h
}

//go:embed clusters.tsv
var clusterFile string

// A class is the cluster of a word among words used alike, in a coarse and in a
// fine division; zero for a word that is in none.
type class struct{ coarse, fine uint16 }

// clusters are the classes of the commoner English words, in lower case, made by
// cmd/train from word vectors.
var clusters = sync.OnceValue(func() map[string]class {
	m := make(map[string]class, strings.Count(clusterFile, "\n"))
	for line := range strings.Lines(clusterFile) {
		w, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		a, b, _ := strings.Cut(rest, "\t")
		coarse, _ := strconv.Atoi(a)
		fine, _ := strconv.Atoi(b)
		m[w] = class{uint16(coarse + 1), uint16(fine + 1)}
	}
	return m
})
