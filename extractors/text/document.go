// Package text reads an article once: its tokens, sentences, part-of-speech
// tags and parts, each a byte range into the text as it came in.
//
// It does not know what a person, a country or an event is, and it never
// trims, folds or repairs the text it points into.
package text

import (
	"sort"
	"strings"
)

// A Span is a half-open byte range [Start, End) into Document.Text.
type Span struct{ Start, End int }

// Len returns the length of s in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Cover returns the shortest span that holds both s and o.
func (s Span) Cover(o Span) Span {
	return Span{min(s.Start, o.Start), max(s.End, o.End)}
}

// A Token is a word, number or punctuation mark. Possessives and contractions
// are tokens of their own ("Iraq|'s", "did|n't"); hyphenated words are one.
type Token struct {
	Span
	Tag string // Penn Treebank part of speech, as in prose's model
}

// A Sentence is a span of text and the tokens in it, Tokens[First:Last].
type Sentence struct {
	Span
	First, Last int
}

// A Document is an article that has been read. It is immutable: extractors
// share it and add nothing to it.
type Document struct {
	Text      string     // title, blank line and body, or the body alone
	Body      int        // offset in Text at which the body begins; 0 without a separate title
	Tokens    []Token    // in order, not overlapping
	Sentences []Sentence // in order, not overlapping; each token is in exactly one
	Parts     []Part     // in order, not overlapping; they cover all but blank text
	lower     []string   // Tokens in lower case
	forms     []string   // see Form; nil when no sentence is all in capitals
}

// Slice returns the text of s.
func (d *Document) Slice(s Span) string { return d.Text[s.Start:s.End] }

// Word returns the text of token i, or "" when there is no such token, so that
// rules can look past either end.
func (d *Document) Word(i int) string {
	if i < 0 || i >= len(d.Tokens) {
		return ""
	}
	return d.Slice(d.Tokens[i].Span)
}

// Lower returns the text of token i in lower case with curly apostrophes made
// straight, or "" when there is no such token.
func (d *Document) Lower(i int) string {
	if i < 0 || i >= len(d.lower) {
		return ""
	}
	return d.lower[i]
}

// Tag returns the part of speech of token i, or "" when there is no such token.
func (d *Document) Tag(i int) string {
	if i < 0 || i >= len(d.Tokens) {
		return ""
	}
	return d.Tokens[i].Tag
}

// Covering returns the span of Tokens[first:last]. The range must not be empty.
func (d *Document) Covering(first, last int) Span {
	return Span{d.Tokens[first].Start, d.Tokens[last-1].End}
}

// TokensIn returns the range [first, last) of the tokens that overlap s.
func (d *Document) TokensIn(s Span) (first, last int) {
	first = sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > s.Start })
	last = first
	for last < len(d.Tokens) && d.Tokens[last].Start < s.End {
		last++
	}
	return first, last
}

// SentenceAt returns the index of the sentence that holds the byte at offset,
// or the one before it when offset lies in the blanks between two; -1 before
// the first.
func (d *Document) SentenceAt(offset int) int {
	return sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].Start > offset }) - 1
}

// RoleAt returns the role of the part that holds the byte at offset; News
// outside all parts.
func (d *Document) RoleAt(offset int) Role {
	i := sort.Search(len(d.Parts), func(i int) bool { return d.Parts[i].End > offset })
	if i == len(d.Parts) || d.Parts[i].Start > offset {
		return News
	}
	return d.Parts[i].Role
}

var straighten = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'")

// fold returns s in lower case with straight apostrophes.
func fold(s string) string { return straightened(strings.ToLower(s)) }

// straightened returns s with straight apostrophes.
func straightened(s string) string {
	if !strings.ContainsRune(s, '’') && !strings.ContainsRune(s, '‘') && !strings.ContainsRune(s, 'ʼ') {
		return s
	}
	return straighten.Replace(s)
}
