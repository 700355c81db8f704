package troops

import "strings"

// A verbGroup is a verb with its auxiliaries: "will not be sent".
type verbGroup struct {
	head, last int  // token of the main verb, and the one behind the group
	coming     bool // it is still to be: a modal or an infinitive
	negated    bool
	be         bool // a form of "be" stands before the main verb, or is it
	have       bool
	finite     bool
}

// groupAt reads the verb group that begins at token i.
func (f *finder) groupAt(i int) (verbGroup, bool) {
	g := verbGroup{head: -1}
	at := f.infinitive(i)
	g.coming = at > i
	g.negated = f.isNot(i - 1)
	for ; ; at++ {
		switch {
		case f.isVerb(at) && (g.head < 0 || f.isAuxiliary(g.head)):
			f.extend(&g, at)
		case g.coming && g.be && f.tag(g.head) == "VBG":
			g.coming = false // "are said to be gathering"
			return g, true
		case g.head < 0 || !f.isAuxiliary(g.head) || !f.isBetweenVerbs(at):
			return g, g.head >= 0
		default:
			g.negated = g.negated || f.isNot(at)
		}
	}
}

func (f *finder) isNot(i int) bool { return f.low(i) == "not" || f.low(i) == "n't" }

// infinitive returns the verb that "to" at token i begins, else i.
func (f *finder) infinitive(i int) int {
	if f.low(i) != "to" {
		return i
	}
	at := i + 1
	if f.tag(at) == "RB" {
		at++
	}
	if f.isVerb(at) {
		return at
	}
	return i
}

// extend adds the verb at token i to g.
func (f *finder) extend(g *verbGroup, i int) {
	tag := f.tag(i)
	g.head, g.last = i, i+1
	g.finite = g.finite || tag == "MD" || tag == "VBD" || tag == "VBZ" || tag == "VBP"
	g.coming = g.coming || tag == "MD" && f.low(i) != "can"
	g.be = g.be || f.is(i, be)
	g.have = g.have || f.is(i, have)
}

// isVerb reports whether token i is a verb or an auxiliary.
func (f *finder) isVerb(i int) bool {
	tag := f.tag(i)
	if tag == "MD" || strings.HasPrefix(tag, "VB") {
		return !f.isAttributive(i)
	}
	return f.is(i, be|have) && tag != "POS" && tag != ""
}

// isAttributive reports whether the participle at token i stands before a noun:
// "four suspected rebels".
func (f *finder) isAttributive(i int) bool {
	switch f.low(i) {
	case "suspected", "alleged", "presumed":
		return true
	}
	if tag := f.tag(i); tag != "VBN" && tag != "VBD" || f.is(i, be|have) || f.is(i+1, weekday|month) {
		return false
	}
	switch f.tag(i - 1) {
	case "CD", "DT", "JJ", "PRP$":
		next := f.tag(i + 1)
		return strings.HasPrefix(next, "NN") || next == "JJ"
	}
	return false
}

func (f *finder) isAuxiliary(i int) bool {
	return f.is(i, be|have) || f.tag(i) == "MD" || f.low(i) == "did" || f.low(i) == "do" || f.low(i) == "does"
}

// isBetweenVerbs reports whether token i may stand inside a verb group.
func (f *finder) isBetweenVerbs(i int) bool {
	switch f.low(i) {
	case `"`, "“", "``": // 'are "being held"'
		return true
	}
	return f.is(i, adverb) || f.tag(i) == "RB"
}

// cueAt returns the cue of the words at i: of a verb as a verb, of a noun as a
// noun. Longer entries go first: "taken hostage", "called for".
func (f *finder) cueAt(i int) cue {
	if w, tokens := f.longest(i, (*word).isCue); tokens > 1 {
		return w.cue()
	}
	w, tag := f.at(i), f.tag(i)
	noun := tag == "NN" || tag == "NNS"
	switch {
	case w.other.of != none && (w.verb.of == none || tag == "JJ" || tag == "NN"):
		return w.other
	case w.name.of != none && (w.verb.of == none || noun):
		return w.name
	case f.isVerb(i), w.verb.says.isFate() && (tag == "JJ" || w.noun == nil && !f.is(i, compound)): // "Force Detains Two"
		return w.verb
	}
	return cue{}
}

func (w *word) isCue() bool { return w.cue().of != none }

// cue returns what w says wherever it stands.
func (w *word) cue() cue {
	for _, c := range [...]cue{w.verb, w.other, w.name} {
		if c.of != none {
			return c
		}
	}
	return cue{}
}

// isUndergone reports whether those before the verb at i, with cue c, are those
// of whom it tells: "they were killed", "12 killed in a raid", "they died", but
// not "they killed a guard". passive tells that a form of "be" stands before.
func (f *finder) isUndergone(i int, c cue, passive bool) bool {
	switch {
	case c.of == subject, c.of == other, c.of == either:
		return true
	case passive && f.tag(i) != "VBG":
		return true
	case f.is(i-1, have), f.tag(i) == "VBG", f.tag(i) == "VBZ", f.tag(i) == "VB":
		return false
	}
	return !f.hasObject(i + 1)
}

// hasObject reports whether the object of a verb begins at token i.
func (f *finder) hasObject(i int) bool {
	if !f.inside(i) || f.is(i, weekday) {
		return false
	}
	switch f.low(i) {
	case "at":
		return f.low(i+1) == "least"
	case "up":
		return f.low(i+1) == "to"
	case "more", "fewer":
		return f.low(i+1) == "than"
	case "about", "nearly", "some":
		return true
	}
	switch f.tag(i) {
	case "DT", "CD", "PRP", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS":
		return true
	}
	return false
}
