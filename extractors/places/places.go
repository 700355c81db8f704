// Package places knows the towns and the first-level regions of the world by
// name: which country and region they lie in, where, and how many live there. It
// reads no text, and does not choose among places of one name.
package places

import (
	_ "embed"
	"iter"
	"strings"

	"sitrep/extractors/memo"
)

// Made by "go run ./cmd/train places", sorted by what names are compared by (see
// folder) and then by population.
//
//go:embed places.tsv
var table string

// rows is the table without the lines that tell of it.
var rows = func() string {
	_, after, _ := strings.Cut(table, "\nname\t")
	_, after, _ = strings.Cut(after, "\n")
	return after
}()

// A Place is a town, or a region of the first level below its country.
type Place struct {
	Name       string // the usual one, "Kyiv" where Kiev was sought
	GeoNames   int    // id of a town in GeoNames; 0 of a region
	Country    string // ISO 3166-1 alpha-2
	Admin      string // its region by ISO 3166-2, without the country: "NI" for IQ-NI; "" if unknown
	Latitude   float64
	Longitude  float64 // of a region, the middle of its people
	Population int     // of a region, in its towns
	Names      int     // in how many languages and spellings a town is named: how well it is known; 0 of a region
	Alias      bool    // sought by another name than the usual one
}

// Region reports whether p is a region and no town.
func (p *Place) Region() bool { return p.GeoNames == 0 }

// Code returns the ISO 3166-2 code of the region that p is or lies in, "" if it
// is unknown.
func (p *Place) Code() string {
	if p.Admin == "" {
		return ""
	}
	return p.Country + "-" + p.Admin
}

// Matches are the places that go by one name.
type Matches struct {
	rows string // whole lines
}

// None reports whether there is no such place.
func (m Matches) None() bool { return m.rows == "" }

// All gives the places, most populous first.
func (m Matches) All() iter.Seq[Place] {
	return func(yield func(Place) bool) { m.each(yield) }
}

func (m Matches) each(yield func(Place) bool) {
	for rest := m.rows; rest != ""; {
		var row string
		row, rest, _ = strings.Cut(rest, "\n")
		if p, ok := parse(row); ok && !yield(p) {
			return
		}
	}
}

// Lookup returns the places that go by name, most populous first. Case, marks on
// letters, apostrophes and hyphens do not count.
func Lookup(name string) []Place {
	m, n := Longest([]string{name})
	if n == 0 {
		return nil
	}
	var out []Place
	for p := range m.All() {
		out = append(out, p)
	}
	return out
}

// Longest returns the places of the longest name that begins words, and of how
// many words it is: of "New", "York", "in" two. It does not allocate.
func Longest(words []string) (Matches, int) {
	if len(words) == 0 {
		return Matches{}, 0
	}
	first := openings.Of(words[0], openingOf)
	found, count, more, from := first.found, first.count, first.more, first.at
	for n := 2; n <= len(words) && more && !isEmpty(words[n-1]); n++ {
		var whole bool
		if from, whole, more = seek(words[:n], from); whole {
			found, count = Matches{rows[from:equal(words[:n], from)]}, n
		}
	}
	return found, count
}

// An opening is what begins with a word.
type opening struct {
	found Matches // places whose name is the word
	count int     // 1 if there are any
	more  bool    // longer names may begin with it
	at    int     // in rows
}

var openings memo.Table[opening]

func openingOf(word string) (o opening) {
	words := [1]string{word}
	if isEmpty(word) {
		return o
	}
	var whole bool
	if o.at, whole, o.more = seek(words[:], 0); whole {
		o.found, o.count = Matches{rows[o.at:equal(words[:], o.at)]}, 1
	}
	return o
}

// seek returns where, from offset from on, the first row stands that does not
// sort before words, whether its name is words, and whether any longer name may
// begin with them.
func seek(words []string, from int) (at int, whole, more bool) {
	pair := pairOf(words)
	low, high := max(from, int(index()[pair])), int(index()[pair+1])
	if pair%classes == 0 {
		high = len(rows) // a name of one byte may begin longer ones
	}
	for low < high {
		start := lineStart((low+high)/2, low)
		if compare(words, start) > 0 {
			low = lineEnd(start)
		} else {
			high = start
		}
	}
	if low == len(rows) {
		return low, false, false
	}
	switch compare(words, low) {
	case equalTo:
		return low, true, true
	case prefixOf:
		return low, false, true
	}
	return low, false, false
}

// equal returns the end of the rows from at on whose name is words.
func equal(words []string, at int) int {
	for at < len(rows) && compare(words, at) == equalTo {
		at = lineEnd(at)
	}
	return at
}

// What compare finds besides 1, that words sort behind the row.
const (
	before   = -2
	prefixOf = -1
	equalTo  = 0
)

// compare compares words with the name of the row that starts at offset at.
func compare(words []string, at int) int {
	end := at + strings.IndexByte(rows[at:], '\t')
	name := [1]string{rows[at:end]}
	a, b := folder{words: words}, folder{words: name[:]}
	for {
		x, y := a.next(), b.next()
		switch {
		case x == y && x == 0:
			return equalTo
		case x == 0:
			return prefixOf
		case x < y:
			return before
		case x > y:
			return 1
		}
	}
}

func lineStart(at, low int) int {
	return low + strings.LastIndexByte(rows[low:at], '\n') + 1
}

func lineEnd(start int) int {
	return start + strings.IndexByte(rows[start:], '\n') + 1
}

// parse reads a row: of a place, or of another name for one.
func parse(row string) (Place, bool) {
	if p, ok := parsePlace(row); ok {
		return p, true
	}
	_, rest, _ := strings.Cut(row, "\t")
	usual, id, ok := strings.Cut(rest, "\t")
	if !ok {
		return Place{}, false
	}
	return usually(usual, id)
}

// parsePlace reads the row of a place: name, id, country, region, latitude and
// longitude in hundredths of a degree, people, names.
func parsePlace(row string) (Place, bool) {
	var f [8]string
	n := 0
	for more := true; more && n < len(f); n++ {
		f[n], row, more = strings.Cut(row, "\t")
	}
	return Place{Name: f[0], GeoNames: number(f[1]), Country: f[2], Admin: f[3],
		Latitude: float64(number(f[4])) / 100, Longitude: float64(number(f[5])) / 100, Population: number(f[6]), Names: number(f[7])}, n == len(f)
}

// number reads a whole number, 0 if s is none: the table's are well-formed, and
// strconv's errors would cost an allocation where there is a name instead.
func number(s string) int {
	s, negative := strings.CutPrefix(s, "-")
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0
		}
		n = 10*n + int(s[i]-'0')
	}
	if negative {
		return -n
	}
	return n
}

// usually returns the place whose usual name and id are given.
func usually(name, id string) (Place, bool) {
	words := [1]string{name}
	at, whole, _ := seek(words[:], 0)
	if !whole {
		return Place{}, false
	}
	for end := equal(words[:], at); at < end; at = lineEnd(at) {
		if p, ok := parsePlace(rows[at : lineEnd(at)-1]); ok && p.is(id) {
			p.Alias = true
			return p, true
		}
	}
	return Place{}, false
}

// is reports whether id is p's: a number of GeoNames or the code of a region.
func (p *Place) is(id string) bool {
	if n := number(id); n > 0 {
		return p.GeoNames == n
	}
	country, admin, _ := strings.Cut(id, "-")
	return p.Region() && p.Country == country && p.Admin == admin
}
