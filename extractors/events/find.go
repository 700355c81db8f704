package events

import (
	"fmt"
	"slices"
	"strings"

	"sitrep/extractors/dates"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
)

// Find returns the events that the news parts of doc report, in the order of
// their triggers; when doc is about sport, culture, business or the like, only
// those of sentences that name somebody political. Facts are those that the other
// extractors found in doc.
func Find(doc *text.Document, found Found) []Event {
	g := newGate(doc, found)
	r := newReader(doc, found)
	var all []*Event
	for n, s := range doc.Sentences {
		if !isNews(doc, s) || !g.admits(n) {
			continue
		}
		all = append(all, r.read(s)...)
	}
	return merge(doc, all)
}

// read finds the events of one sentence.
func (r *reader) read(s text.Sentence) []*Event {
	r.chunk(s)
	r.survey()
	r.triggers = nil
	for i := s.First; i < s.Last; i++ {
		if f := r.facts[i]; f.person >= 0 || f.group >= 0 || r.doc.Tag(i) == "NNP" && r.inName(i) {
			continue
		}
		if isVerb(r.doc.Tag(i)) && !r.verbalNoun(i) || r.verbal(i) {
			if e, next := r.verb(i); e != nil {
				r.triggers = append(r.triggers, e)
				i = next - 1
				continue
			}
		}
		if e, next := r.noun(i); e != nil {
			r.triggers = append(r.triggers, e)
			i = next - 1
		}
	}
	out := r.settle()
	var subjects []*phrase
	for _, p := range r.phrases {
		if p.kind&political != 0 && (p.country != "" || p.person >= 0 || p.name != "") {
			subjects = append(subjects, p)
		}
	}
	if len(subjects) > 0 {
		r.last = subjects
	}
	return out
}

// inName reports whether the capitalised word at i is inside a longer name
// ("Operation Desert Strike", "Strike Force").
func (r *reader) inName(i int) bool {
	if i == r.sentence.First {
		return false
	}
	return r.doc.Tag(i-1) == "NNP" && r.facts[i-1].country < 0 || r.doc.Tag(i+1) == "NNP" && r.facts[i+1].country < 0 && r.facts[i+1].person < 0
}

// verbal reports whether the tagger may have missed a verb at i: a form in -ed
// or -s between its subject and its object.
func (r *reader) verbal(i int) bool {
	return r.doc.Tag(i) == "JJ" && strings.HasSuffix(r.doc.Lower(i), "ed") && be[r.doc.Lower(i-1)]
}

// verb returns the event that the verb at i names, and the token after it.
func (r *reader) verb(i int) (*Event, int) {
	candidates := r.lex.verbs[r.doc.Lower(i)]
	if len(candidates) == 0 {
		return nil, i
	}
	if r.at(i) != nil && r.at(i).head != i {
		return nil, i // a modifier: "the captured town"
	}
	var best *entry
	var bestEnd int
	var c clause
	for _, e := range candidates {
		end, ok := r.match(e, i)
		if !ok || best != nil && len(e.words) <= len(best.words) {
			continue
		}
		try := r.clause(i, end)
		if !r.suits(e, &try) {
			continue
		}
		best, bestEnd, c = e, end, try
	}
	if best == nil {
		return nil, i
	}
	e := &Event{Type: best.typ, Trigger: r.doc.Covering(i, i+1), trigger: i, Evidence: r.sentence.Span, Weapon: best.weapon}
	e.Rule = fmt.Sprintf("verb:%s", best.name())
	actor, object := c.subject, c.object
	if c.passive {
		actor, object = nil, c.subject
		for _, a := range c.by {
			if a.word == "by" {
				actor = a.phrase
				break
			}
		}
	}
	governor := r.governed(c.first, r.doc.Lower(c.first) == "to")
	r.assign(e, actor, object, c.by, true)
	r.state(e, governor, c.first, i)
	e.Confidence = 0.75
	if len(e.Actors) > 0 && (len(e.Targets) > 0 || e.Place != nil) {
		e.Confidence = 0.9
	}
	r.dates(e)
	if !r.substantial(e) {
		return nil, i
	}
	return e, bestEnd
}

// match reports where the words of e, a verb entry, end that begin at i. One
// noun phrase may stand before its last word: "brought the soldiers home".
func (r *reader) match(e *entry, i int) (int, bool) {
	j := i + 1
	for _, w := range e.words[1:] {
		if r.doc.Lower(j) == w {
			j++
			continue
		}
		if p := r.at(j); p != nil && p.first == j && r.doc.Lower(p.end()) == w {
			return i + 1, true
		}
		return 0, false
	}
	if len(e.words) == 1 {
		return j, true
	}
	return j, j <= r.sentence.Last
}

// suits reports whether those who take part in c are such as e asks for.
func (r *reader) suits(e *entry, c *clause) bool {
	subject, object := c.subject, c.object
	if c.passive {
		object = c.subject
		subject = nil
		if e.object == 0 && e.subject != 0 && (r.onlySubject(e) || e.typ == Meet) {
			return false
		}
	}
	if len(e.needs) > 0 {
		if !r.mentions(object, e.needs) {
			return false
		}
	} else if e.object != 0 && (object == nil || object.kind&e.object == 0) {
		if object == nil || object.kind != Other || object.country == "" || e.object&(Other|Territory|Force) == 0 {
			return false
		}
	}
	if e.subject != 0 && !(c.passive && subject == nil) {
		if subject == nil || subject.kind&e.subject == 0 && !r.pronoun(subject) {
			return false
		}
	}
	return true
}

// onlySubject reports whether e is a verb of motion, which has no passive.
func (r *reader) onlySubject(e *entry) bool { return e.typ == Withdraw && e.words[0] == "leave" }

func (r *reader) pronoun(p *phrase) bool { return r.doc.Tag(p.head) == "PRP" }

func (r *reader) mentions(p *phrase, needs []string) bool {
	if p == nil {
		return false
	}
	for _, q := range []*phrase{p, p.inner} {
		if q == nil {
			continue
		}
		for i := q.first; i < q.last; i++ {
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

// noun returns the event that the noun at i names, and the token after it.
func (r *reader) noun(i int) (*Event, int) {
	p := r.at(i)
	if p == nil {
		return nil, i
	}
	var best *entry
	for _, e := range r.lex.nouns[r.doc.Lower(i)] {
		if best != nil && len(e.words) <= len(best.words) {
			continue
		}
		ok := true
		for n, w := range e.words[1:] {
			if r.doc.Lower(i+1+n) != w {
				ok = false
			}
		}
		if ok {
			best = e
		}
	}
	if best == nil || !isNoun(r.doc.Tag(i+len(best.words)-1)) && len(best.words) == 1 && !r.verbalNoun(i) {
		return nil, i
	}
	end := i + len(best.words)
	e := &Event{Type: best.typ, Trigger: r.doc.Covering(i, end), trigger: i, Evidence: r.sentence.Span, Weapon: best.weapon, definite: p.definite}
	e.Rule = fmt.Sprintf("noun:%s", best.name())
	governor := reading{control: -1, light: -1}
	if p.head < i || p.head >= end { // "the withdrawal order", "ceasefire talks"
		c, ok := r.control(p.head)
		if !ok || c.light || c.say {
			if _, isTrigger := r.lex.nouns[r.doc.Lower(p.head)]; isTrigger || !headless[r.doc.Lower(p.head)] {
				return nil, i
			}
		} else {
			governor.status, governor.set = c.status, true
		}
	}
	var actor, object *phrase
	mod := r.owner(p, i)
	by := r.adjuncts(p.last)
	if !governor.set {
		governor = r.governed(p.first, false)
	}
	if governor.light >= 0 {
		first, passive := r.group(governor.light)
		if !passive {
			actor = r.subject(first, governor.light, 0)
		}
		if governor.passes {
			actor, object = nil, actor
		}
	}
	if len(by) > 0 && by[0].word == "of" && p.last == by[0].first-1 {
		switch {
		case best.object != 0 && by[0].kind&best.object != 0:
			object = by[0].phrase
		case best.typ == Meet || best.typ == Clash || best.typ == Protest:
		case object == nil:
			object = by[0].phrase
		}
	}
	if best.object != 0 && !best.optional && best.typ != Train {
		if object == nil || object.kind&best.object == 0 {
			if best.typ == Withdraw && len(best.words) == 1 && !strings.HasPrefix(best.words[0], "with") && best.words[0] != "pullout" {
				return nil, i
			}
		}
	}
	if mod != nil {
		switch {
		case best.typ == Detain || best.typ == Release:
			if object == nil {
				object = mod
			} else if actor == nil {
				actor = mod
			}
		case actor == nil || p.first <= mod.first && mod.country != "":
			if actor == nil || actor.country == "" {
				actor = mod
			}
		}
	}
	if best.subject != 0 && (actor == nil || actor.kind&best.subject == 0) {
		return nil, i
	}
	for k := p.first; k < i; k++ {
		if w := r.doc.Lower(k); w == "retaliatory" || w == "counter" || w == "retaliation" || w == "reprisal" {
			e.retaliatory = true
		}
	}
	r.assign(e, actor, object, by, false)
	r.state(e, governor, p.first, -1)
	if s, ok := r.nounStatus(p); ok && !governor.set {
		e.Status = s
	}
	e.Confidence = 0.55
	if len(e.Actors) > 0 {
		e.Confidence = 0.7
	}
	if len(e.Actors) > 0 && (len(e.Targets) > 0 || e.Place != nil) {
		e.Confidence = 0.8
	}
	r.dates(e)
	if !r.substantial(e) && !best.optional {
		return nil, i
	}
	if best.optional && len(e.Actors)+len(e.Targets)+len(e.Counts) == 0 && e.Place == nil && e.Date == nil {
		return nil, i
	}
	return e, end
}

// headless are heads that leave the meaning to the word before them.
var headless = map[string]bool{"campaign": true, "operation": true, "operations": true, "mission": true, "wave": true, "attempt": true, "attempts": true,
	"process": true, "effort": true, "efforts": true, "line": false, "zone": false, "programme": true, "program": true, "package": true}

// owner returns the modifier of the noun trigger at token i in p that says whose
// it is: "Israel's strikes", "the Turkish offensive".
func (r *reader) owner(p *phrase, i int) *phrase {
	for k := i - 1; k >= p.first; k-- {
		f := r.facts[k]
		if f.country < 0 && f.group < 0 && f.person < 0 && f.count < 0 {
			continue
		}
		first := k
		for first > p.first && r.facts[first-1] == f {
			first--
		}
		return r.describe(first, k+1)
	}
	return nil
}

// assign gives the event its participants, places and counts.
func (r *reader) assign(e *Event, actor, object *phrase, by []adjunct, verb bool) {
	actors, targets := r.sides(actor), r.sides(object)
	if e.Type.moves() || e.Type == Mobilize {
		if len(actors) == 0 {
			actors = targets
		}
		targets = nil
	}
	if e.Type.mutual() {
		actors = append(actors, targets...)
		targets = nil
	}
	r.count(e, actor)
	r.count(e, object)
	if object != nil && object.place && !e.Type.moves() && object.kind&(Territory|State) != 0 && (e.Type == Seize || e.Type == Strike || e.Type == Attack || e.Type == Coerce) {
		e.Place = &Place{object.span, object.country}
	}
	assault := e.Type == Strike || e.Type == Attack
	for n, a := range by {
		noun := !verb
		switch a.word {
		case "by":
			if noun || len(actors) == 0 {
				actors = append(actors, r.sides(a.phrase)...)
			}
			r.count(e, a.phrase)
		case "of":
			if n == 0 && noun {
				r.count(e, a.phrase)
			}
		case "from":
			switch {
			case e.Type == Withdraw:
				if e.Origin == "" {
					e.Origin = a.country
				}
				if a.place {
					e.Place = &Place{a.span, a.country}
				}
			case e.Type == Deploy:
				e.Origin = a.country
			case noun && assault && len(actors) == 0:
				actors = r.sides(a.phrase)
			}
		case "to", "into", "toward", "towards":
			switch {
			case e.Type.moves():
				if e.Destination == "" {
					e.Destination = a.country
				}
				if e.Type == Deploy && a.place && e.Place == nil {
					e.Place = &Place{a.span, a.country}
				}
			case e.Type == Aid || e.Type == Train:
				targets = append(targets, r.sides(a.phrase)...)
			case e.Type == Meet && a.place && e.Place == nil:
				e.Place = &Place{a.span, a.country}
			}
		case "on", "against", "at", "over":
			hit := noun && assault || a.word == "against" || a.word == "on" && (e.Type == Sanction || e.Type == Coerce || e.Type == Demand)
			if hit {
				targets = append(targets, r.sides(a.phrase)...)
				r.count(e, a.phrase)
			}
			if a.place && e.Place == nil && (a.word != "over") {
				e.Place = &Place{a.span, a.country}
			}
		case "between":
			if e.Type.mutual() {
				actors = append(actors, r.sides(a.phrase)...)
			}
		case "with": // not "…, with the ministry saying that …"
			if e.Type.mutual() && r.doc.Lower(a.first-2) != "," {
				actors = append(actors, r.sides(a.phrase)...)
			}
		case "in", "inside", "near", "outside", "around", "across", "along", "off", "within", "throughout":
			if a.place && e.Place == nil {
				e.Place = &Place{a.span, a.country}
			}
		}
	}
	if e.Type == Meet && object != nil && object.kind == State && e.Place == nil {
		e.Place = &Place{object.span, object.country}
	}
	if e.Type == Deploy {
		if e.Destination == "" && e.Place != nil {
			e.Destination = e.Place.Country
		}
		if e.Place == nil && object != nil && object.place && object.kind&(Territory|State) != 0 {
			e.Place = &Place{object.span, object.country}
			e.Destination = object.country
			actors = without(actors, object.span)
		}
	}
	if e.Type == Withdraw {
		if e.Origin == "" && e.Place != nil && e.Place.Country != e.Destination {
			e.Origin = e.Place.Country
		}
		if object != nil && object.place && object.kind&(Territory|State) != 0 && e.Place == nil {
			e.Place = &Place{object.span, object.country}
			e.Origin = object.country
			actors = without(actors, object.span)
		}
	}
	if e.Type == Withdraw {
		r.home(e, actor, object)
	}
	e.Actors, e.Targets = distinct(actors), distinct(targets)
	for _, a := range e.Actors {
		e.Targets = without(e.Targets, a.Span)
	}
}

// homeward are the words that say that the forces go to where they belong.
var homeward = map[string]bool{"return": true, "repatriate": true, "repatriation": true, "recall": true, "bring": true, "go": true}

// home completes a withdrawal: from where the forces are said to be ("500 men
// training in X"), and to where they belong.
func (r *reader) home(e *Event, actor, object *phrase) {
	forces := object
	if forces == nil || forces.kind&(Force|Armed|Other) == 0 {
		forces = actor
	}
	if forces == nil {
		return
	}
	own := forces.country
	if e.Origin == "" && e.Place == nil {
		for i := forces.end(); i < min(forces.end()+16, r.sentence.Last); i++ {
			if w := r.doc.Lower(i); w != "in" && w != "at" && w != "from" {
				continue
			}
			if p := r.at(i + 1); p != nil && p.place && p.country != "" && p.country != own {
				e.Origin, e.Place = p.country, &Place{p.span, p.country}
				break
			}
		}
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(e.Rule, "verb:"), "noun:"), " ")
	if e.Destination == "" && homeward[name] && own != e.Origin {
		e.Destination = own
	}
}

// count takes the counts that stand in p or in what p is made of.
func (r *reader) count(e *Event, p *phrase) {
	for ; p != nil; p = p.inner {
		if p.count < 0 {
			continue
		}
		c := r.found.Troops[p.count]
		if c.What == troops.Units {
			continue
		}
		for _, have := range e.Counts {
			if have.Span == c.Span {
				return
			}
		}
		e.Counts = append(e.Counts, c)
		return
	}
}

// sides returns p and what is joined to it as participants; pronouns are
// replaced by what they stand for.
func (r *reader) sides(p *phrase) []Participant {
	if p == nil {
		return nil
	}
	if r.pronoun(p) && p.person < 0 {
		return r.antecedent(p)
	}
	if w := r.doc.Lower(p.head); (w == "neighbors" || w == "neighbours" || w == "countries" || w == "sides" || w == "nations" || w == "two") && p.country == "" {
		return r.pair()
	}
	var out []Participant
	for _, q := range append(r.before(p), r.after(p)...) {
		if q.kind&(political|Captive) == 0 && q.country == "" {
			continue
		}
		if q.kind == Other && q.person < 0 && q.name == "" && q.country == "" {
			continue
		}
		out = append(out, q.participant(r.doc))
	}
	return out
}

// antecedent returns whom "he", "they" or "it" stands for: the nearest fitting
// phrase before, in this sentence or the last.
func (r *reader) antecedent(p *phrase) []Participant {
	w := r.doc.Lower(p.head)
	want := State | Force | Armed | Government | Body
	switch w {
	case "he", "she", "him", "her":
		want = Person
	case "they", "them":
		want |= People
	case "it":
	default:
		return nil
	}
	for n := len(r.last) - 1; n >= 0; n-- {
		if q := r.last[0]; q.kind&want != 0 {
			return []Participant{q.participant(r.doc)}
		}
		if q := r.last[n]; q.kind&want != 0 {
			return []Participant{q.participant(r.doc)}
		}
	}
	return nil
}

// pair returns the two states last named together, for "the neighbours".
func (r *reader) pair() []Participant {
	var a, b *phrase
	for _, list := range [][]*phrase{r.phrases, r.last} {
		for _, p := range list {
			if p.kind != State {
				continue
			}
			if a != nil && p.country != a.country && r.doc.Lower(p.first-1) == "and" {
				b = p
				return []Participant{a.participant(r.doc), b.participant(r.doc)}
			}
			a = p
		}
	}
	return nil
}

// state sets the status, the speaker and, of a light verb, what it adds.
func (r *reader) state(e *Event, g reading, first, v int) {
	if g.set {
		e.Status = g.status
	}
	at := first
	if v >= 0 {
		if s, ok := r.modality(first, v); ok && !(g.set && s == Planned) {
			e.Status = s
		}
	} else if g.light >= 0 {
		f, _ := r.group(g.light)
		at = f
	}
	if r.conditional(at) {
		e.Status = Possible
	}
	if e.Type == Deploy && e.Status == Occurred && v >= 0 && strings.HasPrefix(e.Rule, "verb:base") {
		e.Status = Ongoing
	}
	speaker := g.speaker
	if speaker == nil {
		speaker = r.teller()
	}
	if speaker != nil && speaker.kind&(political&^People) != 0 {
		list := []Participant{speaker.participant(r.doc)}
		if r.pronoun(speaker) && speaker.person < 0 {
			list = r.antecedent(speaker)
		}
		if len(list) > 0 && !(len(e.Actors) > 0 && e.Actors[0].Span == list[0].Span && g.speaker == nil) {
			e.Speaker = &list[0]
		}
	}
	// A promise, plan or refusal is about the speaker's own action.
	if len(e.Actors) == 0 && g.speaker != nil && (e.Status == Planned || e.Status == Threatened || e.Status == Denied) && g.speaker.kind&political != 0 {
		e.Actors = r.sides(g.speaker)
	}
	if g.control >= 0 {
		e.Rule += "<" + r.doc.Lower(g.control)
	}
}

// dates gives the event the date that stands nearest, or, where that belongs to
// the verb of saying or ordering, makes it the date of the status.
func (r *reader) dates(e *Event) {
	g := r.governed(r.groupStart(e), false)
	var bestDistance int
	for n := range r.found.Dates {
		d := &r.found.Dates[n]
		if d.Span.Start < r.sentence.Start || d.Span.End > r.sentence.Span.End || d.Type == dates.Duration || d.Type == dates.Set {
			continue
		}
		if d.Value == "PRESENT_REF" || d.Value == "PAST_REF" || d.Value == "FUTURE_REF" {
			continue
		}
		first, _ := r.doc.TokensIn(d.Span)
		mine := r.distance(first, e.trigger)
		said := false
		for _, saying := range append(slices.Clip(r.saying), g.control) {
			said = said || saying >= 0 && saying != e.trigger && r.distance(first, saying) < mine
		}
		if said {
			if e.StatusDate == nil {
				e.StatusDate = d
			}
			continue
		}
		if r.nearerTrigger(first, e, mine) {
			continue
		}
		if e.Date == nil || mine < bestDistance {
			e.Date, bestDistance = d, mine
		}
	}
	if e.Date == nil {
		e.DateReason = "not stated"
	}
}

func (r *reader) groupStart(e *Event) int {
	if p := r.at(e.trigger); p != nil {
		return p.first
	}
	first, _ := r.group(e.trigger)
	return first
}

// survey prepares, for the sentence, where verbs of saying stand and how far
// tokens are from each other.
func (r *reader) survey() {
	r.saying = r.saying[:0]
	r.steps = append(r.steps[:0], 0)
	for i := r.sentence.First; i < r.sentence.Last; i++ {
		tag, w := r.doc.Tag(i), r.doc.Lower(i)
		step := 1
		if isFinite(tag) {
			step += 6
		}
		if w == "and" || w == "after" || w == "before" || w == "that" || w == "while" || w == "as" {
			step += 3
		}
		r.steps = append(r.steps, r.steps[len(r.steps)-1]+step)
		if c, ok := r.lex.controls["v"+w]; ok && c.say && isVerb(tag) {
			r.saying = append(r.saying, i)
		}
	}
}

// distance counts the tokens from a to b, more for each finite verb and
// conjunction between them.
func (r *reader) distance(a, b int) int {
	if a == b {
		return 0
	}
	if a > b {
		a, b = b, a
	}
	return r.steps[b-r.sentence.First] - r.steps[a+1-r.sentence.First] + 1
}

// nearerTrigger reports whether an action found before e claims the date at
// token i with a shorter way.
func (r *reader) nearerTrigger(i int, e *Event, mine int) bool {
	for _, o := range r.triggers {
		if o != e && r.distance(i, o.trigger) < mine {
			return true
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

// settle decides among the events of a sentence: casualties give way to the
// assault that caused them, speech to the action it is about, and retaliation
// finds whom it answers.
func (r *reader) settle() []*Event {
	var assault, previous *Event
	for _, e := range r.triggers {
		fight := e.Type == Strike || e.Type == Attack || e.Type == Clash
		if (fight || e.Type == Seize && assault == nil) && !casualty(e) {
			assault = e
		}
	}
	var out []*Event
	for _, e := range r.triggers {
		if casualty(e) && assault != nil {
			assault.Counts = append(assault.Counts, e.Counts...)
			continue
		}
		if e.Type.speech() && r.governs(e) {
			continue
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
	for _, e := range out {
		if e.Type == Strike || e.Type == Attack || e.Type == Clash {
			r.casualties(e, assault)
		}
	}
	return out
}

func casualty(e *Event) bool {
	return strings.HasPrefix(e.Rule, "verb:kill") || strings.HasPrefix(e.Rule, "noun:killing")
}

// casualties gives the last assault of the sentence the killed and wounded in it.
func (r *reader) casualties(e, assault *Event) {
	if e != assault {
		return
	}
	for _, c := range r.found.Troops {
		if c.Start < r.sentence.Start || c.End > r.sentence.Span.End {
			continue
		}
		if c.Status != troops.Killed && c.Status != troops.Wounded && c.Status != troops.Casualties {
			continue
		}
		have := false
		for _, o := range e.Counts {
			have = have || o.Span == c.Span
		}
		if !have {
			e.Counts = append(e.Counts, c)
		}
	}
}

// governs reports whether the action of another event of the sentence is what e,
// something said, is about.
func (r *reader) governs(e *Event) bool {
	for _, o := range r.triggers {
		if o == e || o.trigger < e.trigger || o.Type == e.Type {
			continue
		}
		if g := r.governed(r.groupStart(o), r.doc.Lower(r.groupStart(o)) == "to"); g.control == e.trigger {
			return true
		}
	}
	return false
}

func distinct(list []Participant) []Participant {
	var out []Participant
	for _, p := range list {
		seen := false
		for _, q := range out {
			seen = seen || q.Span.Overlaps(p.Span) || q.Name == p.Name
		}
		if !seen {
			out = append(out, p)
		}
	}
	return out
}

func without(list []Participant, s text.Span) []Participant {
	var out []Participant
	for _, p := range list {
		if !p.Span.Overlaps(s) {
			out = append(out, p)
		}
	}
	return out
}
