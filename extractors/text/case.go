package text

import (
	"strings"
	"unicode/utf8"
)

// IsUpper reports whether w has no small letters.
func IsUpper(w string) bool {
	_, small, plain := cases(w)
	return !small && (plain || strings.ToUpper(w) == w)
}

// IsShouted reports whether w has large letters and no small ones.
func IsShouted(w string) bool {
	large, small, plain := cases(w)
	switch {
	case small:
		return false
	case plain:
		return large
	}
	return strings.ToUpper(w) == w && strings.ToLower(w) != w
}

// IsCased reports whether w has letters that are large or small.
func IsCased(w string) bool {
	large, small, plain := cases(w)
	return large || small || !plain && strings.ToLower(w) != strings.ToUpper(w)
}

// cases tells which letters of ASCII w has, and whether it is all of that.
func cases(w string) (large, small, plain bool) {
	plain = true
	for i := range len(w) {
		switch c := w[i]; {
		case 'a' <= c && c <= 'z':
			small = true
		case 'A' <= c && c <= 'Z':
			large = true
		case c >= utf8.RuneSelf:
			plain = false
		}
	}
	return large, small, plain
}
