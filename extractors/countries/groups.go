package countries

import (
	_ "embed"
	"strings"

	"sitrep/extractors/text"
)

// A GroupKind says what sort of actor a group is.
type GroupKind uint8

// The kinds of groups.
const (
	Body      GroupKind = iota // international organisation or alliance
	Armed                      // armed group or party with arms
	Coalition                  // multinational force
	noGroup                    // words that hold a group's name and mean something else
)

// A Group is a mention of an actor that is no state.
type Group struct {
	text.Span
	Name    string // the usual one
	Kind    GroupKind
	Country Code // of a home-grown armed group; "" for those of several countries
}

//go:embed groups.tsv
var groupsTSV string

// A group is a row of the table.
type group struct {
	name    string
	kind    GroupKind
	country Code
	near    []Code // countries whose mention speaks for an unsure form
}

// An alias is a form that a group goes by.
type alias struct {
	*group
	unsure bool // a word, or the name of others too: counts with evidence only
}

var groupKinds = map[string]GroupKind{"body": Body, "armed": Armed, "coalition": Coalition, "none": noGroup}

func (l *lists) readGroups() {
	for _, f := range rows(groupsTSV, 6) {
		g := &group{f[2], groupKinds[f[0]], Code(f[1]), codes(f[5])}
		for _, n := range items(f[4]) {
			l.groups.add(split(n), &alias{g, true})
		}
		sure := &alias{g, false}
		for _, n := range append([]string{f[2]}, items(f[3])...) {
			w := split(n)
			l.groups.add(w, sure) // unless it is in the unsure forms
			if len(n) > 3 && l.groups.get(w) == sure {
				l.shoutedGroups.add(lower(w), sure)
			}
		}
	}
}

// FindGroups returns the bodies and armed groups that doc names, in order and
// not overlapping.
func FindGroups(doc *text.Document) []Group {
	l := tables()
	var found []candidate
	certain := map[*group]bool{}
	for i := 0; i < len(doc.Tokens); {
		a, end := l.groups.longest(i, func(j int) string { return straight(doc.Word(j)) })
		if a == nil && isShouted(doc.Word(i)) {
			a, end = l.shoutedGroups.longest(i, doc.Lower)
		}
		if a == nil {
			i++
			continue
		}
		if a.kind != noGroup {
			found = append(found, candidate{a, i, end})
			if !a.unsure {
				certain[a.group] = true
			}
		}
		i = end
	}
	return settle(doc, found, certain)
}

// A candidate is a form of a group's name at tokens [first, last).
type candidate struct {
	*alias
	first, last int
}

// settle keeps the unsure forms for which something speaks: the group's full name
// elsewhere ("the Syrian Democratic Forces … the SDF"), words for fighters beside
// it ("MEND militants"), or the mention of a country where it acts.
func settle(doc *text.Document, found []candidate, certain map[*group]bool) []Group {
	var out []Group
	e := &evidence{doc: doc, upper: map[int]bool{}}
	for _, c := range found {
		if c.unsure && !certain[c.group] && !e.speaksFor(&c) {
			continue
		}
		out = append(out, Group{Span: doc.Covering(c.first, c.last), Name: c.name, Kind: c.kind, Country: c.country})
	}
	return out
}

// evidence is what a document tells about unsure forms, gathered when asked for.
type evidence struct {
	doc       *text.Document
	countries map[Code]bool
	upper     map[int]bool // by sentence: all in capitals
}

func (e *evidence) speaksFor(c *candidate) bool {
	upper := e.inCapitals(c.first)
	if fighters[e.doc.Lower(c.last)] && c.kind == Armed && !upper {
		return true
	}
	if word := e.doc.Word(c.first); alsoWords[word] {
		return !upper && strings.HasPrefix(e.doc.Tag(c.first), "NNP")
	}
	for _, code := range c.near {
		if e.names(code) {
			return true
		}
	}
	return false
}

// alsoWords are forms that are words in text in capitals and nothing else elsewhere.
var alsoWords = wordSet("IS WHO AU")

// inCapitals reports whether the sentence of token i is all in capitals.
func (e *evidence) inCapitals(i int) bool {
	n := e.doc.SentenceAt(e.doc.Tokens[i].Start)
	upper, ok := e.upper[n]
	if !ok {
		upper = inCapitals(e.doc.Slice(e.doc.Sentences[n].Span))
		e.upper[n] = upper
	}
	return upper
}

// names reports whether the lists find a country in the document, whatever else
// speaks against it.
func (e *evidence) names(c Code) bool {
	if e.countries == nil {
		e.countries = map[Code]bool{}
		for _, m := range Find(e.doc, nil) {
			e.countries[m.Country] = true
		}
	}
	return e.countries[c]
}

var fighters = wordSet("militants fighters rebels militia militias guerrillas terrorists insurgents gunmen commander commanders guerrilla rebel militant jihadists extremists")

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
