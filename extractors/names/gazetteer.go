package names

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"sitrep/extractors/text"
)

//go:embed gazetteer.tsv
var gazetteerTSV string

// A class is a list that a word stands in, one bit each.
type class uint16

const (
	givenName   class = 1 << iota // G: first names
	surname                       // S: frequent family names
	rareName                      // R: rarer ones
	city                          // C: cities and regions
	town                          // c: smaller towns
	placeWord                     // t: words of places' names of several words
	country                       // N: countries, by names of one word or several
	countryWord                   // n: words of countries' names of several words
	demonym                       // D: "Iraqi"
	titleWord                     // T: words of titles and ranks
	bodyWord                      // O: words of organisations' names
	common                        // words that are mostly written small, by package text
	knownBody                     // K: names of well-known organisations
)

var classLetters = map[byte]class{'G': givenName, 'S': surname, 'R': rareName, 'C': city, 'c': town, 't': placeWord, 'N': country, 'n': countryWord, 'D': demonym, 'T': titleWord, 'O': bodyWord, 'K': knownBody}

func classesOf(letters string) class {
	var c class
	for i := range len(letters) {
		c |= classLetters[letters[i]]
	}
	return c
}

var gazetteer = sync.OnceValue(func() map[string]class {
	lines := strings.Split(gazetteerTSV, "\n")
	m := make(map[string]class, len(lines))
	for _, line := range lines[1:] {
		word, letters, _ := strings.Cut(line, "\t")
		m[word] = classesOf(letters)
	}
	return m
})

// IsTitle reports whether w is a word of a title or rank, as "Prime" and "Mr.".
func IsTitle(w string) bool { return gazetteer()[strings.TrimSuffix(w, ".")]&titleWord != 0 }

// IsGiven reports whether w is a first name.
func IsGiven(w string) bool { return gazetteer()[w]&givenName != 0 }

// IsDemonym reports whether w is a word for what or who belongs to a country.
func IsDemonym(w string) bool { return gazetteer()[w]&demonym != 0 }

// IsCountry reports whether w is the name of a country.
func IsCountry(w string) bool { return gazetteer()[w]&country != 0 }

// Words returns, sorted, the words of the gazetteer that stand in any of the
// classes given by their letters, and in none of the others and no common ones.
func Words(letters, others string) []string {
	want, not := classesOf(letters), classesOf(others)
	var out []string
	for w, c := range gazetteer() {
		if c&want != 0 && c&not == 0 && !text.IsSmall(strings.ToLower(w)) {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}
