package article

import (
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// mojibake says that a text looks as if its UTF-8 had been read as Windows-1252:
// "Itâ€™s in MedellÃ­n". The text is not mended: whoever sent it can.
func mojibake(text string) string {
	count, example := 0, ""
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := misread(text[i:])
		if r == 0 {
			_, size = utf8.DecodeRuneInString(text[i:])
		} else if count++; count == 1 {
			example = fmt.Sprintf("%q for %q", text[i:i+size], string(r))
		}
		i += size
	}
	if count == 0 {
		return ""
	}
	return fmt.Sprintf("looks like UTF-8 read as Windows-1252 in %d places, as %s", count, example)
}

// misread returns the character that the first characters of s were, if their bytes
// in Windows-1252 are one in UTF-8, and how long they are.
func misread(s string) (r rune, size int) {
	var b [utf8.UTFMax]byte
	n := 0
	for n < len(b) && size < len(s) {
		c, width := utf8.DecodeRuneInString(s[size:])
		code, ok := charmap.Windows1252.EncodeRune(c)
		if !ok && c < 0x100 { // the five that Windows-1252 has not
			code, ok = byte(c), true
		}
		if !ok || code < utf8.RuneSelf {
			break
		}
		b[n] = code
		n++
		size += width
		if utf8.FullRune(b[:n]) {
			break
		}
	}
	r, n = utf8.DecodeRune(b[:n])
	if n < 2 || !common(r) {
		return 0, 0
	}
	return r, size
}

// common tells the characters that mojibake is made of from those that only chance
// makes: "à »", with a space that does not break, would be a letter of Samaritan.
func common(r rune) bool {
	return r >= 0xa0 && r <= 0x24f || r >= 0x400 && r <= 0x4ff || r >= 0x2010 && r <= 0x203a || r == '€' || r == '™' || r >= 0x1f300
}
