package events

import (
	"cmp"
	"slices"
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
)

// assign gives e its actors, targets, counts and the places that its adjuncts name.
func (r *reader) assign(e *Event, c *clause) {
	r.emptied(c)
	if c.verb && (e.Type == Accuse || e.Type == Support) {
		r.answerable(c)
	}
	actors, targets := r.sides(r.doers(c.actors)), r.victims(e, c.objects)
	r.count(e, r.uncounted(c.actors))
	r.lose(e, c.objects)
	if e.Type.moves() {
		r.ground(e, c.objects)
	}
	if e.Type.moves() || e.Type == Mobilize {
		if onward[r.lemma(e.trigger)] && len(targets) > 0 {
			actors = nil
		}
		if len(actors) == 0 || e.Type == Withdraw && !c.verb {
			actors = append(actors, targets...)
		}
		targets = nil
	}
	if e.Type.mutual() {
		actors = append(actors, targets...)
		targets = nil
	}
	for _, a := range c.adjuncts {
		switch r.role(e, c, a, len(actors) > 0) {
		case isActor:
			actors = append(actors, r.sides([]int{a.head})...)
			r.count(e, []int{a.head})
		case isTarget:
			targets = append(targets, r.victims(e, []int{a.head})...)
			r.lose(e, []int{a.head})
		}
		r.locate(e, a)
	}
	e.Actors, e.Targets = distinct(actors), distinct(targets)
	for _, a := range e.Actors {
		e.Targets = without(e.Targets, a.Span)
	}
	unguess(e)
	if e.Place != nil && e.Type.moves() {
		e.Actors = without(e.Actors, e.Place.Span)
	}
	r.ends(e, c)
}

// doers puts whose they are in the place of deeds, which do nothing themselves: "|SDF|
// operations isolated the town".
func (r *reader) doers(heads []int) []int {
	var out []int
	for _, h := range heads {
		if w := r.doc.Lower(h); r.phrase(h).kind == Other && r.facts[h].country < 0 && !both[w] && (r.deed(w) || abstract(w)) {
			if h = r.holder(h); h < 0 {
				continue
			}
		}
		out = append(out, h)
	}
	return out
}

// onward are the verbs that nothing is done by to others: "pursued retreating |troops|".
var onward = map[string]bool{"retreat": true, "advance": true, "march": true}

// emptied puts what they are of in the place of objects that say nothing of
// their own: "took control |of the city|".
func (r *reader) emptied(c *clause) {
	for n, h := range c.objects {
		if !empty[r.doc.Lower(h)] {
			continue
		}
		for _, a := range append(r.adjuncts(h), r.adjuncts(c.node)...) {
			if a.word == "of" || a.word == "over" {
				c.objects[n] = a.head
				break
			}
		}
	}
}

var empty = map[string]bool{"control": true, "possession": true, "charge": true, "command": true, "thousands": true, "dozens": true, "number": true, "use": true, "delivery": true}

// victims returns those at heads to whom e is done: for an assault or seizure,
// land and things, too.
func (r *reader) victims(e *Event, heads []int) []Participant {
	out := r.sides(heads)
	if e.Type != Seize && e.Type != Attack && e.Type != Strike && e.Type != Coerce {
		return out
	}
	for _, h := range heads {
		for _, m := range r.members(h) {
			p := r.phrase(m)
			if p.kind&(Territory|Arms) == 0 && (m != h || !r.thing(e, p)) || p.kind == Arms && hurled[r.lemma(e.trigger)] {
				continue
			}
			q := p.participant(r.doc)
			if place := r.placeOf(p); place != nil && p.country == "" {
				q.Country = place.Country
			} else if q.Country == "" {
				q.Country = r.site(p)
			}
			if q.Country == "" {
				q.Country = r.home
			}
			q.guessed = p.country == ""
			out = append(out, q)
		}
	}
	return distinct(out)
}

// hurled are the verbs whose object is the weapon: "fired |rockets| at the town".
var hurled = map[string]bool{"fire": true, "launch": true, "hurl": true, "lob": true, "drop": true, "use": true, "throw": true, "explode": true, "detonate": true, "rain": true, "unleash": true}

// thing reports whether p is something that an assault e can hit, though of no kind
// that is known: "a raid on a college |dormitory|", "attacked |Minca|".
func (r *reader) thing(e *Event, p *phrase) bool {
	if e.Type != Attack && e.Type != Strike || p.kind != Other || p.head == e.node || r.facts[p.head].date >= 0 || r.facts[p.head].count >= 0 {
		return false
	}
	switch t := r.pos(p.head); t {
	case "NN", "NNS":
		return !abstract(r.doc.Lower(p.head)) && !relation[r.doc.Lower(p.head)] && !r.deed(r.doc.Lower(p.head))
	default:
		return (t == "NNP" || t == "NNPS") && !r.deed(r.doc.Lower(p.head))
	}
}

// relation are the nouns that say what one is to another, not who: "its |neighbour|".
var relation = map[string]bool{"neighbour": true, "neighbor": true, "neighbours": true, "neighbors": true, "enemy": true, "enemies": true, "target": true, "targets": true, "foe": true, "rival": true, "rivals": true, "side": true, "sides": true, "people": true}

// abstract reports whether the noun w names no thing or person, by how it ends.
func abstract(w string) bool {
	w = strings.TrimSuffix(w, "s")
	if concrete[w] {
		return false
	}
	for _, end := range [...]string{"tion", "sion", "ment", "nce", "ncy", "ness", "ty", "ism", "ship", "hood", "acy", "ure", "age", "dom", "ing", "al", "sis", "tie"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// concrete are the nouns that end like abstract ones.
var concrete = map[string]bool{"institution": true, "organization": true, "organisation": true, "station": true, "installation": true, "position": true, "mission": true, "plantation": true,
	"building": true, "hospital": true, "nation": true, "party": true, "county": true, "society": true, "village": true, "infrastructure": true, "facility": true, "university": true, "city": true, "monument": true, "apartment": true, "settlement": true,
	"parliament": true, "embassy": true, "ship": true, "warship": true, "community": true, "equipment": true, "gathering": true, "wedding": true, "ceremony": true, "funeral": true,
	"terminal": true, "garage": true, "structure": true, "establishment": true, "department": true, "ambulance": true, "residence": true, "festival": true, "procession": true, "demonstration": true}

type part uint8

const (
	isNeither part = iota
	isActor
	isTarget
)

// role says what the noun of adjunct a is in e.
func (r *reader) role(e *Event, c *clause, a adjunct, acted bool) part {
	assault := e.Type == Strike || e.Type == Attack
	switch a.word {
	case "by":
		if !c.verb || c.passive && !acted {
			return isActor
		}
	case "from":
		if !c.verb && assault && !acted {
			return isActor
		}
	case "to", "for":
		if e.Type == Aid || e.Type == Train || e.Type == Support && a.word == "to" {
			return isTarget
		}
		if e.Type == Demand && a.word == "to" {
			return isTarget
		}
	case "on", "against", "upon", "at":
		if (!c.verb || hurled[r.lemma(e.trigger)]) && assault || a.word == "against" || e.Type == Sanction || e.Type == Coerce || e.Type == Demand || e.Type == Accuse {
			return isTarget
		}
	case "between", "among":
		if e.Type.mutual() {
			return isActor
		}
	case "with":
		if e.Type.mutual() {
			return isActor
		}
	}
	return isNeither
}

// sides returns the participants that the phrases at heads stand for, with
// those joined to them; pronouns are replaced by what they stand for.
func (r *reader) sides(heads []int) []Participant {
	var out []Participant
	for _, h := range heads {
		for _, m := range r.members(h) {
			out = append(out, r.side(m)...)
		}
	}
	return out
}

func (r *reader) side(h int) []Participant {
	p := r.phrase(h)
	if list := r.hyphenated(h); list != nil {
		return list
	}
	if r.pronoun(p) && p.person < 0 {
		return r.antecedent(p)
	}
	if (both[r.doc.Lower(p.head)] || r.doc.Lower(p.head) == "country" && either[r.doc.Lower(p.first)]) && p.country == "" && r.onlyTwo(p) {
		return r.pair(p.head)
	}
	if g := r.namedGroup(p); g != nil {
		return []Participant{*g}
	}
	if p.kind&(political|Captive) == 0 && (p.country == "" || p.kind == Territory || p.kind == Other && p.place) {
		return nil
	}
	if p.first == p.head && r.doc.Lower(p.head) == "force" {
		return nil // "a show of |force|"
	}
	if list := r.delegates(p); list != nil {
		return list
	}
	if list := r.listed(p); list != nil {
		return list
	}
	if list := r.nations(p); list != nil {
		return list
	}
	return []Participant{r.participant(p)}
}

var either = map[string]bool{"neither": true, "either": true, "each": true}

// both are the nouns that stand for two sides told before.
var both = map[string]bool{"neighbors": true, "neighbours": true, "countries": true, "sides": true, "nations": true, "two": true, "both": true, "leaders": true, "parties": true}

// hyphenated returns the countries that the one word at h names: "|Egyptian-Syrian| talks".
func (r *reader) hyphenated(h int) []Participant {
	f, s := r.facts[h].country, r.doc.Tokens[h].Span
	if f < 1 || r.found.Countries[f-1].Start < s.Start || r.found.Countries[f].Span == s {
		return nil
	}
	var out []Participant
	for n := int(f); n >= 0 && r.found.Countries[n].Start >= s.Start; n-- {
		m := r.found.Countries[n]
		out = append(out, Participant{Span: m.Span, Name: r.doc.Slice(m.Span), Kind: State, Country: m.Country})
	}
	slices.Reverse(out)
	return out
}

// onlyTwo reports whether p says nothing of the sides but that they were told
// before: not "some Western countries".
func (r *reader) onlyTwo(p *phrase) bool {
	for k := p.first; k < p.head; k++ {
		w := r.doc.Lower(k)
		if t := r.doc.Tag(k); t[0] == 'J' && !paired[w] || w == "some" || w == "no" || w == "any" || w == "many" || w == "several" || w == "three" {
			return false
		}
	}
	return true
}

// paired are the adjectives of two sides.
var paired = map[string]bool{"both": true, "neighboring": true, "neighbouring": true, "rival": true, "warring": true, "opposing": true, "hostile": true, "once-close": true, "respective": true, "same": true}

// nations splits a phrase whose modifiers name several countries: "U.S. and
// British troops".
func (r *reader) nations(p *phrase) []Participant {
	if p.person >= 0 || p.kind&(Force|Government|Person|Armed) == 0 {
		return nil
	}
	var out []Participant
	for k := range r.tree.Children(p.head) {
		if k > p.head || r.facts[k].country < 0 {
			continue
		}
		if list := r.hyphenated(k); list != nil {
			return list // "the Franco-German brigade"
		}
		if r.tree.Child(k, syntax.Conj) < 0 {
			continue
		}
		for _, m := range append([]int{k}, r.conjoined(k)...) {
			one := *p
			one.name = ""
			if f := r.facts[m].country; f >= 0 {
				one.country, one.span = r.found.Countries[f].Country, r.found.Countries[f].Span
				out = append(out, r.participant(&one))
			}
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// delegates splits those who come from several countries: "envoys from Peru and
// Chile".
func (r *reader) delegates(p *phrase) []Participant {
	if p.country != "" && p.inner == nil || p.person >= 0 || p.name != "" || p.kind&(Government|Person|Force|People) == 0 {
		return nil
	}
	var out []Participant
	for _, a := range r.adjuncts(p.head) {
		if a.word != "from" && a.word != "of" {
			continue
		}
		for _, m := range r.members(a.head) {
			if q := r.phrase(m); q.kind == State && q.country != "" {
				out = append(out, r.participant(q))
			}
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// partners are nouns for several who may be named after them.
var partners = map[string]bool{"allies": true, "neighbours": true, "neighbors": true, "partners": true, "countries": true, "nations": true, "powers": true, "states": true,
	"members": true, "leaders": true, "ministers": true, "presidents": true, "oligarchs": true, "businessmen": true, "governments": true, "friends": true, "rivals": true}

// listed returns those whom the text names right after p: "its allies, |China| and
// Russia", "European leaders, including |Ann Holm|".
func (r *reader) listed(p *phrase) []Participant {
	if !partners[r.doc.Lower(p.head)] {
		return nil
	}
	var out []Participant
	for k := range r.tree.Children(p.head) {
		w := r.preposition(k)
		if k < p.last || r.tree.Label(k) != syntax.Appos && w != "including" && w != "like" && w != "such as" {
			continue
		}
		for _, m := range r.members(k) {
			if q := r.phrase(m); q.kind&(State|Person) != 0 && q.country != "" {
				out = append(out, r.participant(q))
			}
		}
	}
	return out
}

func (r *reader) conjoined(h int) []int {
	var out []int
	for c := range r.tree.Children(h) {
		if r.tree.Label(c) == syntax.Conj {
			out = append(out, c)
		}
	}
	return out
}

// participant makes p one. The forces, authorities and people of an article
// about one country are that country's when the text does not say otherwise.
func (r *reader) participant(p *phrase) Participant {
	out := p.participant(r.doc)
	if out.Country == "" && p.person < 0 {
		if o := r.tree.Child(p.head, syntax.NmodPoss); o >= 0 && r.pos(o) == "PRP$" {
			if list := r.antecedent(&phrase{head: o}); len(list) > 0 { // "|their| troops"
				out.Country = list[0].Country
			}
		} else if o >= 0 {
			out.Country = r.landOf(o)
		}
	}
	if c, ok := r.recalled(p); ok && out.Country == "" && !p.group {
		out.Country, out.guessed = c, true
		return out
	}
	if out.Country == "" && !p.group && (p.name == "" || p.person >= 0) && p.kind&(Force|Government|People|Armed|Person) != 0 && !foreign[r.doc.Lower(p.head)] && !r.strange(p) && !r.multinational(p) {
		out.Country, out.guessed = r.home, r.home != ""
	}
	out.private = p.person >= 0 && out.Role == "" && (out.guessed || out.Country == "")
	return out
}

// strange reports whether a name among its modifiers says whose p is, though not
// of which country: "Kurdish rebels".
func (r *reader) strange(p *phrase) bool {
	for k := p.first; k < p.head && p.person < 0; k++ {
		w := r.doc.Word(k)
		if k > r.sentence.First && w[0] >= 'A' && w[0] <= 'Z' && r.doc.Tag(k) != "DT" {
			return true
		}
	}
	return false
}

// foreign are nouns for those who may be from anywhere.
var foreign = map[string]bool{"insurgents": true, "insurgent": true, "terrorists": true, "militants": true, "militant": true, "coalition": true, "alliance": true, "peacekeepers": true,
	"jihadists": true, "extremists": true, "activists": true, "mission": true, "commission": true, "council": true, "committee": true}

// antecedent returns whom "he", "they" or "it" stands for: the nearest fitting
// phrase before, in this sentence or the last.
func (r *reader) antecedent(p *phrase) []Participant {
	want := State | Force | Armed | Government | Body
	switch r.doc.Lower(p.head) {
	case "he", "she", "him", "her", "his":
		want = Person | State // "|Holm| said his troops"
	case "they", "them", "their":
		want |= People
	case "it", "its":
	default:
		return nil
	}
	if q := r.subjectBefore(p.head, want); q != nil {
		return []Participant{r.participant(q)}
	}
	if w := r.doc.Lower(p.head); w == "its" || w == "it" && p.head > 0 && r.doc.Lower(p.head-1) == "that" {
		if q := r.stateBefore(p.head); q != nil {
			return []Participant{r.participant(q)}
		}
	}
	for _, q := range r.last {
		if q.kind&want != 0 {
			return []Participant{r.past(q)}
		}
	}
	if q := r.ownSubject(p.head, want); q != nil {
		return []Participant{r.participant(q)}
	}
	return nil
}

// ownSubject returns the first subject before token i that is of the article's own
// country, as far as the text tells: "The |army| said that it lost nine men".
func (r *reader) ownSubject(i int, want Kind) *phrase {
	for h := max(r.sentence.First, i-back); h < i; h++ {
		if l := r.tree.Label(h); l == syntax.Nsubj && r.nominal(h) && r.agree(i, h) && r.phrase(h).kind&want&(Force|Government|Armed) != 0 {
			return r.phrase(h)
		}
	}
	return nil
}

// subjectBefore returns the first subject of the sentence before token i that is of
// the kinds wanted and of which the text tells who it is.
func (r *reader) subjectBefore(i int, want Kind) *phrase {
	for h := max(r.sentence.First, i-back); h < i; h++ {
		if l := r.tree.Label(h); l != syntax.Nsubj && l != syntax.NsubjPass || !r.nominal(h) || !r.agree(i, h) {
			continue
		}
		if q := r.phrase(h); q.kind&want != 0 && (q.country != "" || q.person >= 0 || q.name != "") {
			return q
		}
	}
	return nil
}

// agree reports whether the pronoun at i may stand for the noun at h by its number:
// troops are no "it".
func (r *reader) agree(i, h int) bool {
	w, t := r.doc.Lower(i), r.pos(h)
	return w != "it" && w != "its" || t != "NNS" && t != "NNPS" || r.facts[h].country >= 0
}

// stateBefore returns the state or group named last in the sentence before token i:
// "signals from |Syria| that it wants talks".
func (r *reader) stateBefore(i int) *phrase {
	for h := i - 1; h >= max(r.sentence.First, i-back); h-- {
		if f := r.facts[h]; (f.country >= 0 || f.group >= 0) && f.person < 0 && r.pos(h)[0] == 'N' {
			if q := r.phrase(h); q.kind&(State|Body|Armed) != 0 {
				return q
			}
		}
	}
	return nil
}

// past makes a participant of a phrase of an earlier sentence.
func (r *reader) past(p *phrase) Participant {
	out := p.participant(r.doc)
	if out.Country == "" && p.person < 0 && p.name == "" {
		out.Country = r.home
	}
	return out
}

// back is how many tokens before "the two sides" these are looked for.
const back = 120

// pair returns the two persons last named before token i, or the two countries
// that the text joins most often before it, else those last named: for "the two
// leaders", "both countries".
func (r *reader) pair(i int) []Participant {
	if r.doc.Lower(i) == "both" {
		if out := r.joinedPersons(i); out != nil {
			return out
		}
	}
	persons := r.doc.Lower(i) == "leaders" || r.doc.Lower(i) == "ministers" || r.doc.Lower(i) == "men"
	if !persons {
		if out := r.couple(i); out != nil {
			return out
		}
	}
	var out []Participant
	for k := i - 1; k >= max(0, i-back) && len(out) < 2; k-- {
		switch f := r.facts[k]; {
		case persons && f.person >= 0:
			who := &r.found.People[f.person]
			out = append(out, Participant{Span: r.doc.Covering(k, k+1), Name: who.Name, Kind: Person, Country: who.Country, Role: who.Role})
		case !persons && f.country >= 0 && f.person < 0 && r.found.Countries[f.country].Kind != countries.Region:
			m := r.found.Countries[f.country]
			out = append(out, Participant{Span: m.Span, Name: r.doc.Slice(m.Span), Kind: State, Country: m.Country})
		}
		if len(out) == 2 && (out[0].Name == out[1].Name || !persons && out[0].Country == out[1].Country) {
			out = out[:1]
		}
	}
	if len(out) < 2 {
		return nil
	}
	return []Participant{out[1], out[0]}
}

// joinedPersons returns the two persons that an "and" joined last before token i, unless
// countries were named since: "|Ann Holm| and |Ida Rask| … |Both| were freed".
func (r *reader) joinedPersons(i int) []Participant {
	for k := i - 1; k > max(0, i-back); k-- {
		if f := r.facts[k]; f.country >= 0 && f.person < 0 && r.found.Countries[f.country].Kind == countries.Name && r.doc.Lower(k-1) == "and" {
			return nil
		}
		if r.doc.Lower(k) != "and" || r.facts[k-1].person < 0 || r.facts[k+1].person < 0 {
			continue
		}
		var out []Participant
		for _, t := range [2]int{k - 1, k + 1} {
			who := &r.found.People[r.facts[t].person]
			country := cmp.Or(who.Country, knowns()[who.Name].country, r.home)
			out = append(out, Participant{Span: r.doc.Covering(t, t+1), Name: who.Name, Kind: Person, Country: country, Role: who.Role})
		}
		return out
	}
	return nil
}

// couple returns the two countries that are named together most often before token
// i, and at least twice: "between |Peru| and |Chile|".
func (r *reader) couple(i int) []Participant {
	type pair [2]countries.Code
	times := map[pair]int{}
	var out []Participant
	best := 1
	for n := range len(r.found.Countries) - 1 {
		a, b := r.found.Countries[n], r.found.Countries[n+1]
		if a.Country == b.Country || a.Country == "" || b.Country == "" || a.Kind != countries.Name || b.Kind != countries.Name {
			continue
		}
		_, end := r.doc.TokensIn(a.Span)
		first, _ := r.doc.TokensIn(b.Span)
		if first >= i {
			break
		}
		if end+1 != first || r.doc.Lower(end) != "and" {
			continue
		}
		key := pair{min(a.Country, b.Country), max(a.Country, b.Country)}
		if times[key]++; times[key] > best {
			best = times[key]
			out = []Participant{{Span: a.Span, Name: r.doc.Slice(a.Span), Kind: State, Country: a.Country}, {Span: b.Span, Name: r.doc.Slice(b.Span), Kind: State, Country: b.Country}}
		}
	}
	return out
}

// settleIn gives those of e's victims whose country the text does not tell that
// of the place where e happens: "killed a civilian in |Peru|".
func settleIn(e *Event, home countries.Code) {
	if e.Place == nil || e.Place.near || e.Place.Country == "" || !e.Type.local() || e.Type.moves() {
		return
	}
	for n := range e.Targets {
		t := &e.Targets[n]
		words := strings.Fields(strings.ToLower(t.Name))
		if t.Country == "" && t.Kind&(Territory|Arms|People|Force|Armed|Captive|Other) != 0 && t.Kind != Body && !foreign[words[len(words)-1]] {
			t.Country, t.guessed = e.Place.Country, e.Place.Country == home
		}
	}
	unguess(e)
}

// domestic reports whether a t is mostly done to one's own people.
func (t Type) domestic() bool {
	return t == Detain || t == Release || t == Coerce || t == Protest
}

// unguess takes back a target's country where it is only guessed to be that of
// an actor whose country the text tells: "Turkey attacked the camp".
func unguess(e *Event) {
	for n := range e.Actors {
		for _, t := range e.Targets { // not "the president condemned |Chad|", which the article is about
			if a := &e.Actors[n]; a.guessed && a.Kind&(Person|Government) != 0 && t.Kind == State && !t.guessed && t.Country == a.Country {
				a.Country = ""
			}
		}
	}
	if e.Type.domestic() {
		return
	}
	for _, a := range e.Actors {
		for n := range e.Targets {
			if a.Kind == Armed {
				break // rebels fight at home
			}
			if t := &e.Targets[n]; t.guessed && !a.guessed && t.Country == a.Country {
				t.Country = ""
			}
		}
	}
}

func distinct(list []Participant) []Participant {
	var out []Participant
	for _, p := range list {
		if !slices.ContainsFunc(out, func(q Participant) bool { return q.Span.Overlaps(p.Span) || q.Name == p.Name }) {
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
