// Package countries finds the countries that a text names, by name, demonym,
// capital or region, and the bodies and armed groups that act beside states. It
// knows no events.
package countries

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// A Code is an ISO 3166-1 alpha-2 country code, ISO 3166-3 for former states
// (SU, CS, YU, DD), XK for Kosovo; "" is none.
type Code string

// Name returns the country's usual English name, "" for no country.
func (c Code) Name() string { return tables().names[c] }

// A Kind says by what sort of word a country is named.
type Kind uint8

// The kinds of mentions.
const (
	Name    Kind = iota // "Iraq"
	Demonym             // "Iraqi"
	Capital             // "Baghdad", and seats of government: "the Kremlin"
	Region              // "Mosul", "Kashmir": a place that implies its country
)

func (k Kind) String() string { return [...]string{"name", "demonym", "capital", "region"}[k] }

// A Mention is a place in the text that names a country.
type Mention struct {
	text.Span
	Country  Code
	Kind     Kind
	Place    bool   // names a place on the map, not a people or a government
	Disputed bool   // land that several countries claim
	Rule     string // what decided: the list, or the rule that chose among readings
}

// A GroupKind says what sort of actor a group is.
type GroupKind uint8

// The kinds of groups.
const (
	Body      GroupKind = iota // international organisation or alliance
	Armed                      // armed group or party with arms
	Coalition                  // multinational force
)

// A Group is a mention of an actor that is no state.
type Group struct {
	text.Span
	Name    string
	Kind    GroupKind
	Country Code // of a home-grown armed group; "" for those of several countries
}

//go:embed countries.tsv
var countriesTSV string

//go:embed places.tsv
var placesTSV string

//go:embed groups.tsv
var groupsTSV string

type reading struct {
	country  Code
	kind     Kind
	place    bool
	disputed bool
	group    bool
	body     GroupKind
	name     string
}

// A node of the trie over words.
type node struct {
	next map[string]*node
	*reading
}

type gazetteer struct {
	names        map[Code]string
	places, bods *node // by words as written
	folded       *node // places by lower-case words, for text in capitals
}

func (n *node) add(name string, r reading, words func(string) []string) {
	for _, w := range words(name) {
		if n.next == nil {
			n.next = map[string]*node{}
		}
		child := n.next[w]
		if child == nil {
			child = &node{}
			n.next[w] = child
		}
		n = child
	}
	if n.reading == nil {
		n.reading = &r
	}
}

// split gives the words of a name as the tokens of a document are.
func split(name string) []string {
	d := text.Read("", name)
	out := make([]string, len(d.Tokens))
	for i := range d.Tokens {
		out[i] = d.Word(i)
	}
	return out
}

func lines(table string) [][]string {
	var out [][]string
	for i, line := range strings.Split(table, "\n") {
		if i > 0 && line != "" {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

var tables = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{map[Code]string{}, &node{}, &node{}, &node{}}
	lower := func(name string) []string {
		w := split(name)
		for i := range w {
			w[i] = strings.ToLower(w[i])
		}
		return w
	}
	add := func(name string, r reading) {
		if name == "" {
			return
		}
		g.places.add(name, r, split)
		if len(name) > 3 || strings.Contains(name, ".") {
			g.folded.add(name, r, lower)
		}
	}
	for _, f := range lines(countriesTSV) {
		code := Code(f[0])
		for i, n := range strings.Split(f[1], "|") {
			if i == 0 {
				g.names[code] = n
			}
			add(strings.TrimPrefix(n, "the "), reading{country: code, kind: Name, place: true})
		}
		for _, n := range strings.Fields(f[2]) {
			// "South-Korean" stands for two words; "Lankan" needs its first.
			n = strings.ReplaceAll(n, "-", " ")
			if first, ok := needsFirst[n]; ok {
				n = first + " " + n
			}
			add(n, reading{country: code, kind: Demonym})
			if strings.Contains(n, " ") && !strings.HasSuffix(n, "s") && !strings.HasSuffix(n, "ese") {
				add(n+"s", reading{country: code, kind: Demonym})
			}
		}
		if len(f) > 3 {
			for _, n := range strings.Split(f[3], "|") {
				add(n, reading{country: code, kind: Capital, place: !metonyms[n]})
			}
		}
	}
	for _, f := range lines(placesTSV) {
		for _, n := range strings.Split(f[1], "|") {
			disputed := strings.HasPrefix(n, "?")
			add(strings.TrimPrefix(n, "?"), reading{country: Code(f[0]), kind: Region, place: true, disputed: disputed})
		}
	}
	for _, f := range lines(groupsTSV) {
		kind := map[string]GroupKind{"body": Body, "armed": Armed, "coalition": Coalition}[f[0]]
		all := strings.Split(f[2], "|")
		for _, n := range all {
			name := all[0]
			if f[0] == "body" && f[1] == "" && len(all) > 8 || f[0] == "coalition" || f[0] == "armed" && len(all) > 2 && f[1] != "" {
				name = n
			}
			g.bods.add(n, reading{country: Code(f[1]), group: true, body: kind, name: name}, split)
		}
	}
	return g
})

var needsFirst = map[string]string{"Lankan": "Sri", "Lankans": "Sri", "Rican": "Costa", "Ricans": "Costa", "Zealander": "New", "Zealanders": "New",
	"Leonean": "Sierra", "Leoneans": "Sierra", "Verdean": "Cape"}

// metonyms are seats of government that stand for it and not for the town.
var metonyms = map[string]bool{"Kremlin": true, "Pentagon": true, "White House": true, "Capitol Hill": true, "State Department": true, "Downing Street": true,
	"Whitehall": true, "Elysee": true, "Élysée": true, "Quai d'Orsay": true, "Blue House": true, "Knesset": true, "Bundestag": true, "Buckingham Palace": true,
	"Malacañang": true, "Malacanang": true, "Vatican": true}

// Lookup returns the country that name, as written, stands for.
func Lookup(name string) (Code, Kind, bool) {
	n := tables().places
	for _, w := range split(name) {
		if n = n.next[w]; n == nil {
			return "", 0, false
		}
	}
	if n.reading == nil {
		return "", 0, false
	}
	return n.country, n.kind, true
}

// longest returns the longest entry of the trie that begins at token i, and the
// token after it.
func (n *node) longest(d *text.Document, i int, word func(int) string) (*reading, int) {
	var best *reading
	end := i
	for j := i; j < len(d.Tokens); {
		n = n.next[word(j)]
		if n == nil {
			break
		}
		j++
		if n.reading != nil {
			best, end = n.reading, j
		}
	}
	return best, end
}

// Find returns the mentions of countries in doc, in order and not overlapping.
func Find(doc *text.Document, named []names.Mention) []Mention {
	g := tables()
	var out []Mention
	people := spansOf(named, names.Person)
	for i := 0; i < len(doc.Tokens); {
		r, end := g.places.longest(doc, i, func(j int) string { return straight(doc.Word(j)) })
		rule := "gazetteer"
		if r == nil && shouted(doc, i) {
			r, end = g.folded.longest(doc, i, doc.Lower)
			rule = "gazetteer:capitals"
		}
		if r == nil {
			out = append(out, compound(doc, i, g)...)
			i++
			continue
		}
		if m, ok := settle(doc, i, end, r); ok && !people.hold(m.Span) {
			m.Rule = rule
			out = append(out, m)
		}
		i = end
	}
	return out
}

// spans are those of names, in order.
type spans []text.Span

func spansOf(named []names.Mention, t names.Type) spans {
	var out spans
	for _, m := range named {
		if m.Type == t {
			out = append(out, m.Span)
		}
	}
	return out
}

// hold reports whether s lies in one of list: "Michael Jordan".
func (list spans) hold(s text.Span) bool {
	n, _ := slices.BinarySearchFunc(list, s, func(a, b text.Span) int { return cmp.Compare(a.End, b.End) })
	return n < len(list) && list[n].Start <= s.Start
}

func straight(w string) string {
	if strings.IndexByte(w, 0xe2) < 0 {
		return w
	}
	return strings.ReplaceAll(w, "’", "'")
}

// shouted reports whether token i is a word in capitals.
func shouted(d *text.Document, i int) bool {
	w := d.Word(i)
	return len(w) > 3 && strings.ToUpper(w) == w && strings.ToLower(w) != w
}

// settle decides whether the words are a country here.
func settle(d *text.Document, i, end int, r *reading) (Mention, bool) {
	m := Mention{Span: d.Covering(i, end), Country: r.country, Kind: r.kind, Place: r.place, Disputed: r.disputed}
	word, next, previous := d.Word(i), d.Word(end), d.Word(i-1)
	capital := next != "" && next[0] >= 'A' && next[0] <= 'Z'
	switch {
	case end == i+1 && notCountryBefore[word+" "+next] || seas[next] && r.kind != Capital:
		return m, false
	case newBefore[previous+" "+word]:
		return m, false
	case (word == "Jordan" || word == "Chad" || word == "Israel" || word == "Georgia" || word == "Lima" || word == "Perth") && end == i+1 &&
		(capital && d.Tag(end) == "NNP" && !isState(d, end) || given(d, i-1)):
		return m, false
	case word == "Washington" && (given(d, i-1) || next == "Post" || next == "Times"):
		return m, false
	case word == "Georgia" && usNearby(d, i):
		m.Country, m.Kind = "US", Region
	case r.kind == Region && d.Tag(i) != "NNP" && d.Tag(i) != "NNPS" && d.Tag(i) != "JJ" && end == i+1 && i > 0:
		return m, false
	}
	return m, true
}

var seas = map[string]bool{"Sea": true, "Ocean": true}

var notCountryBefore = map[string]bool{"Islamic State": true, "New York": false, "Indian Ocean": true, "Panama hat": true, "Turkish bath": true,
	"American Airlines": true, "British Airways": true, "Jordan River": true, "Congo River": true, "Niger River": true, "Cuban cigar": true, "French fries": true,
	"Swiss cheese": true, "Sudan I": true, "English Channel": true}

var newBefore = map[string]bool{"New England": true, "New Britain": true, "New Mexico": true, "New Caledonia": true, "Rio Grande": true, "New Georgia": true,
	"South China": false}

// given reports whether token i looks like a first name or an initial before a name.
func given(d *text.Document, i int) bool {
	w := d.Word(i)
	return firstNames[w] || len(w) == 2 && w[1] == '.' && w[0] >= 'A' && w[0] <= 'Z' || w == "Mr." || w == "Mrs." || w == "Ms."
}

var firstNames = map[string]bool{"Michael": true, "George": true, "Vernon": true, "Hamilton": true, "Denzel": true, "Martin": true, "Booker": true,
	"Robert": true, "David": true, "John": true, "James": true, "Paul": true, "Peter": true, "William": true, "Richard": true, "Thomas": true, "Barbara": true, "Neil": true, "Katie": true}

// isState reports whether the capitalised word at i begins a title or office,
// which may follow a country's name ("Israel Defense Minister").
func isState(d *text.Document, i int) bool {
	switch d.Lower(i) {
	case "defense", "defence", "foreign", "prime", "president", "king", "army", "ministry", "minister", "government", "air", "national", "armed":
		return true
	}
	return false
}

// usNearby reports whether the Georgia at token i is the American state.
func usNearby(d *text.Document, i int) bool {
	for j := max(0, i-6); j < i+6; j++ {
		switch d.Word(j) {
		case "Atlanta", "Fort", "Savannah", "Augusta", "Alabama", "Florida", "Benning", "Stewart", "Tennessee", "Carolina":
			return true
		}
	}
	return d.Word(i-1) == "," && d.Word(i+1) == "," && d.RoleAt(d.Tokens[i].Start) == text.News && false
}

// compound finds countries in the parts of a hyphenated word:
// "Pakistan-administered", "Iraqi-Turkish", "pro-Russian".
func compound(d *text.Document, i int, g *gazetteer) []Mention {
	w := d.Word(i)
	if strings.IndexByte(w, '-') < 0 && strings.IndexByte(w, '/') < 0 {
		return nil
	}
	var out []Mention
	start := d.Tokens[i].Start
	for at := 0; at < len(w); {
		end := at
		for end < len(w) && w[end] != '-' && w[end] != '/' {
			end++
		}
		part := w[at:end]
		if n := g.places.next[part]; n != nil && n.reading != nil && n.kind != Region && (len(part) > 2 || part == "US") {
			out = append(out, Mention{Span: text.Span{Start: start + at, End: start + end}, Country: n.country, Kind: n.kind, Rule: "compound"})
		} else if c, ok := prefixes[part]; ok && at == 0 {
			out = append(out, Mention{Span: text.Span{Start: start, End: start + end}, Country: c, Kind: Demonym, Rule: "compound:prefix"})
		}
		at = end + 1
	}
	return out
}

var prefixes = map[string]Code{"Anglo": "GB", "Franco": "FR", "Sino": "CN", "Russo": "RU"}

// FindGroups returns the bodies and armed groups that doc names, in order and
// not overlapping.
func FindGroups(doc *text.Document) []Group {
	g := tables()
	var out []Group
	for i := 0; i < len(doc.Tokens); {
		r, end := g.bods.longest(doc, i, func(j int) string { return straight(doc.Word(j)) })
		if r == nil || doc.Word(i) == "IS" && doc.Tag(i) != "NNP" {
			i++
			continue
		}
		out = append(out, Group{Span: doc.Covering(i, end), Name: r.name, Kind: r.body, Country: r.country})
		i = end
	}
	return out
}
