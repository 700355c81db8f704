package events

import (
	"sitrep/extractors/syntax"
	"sitrep/extractors/troops"
)

// count takes the counts that stand in the phrases at heads, or in what these
// are made of.
func (r *reader) count(e *Event, heads []int) {
	for _, h := range heads {
		for _, m := range r.members(h) {
			p := r.phrase(m)
			for ; p != nil; p = p.inner {
				if p.count >= 0 {
					e.addCount(r.found.Troops[p.count])
				}
			}
		}
	}
}

// tells reports whether e has a count of just as many with the same fate, which c, told
// later, repeats.
func (e *Event) tells(c troops.Count) bool {
	for _, have := range e.Counts {
		if have.Min == c.Min && have.Max == c.Max && have.Status == c.Status {
			return true
		}
	}
	return false
}

// uncounted leaves out "the two leaders" and such, who are told by name before.
func (r *reader) uncounted(heads []int) []int {
	var out []int
	for _, h := range heads {
		if !both[r.doc.Lower(h)] {
			out = append(out, h)
		}
	}
	return out
}

func (e *Event) addCount(c troops.Count) {
	if c.What == troops.Units || e.Type == Meet || e.Type.speech() {
		return
	}
	for _, have := range e.Counts {
		if have.Span == c.Span {
			return
		}
	}
	e.Counts = append(e.Counts, c)
}

// suffering returns what the verb or words of e make of those it is done to.
func (r *reader) suffering(e *Event) (troops.Status, bool) {
	w := r.lemma(e.trigger)
	if w == "shoot" && e.Rule != "verb:shoot dead" {
		return 0, false
	}
	s, ok := suffered[w]
	return s, ok
}

// lose counts those to whom e is done, by what it makes of them: the counts told,
// whatever else they did before, a single victim, or several.
func (r *reader) lose(e *Event, heads []int) {
	r.count(e, heads)
	what, ok := r.suffering(e)
	if !ok {
		return
	}
	for n := range e.Counts {
		if c := &e.Counts[n]; !suffers(c.Status) && c.What != troops.Units {
			c.Status = what // "|Nine men| fled and were killed"
		}
	}
	for _, h := range heads {
		for _, m := range r.members(h) {
			if m > e.trigger || r.passive(e.trigger) {
				r.victim(e, m, what)
			}
		}
	}
}

func suffers(s troops.Status) bool {
	switch s {
	case troops.Killed, troops.Wounded, troops.Casualties, troops.Captured, troops.Missing, troops.Released:
		return true
	}
	return false
}

// victim counts one victim, "killed |a civilian|", "the |insurgent| was killed", or
// the several of "killed |numerous insurgents|". Of other losses than deaths only an
// indefinite one counts.
func (r *reader) victim(e *Event, h int, what troops.Status) {
	p := r.phrase(h)
	if p.count >= 0 || p.kind&(Person|People|Force|Armed|Captive) == 0 {
		return
	}
	c := troops.Count{Span: p.span, What: troops.Others, Min: 1, Max: 1, Noun: r.doc.Lower(h), Nationality: p.country, Status: what, Same: -1, Rule: "one"}
	if p.kind&(Force|Armed) != 0 {
		c.What = troops.Troops
	}
	if p.kind == Armed {
		c.Force = troops.NonState
	}
	w, tag := r.doc.Lower(p.first), r.pos(h)
	named := what == troops.Killed && len(e.Counts) == 0
	single := (w == "a" || w == "an" || w == "another" || named) && p.inner == nil && (tag == "NN" || tag == "NNP") && !collective[c.Noun] && !groups[c.Noun]
	switch {
	case named && r.numerous(p):
		c.Min, c.Max, c.Comparator, c.Rule = 2, troops.Open, troops.AtLeast, "several"
	case !single:
		return
	}
	e.addCount(c)
}

// numerous reports whether p says that they are many and not how many.
func (r *reader) numerous(p *phrase) bool {
	for k := p.first; k < p.head; k++ {
		if many[r.doc.Lower(k)] {
			return true
		}
	}
	return p.inner != nil && r.doc.Lower(p.head) == "number"
}

var many = map[string]bool{"numerous": true, "multiple": true, "several": true, "many": true}

// suffered says what the verbs for it make of a victim.
var suffered = map[string]troops.Status{"kill": troops.Killed, "murder": troops.Killed, "assassinate": troops.Killed, "execute": troops.Killed, "behead": troops.Killed,
	"slay": troops.Killed, "shoot": troops.Killed, "wound": troops.Wounded, "injure": troops.Wounded,
	"detain": troops.Captured, "arrest": troops.Captured, "capture": troops.Captured, "kidnap": troops.Captured, "abduct": troops.Captured, "release": troops.Released, "free": troops.Released}

// groups are nouns in the singular for more than one.
var groups = map[string]bool{"crowd": true, "mob": true, "family": true, "army": true, "patrol": true, "unit": true, "battalion": true, "brigade": true, "convoy": true, "police": true,
	"militia": true, "battery": true, "company": true, "squadron": true, "network": true, "delegation": true, "crew": true, "force": true, "column": true, "division": true, "regiment": true}

// casualties gives the killed, wounded and captured of the sentence to the
// nearest action that may have caused it.
func (r *reader) casualties() {
	for _, c := range r.found.Troops {
		if c.Start < r.sentence.Start || c.End > r.sentence.Span.End {
			continue
		}
		first, _ := r.doc.TokensIn(c.Span)
		if e := r.cause(c.Status, first); e != nil && !r.claimed(c) {
			e.addCount(c)
		}
	}
	for _, e := range r.triggers {
		r.consequences(e)
	}
}

// consequences gives e those whom a participle says it brings into some state: "laid siege to
// the town, trapping |900 people|".
func (r *reader) consequences(e *Event) {
	if e.Type.speech() || e.Type == Meet || len(e.Counts) > 0 {
		return
	}
	for v := range r.tree.Children(r.clauseOf(e)) {
		if r.tree.Label(v) != syntax.Advcl || r.pos(v) != "VBG" || !bringing[r.doc.Lower(v)] {
			continue
		}
		if o := r.tree.Child(v, syntax.Obj); o >= 0 {
			r.count(e, []int{o})
		}
	}
}

// bringing are the participles of what an action does to people besides.
var bringing = map[string]bool{"pinning": true, "trapping": true, "leaving": true, "forcing": true, "displacing": true, "driving": true, "stranding": true, "affecting": true,
	"sending": true, "prompting": true, "causing": true, "pushing": true, "confining": true, "uprooting": true}

// clauseOf returns the verb of the clause that tells e.
func (r *reader) clauseOf(e *Event) int {
	if r.verbal(e.node) {
		return e.node
	}
	if v := r.carrierOf(e.node); v >= 0 {
		return v
	}
	return e.node
}

func (r *reader) claimed(c troops.Count) bool {
	for _, e := range r.triggers {
		for _, have := range e.Counts {
			if have.Span == c.Span {
				return true
			}
		}
	}
	return false
}

// cause returns the action nearest to token i that a loss of kind s comes from.
func (r *reader) cause(s troops.Status, i int) *Event {
	var best *Event
	for _, e := range r.triggers {
		if !causes(e.Type, s) {
			continue
		}
		if best == nil || abs(e.trigger-i) < abs(best.trigger-i) {
			best = e
		}
	}
	return best
}

func causes(t Type, s troops.Status) bool {
	switch s {
	case troops.Killed, troops.Wounded, troops.Casualties:
		return t == Strike || t == Attack || t == Clash || t == Seize
	case troops.Captured:
		return t == Detain
	case troops.Released:
		return t == Release
	}
	return false
}

func abs(n int) int { return max(n, -n) }
