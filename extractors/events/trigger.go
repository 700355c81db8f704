package events

import (
	"strings"

	"sitrep/extractors/syntax"
)

// verb returns the event that the verb at i names, and the token after its words.
func (r *reader) verb(i int) (*Event, int) {
	candidates := r.lex.verbs[r.doc.Lower(i)]
	if len(candidates) == 0 {
		return nil, i
	}
	if r.tree.Label(i) == syntax.Compound {
		return r.drop(candidates[0], i, Modifier)
	}
	c := r.clause(i)
	if r.tree.Label(i) == syntax.Amod && !r.moving(c, i) && !r.flattened(c, i) {
		return r.drop(candidates[0], i, Modifier)
	}
	var best *entry
	var bestEnd int
	sides := c // as best takes them
	for _, e := range candidates {
		moved := best != nil && best.typ == Meet && e.typ.moves() // troops "arrive in", they do not visit
		if best != nil && best.typ.moves() && e.typ == Meet && r.fits(append(c.actors, c.objects...), Force|Armed) {
			continue
		}
		if best != nil && len(e.words) <= len(best.words) && !moved || moved && !r.fits(c.actors, Force|Armed) {
			continue
		}
		mine := c
		end, ok := r.match(e, i)
		if ok && len(e.words) > 1 && r.carriesNoun(e, i) {
			continue
		}
		alone := e.object == 0 && e.subject != 0 && len(e.needs) == 0 && r.misread(c, i)
		switch {
		case !ok:
		case alone && r.fits(c.objects, e.subject):
			mine = &clause{node: i, verb: true, actors: c.objects, adjuncts: c.adjuncts}
		case r.suits(e, c):
		default:
			mine = c.toward(e)
			if ok = mine != nil && r.suits(e, mine); !ok {
				r.unfit(e, i)
			}
		}
		if ok {
			best, bestEnd, sides = e, end, mine
		}
	}
	if best == nil {
		return nil, i
	}
	c = sides
	e := r.event(best, i, i+1)
	e.Rule = best.rule()
	r.yielded(best, c)
	if w := best.words[0]; w == "discuss" || w == "coordinate" || w == "co-ordinate" {
		c.objects = nil // what is discussed is no side
	}
	r.assign(e, c)
	r.weigh(e, c)
	r.state(e, i, true)
	if e.Type == Support && e.Status == Denied {
		if e.control >= 0 && r.rejects(e.control) {
			return r.drop(best, i, Prelude) // "|refused| to accept the plan"
		}
		e.Type, e.Status = Reject, Occurred // "will not accept the plan"
	}
	r.retold(e, c)
	switch {
	case !r.substantial(e) && !(best.subject == Arms && e.Place != nil):
		return r.drop(best, i, Powerless)
	case !r.met(e, best), r.mistaken(e, best, c):
		return r.drop(best, i, Unfit)
	case e.Type.speech() && !e.public():
		return r.drop(best, i, Private)
	case r.ofNoun(i):
		return r.drop(best, i, Restated)
	case r.unreal(e):
		return r.drop(best, i, Unreal)
	}
	return e, bestEnd
}

func (r *reader) event(en *entry, first, last int) *Event {
	return &Event{Type: en.typ, Trigger: r.doc.Covering(first, last), trigger: first, node: first, Evidence: r.sentence.Span, Weapon: en.weapon}
}

// carriesNoun reports whether e is a light verb with a noun that is a trigger
// itself, which tells more: "carried out |attacks| on".
func (r *reader) carriesNoun(e *entry, i int) bool {
	c, ok := r.control(i)
	return ok && c.light && r.lex.nouns[e.words[len(e.words)-1]] != nil && r.doc.Lower(i) != "opened"
}

// public reports whether one of those who say e speaks for a state or a group,
// and whether it is said at all: not "did not rule out".
func (e *Event) public() bool {
	if e.Type == Reject && e.Status == Denied {
		return false
	}
	for _, a := range e.Actors {
		if !a.private {
			return true
		}
	}
	return false
}

// ofNoun reports whether the verb at i only says whom a named action hits: "an
// operation |targeting| rebels".
func (r *reader) ofNoun(i int) bool {
	l := r.tree.Label(i)
	if !hits[r.doc.Lower(i)] || l != syntax.Acl && l != syntax.AclRelcl {
		return false
	}
	for _, e := range r.triggers {
		if e.node == r.tree.Head(i) {
			return true
		}
	}
	return false
}

// misread reports whether the parser took the verb at i for a participle, so
// that its subject seems to be its object: "thousands |rallied| in Lima".
func (r *reader) misread(c *clause, i int) bool {
	return c.passive && len(c.actors) == 0 && r.tree.Label(i) == syntax.Acl
}

// flattened gives c its two sides where the parser took a clause for one noun
// phrase: "a security force |detained| suspected rebels".
func (r *reader) flattened(c *clause, i int) bool {
	h := r.tree.Head(i)
	if r.doc.Tag(i) != "VBD" || len(r.agents(i)) > 0 || i == r.sentence.First || h < i || !r.nominal(i-1) || r.phrase(i-1).kind&political == 0 {
		return false
	}
	c.actors, c.objects, c.passive = []int{i - 1}, []int{h}, false
	c.adjuncts = r.adjuncts(h)
	return true
}

// moving makes the forces that the participle at i stands before the actors of
// c: "|retreating| troops".
func (r *reader) moving(c *clause, i int) bool {
	h := r.tree.Head(i)
	if r.pos(i) != "VBG" || r.phrase(h).kind&(Force|Armed) == 0 || !r.lex.verbs[r.doc.Lower(i)][0].typ.moves() {
		return false
	}
	c.actors = []int{h}
	return true
}

// reach is how far the words of an entry may stand apart: "pull its last 300
// soldiers |out|".
const reach = 7

// match reports where the words of e, a verb entry, end that begin at i. Those
// after the first stand next to it or hang on it: "brought the soldiers home".
func (r *reader) match(e *entry, i int) (int, bool) {
	j, end := i, i+1
	for _, w := range e.words[1:] {
		k := j + 1
		for k < r.sentence.Last && k <= i+reach && (r.doc.Lower(k) != w || k > j+1 && !r.under(k, i)) {
			k++
		}
		if k >= r.sentence.Last || k > i+reach {
			return 0, false
		}
		if k == end {
			end++
		}
		j = k
	}
	return end, true
}

// under reports whether token k hangs on i, or on what hangs on it.
func (r *reader) under(k, i int) bool {
	h := r.tree.Head(k)
	return h == i || h >= 0 && r.tree.Head(h) == i
}

// suits reports whether those who take part in c are such as e asks for.
func (r *reader) suits(e *entry, c *clause) bool {
	if c.passive && e.object == 0 && e.subject != 0 && (e.words[0] == "leave" || e.typ == Meet) {
		return false
	}
	if len(e.needs) > 0 {
		if !r.mentions(c.objects, e.needs) {
			return false
		}
	} else if e.object != 0 && !r.fits(c.objects, r.wanted(e, c)) && !r.plain(e, c) {
		return false
	}
	return e.subject == 0 || c.passive && len(c.actors) == 0 || r.fits(c.actors, e.subject) ||
		e.typ == Strike && r.fits(c.objects, Territory) && r.unknownName(c.actors)
}

// wanted returns the kinds that the object of e may be, where those who act
// leave no doubt: rebels "hold" villagers, a minister "visits" a town.
func (r *reader) wanted(e *entry, c *clause) Kind {
	switch w := e.words[0]; {
	case e.typ == Detain && (w == "hold" || w == "take") && r.fits(c.actors, Armed):
		return e.object | Force | People | Person
	case e.typ == Meet && r.fits(c.actors, Person):
		return e.object | Territory
	case w == "base" || w == "station" || w == "deploy":
		return e.object | Arms
	}
	return e.object
}

// unknownName reports whether the subject is a name that is not known, as weapons have:
// "the |Kalibr| struck the port".
func (r *reader) unknownName(heads []int) bool {
	return len(heads) > 0 && r.pos(heads[0]) == "NNP" && r.phrase(heads[0]).kind == Other
}

// plain reports whether the verb of e has one sense only, so that a force or
// state as its subject is enough: "the army destroyed the pylons".
func (r *reader) plain(e *entry, c *clause) bool {
	if len(e.words) > 1 || !decided[e.words[0]] || len(c.objects) == 0 {
		return false
	}
	if k := r.phrase(c.objects[0]).kind; k != Other && k != Accord && k != Relief {
		return false
	}
	return r.fits(c.actors, State|Force|Armed)
}

// decided are the verbs that mean an action of their type whatever the object.
var decided = map[string]bool{"capture": true, "destroy": true, "kill": true, "kidnap": true, "abduct": true, "arrest": true, "detain": true, "seize": true, "occupy": true,
	"liberate": true, "overrun": true, "recapture": true, "retake": true, "annex": true, "deploy": true, "bomb": true, "shell": true, "bombard": true, "confiscate": true,
	"regain": true, "besiege": true, "encircle": true, "blockade": true, "isolate": true, "evacuate": true, "rescue": true, "attack": true, "raid": true, "ambush": true,
	"sabotage": true, "damage": true, "arm": true, "supply": true, "train": true, "back": true, "assassinate": true, "massacre": true, "murder": true, "torch": true, "loot": true}

// fits reports whether one of heads is of the kinds wanted.
func (r *reader) fits(heads []int, want Kind) bool {
	for _, h := range heads {
		for _, m := range r.members(h) {
			p := r.phrase(m)
			if p.kind&want != 0 || r.pronoun(p) && (want&Person != 0 || !single[r.doc.Lower(m)]) || both[r.doc.Lower(m)] && p.country == "" && !p.group && r.onlyTwo(p) || p.kind == Other && p.country != "" && want&(Other|Territory|Force) != 0 {
				return true
			}
		}
	}
	return false
}

// single are the pronouns that stand for one person.
var single = map[string]bool{"he": true, "she": true, "him": true, "her": true, "i": true, "me": true}

func (r *reader) pronoun(p *phrase) bool {
	t := r.pos(p.head)
	return t == "PRP" || t == "PRP$" || t == "DT-PRON"
}

func (r *reader) mentions(heads []int, needs []string) bool {
	for _, h := range heads {
		first, last := r.tree.Subtree(h)
		for i := first; i < min(last, first+reach); i++ {
			for _, need := range needs {
				for _, w := range strings.Split(need, "|") {
					if r.doc.Lower(i) == w {
						return true
					}
				}
			}
		}
	}
	return false
}

// noun returns the event that the noun at i names, and the token after its words.
func (r *reader) noun(i int) (*Event, int) {
	for _, e := range r.lex.nouns[r.doc.Lower(i)] {
		if r.spelled(e, i) {
			if found, end := r.nounEvent(e, i); found != nil {
				return found, end
			}
		}
	}
	return nil, i
}

// nounEvent returns the event that best, whose words stand at i, names, nil when
// those who take part are not such as it asks for.
func (r *reader) nounEvent(best *entry, i int) (*Event, int) {
	end := i + len(best.words)
	node, control, ok := r.nounNode(end-1, i)
	if !ok || best.typ == Meet && r.interview(node) {
		return r.drop(best, i, Modifier)
	}
	c := r.nounClause(best, node, i)
	r.joint(c, node)
	doers, hollow := c.doers(best), r.placesInTime(node) || r.tolled(best, node)
	if len(best.needs) > 0 && !c.has(best.needs[0]) || !hollow && (best.subject != 0 && !r.fits(doers, best.subject) && (len(doers) > 0 || best.typ != Protest || len(best.words) == 1 && best.words[0][0] == 's') || !r.objectFits(best, c)) {
		return r.unfit(best, i)
	}
	e := r.event(best, i, end)
	e.node, e.definite = node, r.phrase(node).definite
	e.Rule = best.rule()
	r.qualify(e, node, i)
	r.assign(e, c)
	if e.retells = e.definite && len(e.Actors)+len(e.Targets)+len(e.Counts) == 0; e.retells {
		e.called = r.doc.Lower(end - 1)
	}
	r.weigh(e, c)
	r.state(e, node, false)
	if control != nil {
		e.Status = control.status
	}
	if e.Type == Aid && e.Status == Requested && len(e.Targets) == 0 && e.Speaker != nil {
		e.Targets = []Participant{*e.Speaker} // "Chad appealed for |donations|"
	}
	if r.unreal(e) {
		return r.drop(best, i, Unreal)
	}
	if !r.substantial(e) && !best.optional && !r.aimed(e, c) {
		begun := e.Type == Protest && r.begun(node)
		if none, next := r.drop(best, i, Powerless); !hollow && !begun {
			return none, next
		}
		e.hollow = !begun // "the protests began in June": of those told all along
	}
	return e, end
}

// interview reports whether the call or meeting at node is only how something was said:
// "told the paper in a telephone |call|".
func (r *reader) interview(node int) bool {
	h := r.tree.Head(node)
	if h < 0 || r.tree.Label(node) != syntax.Obl || r.preposition(node) != "in" || r.phrase(node).definite {
		return false
	}
	c, ok := r.control(h)
	return ok && c.say && !r.has(node, syntax.Nmod)
}

// spelled reports whether the words of e, a noun entry, stand at i.
func (r *reader) spelled(e *entry, i int) bool {
	for n, w := range e.words {
		if i+n >= r.sentence.Last || r.doc.Lower(i+n) != w {
			return false
		}
	}
	last := i + len(e.words) - 1
	t := r.pos(last)
	if l := r.tree.Label(last); t == "JJ" && (l == syntax.Obj || l == syntax.Nsubj || l == syntax.NsubjPass) {
		return true // "launched an |offensive|"
	}
	return t[0] == 'N' || len(e.words) > 1 && r.doc.Tag(last)[0] == 'N' || t == "VBG" && r.tree.Child(last, syntax.Nsubj, syntax.Aux, syntax.Obj) < 0
}

// headless are heads that leave the meaning to the word before them.
var headless = map[string]bool{"campaign": true, "operation": true, "operations": true, "mission": true, "wave": true, "attempt": true, "attempts": true,
	"process": true, "effort": true, "efforts": true, "programme": true, "program": true, "package": true, "plot": true, "understanding": true}

// nounNode returns the token that the trigger which ends at last hangs on the
// tree by: itself, or the head that says little ("bombing |campaign|") or how
// real it is ("withdrawal |order|").
func (r *reader) nounNode(last, first int) (int, *control, bool) {
	node := last
	for h := r.tree.Head(node); h >= first && h < last; h = r.tree.Head(node) {
		node = h // the words of the trigger hang on each other
	}
	if r.tree.Label(node) != syntax.Compound || r.tree.Head(node) <= last {
		return node, nil, r.tree.Label(node) != syntax.Compound && r.tree.Label(node) != syntax.Flat
	}
	h := r.tree.Head(node)
	if headless[r.doc.Lower(h)] {
		return h, nil, true
	}
	if c, ok := r.control(h); ok && !c.light && !c.say {
		return h, &c, true
	}
	return node, nil, false
}

// objectFits reports whether the thing done is such as e asks for: the "return"
// of soldiers, not that of summer.
func (r *reader) objectFits(e *entry, c *clause) bool {
	if e.object == 0 || e.optional {
		return true
	}
	return r.fits(c.objects, e.object) || e.typ != Aid && r.fits(c.actors, e.object)
}

// aimed reports whether e is an assault on something named, or what two sides
// told before do together.
func (r *reader) aimed(e *Event, c *clause) bool {
	for _, a := range c.adjuncts {
		switch a.word {
		case "on", "against":
			if (e.Type == Attack || e.Type == Strike) && (r.pos(a.head) == "NNP" || r.phrase(a.head).kind == Territory) {
				return true
			}
		case "between":
			if both[r.doc.Lower(a.head)] {
				return true
			}
		}
	}
	return false
}

// substantial reports whether somebody political takes part.
func (r *reader) substantial(e *Event) bool {
	for _, list := range [][]Participant{e.Actors, e.Targets} {
		for _, p := range list {
			if p.Kind&political != 0 || p.Country != "" {
				return true
			}
		}
	}
	return len(e.Counts) > 0
}
