package events

import "sitrep/extractors/syntax"

// narrate reports whether e is told in the simple past by the main clause of its
// sentence, or by what that clause reports.
func (r *reader) narrate(e *Event) bool {
	n := e.node
	if !r.verbal(n) {
		if n = r.carrierOf(n); n < 0 {
			return false
		}
	}
	told := false
	for range 2 * maxClimb {
		if r.verbal(n) && !told {
			past, finite := r.simplePast(n)
			if finite && !past {
				return false
			}
			told = finite
		}
		h := r.tree.Head(n)
		if h < 0 {
			return told
		}
		switch r.tree.Label(n) {
		case syntax.AclRelcl:
			if told && !r.goesOn(n) {
				return false
			}
		case syntax.Acl:
			return false
		case syntax.Advcl:
			if r.apart(n) || r.has(n, syntax.Mark, "when") || r.has(n, syntax.Advmod, "when") {
				return false
			}
		}
		n = h
	}
	return told
}

// goesOn reports whether the relative clause of the verb at v, after a comma, tells what
// happened next: "at the guards, |who shot back|".
func (r *reader) goesOn(v int) bool {
	s := r.subject(v)
	return s >= 0 && r.relative(s) && r.doc.Lower(s-1) == ","
}

// simplePast reports whether the verb at v is in the simple past, and whether it is finite.
func (r *reader) simplePast(v int) (past, finite bool) {
	perfect := func(v int) bool { return v >= 0 && r.has(v, syntax.Aux, "had", "has", "have", "'ve", "'d") }
	switch r.pos(v) {
	case "VBD":
		joined := r.tree.Label(v) == syntax.Conj && r.tree.Child(v, syntax.Nsubj, syntax.NsubjPass) < 0
		return !perfect(v) && !(joined && perfect(r.tree.Head(v))), true
	case "VBN":
		if perfect(v) || r.has(v, syntax.AuxPass, "is", "are", "be") || r.has(v, syntax.Aux, "is", "are", "will", "would") {
			return false, true
		}
		was := r.has(v, syntax.AuxPass, "was", "were")
		return was, was
	case "VBP": // "soldiers |shot| nine rebels", misread
		return r.doc.Lower(v) != r.lemma(v) && !perfect(v), true
	case "VBG":
		return r.has(v, syntax.Aux, "was", "were"), r.tree.Child(v, syntax.Aux) >= 0
	case "VB":
		return r.has(v, syntax.Aux, "did"), r.tree.Child(v, syntax.Aux) >= 0
	}
	return false, true
}

// carrierOf returns the verb that says that the action named by the noun at n takes place,
// -1 when none does: "|launched| an attack", "fighting |erupted|", "|killed| in an attack".
func (r *reader) carrierOf(n int) int {
	n = r.wider(n)
	h := r.tree.Head(n)
	if h >= 0 && r.tree.Label(n) == syntax.Nmod && r.preposition(n) == "during" {
		n, h = h, r.tree.Head(h) // "in a call |during| a meeting"
	}
	if h < 0 || !r.verbal(h) {
		return -1
	}
	c, _ := r.control(h)
	switch r.tree.Label(n) {
	case syntax.Obj, syntax.Nsubj, syntax.NsubjPass:
		if c.light && !closes[r.lemma(h)] || happens[r.doc.Lower(h)] || hits[r.doc.Lower(h)] {
			return h
		}
	case syntax.Obl:
		if together[r.preposition(n)] && !c.say {
			return h
		}
	}
	return -1
}

// perfect reports whether the action at token n is told in the present perfect: "|have|
// fought since May", "has been under |siege| since May".
func (r *reader) perfect(n int) bool {
	for range maxClimb {
		if n < 0 {
			return false
		}
		if r.verbal(n) && r.has(n, syntax.Aux, "has", "have", "'ve") {
			return true
		}
		if l := r.tree.Label(n); l == syntax.AclRelcl || l == syntax.Ccomp || l == syntax.Advcl && r.pos(n) != "VBG" || l == syntax.Conj && r.verbal(n) && r.tree.Child(n, syntax.Nsubj, syntax.NsubjPass) >= 0 {
			return false
		}
		n = r.tree.Head(n)
	}
	return false
}
