// Package language tells what language a text is written in: by its letters
// where a script has one language, else by its function words.
//
// It knows English from what is not English well, and names the other language
// well enough for a receipt. It does not know what an article is.
package language

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"strings"
	"sync"
)

// English is the language that sitrep reads, Unknown one that cannot be named.
const (
	English = "en"
	Unknown = "und"
)

// The languages, sorted: ISO 639-1 code, English name, other codes, and frequent
// words that carry no matter. Kurdish has a line for each of its two scripts.
//
//go:embed languages.tsv
var table string

// TableSHA256 returns the hash, in hex, of the table of languages.
var TableSHA256 = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(table))
	return hex.EncodeToString(sum[:])
})

// A lexicon is the table of languages made ready.
type lexicon struct {
	names map[string]string   // by code
	codes map[string]string   // by other code and by name in lower case
	three map[string]string   // the ISO 639-3 code of each
	words map[string][]string // the languages that a word is a function word of
}

var languages = sync.OnceValue(func() *lexicon {
	l := &lexicon{map[string]string{}, map[string]string{}, map[string]string{}, map[string][]string{}}
	for line := range strings.Lines(table) {
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		code, name := row[0], row[1]
		l.names[code] = name
		l.codes[strings.ToLower(name)] = code
		l.three[code], _, _ = strings.Cut(row[2], " ")
		for _, other := range strings.Fields(row[2]) {
			l.codes[other] = code
		}
		for _, word := range strings.Fields(row[3]) {
			l.words[word] = append(l.words[word], code)
		}
	}
	return l
})

// Name returns the English name of the language with an ISO 639-1 code, and for
// an unknown one the code.
func Name(code string) string {
	if name, ok := languages().names[code]; ok {
		return name
	}
	return code
}

// Code returns the ISO 639-1 code of a language that a sender declared, as
// "en-GB", "eng", "English" or "pt_BR"; of what it does not know the first part
// in lower case.
func Code(declared string) string {
	declared = strings.ToLower(strings.TrimSpace(declared))
	if code, ok := languages().codes[declared]; ok {
		return code
	}
	if i := strings.IndexAny(declared, "-_"); i > 0 {
		declared = declared[:i]
	}
	if code, ok := languages().codes[declared]; ok {
		return code
	}
	return declared
}

// threeLetters returns the ISO 639-3 code of a language.
func threeLetters(code string) string { return languages().three[code] }
