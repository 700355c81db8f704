package events

import (
	"strings"

	"sitrep/extractors/syntax"
)

// A reading says how real an action is and who said so.
type reading struct {
	status  Status
	set     bool
	speaker []int // heads
	control int   // token of the word that decided, or -1
	said    int   // token of the verb that reports it, or -1
}

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

// A step is what tells, with a control word, that the action is its content.
func content(l syntax.Label) bool {
	switch l {
	case syntax.Xcomp, syntax.Ccomp, syntax.Obj, syntax.NsubjPass, syntax.Acl, syntax.Advcl:
		return true
	}
	return false
}

// aim are the prepositions of what is wanted: "called |for| a ceasefire".
var aim = map[string]bool{"for": true, "of": true, "on": true, "to": true, "from": true, "against": true, "with": true, "about": true, "into": true}

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
		case l == syntax.Obj && r.verbal(h) && !r.verbal(node) && r.is(h, about):
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
			if r.is(h, effort) {
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

var unconfirmed = map[string]bool{"report": true, "reports": true, "claim": true, "claims": true, "rumours": true, "rumors": true}

// purpose returns the status of what the verb at v is done for: planned, but "used drones
// to attack" says that they attacked.
func (r *reader) purpose(v int) Status {
	if r.lemma(v) == "use" || r.doc.Lower(v) == "used" {
		if s, set := r.modality(v); set {
			return s
		}
		return Occurred
	}
	if r.tree.Child(v, syntax.Obj) >= 0 && r.is(r.tree.Child(v, syntax.Obj), effort) {
		return Ongoing // "discussed the campaign to retake the town", misread
	}
	return Planned
}

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

// nounSpeaker returns whose the order, plan or call at h is: "Iraq's request
// for", "|Holm| issued a directive for".
func (r *reader) nounSpeaker(h int) []int {
	if p := r.tree.Child(h, syntax.NmodPoss); p >= 0 {
		return []int{p}
	}
	for _, a := range r.adjuncts(h) {
		if a.word == "by" || a.word == "from" {
			return []int{a.head}
		}
	}
	if v := r.tree.Head(h); v >= 0 && r.verbal(v) && !r.passive(v) {
		if c, ok := r.control(v); ok && c.light {
			return r.subjects(v, 0)
		}
	}
	return nil
}

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

// control returns how the word at token i governs.
func (r *reader) control(i int) (control, bool) {
	key := "n"
	switch {
	case r.verbal(i):
		if c, ok := r.lex.controls["v"+r.doc.Lower(i)+"_"+r.doc.Lower(i+1)]; ok {
			return c, true
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

// lasting reports whether a t in the present tense goes on: "troops patrol the
// zone", and is not said.
func (t Type) lasting() bool {
	switch t {
	case Agree, Support, Demand, Reject, Accuse, Meet:
		return false
	}
	return true
}

// state sets the status, the speaker and, of promises and plans, the actor.
func (r *reader) state(e *Event, node int, verb bool) {
	g := r.governed(node, verb)
	if !verb {
		top := r.wider(node)
		if top != node {
			g = r.governed(top, false)
		}
		if !g.set {
			r.before(&g, node)
		}
		e.weak = !g.set
		if s, ok := r.nounStatus(node); ok {
			g.status, g.set = s, true
		}
	}
	if g.control >= 0 && g.status == Denied && e.Type == Accuse {
		g.set, g.status, g.control = false, Occurred, -1 // "denied the accusations": they were made
	}
	if g.status == Planned && (e.Type == Sanction || e.Type == Coerce) && g.control >= 0 && strings.HasPrefix(r.doc.Lower(g.control), "announce") {
		g.status, g.control = Occurred, -1 // "announced sanctions": that puts them in force
	}
	e.control, e.said = g.control, g.said
	e.Status = g.status
	if tag := r.pos(node); verb && !g.set && e.Type.lasting() && (tag == "VBZ" || tag == "VBP") {
		e.Status = Ongoing
	}
	if !verb && !g.set && r.is(node, durable) {
		e.Status = Ongoing
	}
	if verb && !g.set && e.Type.lasting() && r.has(node, syntax.AuxPass, "is", "are") {
		e.Status = Ongoing // "are backed by"
	}
	if verb && r.tree.Label(node) == syntax.Amod && r.pos(node) == "VBG" {
		e.Status = Ongoing // "advancing troops"
	}
	if w := r.doc.Lower(node); !g.set && (w == "based" || w == "stationed" || w == "held" && r.tree.Label(node) == syntax.Acl) && r.passive(node) {
		e.Status = Ongoing
	}
	if !g.set && r.goingOn(e, node, verb) {
		e.Status = Ongoing
	}
	r.speak(e, g)
	if len(e.Actors) == 0 && g.control >= 0 && (e.Status == Planned || e.Status == Threatened || e.Status == Denied) {
		e.Actors = r.sides(g.speaker)
	}
	if len(e.Actors) == 0 && g.control >= 0 && r.verbal(g.control) && (e.Status == Requested || e.Status == Ordered) {
		if o := r.tree.Child(g.control, syntax.Obj); o >= 0 && o != node && r.phrase(o).kind&political != 0 {
			e.Actors = r.sides([]int{o})
		}
	}
	if g.control >= 0 {
		e.Rule += "<" + r.doc.Lower(g.control)
	}
}

// goingOn reports whether e has begun and not ended, by the tense of the verb that carries
// it: "has launched an |offensive|", "have laid |siege|", "the |protests| began in June",
// "were pursuing |retreating| troops".
func (r *reader) goingOn(e *Event, node int, verb bool) bool {
	switch words := strings.Fields(e.Rule); {
	case verb && len(words) > 1:
		return words[len(words)-1] == "siege" && r.has(node, syntax.Aux, "has", "have")
	case verb:
		h := r.tree.Head(node)
		return h >= 0 && r.tree.Label(node) == syntax.Advcl && r.pos(node) == "VBG" && e.Type.moves() && node == h+1 && r.pos(h) == "VBG" && r.tree.Child(h, syntax.Aux) >= 0
	}
	h := r.tree.Head(r.wider(node))
	if h < 0 || !r.verbal(h) || !r.is(node, lasting) {
		return false
	}
	c, _ := r.control(h)
	switch r.tree.Label(r.wider(node)) {
	case syntax.Obj, syntax.NsubjPass:
		return c.light && opens[r.lemma(h)] && r.has(h, syntax.Aux, "has", "have")
	case syntax.Nsubj:
		return r.begun(node) && r.pos(h) == "VBD"
	}
	return false
}

// opens are the light verbs with which something goes on from then.
var opens = map[string]bool{"launch": true, "begin": true, "start": true, "mount": true, "stage": true, "impose": true, "unleash": true, "wage": true, "initiate": true, "open": true}

// before reads an order or plan that stands right before the noun at node, where
// the parser ties it elsewhere: "instructions for the |return|".
func (r *reader) before(g *reading, node int) {
	k := r.phrase(node).first - 2
	if k < r.sentence.First || !aim[r.doc.Lower(k+1)] {
		return
	}
	if c, ok := r.control(k); ok && !c.say && !c.light {
		r.decide(g, k, c)
	}
}

// speak sets who says, orders or asks for e.
func (r *reader) speak(e *Event, g reading) {
	list := r.sides(g.speaker)
	for _, h := range g.speaker {
		if who := r.personIn(h); who != nil {
			list = []Participant{*who}
		}
	}
	if g.control >= 0 && len(list) == 0 || g.speaker == nil {
		list = r.sides(r.teller(e.node))
	}
	if len(list) == 0 || list[0].Kind&(political&^People) == 0 {
		return
	}
	if len(e.Actors) > 0 && e.Actors[0].Span == list[0].Span && g.control < 0 {
		return
	}
	e.Speaker = &list[0]
}

// personIn returns the first person named in the phrase at h: "the Chilean
// minister |Ana Rojo|".
func (r *reader) personIn(h int) *Participant {
	first, last := r.tree.Subtree(h)
	for i := first; i < min(last, first+2*reach); i++ {
		if f := r.facts[i].person; f >= 0 {
			p := r.participant(r.phrase(i))
			return &p
		}
		if r.tree.Label(i) == syntax.AclRelcl {
			break
		}
	}
	return nil
}

// teller returns who reports what stands at node: "…, said the minister",
// "according to the ministry".
func (r *reader) teller(node int) []int {
	for range 2 * maxClimb {
		for c := range r.tree.Children(node) {
			if l := r.tree.Label(c); l == syntax.Parataxis || l == syntax.Ccomp || l == syntax.Advcl {
				if ctl, ok := r.control(c); ok && ctl.say && l == syntax.Parataxis {
					return r.subjects(c, 0)
				}
			}
			if r.preposition(c) == "according to" {
				return []int{c}
			}
		}
		if ctl, ok := r.control(node); ok && ctl.say && r.verbal(node) {
			return r.subjects(node, 0)
		}
		h := r.tree.Head(node)
		if h < 0 {
			return nil
		}
		node = h
	}
	return nil
}
