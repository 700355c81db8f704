package events

import (
	"sitrep/extractors/countries"
	"sitrep/extractors/syntax"
	"sitrep/extractors/troops"
)

// The functions here read the tree of a sentence: who does what a verb says, to
// whom, and with which adjuncts.

// word returns the part of speech that the parser gave to token i.
func (r *reader) pos(i int) string { return r.tree.Tag(i).String() }

func (r *reader) verbal(i int) bool {
	t := r.pos(i)
	return t[0] == 'V' && len(t) <= 3
}

func (r *reader) nominal(i int) bool {
	t := r.pos(i)
	return t[0] == 'N' || t == "PRP" || t == "CD" || t == "DT-PRON"
}

// has reports whether a dependent of i by label l is one of the words.
func (r *reader) has(i int, l syntax.Label, words ...string) bool {
	for c := range r.tree.Children(i) {
		if r.tree.Label(c) != l {
			continue
		}
		for _, w := range words {
			if r.doc.Lower(c) == w {
				return true
			}
		}
	}
	return false
}

// passive reports whether what is said of the subject of v is done to it: "was
// attacked", "troops sent to Mali".
func (r *reader) passive(v int) bool {
	t := r.tree
	if t.Child(v, syntax.AuxPass, syntax.NsubjPass) >= 0 {
		return true
	}
	if t.Label(v) == syntax.Conj && suffers(suffered[r.lemma(v)]) && t.Child(v, syntax.Obj, syntax.Aux) < 0 && t.Child(t.Head(v), syntax.NsubjPass) >= 0 {
		return true // "two were killed and several others |wounded|"
	}
	if tag := r.pos(v); tag != "VBN" && tag != "VBD" || t.Child(v, syntax.Aux, syntax.Nsubj) >= 0 {
		return false
	}
	switch t.Label(v) {
	case syntax.Acl: // not "Police |arrested| 12 men", misread
		return t.Child(v, syntax.Obj) < 0 && (r.pos(v) == "VBN" || r.doc.Tag(v) == "VBN" || len(r.agents(v)) > 0)
	case syntax.Conj:
		return r.pos(v) == "VBN" && r.verbal(t.Head(v)) && r.passive(t.Head(v))
	case syntax.Advcl, syntax.Xcomp:
		return t.Child(v, syntax.Obj) < 0 && r.pos(v) == "VBN"
	}
	return false
}

// relative reports whether token i is a pronoun that stands for the noun before
// its clause: "the rebels |who| attacked".
func (r *reader) relative(i int) bool {
	t := r.pos(i)
	return t == "WDT" || t == "WP"
}

// maxClimb is how many verbs are asked for a subject that is not told.
const maxClimb = 4

// subjects returns the heads of the subject of the verb at v, told or understood.
func (r *reader) subjects(v, depth int) []int {
	if depth > maxClimb || v < 0 {
		return nil
	}
	t := r.tree
	if s := r.joined(v); s >= 0 {
		return []int{s}
	}
	if s := r.subject(v); s >= 0 {
		if !r.relative(s) && !(r.doc.Lower(s) == "that" && t.Label(v) == syntax.AclRelcl) {
			return []int{r.explained(s)}
		}
		if h := t.Head(v); h >= 0 && t.Label(v) == syntax.AclRelcl {
			return []int{h}
		}
	}
	if tag := r.pos(v); tag == "VBD" || tag == "VBZ" || tag == "VBP" || tag == "VBN" && (t.Child(v, syntax.Aux) >= 0 || t.Label(v) == syntax.Root) {
		if s := r.beside(v); s >= 0 {
			return []int{s}
		}
		if s := r.abutting(v); s >= 0 {
			return []int{s}
		}
	}
	h := t.Head(v)
	if h < 0 {
		return nil
	}
	switch t.Label(v) {
	case syntax.AclRelcl:
		return []int{h}
	case syntax.Acl:
		return r.nounSubject(v, r.adjoining(h, v), depth)
	case syntax.Xcomp:
		return r.controller(h, depth)
	case syntax.Conj, syntax.Parataxis:
		if r.verbal(h) {
			if s := r.subjects(h, depth+1); r.fits(s, political) || depth > 0 {
				return s
			}
			return r.closer(h, v)
		}
	case syntax.Advcl, syntax.Ccomp:
		if tag := r.pos(v); tag == "VB" || tag == "VBG" || tag == "VBN" {
			return r.controller(h, depth)
		}
	}
	return nil
}

// joined returns the noun between ", and" and the finite verb at v, which begins
// a clause of its own: "…, and |Chad| fired missiles".
func (r *reader) joined(v int) int {
	k := v - 1
	if tag := r.pos(v); tag != "VBD" && tag != "VBZ" && tag != "VBP" || k <= r.sentence.First || !r.nominal(k) || r.phrase(k).kind&political == 0 {
		return -1
	}
	if and := r.phrase(k).first - 1; r.doc.Lower(and) == "and" && r.doc.Lower(and-1) == "," {
		return k
	}
	return -1
}

// explained returns the noun behind the one at s that says who it is, where that one
// does not: "[Text] The |army| attacked".
func (r *reader) explained(s int) int {
	if p := r.phrase(s); p.kind != Other || p.country != "" {
		return s
	}
	if a := r.tree.Child(s, syntax.Appos); a > s && r.nominal(a) && r.phrase(a).kind&political != 0 {
		return a
	}
	return s
}

// adjoining returns the noun that stands right before the participle at v among those
// joined to the one at h: "5,000 sailors and 600 |marines| based in Peru".
func (r *reader) adjoining(h, v int) int {
	if v > h+1 && r.tree.Label(v-1) == syntax.Conj && r.tree.Head(v-1) == h && r.nominal(v-1) {
		return v - 1
	}
	return h
}

// closer returns the subject of the verb nearest to that at v, between it and the
// one at h that it hangs on, who may act: "Alarm grew as |Niger| massed soldiers and
// carried out exercises".
func (r *reader) closer(h, v int) []int {
	for k := v - 1; k > max(h, v-back); k-- {
		if !r.verbal(k) {
			continue
		}
		if s := r.subject(k); s >= 0 && r.fits([]int{s}, political) {
			return []int{s}
		}
	}
	return nil
}

// openers are the words that a clause begins with, which the parser may take for
// prepositions of its subject.
var openers = map[string]bool{"as": true, "after": true, "before": true, "since": true, "while": true, "until": true, "that": true, "because": true,
	"when": true, "if": true, "but": true, "although": true, "though": true, "where": true, "than": true}

var bracket = map[string]bool{"]": true, ":": true, "--": true, "–": true, "—": true}

// abutting returns the noun right before the finite verb at v and its auxiliaries,
// where it begins a clause: "as |Russia| has built up its forces".
func (r *reader) abutting(v int) int {
	k := v - 1
	for k > r.sentence.First && r.tree.Head(k) == v && (r.tree.Label(k) == syntax.Aux || r.tree.Label(k) == syntax.Advmod) {
		k--
	}
	if k > r.sentence.First+2 && r.doc.Word(k) == ")" && r.doc.Word(k-2) == "(" {
		k -= 3 // "the Lord's Resistance Army (LRA) |attacked|"
	}
	if k < r.sentence.First || !r.nominal(k) && !r.country(k) || r.facts[k].date >= 0 {
		return -1
	}
	p := r.phrase(k)
	if p.kind&political == 0 || p.head != k || p.first > r.sentence.First && !openers[r.doc.Lower(p.first-1)] && !bracket[r.doc.Word(p.first-1)] {
		return -1
	}
	return k
}

// country reports whether token i ends the name of a country, which the parser may
// take for an adverb: "|Norway| condemned".
func (r *reader) country(i int) bool {
	f := r.facts[i].country
	return f >= 0 && r.found.Countries[f].Kind == countries.Name && !r.facts[i].same(r.facts[i+1])
}

// subject returns the subject that hangs on the verb at v, the person
// among several that the parser found, -1 for none.
func (r *reader) subject(v int) int {
	best := -1
	for c := range r.tree.Children(v) {
		if l := r.tree.Label(c); (l == syntax.Nsubj || l == syntax.NsubjPass) && (best < 0 || c < v && r.facts[c].person >= 0) {
			best = c
		}
	}
	return best
}

// beside returns the last noun before the finite verb at v that hangs on it
// without a preposition, which the parser did not take for its subject.
func (r *reader) beside(v int) int {
	best := -1
	for c := range r.tree.Children(v) {
		if c < v && r.nominal(c) && r.facts[c].date < 0 && r.tree.Child(c, syntax.Case) < 0 && r.phrase(c).kind&political != 0 {
			best = c
		}
	}
	return best
}

// nounSubject returns who does what a verb says that hangs on the noun at h:
// "troops entering the town", "Israel's decision to withdraw".
func (r *reader) nounSubject(v, h, depth int) []int {
	if !r.has(v, syntax.Mark, "to") {
		return []int{h}
	}
	if p := r.tree.Child(h, syntax.NmodPoss); p >= 0 {
		return []int{p}
	}
	if k := r.phrase(h).kind; k&political != 0 {
		return []int{h}
	}
	if up := r.tree.Head(h); up >= 0 && r.verbal(up) && (r.tree.Label(h) == syntax.Obj || r.tree.Label(h) == syntax.Obl && h < up) {
		return r.subjects(up, depth+1) // "In a drive to retake the town, |rebels| made gains"
	}
	if c := r.phrase(h); c.country != "" {
		return []int{h}
	}
	return nil
}

// promises have their own subject for the one of their infinitive: "promised
// Peru to withdraw".
var promises = map[string]bool{"promised": true, "promise": true, "promises": true, "vowed": true, "threatened": true, "threatens": true, "used": true, "using": true}

// wielded are the verbs whose passive leaves what follows to the one who does it:
// "drones were used by |rebels| to attack the port".
var wielded = map[string]bool{"use": true, "employ": true, "deploy": true, "exploit": true}

// controller returns who does what an infinitive under the verb at h says: its
// object ("urged Israel to withdraw"), else its subject.
func (r *reader) controller(h, depth int) []int {
	if r.verbal(h) && r.passive(h) && wielded[r.lemma(h)] {
		if a := r.agents(h); len(a) > 0 {
			return a
		}
	}
	if !r.verbal(h) || r.passive(h) || promises[r.doc.Lower(h)] {
		return r.subjects(h, depth+1)
	}
	c, ok := r.control(h)
	if o := r.tree.Child(h, syntax.Obj, syntax.Iobj); o >= 0 && (ok && (c.status == Requested || c.status == Ordered) || r.doc.Lower(h) == "allow") {
		return []int{o}
	}
	if ok && c.status == Requested {
		for _, a := range r.adjuncts(h) {
			if a.word == "on" || a.word == "upon" || a.word == "to" {
				return []int{a.head}
			}
		}
	}
	return r.subjects(h, depth+1)
}

// objects returns the heads of those to whom the verb at v is done. An unknown
// name that is killed or arrested is a person's: "killed |Rostum|".
func (r *reader) objects(v int) []int {
	out := r.undergoers(v)
	if w := r.lemma(v); suffered[w] != troops.Unknown && w != "capture" && w != "release" && w != "free" {
		for _, h := range out {
			if p := r.phrase(h); p.kind == Other && r.pos(h) == "NNP" && r.facts[h].country < 0 {
				p.kind, p.country, p.place = Person, "", false
			}
		}
	}
	return out
}

func (r *reader) undergoers(v int) []int {
	t := r.tree
	if r.passive(v) {
		return r.subjects(v, 0)
	}
	var out []int
	for c := range t.Children(v) {
		if l := t.Label(c); l == syntax.Obj || l == syntax.Iobj {
			if r.relative(c) && t.Label(v) == syntax.AclRelcl {
				c = t.Head(v)
			}
			out = append(out, c)
		}
	}
	if len(out) > 0 {
		return out
	}
	if t.Label(v) == syntax.AclRelcl {
		if s := t.Child(v, syntax.Nsubj); s >= 0 && !r.relative(s) && r.doc.Lower(s) != "that" {
			return []int{t.Head(v)} // "the base that rebels attacked"
		}
	}
	if t.Label(v) == syntax.Acl && r.pos(v) == "VBD" {
		if o := t.Child(t.Head(v), syntax.Appos, syntax.Obj); o > v {
			return []int{o}
		}
	}
	for c := range t.Children(v) { // "captured and killed three soldiers"
		if t.Label(c) == syntax.Conj && c == v+2 && r.verbal(c) {
			if o := t.Child(c, syntax.Obj); o >= 0 {
				return []int{o}
			}
		}
	}
	return nil
}

// agents returns the heads of those by whom the passive verb at v is done.
func (r *reader) agents(v int) []int {
	for _, a := range r.adjuncts(v) {
		if a.word == "by" {
			return []int{a.head}
		}
	}
	return nil
}

// An adjunct is a preposition and the head of its noun phrase.
type adjunct struct {
	word string
	head int
}

// adjuncts returns the prepositional phrases that hang on token i, in order.
func (r *reader) adjuncts(i int) []adjunct {
	var out []adjunct
	for c := range r.tree.Children(i) {
		switch r.tree.Label(c) {
		case syntax.Obl, syntax.Nmod, syntax.OblAgent:
			if w := r.preposition(c); w != "" {
				if c = r.undated(c); c >= 0 {
					out = append(out, adjunct{w, c})
				}
			}
		}
	}
	return out
}

// undated returns the head of an adjunct at i: of a date the country or person
// that the parser joined to it, -1 without one: "by |Peru| and Chile last year".
func (r *reader) undated(i int) int {
	if r.facts[i].date < 0 {
		return i
	}
	for c := range r.tree.Children(i) {
		if l := r.tree.Label(c); l == syntax.Compound || l == syntax.NmodDesc {
			if f := r.facts[c]; c < i && f.date < 0 && (f.country >= 0 || f.person >= 0 || f.group >= 0) && r.nominal(c) {
				return c
			}
		}
	}
	return -1
}

// preposition returns the word that ties the noun at i to what it hangs on, with
// those that are one with it: "because of".
func (r *reader) preposition(i int) string {
	p := r.tree.Child(i, syntax.Case)
	if p < 0 || p > i {
		return ""
	}
	w := r.doc.Lower(p)
	if f := r.tree.Child(p, syntax.Fixed); f >= 0 {
		return w + " " + r.doc.Lower(f)
	}
	if w == "of" && p > 0 && r.doc.Lower(p-1) == "ahead" {
		return "ahead of"
	}
	if (w == "out" || w == "away") && p+1 < i && r.doc.Lower(p+1) != "" {
		return "from"
	}
	return w
}

// members returns the heads of the phrases joined to the one at h: "India and
// Pakistan".
func (r *reader) members(h int) []int {
	out := []int{h}
	if cc := r.tree.Child(h, syntax.Cc); cc >= 0 && cc < h { // "Chad |and| the rebels", misread
		for c := range r.tree.Children(h) {
			if l := r.tree.Label(c); c < cc && r.nominal(c) && (l == syntax.Nsubj || l == syntax.Compound || l == syntax.Dep || l == syntax.NmodUnmarked) {
				out = append(out, c)
			}
		}
	}
	for c := range r.tree.Children(h) {
		if r.tree.Label(c) == syntax.Conj && r.nominal(c) && r.tree.Child(c, syntax.Nsubj) < 0 {
			out = append(out, c)
		}
	}
	return out
}
