package events

import (
	"strings"

	"sitrep/extractors/syntax"
)

// settle decides among the events of a sentence: casualties give way to the
// assault that caused them, speech to the action it is about, and retaliation
// finds whom it answers.
func (r *reader) settle() []*Event {
	var out []*Event
	var previous *Event
	for _, e := range r.triggers {
		if a := r.assault(e); a != nil {
			a.adopt(e)
			continue
		}
		if o := r.named(e); o != nil {
			o.adopt(e)
			continue
		}
		if o := r.agenda(e); o != nil {
			o.adopt(e)
			continue
		}
		if e.Type.speech() && r.governs(e) {
			r.forgo(e, Prelude)
			continue
		}
		if r.alleged(e) {
			r.forgo(e, Alleged)
			continue
		}
		if e.Type == Accuse || e.Type == Support {
			r.blame(e)
		}
		if e.retaliatory && previous != nil && len(e.Targets) == 0 {
			e.Targets = previous.Actors
			if len(e.Actors) == 0 {
				e.Actors = previous.Targets
			}
		}
		if e.Type == Strike || e.Type == Attack {
			previous = e
		}
		out = append(out, e)
	}
	return out
}

// casualty reports whether e tells of losses, perhaps those of another action.
func casualty(e *Event) bool { return lossEntries[e.entry()] }

var lossEntries = map[string]bool{"verb:kill": true, "verb:die": true, "noun:killing": true, "noun:death": true, "verb:wound": true, "verb:injure": true, "verb:maim": true, "verb:damage": true}

// entry returns the part of e's rule that names the entry of the lexicon.
func (e *Event) entry() string {
	name, _, _ := strings.Cut(e.Rule, "<")
	return name
}

// assault returns the action of the sentence that caused the losses that e
// tells, nil when e tells none or they are an action of their own.
func (r *reader) assault(e *Event) *Event {
	aiming := e.entry() == "verb:target" && r.pos(e.node) == "VBG" // "conducted an air strike |targeting| rebels"
	if !casualty(e) && !aiming {
		return nil
	}
	var best *Event
	for _, o := range r.triggers {
		if o == e || aiming && o.trigger > e.trigger || casualty(o) && !r.coordinate(e, o) || o.Type != Strike && o.Type != Attack && o.Type != Clash && o.Type != Seize {
			continue
		}
		if len(e.Actors) > 0 && len(o.Actors) > 0 && !compatible(codes(e.Actors), codes(o.Actors)) {
			continue
		}
		if n := r.named(o); n != nil {
			o = n
		}
		if best == nil || abs(o.trigger-e.trigger) < abs(best.trigger-e.trigger) {
			best = o
		}
	}
	if best != nil && casualty(best) && best.trigger < e.trigger {
		if cause := r.assault(best); cause != nil {
			return cause // "a bombing killed four and |wounded| nine"
		}
	}
	return best
}

// coordinate reports whether e tells more losses in the same breath as o: "killed
// three soldiers and |wounded| six".
func (r *reader) coordinate(e, o *Event) bool {
	return r.tree.Label(e.node) == syntax.Conj && r.tree.Head(e.node) == o.node && o.trigger < e.trigger && len(e.Actors) == len(o.Actors) &&
		(len(e.Actors) == 0 || e.Actors[0].Span == o.Actors[0].Span)
}

// adopt takes over what e, its losses, tells.
func (o *Event) adopt(e *Event) {
	for _, c := range e.Counts {
		o.addCount(c)
	}
	o.Mentions = append(o.Mentions, e.Trigger)
	if len(o.Actors) == 0 {
		o.Actors = e.Actors
	}
	if len(o.Targets) == 0 && !o.Type.mutual() {
		o.Targets = e.Targets
	}
	if o.Date == nil {
		o.Date, o.DateReason = e.Date, e.DateReason
	}
}

// named returns the other action of the sentence that e, a noun without anybody
// who takes part, is only another name for: "in a |protest|, miners marched".
func (r *reader) named(e *Event) *Event {
	if !e.noun() {
		return nil
	}
	for _, o := range r.triggers {
		if o != e && o.Type == e.Type && o.noun() && r.tree.Head(e.node) == o.node && r.tree.Label(e.node) == syntax.Conj && within(e.Actors, o.Actors) && len(e.Targets) == 0 {
			return o // "their attacks and |ambushes|"
		}
		if o != e && o.Type == e.Type && !o.noun() && r.tree.Head(e.node) == o.node && r.tree.Label(e.node) == syntax.Obj {
			return o // "|signed| a contract", "|imposed| sanctions"
		}
	}
	if len(e.Targets)+len(e.Counts) > 0 {
		return nil
	}
	for _, o := range r.triggers {
		if o.node == r.tree.Head(e.node) && r.verbal(o.node) && o.Type == e.Type && len(e.Actors) > 0 && len(o.Actors) > 0 && e.Actors[0].Span == o.Actors[0].Span {
			return o // "homes were |attacked| by troops in the coup"
		}
	}
	if len(e.Actors) > 0 {
		return nil
	}
	for _, o := range r.triggers {
		if o != e && !casualty(o) && sameKind(o, e) && !(o.noun() && len(o.Actors)+len(o.Targets)+len(o.Counts) == 0) && sameDate(o.Date, e.Date) {
			return o
		}
	}
	return nil
}

// agenda returns the meeting of which e only says what for: "met on Monday to |discuss| the border".
func (r *reader) agenda(e *Event) *Event {
	if e.Type != Meet || !r.verbal(e.node) || !r.has(e.node, syntax.Mark, "to") {
		return nil
	}
	for _, o := range r.triggers {
		if o != e && o.Type == Meet && r.tree.Head(e.node) == o.node {
			return o
		}
	}
	return nil
}

// governs reports whether the action of another event of the sentence is what e,
// something said, is about.
func (r *reader) governs(e *Event) bool {
	if e.Type == Accuse || e.Type == Support {
		return false
	}
	for _, o := range r.triggers {
		if o == e || o.Type == e.Type {
			continue
		}
		if l := r.tree.Label(o.node); e.noun() && e.Type == Agree && r.tree.Head(o.node) == e.node && (l == syntax.Acl || l == syntax.AclRelcl) && !o.Type.speech() {
			return true // "a deal |ending| the siege"
		}
		if o.control < 0 {
			continue
		}
		if o.control == e.node || r.tree.Head(o.control) == e.node && r.verbal(o.control) { // "denied |planning| to attack"
			return true
		}
	}
	return false
}

var accuses = map[string]bool{"accuse": true, "suspect": true, "charge": true, "convict": true}

// blame makes those the targets of e, a condemnation or praise, who did what it
// is about: "condemned the |Russian| strikes".
func (r *reader) blame(e *Event) {
	if len(e.Targets) > 0 || !r.verbal(e.node) {
		return
	}
	for _, o := range r.triggers {
		if h := r.tree.Head(o.node); h == e.node && o != e {
			e.Targets = o.Actors
		}
	}
	for _, a := range e.Actors {
		e.Targets = without(e.Targets, a.Span)
	}
}

// alleged reports whether e is what somebody is accused of: the accusation alone
// is the event.
func (r *reader) alleged(e *Event) bool {
	gerund := false
	for n, k := e.node, 0; n >= 0 && k < maxClimb; n, k = r.tree.Head(n), k+1 {
		for _, o := range r.triggers {
			if gerund && o != e && o.Type == Accuse && o.node == n && accuses[r.lemma(n)] {
				return true
			}
		}
		gerund = gerund || r.pos(n) == "VBG"
	}
	return false
}
