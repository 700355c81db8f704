package people

import (
	"slices"

	"sitrep/extractors/text"
)

// pronouns and the gender of those whom they stand for.
var pronouns = map[string]gender{"he": male, "him": male, "his": male, "himself": male, "she": female, "her": female, "hers": female, "herself": female}

// pronoun ties the pronoun at token i to the one person whom it can stand for.
func (f *referrer) pronoun(i int, g gender, s text.Sentence) {
	e, ok := f.antecedent(i, g, s)
	if !ok {
		return
	}
	if e.person < 0 {
		f.meet(entity{person: e.person, gender: g, end: i + 1, subject: f.nominative(i)}, i)
		return
	}
	p := &f.people[e.person]
	if p.gender == unknown {
		p.gender = g
	}
	p.References = append(p.References, Reference{f.doc.Tokens[i].Span, "pronoun"})
	f.meet(entity{person: e.person, gender: g, end: i + 1, subject: f.nominative(i)}, i)
}

func (f *referrer) nominative(i int) bool {
	w := f.doc.Lower(i)
	return w == "he" || w == "she"
}

// antecedent returns whom the pronoun at token i stands for: the only one of its
// gender in the sentence so far, the subject that the clause of the pronoun
// depends on ("Lund told Moe" leaves "he" open, "Lund said he" does not), or
// with nobody before it in the sentence the only one, or the only subject, of
// the sentence before.
func (f *referrer) antecedent(i int, g gender, s text.Sentence) (entity, bool) {
	list := f.here
	if n := len(list); n > 0 && f.objective(i) && list[n-1].subject && f.sameClause(list[n-1].end, i) {
		list = without(list, list[n-1].person) // "Lund met him"
	}
	switch here := agreeing(list, g); {
	case len(here) == 1:
		return here[0], here[0].subject || !f.nominative(i) || !f.rival(here[0], g)
	case len(here) > 1:
		e := latest(list, g)
		return e, e.subject && f.governs(e.end, i) || f.joined(e.end, i)
	}
	if f.gap > 1 || f.ahead(i, s) {
		return entity{}, false
	}
	before := agreeing(f.before, g)
	if len(before) == 1 {
		return before[0], true
	}
	return onlySubject(before)
}

// rival reports whether the sentence before has another subject than e that "he"
// may go on with: "Lund looked on. Inspired by Moe's work, he began".
func (f *referrer) rival(e entity, g gender) bool {
	if f.gap > 0 {
		return false
	}
	other, ok := onlySubject(agreeing(f.before, g))
	return ok && other.person != e.person
}

// objective reports whether the pronoun at token i is the object of a verb.
func (f *referrer) objective(i int) bool {
	w := f.doc.Lower(i)
	return w == "him" || w == "her" && f.doc.Tag(i) != "PRP$"
}

// sameClause reports whether nothing between a subject, up to token end, and
// token i begins another clause.
func (f *referrer) sameClause(end, i int) bool {
	for k := end; k < i; k++ {
		switch w := f.doc.Lower(k); {
		case w == "," || w == "and" || w == "to" || conjunctions[w] || w == "who" || w == "which":
			return false
		}
	}
	return true
}

func without(list []entity, person int) []entity {
	return slices.DeleteFunc(slices.Clone(list), func(e entity) bool { return e.person == person })
}

// agreeing returns those of list who can be of gender g, each once.
func agreeing(list []entity, g gender) []entity {
	var out []entity
next:
	for _, e := range list {
		if !e.gender.agrees(g) {
			continue
		}
		for k := range out {
			if out[k].person == e.person {
				out[k].subject = out[k].subject || e.subject
				out[k].end = e.end
				continue next
			}
		}
		out = append(out, e)
	}
	return out
}

func onlySubject(list []entity) (found entity, ok bool) {
	for _, e := range list {
		if !e.subject {
			continue
		}
		if ok {
			return entity{}, false
		}
		found, ok = e, true
	}
	return found, ok
}

// latest returns the last of list that can be of gender g.
func latest(list []entity, g gender) entity {
	for k := len(list) - 1; k >= 0; k-- {
		if list[k].gender.agrees(g) {
			return list[k]
		}
	}
	return entity{}
}

// governs reports whether nothing but a verb and "that" stands between token
// end, behind a subject, and the pronoun at token i: "said that he".
func (f *referrer) governs(end, i int) bool {
	if i-end > 4 {
		return false
	}
	verb := false
	for k := end; k < i; k++ {
		switch {
		case f.finite(k):
			verb = true
		case f.doc.Lower(k) != "that" && f.doc.Tag(k) != "RB" && f.doc.Tag(k) != "VBN" && !calendar[f.doc.Lower(k)] && f.doc.Lower(k) != "on":
			return false
		}
	}
	return verb
}

// joined reports whether the pronoun at token i goes on with the name that ends
// at token end: "Lund and his wife".
func (f *referrer) joined(end, i int) bool {
	return i-end == 1 && (f.doc.Lower(end) == "and" || f.doc.Lower(end) == "or")
}

// ahead reports whether the pronoun at token i can stand for somebody named
// behind it: "In his speech, Lund said". Such a sentence opens with a preposition
// and has had no comma yet.
func (f *referrer) ahead(i int, s text.Sentence) bool {
	if tag := f.doc.Tag(s.First); tag != "IN" && tag != "VBG" && tag != "TO" && tag != "VBN" {
		return false
	}
	for k := s.First; k < i; k++ {
		if f.doc.Word(k) == "," {
			return false
		}
	}
	return true
}
