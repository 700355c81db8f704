package places

import (
	"strings"
	"unicode/utf8"
)

// The letters that Latin ones with marks are compared as, "-" for none: "Medellín"
// is sought as "medellin".
const (
	latin = "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg" +
		"gggghhhhiiiiiiiiii--jjkkkllllll--llnnnnnn-nnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz-" +
		"-b----o---d---eeeff-----kk------oo-------------uu--yy------------------------aaiioouuuuuuuuuueaa" +
		"aaaa--ggkkoooo--j---gg--nnaaaaooaaaaeeeeiiiioooorrrruuuusstt--hh------aaeeooooooooyy------------" +
		"----------------" // U+00C0 and on
	latinMarks = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr" +
		"ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy----s-aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
		"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy------" // U+1E00 and on
)

// A folder gives the bytes that a name is compared by: small Latin letters
// without marks, digits, and one blank between words. "Deir ez-Zor" and "DEIR
// EZ ZOR" are the same, "Sana'a" is "sanaa".
type folder struct {
	words []string
	word  int  // the word at hand
	at    int  // offset in it
	blank bool // a blank is due before the next letter
	begun bool
}

// next returns the next byte, 0 at the end.
func (f *folder) next() byte {
	for f.word < len(f.words) {
		w := f.words[f.word]
		if f.at == len(w) {
			f.word++
			f.at = 0
			f.blank = f.begun
			continue
		}
		b, size := fold(w[f.at:])
		switch {
		case b == ' ':
			f.blank = f.begun
		case b != 0 && f.blank:
			f.blank = false
			return ' '
		case b != 0:
			f.at += size
			f.begun = true
			return b
		}
		f.at += size
	}
	return 0
}

// isEmpty reports whether nothing of w is compared: punctuation, and no word.
func isEmpty(w string) bool {
	f := folder{words: []string{w}}
	return f.next() == 0
}

// fold returns what the first letter of s is compared as, ' ' for what parts
// words and 0 for what is passed over, and its length in s.
func fold(s string) (byte, int) {
	switch c := s[0]; {
	case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		return c, 1
	case c >= 'A' && c <= 'Z':
		return c + 'a' - 'A', 1
	case c == '\'' || c == '`' || c == '.':
		return 0, 1
	case c < utf8.RuneSelf:
		return ' ', 1
	}
	r, size := utf8.DecodeRuneInString(s)
	b := byte('-')
	switch {
	case r >= 0xc0 && r < 0xc0+rune(len(latin)):
		b = latin[r-0xc0]
	case r >= 0x1e00 && r < 0x1e00+rune(len(latinMarks)):
		b = latinMarks[r-0x1e00]
	case r == '–' || r == '—' || r == '\u00a0':
		return ' ', size
	case r >= 0x2b0 && r < 0x370 || r >= 0x2018 && r <= 0x201b || r == '′':
		return 0, size // apostrophes of all sorts, and marks that stand alone
	}
	if b == '-' {
		return s[0], 1 // another script: byte by byte
	}
	return b, size
}

// Key returns what name is compared by.
func Key(name string) string {
	var b strings.Builder
	for f := (folder{words: []string{name}}); ; {
		c := f.next()
		if c == 0 {
			return b.String()
		}
		b.WriteByte(c)
	}
}
