package people

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// unmarked takes off marks that names are compared without.
var unmarked = strings.NewReplacer("'", "", ".", "", "`", "")

// letters that no accent can be taken off.
var plain = strings.NewReplacer("ł", "l", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ı", "i", "ə", "a")

// fold returns a word as names are compared: in small letters, without accents,
// apostrophes, points and marks of direction. "Shia’" and "Shia" are one.
func fold(w string) string {
	w = strings.ToLower(w)
	if isASCII(w) {
		if strings.ContainsAny(w, "'.`") {
			return unmarked.Replace(w)
		}
		return w
	}
	var b strings.Builder
	for _, c := range norm.NFD.String(plain.Replace(w)) {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || c == '-' {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// near reports whether two folded words are likely one name spelled in two ways:
// "zelenskiy" and "zelensky", "prigozhin" and "prighozin".
func near(a, b string) bool {
	if a == b {
		return true
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) < 6 || len(long)-len(short) > 2 || short[0] != long[0] || long == short+"a" {
		return false // "Ivanov" and "Ivanova" are husband and wife
	}
	return consonants(a) == consonants(b) && len(consonants(a)) > 3 || oneEdit(short, long) && len(short) > 6
}

// consonants returns w without its vowels and doubled letters.
func consonants(w string) string {
	var b strings.Builder
	last := byte(0)
	for i := range len(w) {
		c := w[i]
		if c != last && !strings.ContainsRune("aeiouyh", rune(c)) {
			b.WriteByte(c)
		}
		last = c
	}
	return b.String()
}

// oneEdit reports whether one letter put in, changed, or changed with its
// neighbour makes short long.
func oneEdit(short, long string) bool {
	i := 0
	for i < len(short) && short[i] == long[i] {
		i++
	}
	if len(short) < len(long) {
		return len(short)+1 == len(long) && short[i:] == long[i+1:]
	}
	if i+1 < len(short) && short[i] == long[i+1] && short[i+1] == long[i] && short[i+2:] == long[i+2:] {
		return true
	}
	return short[i+1:] == long[i+1:]
}
