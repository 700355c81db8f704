package events

import (
	"strings"

	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
)

// signs are the words beside an action that give it a status: "|will| attack".
var signs = map[Status]string{
	Denied:     " not n't never no neither none nobody foiled ",
	Planned:    " will shall 'll wo would to planned proposed upcoming imminent future ",
	Possible:   " could may might can ca if unless whether possible potential alleged suspected unconfirmed conflicting unverified ",
	Requested:  " should must ought requested ",
	Ordered:    " ordered ",
	Threatened: " threatened ",
	Ongoing:    " is are 's 're was were been am ongoing continuing continued ",
}

// statusWord returns the word that tells how real e is: the one that governs it, an
// auxiliary or adjective beside it or beside what it hangs on, for what is under way its own
// tense; nothing for what is plainly told.
func (r *reader) statusWord(e *Event) text.Span {
	if e.control >= 0 {
		return r.doc.Covering(e.control, e.control+1)
	}
	for n, k := e.node, 0; n >= 0 && k < maxClimb && signs[e.Status] != ""; n, k = r.tree.Head(n), k+1 {
		for c := range r.tree.Children(n) {
			switch r.tree.Label(c) {
			case syntax.Aux, syntax.AuxPass, syntax.Advmod, syntax.Mark, syntax.Cop, syntax.Det, syntax.Amod:
				if strings.Contains(signs[e.Status], " "+r.doc.Lower(c)+" ") {
					return r.doc.Covering(c, c+1)
				}
			}
		}
	}
	if e.Status == Ongoing {
		return e.Trigger
	}
	return text.Span{}
}
