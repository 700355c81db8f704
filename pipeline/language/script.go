package language

import "unicode"

// scripts are those that one of the languages of news uses alone, and what a
// letter of them weighs.
var scripts = []struct {
	letters *unicode.RangeTable
	code    string
	weight  int
}{
	{unicode.Han, "zh", 3},
	{unicode.Hiragana, "ja", 3},
	{unicode.Katakana, "ja", 3},
	{unicode.Hangul, "ko", 3},
	{unicode.Thai, "th", 1},
	{unicode.Greek, "el", 1},
	{unicode.Hebrew, "he", 1},
	{unicode.Georgian, "ka", 1},
	{unicode.Armenian, "hy", 1},
	{unicode.Tamil, "ta", 1},
	{unicode.Telugu, "te", 1},
	{unicode.Kannada, "kn", 1},
	{unicode.Malayalam, "ml", 1},
	{unicode.Gujarati, "gu", 1},
	{unicode.Gurmukhi, "pa", 1},
	{unicode.Sinhala, "si", 1},
	{unicode.Bengali, "bn", 1},
	{unicode.Khmer, "km", 1},
	{unicode.Lao, "lo", 1},
	{unicode.Myanmar, "my", 1},
}

// scriptLanguage returns the language that uses the script of r alone, "" if
// several do, and what r weighs beside a letter of Latin script.
func scriptLanguage(r rune) (code string, weight int) {
	for _, s := range scripts {
		if unicode.Is(s.letters, r) {
			return s.code, s.weight
		}
	}
	return "", 1
}
