package countries

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// Find returns the mentions of countries in doc, in order and not overlapping.
func Find(doc *text.Document, named []names.Mention) []Mention {
	f := newFinder(doc, named)
	f.listed()
	f.choose()
	f.towns()
	slices.SortStableFunc(f.found, func(a, b Mention) int { return cmp.Compare(a.Start, b.Start) })
	return f.found
}

// A finder reads one document.
type finder struct {
	doc   *text.Document
	lists *lists
	named []names.Mention
	name  []int32 // by token: index of the name over it, or -1
	joint []int8  // by name: whether it joins several; see joins
	upper []bool  // by sentence: all in capitals

	surnames map[string]bool // last words of persons' names

	found    []Mention
	over     []int32        // by token: index of the mention over it, -1 or trap
	unsure   []choice       // mentions that name one of several lands
	seats    []seat         // names of seats that other houses bear too
	evidence map[Code]int   // mentions that are sure, by country
	total    int            // of them
	regions  map[string]int // names of regions, by country, once asked for
	settled  map[string]at  // by name: where its places were found to be
}

// trap marks tokens that hold a country's name and mean something else.
const trap = -2

// A choice is a mention of a name that several lands go by.
type choice struct {
	mention int
	*reading
}

// A seat is a name at tokens [first, last) that is a government's where the text
// names its country.
type seat struct {
	first, last int
	*reading
}

func newFinder(doc *text.Document, named []names.Mention) *finder {
	f := &finder{doc: doc, lists: tables(), named: named, name: make([]int32, len(doc.Tokens)), over: make([]int32, len(doc.Tokens)),
		joint: make([]int8, len(named)), upper: make([]bool, len(doc.Sentences)), regions: map[string]int{}, surnames: map[string]bool{}, evidence: map[Code]int{}, settled: map[string]at{}}
	for i := range f.name {
		f.name[i], f.over[i] = -1, -1
	}
	for n, m := range named {
		for i := m.First; i < m.Last; i++ {
			f.name[i] = int32(n)
		}
		if m.Type == names.Person && m.Last-m.First > 1 {
			f.surnames[doc.Lower(m.Last-1)] = true
		}
	}
	for n, s := range doc.Sentences {
		f.upper[n] = inCapitals(doc.Slice(s.Span))
	}
	return f
}

// inCapitals reports whether s has letters and hardly any small one.
func inCapitals(s string) bool {
	large, small := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			large++
		case unicode.IsLower(r):
			small++
		}
	}
	return large > 3 && small*9 < large
}

// listed finds the names that the lists hold.
func (f *finder) listed() {
	d := f.doc
	asWritten := func(j int) string { return straight(d.Word(j)) }
	sentence := 0
	for i := 0; i < len(d.Tokens); {
		for i >= d.Sentences[sentence].Last {
			sentence++
		}
		r, end := f.lists.phrases.longest(i, asWritten)
		rule := "list"
		if r == nil && f.upper[sentence] || r == nil && isShouted(d.Word(i)) {
			r, end = f.lists.shouted.longest(i, d.Lower)
			rule = "list:capitals"
		}
		switch {
		case r == nil:
			i = f.compound(i)
			continue
		case r.tagged && r.kind == Capital && r.place: // towns settles which San Jose it is
		case r.trap():
			for j := i; j < end; j++ {
				f.over[j] = trap
			}
		case r.tagged && !r.place:
			f.seats = append(f.seats, seat{i, end, r})
		case f.fits(i, end, r, f.upper[sentence]):
			f.take(i, end, r, rule)
		}
		i = end
	}
}

// isShouted reports whether w is a word in capitals, of some length.
func isShouted(w string) bool {
	return len(w) > 3 && w[0] < utf8.RuneSelf && text.IsShouted(w)
}

// fits reports whether tokens [i, end) can mean r here.
func (f *finder) fits(i, end int, r *reading, shouted bool) bool {
	d := f.doc
	t, first, last := f.taggedOver(i)
	inside := first < i || last > end // part of a longer name
	switch {
	case t == names.Person && (inside || end == i+1 && names.IsGiven(d.Word(i))):
		return false // "Michael Jordan"; "Chad" alone, but not "Western Sahara"
	case end == i+1 && t != names.Place && r.place && f.surnames[d.Lower(i)]:
		return false // "Jordan", where the text has a Michael Jordan
	case shouted && end == i+1 && d.Word(i) == "US":
		return d.Lower(i-1) == "the" || isNoun(d.Tag(end)) && !telling[d.Lower(i-1)] // "THE US ENVOY", "TOLD US THAT"
	case r.tagged && r.place && (t != names.Place || inside):
		return false
	case end == i+1 && t == names.None && r.place && f.isGivenName(i):
		return false // "Jordan Spieth", where the tagger saw nobody
	case end == i+1 && seas[d.Lower(end)] && r.kind != Capital && d.Word(end) != d.Lower(end):
		return false // "Norwegian Sea"
	case r.kind == Region && end == i+1 && t == names.None && i > 0 && !strings.HasPrefix(d.Tag(i), "NNP") && d.Tag(i) != "JJ":
		return false
	case inside && t == names.Place && f.isPlace(first, last):
		return false // "Port Sudan"
	case r.kind == Region && t == names.Organisation && inside:
		return false // "Sinai Medical Center"
	}
	return true
}

// telling are words behind which US, in capitals, is a pronoun.
var telling = wordSet("tell tells told let lets gave give gives given show shows showed help helps helped ask asks asked make makes made for with of to by")

// isPlace reports whether tokens [first, last) are the name of a town or region.
func (f *finder) isPlace(first, last int) bool {
	_, n := f.lookup(first, last)
	return n == last-first
}

var seas = map[string]bool{"sea": true, "ocean": true, "strait": true, "gulf": true}

func isNoun(tag string) bool { return strings.HasPrefix(tag, "NN") || strings.HasPrefix(tag, "JJ") }

// isGivenName reports whether token i is a first name before a capitalised word
// that is no office: "Chad Smith", not "Chad President".
func (f *finder) isGivenName(i int) bool {
	next := f.doc.Word(i + 1)
	r, _ := utf8.DecodeRuneInString(next)
	return names.IsGiven(f.doc.Word(i)) && unicode.IsUpper(r) && f.doc.Tag(i+1) == "NNP" && !isShouted(next) &&
		!names.IsTitle(next) && !names.IsDemonym(next) && f.name[i+1] < 0
}

// taggedOver returns what the tagger has over token i, None without.
func (f *finder) taggedOver(i int) (t names.Type, first, last int) {
	n := f.name[i]
	if n < 0 {
		return names.None, i, i + 1
	}
	m := f.named[n]
	return m.Type, m.First, m.Last
}

// take notes tokens [i, end) as a mention of what r means.
func (f *finder) take(i, end int, r *reading, rule string) {
	m := Mention{Span: f.doc.Covering(i, end), Country: r.country, Kind: r.kind, Place: r.place, Site: r.site, Rule: rule}
	m.dispute(r.dispute)
	holder := f.holderBefore(i)
	if m.Disputed && holder != "" {
		m.Holder = holder
	}
	if t, first, last := f.taggedOver(i); (t == names.Organisation || t == names.Place) && (first < i || last > end) && !f.joins(f.name[i]) && holder == "" {
		m.Place = false // "Bank of England", "Baghdad International Airport"
	}
	if len(r.others) > 0 {
		f.unsure = append(f.unsure, choice{len(f.found), r})
	} else if m.Country != "" {
		f.count(m.Country)
	}
	f.cover(i, end, m)
}

// holderBefore returns the country that holds the land at token i by the word
// before it: "Pakistan-administered Kashmir".
func (f *finder) holderBefore(i int) Code {
	if i == 0 || f.over[i-1] < 0 {
		return ""
	}
	w := f.doc.Lower(i - 1)
	if !holding[w[strings.LastIndexByte(w, '-')+1:]] {
		return ""
	}
	return f.found[f.over[i-1]].Country
}

var holding = wordSet("administered held controlled occupied ruled run annexed")

// joins reports whether name n, taken for one, joins several: "West Bank and
// Gaza".
func (f *finder) joins(n int32) bool {
	const yes, no = 1, 2
	if f.joint[n] == 0 {
		f.joint[n] = no
		for i := f.named[n].First; i < f.named[n].Last; i++ {
			if w := f.doc.Lower(i); w == "and" || w == "," || w == "/" {
				f.joint[n] = yes
			}
		}
	}
	return f.joint[n] == yes
}

// count adds a mention of c to the evidence.
func (f *finder) count(c Code) {
	f.evidence[c]++
	f.total++
}

// cover adds m, which stands over tokens [i, end).
func (f *finder) cover(i, end int, m Mention) {
	for ; i < end; i++ {
		f.over[i] = int32(len(f.found))
	}
	f.found = append(f.found, m)
}

func (m *Mention) dispute(d *dispute) {
	if d != nil {
		m.Disputed, m.Holder, m.Claims = true, d.holder, d.claims
	}
}
