package events

import (
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
)

// locate takes from adjunct a where e happens, where from and where to.
func (r *reader) locate(e *Event, a adjunct) {
	p := r.phrase(a.head)
	place := r.placeOf(p)
	if place == nil {
		return
	}
	switch a.word {
	case "from", "out of", "of ":
		if e.Type == Withdraw && a.word == "from" {
			e.setPlace(place)
			if e.Origin == "" {
				e.Origin = place.Country
			}
		}
		if e.Type == Deploy && a.word == "from" && e.Origin == "" {
			e.Origin = place.Country
		}
	case "to", "into", "toward", "towards", "onto":
		if e.Type.moves() && e.Destination == "" {
			e.Destination = place.Country
		}
		if e.Type == Deploy || e.Type == Meet || e.Type == Attack {
			e.setPlace(place)
		}
	case "on", "against", "at", "over", "in", "inside", "near", "outside", "around", "across", "along", "off", "within", "throughout", "between", "above", "for":
		if a.word == "on" && e.Type == Meet && r.facts[a.head].country >= 0 || a.word == "between" && e.Type.mutual() {
			return // "talks on Mali"
		}
		if a.word != "against" && a.word != "for" || e.Type == Seize || e.Type == Strike {
			e.setPlace(place)
		}
	}
}

func (e *Event) setPlace(p *Place) {
	if e.Place == nil {
		e.Place = p
	}
}

// placeOf returns the place that p names or stands for, nil if it is none.
func (r *reader) placeOf(p *phrase) *Place {
	switch {
	case p.first == p.head && confined[r.doc.Lower(p.head)]:
		return nil
	case p.kind == Territory && p.country == "":
		out := &Place{Span: p.span, Country: r.home} // "the town": the one told before
		if r.place != nil && p.definite {
			out.Country = r.place.Country
		}
		return out
	case p.kind == Territory && r.site(p) != "": // "Israeli positions |in Lebanon|"
		return &Place{Span: p.span, Country: r.site(p), town: true}
	case p.place && p.kind&(Person|Armed) == 0:
		return &Place{Span: p.span, Country: p.country, town: p.kind == Territory}
	}
	return nil
}

// confined are the nouns that without an article tell a state, not a place: "sentenced to life in
// |prison|".
var confined = map[string]bool{"prison": true, "jail": true, "hospital": true, "court": true, "school": true, "college": true, "church": true, "port": true}

// ground takes the land that forces enter or leave, where it is the object.
func (r *reader) ground(e *Event, objects []int) {
	for _, h := range objects {
		p := r.phrase(h)
		if p.kind&(Territory|State) == 0 {
			continue
		}
		place := r.placeOf(p)
		if place == nil {
			continue
		}
		e.setPlace(place)
		if e.Type == Withdraw {
			e.Origin = place.Country
		} else {
			e.Destination = place.Country
		}
	}
}

// homeward are the words that say that the forces go to where they belong.
var homeward = map[string]bool{"return": true, "repatriate": true, "repatriation": true, "recall": true, "bring": true, "go": true}

// ends completes where a deployment goes to and a withdrawal comes from.
func (r *reader) ends(e *Event, c *clause) {
	switch e.Type {
	case Deploy:
		if e.Destination == "" && e.Place != nil {
			e.Destination = e.Place.Country
		}
		r.homeBase(e)
	case Withdraw:
		r.quarters(e, c)
		if e.Origin == "" && e.Place != nil && e.Place.Country != e.Destination {
			e.Origin = e.Place.Country
		}
		e.goHome()
		if e.Destination == "" && homeward[r.lemma(e.trigger)] && len(e.Actors) > 0 && e.Actors[0].Country != e.Origin {
			e.Destination = r.forces(c)
		}
	}
}

// goHome makes the country that withdraws the destination: "|Peru| withdraws from Chile".
func (e *Event) goHome() {
	if len(e.Actors) == 1 && e.Destination == "" && e.Actors[0].Kind == State && e.Origin != "" && e.Actors[0].Country != e.Origin {
		e.Destination = e.Actors[0].Country
	}
}

// stays are the verbs and nouns of forces that are where they were sent before.
var stays = map[string]bool{"base": true, "station": true, "patrol": true, "remain": true, "stay": true, "keep": true, "establish": true, "maintain": true, "presence": true, "guard": true, "be": true}

// homeBase makes their own country the origin of forces that go to another: "Peru sent
// |troops| into Chile".
func (r *reader) homeBase(e *Event) {
	if e.Origin != "" || e.Destination == "" || len(codes(e.Actors)) != 1 || stays[r.lemma(e.trigger)] {
		return
	}
	if a := e.Actors[0]; !a.guessed && a.Country != e.Destination && a.Kind&(State|Force|Government|Person) != 0 {
		e.Origin = a.Country
	}
}

func (r *reader) lemma(i int) string {
	w := r.doc.Lower(i)
	if l := r.lex.lemmas[w]; l != "" {
		return l
	}
	return w
}

// forces returns whose the forces are that move.
func (r *reader) forces(c *clause) countries.Code {
	for _, h := range append(append([]int(nil), c.objects...), c.actors...) {
		if p := r.phrase(h); p.country != "" {
			return p.country
		}
	}
	return ""
}

// quarters finds from where forces withdraw in what is told of them: "the return
// of 500 men |training in Kenya|".
func (r *reader) quarters(e *Event, c *clause) {
	if e.Place != nil {
		return
	}
	for _, h := range append(append([]int(nil), c.objects...), c.actors...) {
		_, last := r.tree.Subtree(h)
		for i := h + 1; i < last; i++ {
			if w := r.preposition(i); w != "in" && w != "at" && w != "from" {
				continue
			}
			if p := r.phrase(i); p.place && p.country != "" {
				e.Place, e.Origin = &Place{Span: p.span, Country: p.country}, p.country
				return
			}
		}
	}
}

// places gives each event of the sentence that has no place of its own that of
// its clause, of its object, of the sentence, or that told last.
func (r *reader) places() {
	told, named := r.toldPlace()
	for _, e := range r.triggers {
		if e.Place == nil {
			e.Place = r.objectPlace(e)
		}
		if e.Place == nil {
			e.Place = r.clausePlace(e)
		}
		if e.Place == nil && e.Type.seated() {
			e.Place = r.placeAfter(e)
		}
		if e.Place == nil && (e.Type.local() || e.Type == Mobilize) {
			e.Place = r.subjectPlace(e)
		}
		r.situate(e, told)
		settleIn(e, r.home)
		if e.Place == nil && e.Type.local() {
			e.Place = told
		}
		if e.Place == nil && e.Type.violent() {
			e.Place = targetLand(e)
		}
		if e.Place == nil && e.Type.domestic() {
			e.Place = ownLand(e)
		}
		if e.Place == nil && e.Type.local() {
			e.Place = r.place
		}
		if e.Place == nil && e.Type.local() && !r.acts(e, named) {
			e.Place = named
		}
		if e.Type == Deploy && e.Destination == "" && e.Place != nil {
			e.Destination = e.Place.Country
		}
		if e.Type == Withdraw && e.Origin == "" && e.Place != nil && e.Place.Country != e.Destination {
			e.Origin = e.Place.Country
			e.goHome()
		}
	}
	if told != nil {
		r.place = told
	}
}

// modifies reports whether the country at token i only says whose officials or forces
// somebody is: "|U.S.| officials say".
func (r *reader) modifies(i int) bool {
	if i < r.sentence.First {
		return false
	}
	switch r.tree.Label(i) {
	case syntax.Compound, syntax.Amod, syntax.NmodPoss, syntax.NmodDesc:
		h := r.tree.Head(i)
		return h > i && r.phrase(h).kind&political != 0
	}
	return false
}

// situate gives the ground where e happens, of which its own words do not tell the
// country, that in which the sentence plays: "|In Syria|, they took more territory".
func (r *reader) situate(e *Event, told *Place) {
	if e.Place == nil || e.Place.Country != "" {
		return
	}
	where := r.placeAfter(e)
	if where == nil || where.Country == "" {
		where = told
	}
	if where != nil {
		p := *e.Place
		p.Country = where.Country
		e.Place = &p
	}
}

// targetLand returns the country that e is done to: "Peru invaded |Chile|".
func targetLand(e *Event) *Place {
	for _, t := range e.Targets {
		if t.Kind == State && t.Country != "" && !t.guessed {
			return &Place{Span: t.Span, Country: t.Country, near: true}
		}
	}
	return nil
}

// ownLand returns the country whose authorities or police do e, mostly done at home: "the
// |Peruvian| police arrested nine men".
func ownLand(e *Event) *Place {
	for _, a := range e.Actors {
		if a.Country != "" && !a.guessed && (a.Kind == Government || strings.HasSuffix(strings.ToLower(a.Name), "police")) {
			return &Place{Span: a.Span, Country: a.Country, near: true}
		}
	}
	return nil
}

// acts reports whether p is only the name of one who acts in e, elsewhere or not yet:
// "|Peru| denies planning to invade".
func (r *reader) acts(e *Event, p *Place) bool {
	if (e.Status == Occurred || e.Status == Ongoing) && !e.Type.moves() {
		return false
	}
	for _, a := range e.Actors {
		if p != nil && a.Kind == State && (a.Span.Overlaps(p.Span) || r.doc.Slice(a.Span) == r.doc.Slice(p.Span)) {
			return true
		}
	}
	return false
}

// local reports whether a t happens at one place, which the sentence is likely to tell.
func (t Type) local() bool {
	switch t {
	case Strike, Attack, Clash, Seize, Detain, Protest, Coerce, Deploy, Withdraw:
		return true
	}
	return false
}

// seated reports whether a t is mostly held somewhere.
func (t Type) seated() bool {
	return t == Meet || t == Exercise || t == Train || t == Agree || t == Cooperate || t == Ceasefire || t == Release || t.local()
}

// placeAfter returns the place that a preposition ties to what stands before it, the
// first after e's trigger with no verb or other action between: "met the president of
// Peru |in Quito|".
func (r *reader) placeAfter(e *Event) *Place {
	for k := e.trigger + 1; k < min(r.sentence.Last, e.trigger+maxPhrase); k++ {
		if r.verbal(k) || r.doc.Word(k) == ";" {
			return nil
		}
		switch w := r.doc.Lower(k); {
		case w == "over" || w == "into" && e.Type != Deploy || w == "along":
			continue
		case !locative[w] && !(w == "from" && e.Type == Withdraw) && !(w == "to" && e.Type == Deploy):
			continue
		}
		h := r.complement(k)
		if h < 0 || r.facts[h].date >= 0 {
			continue
		}
		if p := r.phrase(h); p.place && p.kind&(Territory|State) != 0 {
			return r.placeOf(p)
		}
	}
	return nil
}

// objectPlace returns the land that the event is done to.
func (r *reader) objectPlace(e *Event) *Place {
	if e.Type != Seize && e.Type != Strike && e.Type != Attack && e.Type != Coerce && e.Type != Meet {
		return nil
	}
	for _, h := range r.heads(e) {
		if p := r.phrase(h); p.kind&(Territory|State) != 0 {
			return r.placeOf(p)
		}
	}
	return nil
}

// subjectPlace returns where those are who do e: "soldiers |across the country| were put on alert".
func (r *reader) subjectPlace(e *Event) *Place {
	s := r.tree.Child(e.node, syntax.Nsubj, syntax.NsubjPass)
	if s < 0 || !r.verbal(e.node) {
		return nil
	}
	for _, a := range r.adjuncts(s) {
		if !locative[a.word] {
			continue
		}
		if land := r.landOf(a.head); land != "" {
			return &Place{Span: r.phrase(a.head).span, Country: land}
		}
		if p := r.phrase(a.head); p.place && p.country != "" && p.kind&(Territory|State) != 0 {
			return r.placeOf(p)
		}
	}
	return nil
}

// heads returns the heads of what e is done to.
func (r *reader) heads(e *Event) []int {
	if r.verbal(e.node) {
		return r.objects(e.node)
	}
	var out []int
	for _, a := range r.adjuncts(e.node) {
		if a.word == "on" || a.word == "of" || a.word == "against" {
			out = append(out, a.head)
		}
	}
	return out
}

// clausePlace returns a place told with the verbs that e hangs on, up to the
// first of saying.
func (r *reader) clausePlace(e *Event) *Place {
	n := e.node
	for range maxClimb {
		h := r.tree.Head(n)
		if h < 0 || r.tree.Label(n) == syntax.Ccomp {
			return nil
		}
		for _, a := range r.adjuncts(h) {
			if locative[a.word] {
				if p := r.phrase(a.head); p.place {
					return r.placeOf(p)
				}
			}
		}
		n = h
	}
	return nil
}

var locative = map[string]bool{"in": true, "at": true, "near": true, "outside": true, "inside": true, "across": true, "around": true, "off": true, "along": true, "over": true, "into": true}

// toldPlace returns the first place that stands after a locative preposition,
// and the first that the sentence names.
func (r *reader) toldPlace() (told, named *Place) {
	for n := range r.found.Countries {
		m := &r.found.Countries[n]
		if m.Start < r.sentence.Start || m.End > r.sentence.Span.End || !m.Place || r.doc.RoleAt(m.Start) != text.News {
			continue
		}
		first, end := r.doc.TokensIn(m.Span)
		for k := first - 1; k >= max(r.sentence.First, first-4); k-- {
			if locative[r.doc.Lower(k)] {
				return &Place{Span: m.Span, Country: m.Country, near: true}, named
			}
		}
		if named == nil && !r.modifies(end-1) {
			named = &Place{Span: m.Span, Country: m.Country, near: true}
		}
	}
	return nil, named
}
