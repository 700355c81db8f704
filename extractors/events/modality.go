package events

import "sitrep/extractors/syntax"

// modality returns what the auxiliaries of the verb at v say of its reality.
func (r *reader) modality(v int) (Status, bool) {
	status, set, negative, being, to := Occurred, false, false, false, false
	for c := range r.tree.Children(v) {
		switch r.tree.Label(c) {
		case syntax.Aux, syntax.AuxPass, syntax.Advmod, syntax.Mark, syntax.Cop:
		default:
			continue
		}
		switch w := r.doc.Lower(c); w {
		case "not", "n't", "never", "no":
			negative = true
		case "will", "shall", "'ll", "wo", "would":
			status, set = Planned, true
		case "could", "may", "might", "can", "ca":
			status, set = Possible, true
		case "should", "must", "ought":
			status, set = Requested, true
		case "to":
			to = true
		case "if", "unless", "whether":
			return Possible, true
		case "is", "are", "'s", "'re", "was", "were", "been", "am":
			being = true
		}
	}
	if s := r.tree.Child(v, syntax.Nsubj, syntax.NsubjPass); s >= 0 {
		first, _ := r.tree.Subtree(s)
		negative = negative || nobody[r.doc.Lower(first)]
	}
	switch {
	case negative:
		return Denied, true
	case set:
		return status, true
	case being && to:
		return Planned, true // "is to be withdrawn"
	case being && r.pos(v) == "VBG":
		return Ongoing, true
	}
	return Occurred, false
}

// nobody are words that a subject begins with that nobody does the action of.
var nobody = map[string]bool{"no": true, "neither": true, "none": true, "nobody": true}

// nounStatus reads the adjectives of the noun at node.
func (r *reader) nounStatus(node int) (Status, bool) {
	_, modifiers := traits()
	for c := range r.tree.Children(node) {
		if s, ok := modifiers[r.doc.Lower(c)]; ok && c < node {
			return s, true
		}
		if r.tree.Label(c) == syntax.Det && r.doc.Lower(c) == "no" {
			return Denied, true
		}
	}
	return Occurred, false
}

// future reports whether a t that is discussed is still to be: "discussed a withdrawal".
func (t Type) future() bool {
	switch t {
	case Deploy, Withdraw, Release, Ceasefire, Aid, Cooperate, Meet, Agree, Train, Exercise, Mobilize:
		return true
	}
	return false
}

// lasting reports whether a t in the present tense goes on: "troops patrol the
// zone", and is not said.
func (t Type) lasting() bool {
	switch t {
	case Agree, Support, Demand, Reject, Accuse, Meet:
		return false
	}
	return true
}
