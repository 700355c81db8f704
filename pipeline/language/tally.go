package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// zeroWidthNonJoiner stands inside words of Persian.
const zeroWidthNonJoiner = '\u200c'

// A tally is what a stretch of text shows of its language.
type tally struct {
	words   int            // runs of letters
	hits    map[string]int // function words by language
	weight  int            // letters; one that stands for a syllable or a word counts as three
	latin   int            // letters of Latin script
	small   int            // words that begin small, so that they are hardly names
	strange int            // those of Latin script with a letter beyond ASCII, hardly English
	script  map[string]int // weight by the language that alone uses the script
}

func newTally() *tally { return &tally{hits: map[string]int{}, script: map[string]int{}} }

// add counts text.
func (t *tally) add(text string) {
	for len(text) > 0 {
		start := strings.IndexFunc(text, unicode.IsLetter)
		if start < 0 {
			return
		}
		end := t.run(text[start:]) + start
		if before, after := text[:start], text[end:]; !isSuffix(before, text[start:end]) {
			t.word(text[start:end], strings.HasSuffix(before, "-") || strings.HasPrefix(after, "-"))
		}
		text = text[end:]
	}
}

// isSuffix reports whether word is the end of an English one before it: "don't"
// and "army's" are one word each, "d'un" are two.
func isSuffix(before, word string) bool {
	return len(word) <= 2 && (strings.HasSuffix(before, "'") || strings.HasSuffix(before, "’"))
}

// run counts the letters that text begins with and returns how long they are.
func (t *tally) run(text string) int {
	for i, r := range text {
		switch {
		case unicode.IsLetter(r):
			t.letter(r)
		case !unicode.IsMark(r) && r != zeroWidthNonJoiner:
			return i
		}
	}
	return len(text)
}

// word counts a word. Part of a name with a hyphen it is no function word, as in
// "al-Husseini".
func (t *tally) word(w string, hyphenated bool) {
	t.words++
	if first, _ := utf8.DecodeRuneInString(w); unicode.IsLower(first) || isShouted(w) {
		t.small++
		if unicode.Is(unicode.Latin, first) && strings.IndexFunc(w, beyondASCII) >= 0 {
			t.strange++
		}
	}
	if hyphenated {
		return
	}
	for _, code := range languages().words[strings.ToLower(w)] {
		t.hits[code]++
	}
}

func beyondASCII(r rune) bool { return r >= utf8.RuneSelf }

func isShouted(w string) bool {
	return len(w) > 4 && strings.IndexFunc(w, unicode.IsLower) < 0
}

func (t *tally) letter(r rune) {
	switch {
	case r < 0x80, unicode.Is(unicode.Latin, r):
		t.weight++
		t.latin++
	default:
		code, weight := scriptLanguage(r)
		t.weight += weight
		if code != "" {
			t.script[code] += weight
		}
	}
}

// join adds what another stretch shows.
func (t *tally) join(o *tally) {
	t.words += o.words
	t.weight += o.weight
	t.latin += o.latin
	t.small += o.small
	t.strange += o.strange
	for code, n := range o.hits {
		t.hits[code] += n
	}
	for code, n := range o.script {
		t.script[code] += n
	}
}
