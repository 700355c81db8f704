package events

import (
	"sitrep/extractors/syntax"
)

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
