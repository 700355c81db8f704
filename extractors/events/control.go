package events

import "sitrep/extractors/syntax"

// control returns how the word at token i governs.
func (r *reader) control(i int) (control, bool) {
	key := "n"
	switch {
	case r.verbal(i):
		if p := r.doc.Lower(i + 1); p == "off" || p == "out" {
			if c, ok := r.lex.controls["v"+r.doc.Lower(i)+"_"+p]; ok {
				return c, true
			}
		}
		if r.doc.Lower(i) == "aimed" && r.passive(i) {
			return control{}, false // "the raids are aimed at camps"
		}
		key = "v"
		if c, ok := r.lex.controls["a"+r.doc.Lower(i)]; ok && r.pos(i) == "VBN" && r.doc.Lower(i+1) == "to" {
			return c, true // "remains committed to"
		}
	case r.pos(i)[0] == 'J':
		key = "a"
	case !r.nominal(i):
		return control{}, false
	}
	c, ok := r.lex.controls[key+r.doc.Lower(i)]
	return c, ok
}

// content reports whether what hangs on a control word by l is what it governs.
func content(l syntax.Label) bool {
	switch l {
	case syntax.Xcomp, syntax.Ccomp, syntax.Obj, syntax.NsubjPass, syntax.Acl, syntax.Advcl:
		return true
	}
	return false
}

// aim are the prepositions of what is wanted: "called |for| a ceasefire".
var aim = map[string]bool{"for": true, "of": true, "on": true, "to": true, "from": true, "against": true, "with": true, "about": true, "into": true}

// planning returns the plan, order or the like whose content the verb at v tells, -1 for
// none: "the |plan| involves a withdrawal".
func (r *reader) planning(v int) int {
	if !r.verbal(v) || !r.is(v, covers) {
		return -1
	}
	s := r.subject(v)
	if s < 0 || r.verbal(s) {
		return -1
	}
	if c, ok := r.control(s); !ok || c.say || c.light {
		return -1
	}
	return s
}

var unconfirmed = map[string]bool{"report": true, "reports": true, "claim": true, "claims": true, "rumours": true, "rumors": true}
