package events

import "sitrep/extractors/syntax"

// A reading says how real an action is and who said so.
type reading struct {
	status  Status
	set     bool
	speaker []int // heads
	control int   // token of the word that decided, or -1
	weighed bool  // told of by a verb that leaves open whether it is real
	said    int   // token of the verb that reports it, or -1
}

// governed reads, up the tree from node, the words that take the action there as
// their content.
func (r *reader) governed(node int, verb bool) reading {
	out := reading{control: -1, said: -1}
	if verb {
		out.status, out.set = r.modality(node)
	}
	for range 8 {
		h := r.tree.Head(node)
		if h < 0 {
			return out
		}
		l := r.tree.Label(node)
		c, ok := r.control(h)
		if ok && l == syntax.Obj && !r.verbal(node) && (r.lemma(h) == "direct" || r.lemma(h) == "command") {
			c = control{light: true} // "the commander |directs| attacks"
		}
		linked := content(l) || (l == syntax.Obl || l == syntax.Nmod) && aim[r.preposition(node)]
		if l == syntax.Advcl && !(r.has(node, syntax.Mark, "to") || r.has(node, syntax.Mark, "of") || r.has(node, syntax.Mark, "from") || r.has(node, syntax.Mark, "against")) {
			linked = false
		}
		switch {
		case l == syntax.Conj && r.verbal(node) == r.verbal(h):
			if !r.verbal(h) || out.set || r.tree.Child(node, syntax.Nsubj, syntax.Aux) >= 0 {
				break
			}
			if s, set := r.modality(h); set && s != Denied && s != Ongoing {
				out.status, out.set = s, true // "will attack and occupy"
			}
		case linked && ok && c.say:
			out.said, out.speaker = h, r.subjects(h, 0)
			return out
		case linked && ok && c.light && r.verbal(h):
			out.modal(r.modality(h))
		case linked && ok && !c.light:
			r.decide(&out, h, c)
			return out
		case l == syntax.Obj && r.verbal(h) && !r.verbal(node) && r.is(h, about|weighs):
			out.weighed = r.is(h, weighs)
			return out // "will discuss the attack"
		case r.planning(h) >= 0 && (l == syntax.Obj || l == syntax.Obl || l == syntax.Acl || l == syntax.Xcomp || l == syntax.Ccomp):
			p := r.planning(h)
			c, _ := r.control(p)
			r.decide(&out, p, c)
			return out
		case r.verbal(h) && !r.verbal(node) && (l == syntax.Nsubj || l == syntax.NsubjPass || l == syntax.Obj):
			if c, ok := r.control(h); ok && !c.say && !c.light && (c.status == Ongoing || c.status == Denied) {
				out.modal(c.status, true) // "the fighting continues"
			}
			out.modal(r.modality(h))
			if s := r.pos(h); s == "VBG" && out.status == Ongoing && !happens[r.doc.Lower(h)] {
				out.set = false
			}
		case (content(l) || l == syntax.AclRelcl && r.has(node, syntax.Mark, "that")) && unconfirmed[r.doc.Lower(h)] && r.has(h, syntax.Amod, "unconfirmed", "conflicting", "unverified"):
			out.status, out.set = Possible, true
			return out
		case l == syntax.Parataxis, l == syntax.AclRelcl:
			return out
		case l == syntax.Advcl:
			if r.has(node, syntax.Mark, "if", "unless", "whether") {
				out.status, out.set = Possible, true
				return out
			}
			if !r.verbal(node) || r.pos(node) != "VBG" && r.pos(node) != "VB" {
				return out
			}
			if r.pos(node) == "VB" && !out.set && !r.sends(h) {
				out.status, out.set = r.purpose(h), true // "armed themselves to attack"
			}
		case l == syntax.Acl && r.pos(node) == "VBG" && !out.set && r.tree.Label(h) == syntax.Obj && r.verbal(r.tree.Head(h)):
			v := r.tree.Head(h) // "would involve rebels |attacking| the port"
			if r.is(v, covers) {
				out.modal(r.modality(v))
			}
			return out
		case l == syntax.Acl && !r.has(node, syntax.Mark, "to"), l == syntax.Nmod && !aim[r.preposition(node)]:
			return out
		case l == syntax.Acl && r.has(node, syntax.Mark, "to") && !out.set:
			out.status, out.set = Planned, true // "measures to return them"
			if r.is(h, effort) && !r.conducted(h) {
				out.status = Ongoing
			}
		case l == syntax.Obl && !r.verbal(node):
			if w := r.preposition(node); w == "before" || w == "ahead of" || w == "until" {
				out.modal(Planned, true)
			}
			return out
		}
		node = h
	}
	return out
}

// purpose returns the status of what the verb at v is done for: planned, but "used drones
// to attack" says that they attacked.
func (r *reader) purpose(v int) Status {
	if r.lemma(v) == "use" || r.doc.Lower(v) == "used" {
		if s, set := r.modality(v); set {
			return s
		}
		return Occurred
	}
	if o := r.tree.Child(v, syntax.Obj); o >= 0 && r.is(o, effort) && !r.conducted(o) {
		return Ongoing // "discussed the campaign to retake the town", misread
	}
	return Planned
}

// conducted reports whether the effort at token n is told as done, so that its aim stays open:
// "conducted an |operation| to arrest him", "killed during an |operation| to arrest him".
func (r *reader) conducted(n int) bool {
	v := r.tree.Head(n)
	if v < 0 || !r.verbal(v) {
		return false
	}
	if l := r.lemma(v); l == "conduct" || l == "carry" || l == "complete" || l == "perform" {
		return true
	}
	return r.preposition(n) == "during"
}

// modal takes what a verb that carries the action says of its reality.
func (g *reading) modal(s Status, set bool) {
	if set && !g.set {
		g.status, g.set = s, true
	}
}

// decide takes the status that the control word at h gives its content.
func (r *reader) decide(out *reading, h int, c control) {
	denied := out.set && out.status == Denied
	out.status, out.set, out.control = c.status, true, h
	if denied && c.status != Denied {
		out.status = Denied
	}
	if !r.verbal(h) {
		out.speaker = r.nounSpeaker(h)
		return
	}
	if s, set := r.modality(h); set && s == Denied {
		out.status = Denied
	}
	up, l := r.tree.Head(h), r.tree.Label(h)
	if up >= 0 && (l == syntax.Xcomp || l == syntax.Ccomp || l == syntax.Advcl && r.pos(h) == "VBG") {
		if c, ok := r.control(up); ok && c.status == Denied && !c.say && !c.light {
			out.status = Denied // "denied planning to attack"
		}
	}
	switch s, _ := r.modality(h); {
	case r.has(h, syntax.Mark, "before", "unless") && r.has(h, syntax.Aux, "would", "will"):
		out.status = Possible // "before they would agree to a truce"
	case c.status == Ongoing && s == Planned:
		out.status = Planned // "will continue to help"
	case wishes[r.lemma(h)] && r.tree.Child(h, syntax.Obj) < 0 && !r.passive(h):
		out.status = Possible // "wants to withdraw"
	}
	if r.passive(h) {
		out.speaker = r.agents(h)
	} else {
		out.speaker = r.subjects(h, 0)
	}
}

var wishes = map[string]bool{"want": true, "wish": true, "seek": true}

// sends reports whether the verb at i moves forces, who then do what they are
// sent for: "sent marines to occupy the port".
func (r *reader) sends(i int) bool {
	for _, e := range r.lex.verbs[r.doc.Lower(i)] {
		if e.typ == Deploy {
			return true
		}
	}
	return false
}
