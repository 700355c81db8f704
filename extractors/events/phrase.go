package events

import (
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
)

// A phrase is a noun phrase up to its head: "the 500 Iraqi soldiers".
type phrase struct {
	first, last int // tokens [first, last)
	head        int // token
	kind        Kind
	country     countries.Code
	name, role  string
	span        text.Span // shortest that names it fully
	place       bool      // names or contains a place
	count       int       // index into Found.Troops, or -1
	person      int       // index into Found.People, or -1
	definite    bool
	inner       *phrase // "a group of ⟨500 trainees⟩"
}

// facts says, for each token, which mention of each kind covers it (-1: none).
type facts struct{ person, reference, country, group, count, date int32 }

// A reader finds the events of one document.
type reader struct {
	doc      *text.Document
	found    Found
	lex      *lexicon
	facts    []facts
	sentence text.Sentence
	phrases  []*phrase // of the sentence, in order
	phraseAt []*phrase // by token, from the sentence's first
	triggers []*Event  // of the sentence
	saying   []int     // tokens of the sentence's verbs of saying
	steps    []int     // of the sentence: how far each token is from the first
	last     []*phrase // political subjects of the sentence before, for "they"
}

func newReader(doc *text.Document, found Found) *reader {
	r := &reader{doc: doc, found: found, lex: words(), facts: make([]facts, len(doc.Tokens))}
	for i := range r.facts {
		r.facts[i] = facts{-1, -1, -1, -1, -1, -1}
	}
	mark := func(s text.Span, set func(f *facts)) {
		for first, last := doc.TokensIn(s); first < last; first++ {
			set(&r.facts[first])
		}
	}
	for n, p := range found.People {
		for _, m := range p.Mentions {
			mark(m.Span, func(f *facts) { f.person = int32(n) })
		}
		for _, m := range p.References {
			mark(m.Span, func(f *facts) { f.reference = int32(n) })
		}
	}
	for n, m := range found.Countries {
		mark(m.Span, func(f *facts) { f.country = int32(n) })
	}
	for n, m := range found.Groups {
		mark(m.Span, func(f *facts) { f.group = int32(n) })
	}
	for n, m := range found.Troops {
		mark(m.Span, func(f *facts) { f.count = int32(n) })
	}
	for n, m := range found.Dates {
		mark(m.Span, func(f *facts) { f.date = int32(n) })
	}
	return r
}

// at returns the phrase that holds token i, or nil.
func (r *reader) at(i int) *phrase {
	if i < r.sentence.First || i >= r.sentence.Last {
		return nil
	}
	return r.phraseAt[i-r.sentence.First]
}

func isNoun(tag string) bool { return strings.HasPrefix(tag, "NN") }
func isVerb(tag string) bool { return strings.HasPrefix(tag, "VB") }
func isFinite(tag string) bool {
	return tag == "VBD" || tag == "VBZ" || tag == "VBP" || tag == "MD"
}

// starts reports whether a noun phrase may begin or go on with token i.
func (r *reader) nominal(i, first int) bool {
	tag := r.doc.Tag(i)
	f := r.facts[i]
	switch {
	case f.date >= 0 && f.count < 0 && f.country < 0:
		return false
	case f.person >= 0, f.country >= 0, f.group >= 0, f.count >= 0:
		return r.doc.Word(i) != ","
	case isNoun(tag), r.verbalNoun(i), tag == "CD", strings.HasPrefix(tag, "JJ"), tag == "$":
		return true
	case tag == "DT", tag == "PRP$", tag == "PDT":
		return i == first
	case tag == "PRP", tag == "EX":
		return i == first
	case tag == "POS":
		return i > first
	case tag == "VBG" || tag == "VBN" || tag == "RB" || tag == "VBD":
		// Before its noun: "the advancing troops", "a newly formed unit".
		if i == first && !(tag == "VBG" || tag == "VBN") {
			return false
		}
		next := r.doc.Tag(i + 1)
		inside := i > first && (r.doc.Tag(i-1) == "DT" || r.doc.Tag(i-1) == "PRP$" || strings.HasPrefix(r.doc.Tag(i-1), "JJ") || r.doc.Tag(i-1) == "POS" || r.doc.Tag(i-1) == "RB" || r.doc.Tag(i-1) == "CD")
		return inside && (isNoun(next) || strings.HasPrefix(next, "JJ") || (tag == "RB" && (next == "VBN" || next == "VBG" || next == "CD")))
	}
	return false
}

// verbalNoun reports whether the form in -ing at i is a noun that names an
// action: "a week of shelling".
func (r *reader) verbalNoun(i int) bool {
	if r.doc.Tag(i) != "VBG" || r.lex.nouns[r.doc.Lower(i)] == nil {
		return false
	}
	before, after := r.doc.Tag(i-1), r.doc.Tag(i+1)
	return (before == "IN" || before == "DT" || before == "JJ") && !isNoun(after) && after != "DT" && after != "JJ" && after != "CD" && !strings.HasPrefix(after, "PRP")
}

// chunk splits the sentence into phrases.
func (r *reader) chunk(s text.Sentence) {
	r.sentence = s
	r.phrases = r.phrases[:0]
	r.phraseAt = make([]*phrase, s.Last-s.First)
	for i := s.First; i < s.Last; {
		if !r.nominal(i, i) {
			i++
			continue
		}
		j := i + 1
		for j < s.Last {
			if r.nominal(j, i) && !r.breaks(j) {
				j++
				continue
			}
			// "U.S. and British troops", "large, well-armed force"
			w := r.doc.Lower(j)
			if (w == "and" || w == ",") && j+1 < s.Last && r.modifier(j-1) && r.modifier(j+1) && r.nominal(j+1, i) && j+2 < s.Last && r.nominal(j+2, i) {
				j += 2
				continue
			}
			break
		}
		p := r.describe(i, j)
		if p != nil {
			r.phrases = append(r.phrases, p)
			for k := i; k < j; k++ {
				r.phraseAt[k-s.First] = p
			}
		}
		i = j
	}
	for n, p := range r.phrases {
		if n+1 < len(r.phrases) && r.doc.Lower(p.last) == "of" && r.phrases[n+1].first == p.last+1 {
			r.compose(p, r.phrases[n+1])
		}
	}
}

// breaks reports whether a new phrase begins at token j though the words before
// could go on: after a name, or where one name meets another.
func (r *reader) breaks(j int) bool {
	a, b := r.facts[j-1], r.facts[j]
	switch {
	case r.doc.Tag(j) == "POS":
		return false
	case a.person >= 0 && b.person != a.person:
		return r.doc.Tag(j-1) != "POS"
	case r.doc.Tag(j-1) == "PRP", r.doc.Tag(j-1) == "EX":
		return true
	}
	return false
}

func (r *reader) modifier(i int) bool {
	f := r.facts[i]
	return strings.HasPrefix(r.doc.Tag(i), "JJ") || (f.country >= 0 && f.person < 0)
}

// collective nouns take their kind from what they are a number of.
var collective = map[string]bool{"group": true, "contingent": true, "team": true, "number": true, "series": true, "member": true, "members": true,
	"dozens": true, "hundreds": true, "thousands": true, "scores": true, "force": true, "handful": true, "wave": true, "batch": true, "all": true,
	"unit": true, "units": true, "convoy": true, "some": true, "most": true, "many": true, "one": true, "elements": true, "leader": false, "rest": true,
	"remainder": true, "part": true, "parts": true, "couple": true, "spate": true, "string": true, "city": true, "town": true, "village": true,
	"province": true, "region": true, "capital": true, "port": true, "state": true, "island": true, "detachment": true, "delegation": false}

// compose joins "a group of" with what it is made of, and "the army of" with
// the country it belongs to.
func (r *reader) compose(p, of *phrase) {
	if collective[r.doc.Lower(p.head)] {
		p.inner = of
		if of.kind != Other {
			p.kind = of.kind
		}
		if p.count < 0 {
			p.count = of.count
		}
		p.place = p.place || of.place
	}
	if p.country == "" {
		p.country = of.country
	}
	if p.kind == Territory {
		p.place = true
	}
}

// describe makes a phrase of tokens [first, last), or nil when it is none.
func (r *reader) describe(first, last int) *phrase {
	d := r.doc
	for last > first && (d.Tag(last-1) == "POS" || d.Tag(last-1) == "DT" && last-first > 1) {
		last--
	}
	if n := last - 2; n >= first && strings.HasPrefix(d.Tag(last-1), "JJ") && r.facts[last-1].country < 0 && (r.facts[n].country >= 0 || r.facts[n].person >= 0) {
		last-- // "Nepal first sent"
	}
	head := last - 1
	p := &phrase{first: first, last: last, head: head, count: -1, person: -1, kind: Other}
	low := d.Lower(first)
	p.definite = low == "the" || low == "this" || low == "these" || low == "that" || low == "those" || d.Tag(first) == "PRP$"
	start := first
	for start < head && (d.Tag(start) == "DT" || d.Tag(start) == "PDT") {
		start++
	}
	p.span = d.Covering(start, last)
	for k := first; k < last; k++ {
		f := r.facts[k]
		if f.count >= 0 {
			p.count = int(f.count)
		}
		if f.country >= 0 && f.person < 0 {
			m := r.found.Countries[f.country]
			if !m.Disputed || p.country == "" {
				p.country = m.Country // "Pakistan-administered Kashmir"
			}
			p.place = p.place || m.Place
		}
	}
	f := r.facts[head]
	switch {
	case f.person >= 0:
		who := &r.found.People[f.person]
		p.kind, p.person, p.name, p.role, p.place = Person, int(f.person), who.Name, who.Role, false
		if who.Country != "" {
			p.country = who.Country
		}
		for k := first; k < last; k++ {
			if r.facts[k].person == f.person {
				p.span = d.Covering(k, last)
				break
			}
		}
	case f.reference >= 0:
		who := &r.found.People[f.reference]
		p.kind, p.person, p.name, p.role, p.country = Person, int(f.reference), who.Name, who.Role, who.Country
	case f.group >= 0:
		g := r.found.Groups[f.group]
		p.kind, p.name, p.country, p.span, p.place = Body, g.Name, g.Country, g.Span, false
		if g.Kind == countries.Armed {
			p.kind = Armed
		}
	case f.count >= 0:
		c := r.found.Troops[f.count]
		p.kind = r.countKind(c)
		if c.Nationality != "" {
			p.country = c.Nationality
		}
	case f.country >= 0:
		m := r.found.Countries[f.country]
		p.kind, p.country, p.span = State, m.Country, m.Span
		if m.Kind == countries.Region {
			p.kind = Territory
		}
		// "Radio Pakistan" is no country.
		if k, _ := d.TokensIn(m.Span); k > first && m.Kind == countries.Name && d.Tag(k-1) == "NNP" && r.facts[k-1].country < 0 {
			p.kind, p.span, p.place = Other, d.Covering(start, last), false
			return p
		}
	default:
		p.kind = r.headKind(head)
		if d.Tag(head) == "PRP" {
			p.kind = Other
		}
	}
	if p.kind == Territory || p.kind == State {
		p.place = true
	}
	return p
}

func (r *reader) headKind(head int) Kind {
	w := r.doc.Lower(head)
	if k, ok := r.lex.kinds[w]; ok {
		return k
	}
	if i := strings.LastIndexByte(w, '-'); i >= 0 {
		if k, ok := r.lex.kinds[w[i+1:]]; ok {
			return k
		}
	}
	return Other
}

func (r *reader) countKind(c troops.Count) Kind {
	if c.What == troops.Troops || c.What == troops.Units {
		if c.Force == troops.NonState {
			return Armed
		}
		return Force
	}
	if k, ok := r.lex.kinds[c.Noun]; ok {
		return k
	}
	return People
}

func (p *phrase) participant(d *text.Document) Participant {
	name := p.name
	span := p.span
	if p.inner != nil && p.kind == p.inner.kind && p.name == "" {
		span = p.span.Cover(p.inner.span)
	}
	if name == "" {
		name = strings.Join(strings.Fields(d.Slice(span)), " ")
	}
	return Participant{Span: span, Name: name, Kind: p.kind, Country: p.country, Role: p.role}
}

// end returns the token after p and what it is made of.
func (p *phrase) end() int {
	if p.inner != nil {
		return p.inner.last
	}
	return p.last
}
