package evaluate

import (
	"strings"
	"unicode"
)

// expansions are the Latin letters whose case folding is more than one letter
// (Unicode CaseFolding.txt, status F).
var expansions = strings.NewReplacer(
	"ß", "ss", "\u1e9e", "ss", "\u0130", "i\u0307", "\u0149", "\u02bcn", "\u01f0", "j\u030c",
	"\u1e96", "h\u0331", "\u1e97", "t\u0308", "\u1e98", "w\u030a", "\u1e99", "y\u030a", "\u1e9a", "a\u02be",
	"\ufb00", "ff", "\ufb01", "fi", "\ufb02", "fl", "\ufb03", "ffi", "\ufb04", "ffl", "\ufb05", "st", "\ufb06", "st",
)

// norm returns s trimmed, with blanks collapsed and case folded: equal values
// have equal norms. It is for comparing, not for showing.
func norm(s string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(foldRune, expansions.Replace(s)), blank), " ")
}

// foldRune returns the least of the runes that differ from r in case alone.
func foldRune(r rune) rune {
	least := r
	for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
		least = min(least, o)
	}
	return least
}

// blank reports white space, the ASCII separators (U+001C to U+001F) included.
func blank(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }
