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
	words                   int            // runs of letters
	hits                    map[string]int // function words by language
	weight                  int            // letters; one that stands for a syllable or a word counts as three
	latin                   int            // letters of Latin script
	small, strange          int            // words that begin small, and those of them with a letter beyond ASCII
	shouted, strangeShouted int            // the same of words in capitals
	script                  map[string]int // weight by the language that alone uses the script
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
	if first, size := utf8.DecodeRuneInString(w); unicode.IsLower(first) {
		t.small++
		t.strange += count(isStrange(w))
	} else if size < len(w) && strings.IndexFunc(w, unicode.IsLower) < 0 {
		t.shouted++
		t.strangeShouted += count(isStrange(w))
	}
	if hyphenated {
		return
	}
	for _, code := range languages().words[strings.ToLower(w)] {
		t.hits[code]++
	}
}

// isStrange reports whether a word of Latin script has a letter beyond ASCII.
func isStrange(w string) bool {
	return strings.IndexFunc(w, func(r rune) bool { return r >= utf8.RuneSelf && unicode.Is(unicode.Latin, r) }) >= 0
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// plain returns how many words need not be names, for they begin small, or all is
// in capitals; and how many of them have a letter that is hardly English.
func (t *tally) plain() (words, strange int) {
	if t.shouted*10 >= t.words*7 {
		return t.small + t.shouted, t.strange + t.strangeShouted
	}
	return t.small, t.strange
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
	t.shouted += o.shouted
	t.strangeShouted += o.strangeShouted
	for code, n := range o.hits {
		t.hits[code] += n
	}
	for code, n := range o.script {
		t.script[code] += n
	}
}
