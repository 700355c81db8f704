package events

import (
	"strings"

	"sitrep/extractors/text"
)

// mayHold reports whether s may tell an event, so that parsing it is worth while:
// whether the words of an entry of the lexicon stand in it, and somebody who may
// take part, or where forces are.
func (r *reader) mayHold(s text.Sentence) bool {
	if !r.peopled(s) && !r.timed(s) {
		r.skip(s.First, s.Last, Unpeopled, "")
		return false
	}
	return r.worded(s) || r.stationed(s)
}

// stationed reports whether s may tell where forces are: "800 marines |are in| the port".
func (r *reader) stationed(s text.Sentence) bool {
	forces := false
	for i := s.First; i+2 < s.Last; i++ {
		w := r.doc.Lower(i)
		forces = forces || r.lex.kinds[w] == Force
		if forces && forms[w] && (standing[r.doc.Lower(i+1)] || standing[r.doc.Lower(i+2)]) {
			return true
		}
	}
	return false
}

// forms are those of "be" that say where somebody is.
var forms = map[string]bool{"are": true, "is": true, "were": true, "was": true, "been": true, "be": true}

// timed reports whether s may only say when an action told before took place: "the attack
// occurred on Monday".
func (r *reader) timed(s text.Sentence) bool {
	dated, happened := false, false
	for i := s.First; i < s.Last; i++ {
		dated = dated || r.facts[i].date >= 0
		happened = happened || happens[r.doc.Lower(i)]
	}
	return dated && happened
}

// peopled reports whether s mentions anybody political, if only as "they".
func (r *reader) peopled(s text.Sentence) bool {
	for i := s.First; i < s.Last; i++ {
		f := r.facts[i]
		if f.person >= 0 || f.country >= 0 || f.group >= 0 || f.count >= 0 || r.doc.Tag(i) == "PRP" || r.lex.kinds[r.doc.Lower(i)]&political != 0 {
			return true
		}
	}
	return false
}

// worded reports whether all words of an entry stand in s.
func (r *reader) worded(s text.Sentence) bool {
	for i := s.First; i < s.Last; i++ {
		if r.candidate(i, s.Last) != nil {
			return true
		}
	}
	return false
}

// candidate returns the first entry that the word at i may begin, nil if there is none.
func (r *reader) candidate(i, last int) *entry {
	w := r.doc.Lower(i)
	if len(w) < 2 {
		return nil
	}
	tag := r.doc.Tag(i)[0]
	likely, other := r.lex.nouns[w], r.lex.verbs[w]
	if tag == 'V' {
		likely, other = other, likely
	}
	for _, list := range [...][]*entry{likely, other} {
		for _, e := range list {
			verbal := tag == 'V' || (tag == 'J' || tag == 'N') && e.typ != Meet && len(w) > 4
			if (verbal || !e.verb) && r.follow(e, i, last) {
				return e
			}
		}
	}
	return nil
}

// follow reports whether the words and needs of e stand after token i, before
// token last.
func (r *reader) follow(e *entry, i, last int) bool {
	for _, w := range e.words[1:] {
		if !r.stands(w, i+1, min(last, i+1+reach)) {
			return false
		}
	}
	for _, need := range e.needs {
		for _, w := range strings.Split(need, "|") {
			if r.stands(w, r.firstOf(i), last) {
				return true
			}
		}
	}
	return len(e.needs) == 0
}

// firstOf returns a token before i where what a verb is done to may begin.
func (r *reader) firstOf(i int) int { return max(0, i-2*reach) }

func (r *reader) stands(w string, first, last int) bool {
	for i := first; i < last; i++ {
		if r.doc.Lower(i) == w {
			return true
		}
	}
	return false
}
