package events

import (
	"sitrep/extractors/countries"
	"sitrep/extractors/syntax"
)

// A clause is an action with the heads of those who take part in it.
type clause struct {
	node     int // token of the action
	verb     bool
	passive  bool
	actors   []int
	objects  []int
	adjuncts []adjunct
}

// clause reads what hangs on the verb at v.
func (r *reader) clause(v int) *clause {
	c := &clause{node: v, verb: true, passive: r.passive(v), objects: r.objects(v)}
	if c.passive {
		c.actors = r.agents(v)
	} else {
		c.actors = r.subjects(v, 0)
	}
	c.adjuncts = r.adjuncts(v)
	if !c.passive {
		for _, o := range c.objects { // "sent 300 soldiers |to Mali|"
			c.adjuncts = append(c.adjuncts, r.loose(o)...)
		}
	}
	return c
}

// loose returns the adjuncts of the object at o that may as well be its verb's.
func (r *reader) loose(o int) []adjunct {
	var out []adjunct
	for _, a := range r.adjuncts(o) {
		if a.word != "of" && a.word != "by" && a.head > o {
			out = append(out, a)
		}
	}
	return out
}

// nounClause reads what hangs on the noun trigger e at node, whose words begin
// at first.
func (r *reader) nounClause(e *entry, node, first int) *clause {
	c := &clause{node: node}
	top := r.wider(node)
	r.owners(c, e, node, first)
	if top != node {
		r.owners(c, e, top, first)
	}
	c.adjuncts = append(c.adjuncts, r.adjuncts(node)...)
	c.adjuncts = append(c.adjuncts, r.chained(node, max(node+1, first+len(e.words)))...)
	for k := range r.tree.Children(node) { // "Chad |launched| airstrikes", misread
		if r.tree.Label(k) == syntax.Amod && r.verbal(k) && r.tree.Child(k, syntax.Nsubj) >= 0 {
			c.actors = append(c.actors, r.subjects(k, 0)...)
		}
	}
	r.participle(c, node)
	r.held(c, e, top)
	r.undergone(c, e, node)
	r.announced(c, e, top, first)
	r.led(c, min(first, r.phrase(top).first))
	if c.has("of") {
		r.genitive(c, e)
	}
	return c
}

func (c *clause) has(word string) bool {
	for _, a := range c.adjuncts {
		if a.word == word {
			return true
		}
	}
	return false
}

// wider returns the noun that says how many or which part of the action at node
// there is: "a |series| of airstrikes".
func (r *reader) wider(node int) int {
	for n := 0; n < maxClimb && r.tree.Label(node) == syntax.Nmod && r.preposition(node) == "of"; n++ {
		h := r.tree.Head(node)
		if w := r.doc.Lower(h); !collective[w] && !headless[w] && !parts[w] {
			break
		}
		node = h
	}
	return node
}

// parts are nouns that count or divide actions.
var parts = map[string]bool{"round": true, "phase": true, "day": true, "days": true, "week": true, "weeks": true, "month": true, "months": true,
	"end": true, "start": true, "beginning": true, "resumption": true, "kind": true, "type": true, "threat": true, "risk": true, "rounds": true, "exchange": true}

// owners adds those named before the noun at node: "Israel's strikes", "a rebel
// attack".
func (r *reader) owners(c *clause, e *entry, node, first int) {
	for k := range r.tree.Children(node) {
		switch r.tree.Label(k) {
		case syntax.NmodPoss, syntax.Amod, syntax.Compound, syntax.NmodDesc:
		default:
			continue
		}
		p := r.phrase(k)
		if k < first && r.tree.Label(k) == syntax.Compound && r.theatre(k, first) {
			c.adjuncts = append(c.adjuncts, adjunct{"in", k})
			continue
		}
		if k >= first || r.tree.Label(k) != syntax.NmodPoss && !namesActor(r, p) || p.kind&(political|Captive) == 0 && p.country == "" && !r.pronoun(p) || p.kind == People && r.tree.Label(k) != syntax.NmodPoss {
			continue
		}
		if e.typ == Detain || e.typ == Release || p.kind == Captive {
			c.objects = append(c.objects, k)
		} else {
			c.actors = append(c.actors, k)
		}
	}
}

// theatre reports whether the modifier at k is a town or region where the losses that the
// noun at token i names were suffered: "the |London| bombings".
func (r *reader) theatre(k, i int) bool {
	f := r.facts[k].country
	if f < 0 || !suffering[r.doc.Lower(i)] {
		return false
	}
	kind := r.found.Countries[f].Kind
	return kind == countries.Region || kind == countries.Capital
}

var suffering = map[string]bool{"attack": true, "attacks": true, "bombing": true, "bombings": true, "blast": true, "blasts": true, "shooting": true, "shootings": true,
	"massacre": true, "massacres": true, "killings": true, "riots": true, "explosion": true, "explosions": true}

// participle adds what a participle after the noun at node tells: "the attack
// |launched by rebels on the town|".
func (r *reader) participle(c *clause, node int) {
	for _, a := range c.adjuncts { // "a strike on a school, which Peru |blamed| on Chile"
		if v := r.tree.Child(a.head, syntax.AclRelcl); v >= 0 && r.lemma(v) == "blame" && len(c.actors) == 0 {
			r.blamed(c, v)
		}
	}
	for k := range r.tree.Children(node) {
		if r.tree.Label(k) != syntax.Acl && r.tree.Label(k) != syntax.AclRelcl {
			continue
		}
		if r.lemma(k) == "blame" {
			r.blamed(c, k)
			continue
		}
		ctl, ok := r.control(k)
		if r.passive(k) {
			if ok && ctl.light || ok && !ctl.say {
				c.actors = append(c.actors, r.agents(k)...)
				c.adjuncts = append(c.adjuncts, r.adjuncts(k)...)
			}
		} else if hits[r.doc.Lower(k)] || r.pos(k) == "VBG" && r.doc.Lower(k) == "targeting" {
			c.objects = append(c.objects, r.objects(k)...)
		}
	}
}

// blamed makes those actors of c to whom the verb at v lays it: "a strike that Peru |blamed| on
// Chile".
func (r *reader) blamed(c *clause, v int) {
	for _, a := range r.adjuncts(v) {
		if a.word == "on" {
			c.actors = append(c.actors, a.head)
		}
	}
}

// hits are the verbs that an assault itself is the subject of.
var hits = map[string]bool{"hit": true, "hits": true, "struck": true, "killed": true, "kill": true, "kills": true, "targeted": true, "targeting": true, "killing": true,
	"destroyed": true, "wounded": true, "damaged": true, "hitting": true, "injured": true, "destroying": true, "injuring": true, "wounding": true}

// held adds what the verb that the noun at node is the object or subject of
// tells: "|Chad| launched airstrikes", "the strike hit |a convoy|", "talks were
// held |in Doha|".
func (r *reader) held(c *clause, e *entry, node int) {
	v := r.tree.Head(node)
	if v >= 0 && r.tree.Label(node) == syntax.Nmod && r.tree.Label(v) == syntax.Obj && shared[r.preposition(node)] {
		v = r.tree.Head(v) // "inflicted losses |in fighting|"
	}
	if v < 0 || !r.verbal(v) {
		return
	}
	l := r.tree.Label(node)
	ctl, ok := r.control(v)
	switch {
	case ok && ctl.light && l == syntax.Obl && r.preposition(node) == "with" && answers[r.lemma(v)]:
		r.carrier(c, v, false) // "answered with rocket fire"
	case ok && ctl.light && (l == syntax.Obj || l == syntax.Obl && r.preposition(node) == "out" || l == syntax.NsubjPass || l == syntax.Acl):
		r.carrier(c, v, ctl.passes)
	case l == syntax.Obj && (e.typ.mutual() || len(c.actors) == 0 && !(e.typ.speech() && c.has("from"))) && !(ok && (ctl.say || !ctl.light)) && r.lex.verbs[r.doc.Lower(v)] == nil:
		if s := r.subjects(v, 0); r.fits(s, political|Arms) && !r.deed(r.doc.Lower(s[0])) || r.passive(v) {
			r.carrier(c, v, false) // "sealed a deal"
		}
	case ok && ctl.light && l == syntax.Nsubj, happens[r.doc.Lower(v)] && (l == syntax.Nsubj || l == syntax.NsubjPass):
		c.adjuncts = append(c.adjuncts, r.adjuncts(v)...)
	case hits[r.doc.Lower(v)] && l == syntax.Nsubj && (e.typ == Strike || e.typ == Attack || e.typ == Clash):
		c.objects = append(c.objects, r.objects(v)...)
		c.adjuncts = append(c.adjuncts, r.adjuncts(v)...)
	case r.passive(v) && (l == syntax.Obl || l == syntax.OblAgent) && hits[r.doc.Lower(v)] && (e.typ == Strike || e.typ == Attack) && !r.phrase(node).definite:
		c.objects = append(c.objects, r.subjects(v, 0)...) // "|nine men| were killed in an air strike"
		if w := r.preposition(node); w == "by" || w == "in" {
			break
		}
		c.actors = append(c.actors, r.agents(v)...)
	case r.passive(v) && (l == syntax.OblAgent || l == syntax.Obl && r.preposition(node) == "by") && helped[r.lemma(v)] && len(c.actors) == 0:
		c.actors = append(c.actors, r.subjects(v, 0)...) // "|troops| backed by artillery fire"
	case l == syntax.Obl && instrument[r.preposition(node)] && e.typ.violent() && len(c.actors) == 0:
		r.wielder(c, v, r.preposition(node))
	case (l == syntax.Obl || l == syntax.Nmod) && shared[r.preposition(node)] && e.typ.mutual() && !c.has("by") && !c.has("between"):
		if s := r.subjects(v, 0); len(c.actors) == 0 && r.fits(s, political) {
			c.actors = append(c.actors, s...) // "took the town after fighting"
		}
	}
}

// instrument are the prepositions of the means by which somebody does something.
var instrument = map[string]bool{"in": true, "with": true, "by": true, "during": true, "through": true}

// violent reports whether a t is done by one side to another by force.
func (t Type) violent() bool {
	return t == Strike || t == Attack || t == Seize || t == Coerce || t == Detain
}

// wielder adds who does what the verb at v says by means of the action: "|Rebels|
// took nine men in a raid on the camp", "policemen taken by |rebels| in an attack".
func (r *reader) wielder(c *clause, v int, word string) {
	entries := r.lex.verbs[r.doc.Lower(v)]
	if len(entries) == 0 || (word == "in" || word == "during") && !entries[0].typ.violent() {
		return
	}
	doers := r.subjects(v, 0)
	if r.passive(v) {
		doers = r.agents(v)
	}
	if r.fits(doers, political) {
		c.actors = append(c.actors, doers...)
	}
}

// helped are the verbs whose agent is what the subject does, too.
var helped = map[string]bool{"back": true, "support": true, "cover": true, "accompany": true, "follow": true}

var answers = map[string]bool{"answer": true, "respond": true, "retaliate": true, "reply": true, "attack": true}

// causing are the light verbs whose subject is not the one who acts.
var causing = map[string]bool{"prompt": true, "trigger": true, "lead": true, "see": true, "witness": true, "host": true, "mark": true}

// led adds those of the light verb right before token first, a noun's, where the
// parser ties the noun elsewhere: "carried out |air strikes|".
func (r *reader) led(c *clause, first int) {
	if len(c.actors) > 0 {
		return
	}
	v := first - 1
	if r.doc.Lower(v) == "out" {
		v--
	}
	if v < r.sentence.First || !r.verbal(v) {
		return
	}
	if ctl, ok := r.control(v); ok && ctl.light && !ctl.passes && !r.passive(v) {
		r.carrier(c, v, false)
	}
}

// announced adds whose the plan, threat or announcement of the action at node is: "the
// |Kenyan| announcement of sanctions".
func (r *reader) announced(c *clause, e *entry, node, first int) {
	h := r.tree.Head(node)
	if len(c.actors) > 0 || h < 0 || r.tree.Label(node) != syntax.Nmod || !aim[r.preposition(node)] || !r.nominal(h) {
		return
	}
	if up := r.tree.Head(h); e.typ == Exercise && r.phrase(h).kind == Territory && up >= 0 && r.tree.Label(h) == syntax.Nmod {
		h = up // "troops in the |area| for exercises"
	}
	if r.phrase(h).kind == Force && e.typ == Exercise {
		c.actors = append(c.actors, h) // "900 |troops| in Peru for exercises"
		return
	}
	if ctl, ok := r.control(h); ok && !ctl.say && !ctl.light && ctl.status != Requested {
		r.owners(c, e, h, first)
	}
}

var shared = map[string]bool{"in": true, "after": true, "during": true, "at": true, "for": true, "to": true}

// happens are the verbs that say that an action takes place.
var happens = map[string]bool{"took": true, "take": true, "takes": true, "occurred": true, "erupted": true, "erupt": true, "happened": true, "came": true, "began": true,
	"begin": true, "started": true, "start": true, "continued": true, "continue": true, "raged": true, "broke": true, "resumed": true, "resume": true, "ended": true, "lasted": true,
	"failed": true, "resulted": true, "go": true, "underway": true, "intensified": true, "spread": true, "continues": true}

// carrier adds those of the light verb at v, which carries the action.
func (r *reader) carrier(c *clause, v int, undergoes bool) {
	subjects := r.subjects(v, 0)
	switch {
	case r.passive(v):
		c.actors = append(c.actors, r.agents(v)...)
	case undergoes:
		c.objects = append(c.objects, subjects...)
	case causing[r.lemma(v)]:
	case len(c.actors) == 0 || r.pos(c.actors[0]) != "PRP$":
		c.actors = append(c.actors, subjects...)
	}
	c.adjuncts = append(c.adjuncts, r.adjuncts(v)...)
}

// genitive decides whether "of" names the one who acts or the one it is done to.
func (r *reader) genitive(c *clause, e *entry) {
	for n, a := range c.adjuncts {
		if a.word != "of" {
			continue
		}
		p := r.phrase(a.head)
		switch {
		case e.typ.mutual() || e.typ == Protest || e.typ == Withdraw && p.kind&e.object == 0 && p.kind&political != 0:
			c.actors = append(c.actors, a.head)
		default:
			c.objects = append(c.objects, a.head)
		}
		c.adjuncts[n].word = "of "
		return
	}
}

// namesActor reports whether the modifier p says who acts: "rebel attack", "Iraqi
// raid"; "military exercise" and "terrorist attack" do not.
func namesActor(r *reader, p *phrase) bool {
	return p.country != "" || p.name != "" || p.person >= 0 || acting[r.doc.Lower(p.head)]
}

var acting = map[string]bool{"rebel": true, "militant": true, "insurgent": true, "guerrilla": true, "government": true, "army": true, "police": true, "coalition": true,
	"opposition": true, "separatist": true, "militia": true, "student": true, "allied": true}
