package events

import (
	"strings"

	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
)

// statusSigns are the words beside a verb, or what ties it to another, that give it a status:
// "|will| attack", "|ahead of| the visit"; modifiers of nouns are in traits.tsv.
var statusSigns = map[Status]string{
	Denied:    " not n't never no neither none nobody ",
	Planned:   " will shall 'll wo would to before until ahead ",
	Possible:  " could may might can ca if unless whether unconfirmed conflicting unverified ",
	Requested: " should must ought ",
	Ongoing:   " is are 's 're was were been am ",
}

// statusWord returns the word that tells how real e is: the one that governs it, one
// beside it or beside what it hangs on, for what is under way its own tense; nothing for
// what is plainly told.
func (r *reader) statusWord(e *Event) text.Span {
	if e.control >= 0 {
		return r.doc.Covering(e.control, e.control+1)
	}
	for n, k := e.node, 0; n >= 0 && k < maxClimb && e.Status != Occurred; n, k = r.tree.Head(n), k+1 {
		for c := range r.tree.Children(n) {
			if r.gives(c, e.Status) {
				return r.doc.Covering(c, c+1)
			}
		}
		if h := r.tree.Head(n); h >= 0 && r.is(h, weighs) {
			return r.doc.Covering(h, h+1)
		}
	}
	if e.Status == Ongoing {
		return e.Trigger
	}
	return text.Span{}
}

// gives reports whether the word at c gives status s to what it hangs on.
func (r *reader) gives(c int, s Status) bool {
	w := r.doc.Lower(c)
	switch r.tree.Label(c) {
	case syntax.Aux, syntax.AuxPass, syntax.Advmod, syntax.Mark, syntax.Cop, syntax.Det, syntax.Case, syntax.Amod:
		if strings.Contains(statusSigns[s], " "+w+" ") {
			return true
		}
	}
	_, modifiers := traits()
	of, ok := modifiers[w]
	return ok && of == s
}
