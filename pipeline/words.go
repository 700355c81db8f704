package pipeline

import (
	"unicode"
	"unicode/utf8"
)

// cut returns at most n bytes of s, ending at a rune border.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// hasText reports whether s holds at least a few words.
func hasText(s string) bool {
	words := 0
	inWord := false
	for _, r := range s {
		letter := unicode.IsLetter(r)
		if letter && !inWord {
			if words++; words >= 3 {
				return true
			}
		}
		inWord = letter
	}
	return false
}
