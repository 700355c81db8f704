package language

import (
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

// enough is how many bytes of a text the library looks at: it reads slowly.
const enough = 2000

// byTrigrams asks the library, which compares runs of three letters with those of
// 84 languages, and returns "" if it is not certain. Of a few given languages it
// chooses the nearest.
func byTrigrams(text []string, of ...string) string {
	only := map[whatlanggo.Lang]bool{}
	for _, code := range of {
		if l := whatlanggo.CodeToLang(threeLetters(code)); l >= 0 {
			only[l] = true
		}
	}
	if len(of) > 0 && len(only) == 0 {
		return ""
	}
	found := whatlanggo.DetectWithOptions(head(text), whatlanggo.Options{Whitelist: only})
	if len(only) == 0 && !found.IsReliable() || found.Confidence == 0 {
		return "" // of two that are equally near it gives either
	}
	return found.Lang.Iso6391()
}

// head joins paragraphs until there is enough of them.
func head(text []string) string {
	var b []byte
	for _, p := range text {
		b = append(append(b, p...), '\n')
		if len(b) >= enough {
			break
		}
	}
	n := min(len(b), enough)
	for n > 0 && n < len(b) && !utf8.RuneStart(b[n]) {
		n--
	}
	return string(b[:n])
}
