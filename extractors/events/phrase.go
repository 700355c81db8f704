package events

import (
	"cmp"
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
)

// A phrase is a noun phrase up to its head: "the 500 Iraqi soldiers".
type phrase struct {
	first, last int // tokens [first, last)
	head        int // token that others hang on
	kind        Kind
	country     countries.Code
	name, role  string
	span        text.Span // shortest that names it fully
	place       bool      // names or contains a place
	count       int       // index into Found.Troops, or -1
	person      int       // index into Found.People, or -1
	definite    bool
	group       bool    // of an international body or armed group: "NATO troops"
	inner       *phrase // "a group of ⟨500 trainees⟩"
}

// before are the labels of what stands in a phrase before its head.
func inside(l syntax.Label) bool {
	switch l {
	case syntax.Det, syntax.Amod, syntax.Compound, syntax.Nummod, syntax.NmodPoss, syntax.NmodDesc, syntax.Flat, syntax.Advmod:
		return true
	}
	return false
}

// phrase returns the noun phrase whose head is token h.
func (r *reader) phrase(h int) *phrase {
	if p := r.phrases[h-r.sentence.First]; p != nil {
		return p
	}
	first, last := r.edge(h), h+1
	for c := range r.tree.Children(h) {
		if l := r.tree.Label(c); c > h && (l == syntax.Flat || l == syntax.Compound) && r.facts[c].date < 0 {
			if a, _ := r.tree.Subtree(c); a == last {
				last = c + 1
			}
		}
	}
	for last < r.sentence.Last && r.facts[h].same(r.facts[last]) {
		last++
	}
	for first > r.sentence.First && r.facts[h].same(r.facts[first-1]) {
		first--
	}
	p := r.describe(first, last)
	p.head = h
	r.know(p)
	r.phrases[h-r.sentence.First] = p
	for _, a := range r.adjuncts(h) {
		if a.word == "of" && a.head > h {
			r.compose(p, r.phrase(a.head))
			break
		}
	}
	if p.kind == Territory && p.country == "" {
		p.country = r.site(p)
	}
	return p
}

// edge returns where the phrase of the noun at h begins: with the modifiers that
// stand next to each other before it.
func (r *reader) edge(h int) int {
	first := h
	for k := h - 1; k >= r.sentence.First && k >= h-maxPhrase; k-- {
		if k == first-1 && r.stray(k, h) {
			first, _ = r.tree.Subtree(k)
			continue
		}
		if r.tree.Head(k) != h {
			continue
		}
		a, b := r.tree.Subtree(k)
		if b != first || !inside(r.tree.Label(k)) || r.facts[k].date >= 0 && r.facts[k].count < 0 || r.tree.Child(k, syntax.Case) >= 0 && r.pos(r.tree.Child(k, syntax.Case)) != "POS" {
			break
		}
		first = a
	}
	return first
}

// stray reports whether the word at k, right before what belongs to the noun at h,
// is a modifier that the parser tied to the verb after it: "Israeli |helicopter|
// gunships attacked".
func (r *reader) stray(k, h int) bool {
	l := r.tree.Label(k)
	return (l == syntax.OblUnmarked || l == syntax.Dep || l == syntax.NmodUnmarked) && r.tree.Head(k) > h && r.facts[k].date < 0 &&
		(r.pos(k)[0] == 'N' || r.pos(k)[0] == 'J') && r.tree.Child(k, syntax.Case) < 0
}

// maxPhrase is how many tokens before its head a phrase may begin.
const maxPhrase = 24

// same reports whether f and g are in one mention of a person, group, country or count.
func (f facts) same(g facts) bool {
	return f.person >= 0 && f.person == g.person || f.group >= 0 && f.group == g.group ||
		f.country >= 0 && f.country == g.country || f.count >= 0 && f.count == g.count
}

// collective nouns take their kind from what they are a number of.
var collective = map[string]bool{"group": true, "contingent": true, "team": true, "number": true, "total": true, "series": true, "member": true, "members": true,
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
	if p.country == "" && p.name == "" {
		p.country = of.country
	}
	if p.kind == Territory {
		p.place = true
	}
}

// site returns the country in which the text says that p is: "a camp |in Chad|".
func (r *reader) site(p *phrase) countries.Code {
	for _, a := range r.adjuncts(p.head) {
		if a.head <= p.head || !standing[a.word] || a.word == "on" || a.word == "along" {
			continue
		}
		if q := r.phrase(a.head); q.place && q.kind&(Territory|State) != 0 && q.country != "" {
			return q.country
		}
	}
	return ""
}

// describe makes a phrase of tokens [first, last), or nil when it is none.
func (r *reader) describe(first, last int) *phrase {
	d := r.doc
	for last > first+1 && (d.Tag(last-1) == "POS" || d.Tag(last-1) == "DT") {
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
	for k := first; k < last-1; k++ {
		if f := r.facts[k].person; f >= 0 && r.facts[last-1].person < 0 {
			p.country = cmp.Or(r.found.People[f].Country, knowns()[r.found.People[f].Name].country) // "Holm's forces"
		}
	}
	var group countries.Group
	for k := first; k < last; k++ {
		f := r.facts[k]
		if f.count >= 0 {
			p.count = int(f.count)
		}
		if f.group >= 0 && k < head {
			group = r.found.Groups[f.group]
			continue
		}
		if f.country >= 0 && f.person < 0 && !led(d.Lower(k)) {
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
	if group.Name != "" && p.kind&(Force|Armed|People|Other|Government) != 0 {
		r.belong(p, group)
	}
	return p
}

// belong makes p the group's: "Hezbollah fighters", "NATO troops".
func (r *reader) belong(p *phrase, g countries.Group) {
	p.group = true
	if p.country == "" {
		p.country = g.Country
	}
	if g.Kind == countries.Armed && p.kind&(Force|People) != 0 {
		p.kind = Armed
	}
}

// led reports whether a word such as "U.S.-led" names a country whose the thing
// after it is not.
func led(w string) bool {
	for _, end := range [...]string{"-led", "-backed", "-held", "-controlled", "-occupied", "-funded", "-made", "-based", "-allied"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return strings.HasPrefix(w, "anti-") || strings.HasPrefix(w, "pro-") || strings.HasPrefix(w, "counter-")
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
