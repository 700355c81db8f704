package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longRun is the number of equal marks from which a run ("=====", "((((") is
// one token, so that a page of rules does not cost a token a mark.
const longRun = 4

// A scanner cuts text into tokens. It looks at each byte a bounded number of
// times.
type scanner struct {
	text   string
	tokens []Token
	quotes int // single quotes opened and not yet closed in this paragraph
}

// tokenize returns the tokens of text, without tags.
func tokenize(text string) []Token {
	s := scanner{text: text, tokens: make([]Token, 0, len(text)/5+8)}
	for i := 0; i < len(text); {
		i = s.next(i)
	}
	return s.tokens
}

// next reads what stands at i, a blank, a word or a mark, and returns where it
// ends.
func (s *scanner) next(i int) int {
	r, size := s.rune(i)
	switch {
	case isBlank(r):
		if r == '\n' && strings.HasPrefix(s.text[i+1:], "\n") {
			s.quotes = 0
		}
		return i + size
	case isWord(r):
		return s.word(i)
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) && len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].End == i:
		s.tokens[len(s.tokens)-1].End = i + size // a mark on the character before it, such as an emoji's skin
		return i + size
	}
	return s.mark(i, r, size)
}

func (s *scanner) rune(i int) (rune, int) {
	if i >= len(s.text) {
		return 0, 0
	}
	if c := s.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[i:])
}

// before returns the rune that ends at i, 0 at the start.
func (s *scanner) before(i int) rune {
	if i == 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s.text[:i])
	return r
}

func (s *scanner) add(start, end int) int {
	s.tokens = append(s.tokens, Token{Span: Span{start, end}})
	return end
}

// mark adds a token that is not a word: a dash or ellipsis of any length, a
// doubled quote, a long run, or one rune.
func (s *scanner) mark(i int, r rune, size int) int {
	end := i + size
	for strings.HasPrefix(s.text[end:], s.text[i:i+size]) {
		end += size
	}
	n := (end - i) / size
	switch {
	case n >= longRun, n > 1 && (r == '.' || r == '-'), n == 2 && (r == '\'' || r == '`'):
		return s.add(i, end)
	case r == '‘', r == '\'' && !isWord(s.before(i)):
		s.quotes++
	case isApostrophe(r) && s.quotes > 0:
		s.quotes--
	}
	return s.add(i, i+size)
}

// word adds the word that begins at start, with its clitic, and returns its end.
func (s *scanner) word(start int) int {
	end := start
	for {
		end = s.letters(end)
		n := s.joint(start, end)
		if n == 0 {
			break
		}
		end += n
	}
	if n := s.clitic(start, end); n > 0 && n < end-start {
		s.add(start, end-n)
		return s.add(end-n, end)
	}
	return s.add(start, s.trailing(start, end))
}

// letters returns the end of the letters, digits and marks that begin at i.
func (s *scanner) letters(i int) int {
	for {
		r, size := s.rune(i)
		if size == 0 || !isWord(r) && !unicode.In(r, unicode.Mn, unicode.Mc) {
			return i
		}
		i += size
	}
}

// joint returns the length of the mark at i that joins the word begun at start
// to the letters behind it, 0 if there is none: the hyphen of "500-strong", the
// comma of "1,200", the apostrophe of "N'Djamena", the points of "U.S.".
func (s *scanner) joint(start, i int) int {
	r, size := s.rune(i)
	if size == 0 {
		return 0
	}
	last := s.before(i)
	next, nextSize := s.rune(i + size)
	if nextSize == 0 || !isWord(next) {
		if r == '.' && isAcronym(s.text[start:i]) {
			// "U.S.-led": the hyphen goes on, so does the word.
			if after, _ := s.rune(i + 1); after == '-' {
				if r, _ := s.rune(i + 2); isWord(r) {
					return 2
				}
			}
		}
		return 0
	}
	digits := unicode.IsDigit(last) && unicode.IsDigit(next)
	joined := false
	switch r {
	case '-', '‐', '‑', '_', '@':
		joined = true
	case '\'', '’', 'ʼ':
		joined = unicode.IsLetter(last) || unicode.IsDigit(last) && unicode.IsLetter(next)
	case '.':
		joined = digits || unicode.IsLower(next) && unicode.IsLetter(last) || isAcronym(s.text[start:i])
	case ',':
		joined = digits && isDigit(s.text, i+2)
	case ':', '/':
		joined = digits
	case '&':
		joined = unicode.IsUpper(last) && unicode.IsUpper(next)
	}
	if !joined {
		return 0
	}
	return size
}

// trailing returns the end of a word with the point or apostrophe that belongs
// to it: "Gen.", "U.S.", "Shia’" (but "soldiers’" and a closing quote keep
// theirs apart).
func (s *scanner) trailing(start, end int) int {
	r, size := s.rune(end)
	switch {
	case r == '.':
		if next, _ := s.rune(end + 1); next == '.' {
			return end
		}
		if isAcronym(s.text[start:end]) || s.abbreviation(start, end) {
			return end + 1
		}
	case isApostrophe(r) && s.quotes == 0:
		last, first := s.before(end), rune(0)
		first, _ = s.rune(start)
		if unicode.IsUpper(first) && unicode.IsLetter(last) && last != 's' && last != 'S' {
			if next, _ := s.rune(end + size); next == ' ' {
				return end + size
			}
		}
	}
	return end
}

// clitic returns the length of the clitic at the end of a word: "'s", "n't",
// "'re"; 0 if it has none.
func (s *scanner) clitic(start, end int) int {
	word := s.text[start:end]
	i, size := lastApostrophe(word)
	if i <= 0 {
		return 0
	}
	switch strings.ToLower(word[i+size:]) {
	case "s", "re", "ve", "ll", "d", "m":
		return len(word) - i
	case "t":
		if c := word[i-1]; c == 'n' || c == 'N' {
			return len(word) - i + 1
		}
	}
	return 0
}

// lastApostrophe returns where the last apostrophe of word is and its length, -1 if
// there is none.
func lastApostrophe(word string) (i, size int) {
	for i := len(word) - 1; i >= 0; i-- {
		switch c := word[i]; {
		case c == '\'':
			return i, 1
		case c >= utf8.RuneSelf && strings.HasPrefix(word[i:], "’"):
			return i, len("’")
		}
	}
	return -1, 0
}

// abbreviation reports whether text[start:end], with a point behind it, is an
// abbreviation there.
func (s *scanner) abbreviation(start, end int) bool {
	if end-start > maxAbbreviation {
		return false
	}
	word := s.text[start:end]
	switch abbreviations[strings.ToLower(word)] {
	case always:
		return true
	case capitalised:
		return unicode.IsUpper(rune(word[0]))
	case beforeDigit:
		i := end + 1
		for i < len(s.text) && s.text[i] == ' ' && i < end+3 {
			i++
		}
		return isDigit(s.text, i) || i < len(s.text) && s.text[i] == ','
	}
	return false
}

// isAcronym reports whether word is a single capital or single letters with
// points between them: "J", "U.S", "a.m".
func isAcronym(word string) bool {
	if len(word) > maxAbbreviation {
		return false
	}
	letter := true
	n := 0
	for _, r := range word {
		switch {
		case letter && unicode.IsLetter(r):
			n++
		case letter || r != '.':
			return false
		}
		letter = !letter
	}
	if n == 1 {
		return unicode.IsUpper(rune(word[0])) && word != "I"
	}
	return n > 1 && !letter
}

func isDigit(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// isBlank reports whether r is white space or as good as: a byte order mark or
// a space of no width.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' || r == '\u2060'
}
