package events

import "sitrep/extractors/syntax"

// answerable puts whose they are in the place of the deeds, plans and words that the
// verb of c blames or praises: "condemned |Sudanese| aggression against Chad", "hailed
// the |army's| advance", "backed |Ann Holm's| plan". What nobody owns is dropped, with
// what is told of it.
func (r *reader) answerable(c *clause) {
	var out []int
	for _, h := range c.objects {
		p := r.phrase(h)
		if p.kind&(political|Captive) != 0 || r.pronoun(p) || both[r.doc.Lower(h)] {
			out = append(out, h)
			continue
		}
		c.adjuncts = r.adjuncts(c.node)
		if o := r.holder(h); o >= 0 {
			out = append(out, o)
		}
	}
	c.objects = out
}

// holder returns the head of those whose the noun at h is, -1 if the text does not tell.
func (r *reader) holder(h int) int {
	for k := range r.tree.Children(h) {
		switch r.tree.Label(k) {
		case syntax.NmodPoss, syntax.NmodDesc:
			if p := r.phrase(k); p.kind&political != 0 || r.pronoun(p) {
				return k
			}
		case syntax.Amod, syntax.Compound:
			if p := r.phrase(k); k < h && p.kind&political != 0 && (p.country == "" || p.kind != State || r.pos(k)[0] == 'J') && namesActor(r, p) {
				return k
			}
		}
	}
	for _, a := range r.adjuncts(h) {
		if (a.word == "by" || a.word == "of" && !r.deed(r.doc.Lower(h)) && !abstract(r.doc.Lower(h))) && r.phrase(a.head).kind&political != 0 {
			return a.head
		}
	}
	return -1
}

// deed reports whether the noun w alone names an action.
func (r *reader) deed(w string) bool {
	for _, e := range r.lex.nouns[w] {
		if len(e.words) == 1 {
			return true
		}
	}
	return false
}
