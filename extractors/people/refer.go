package people

import (
	"slices"

	"sitrep/extractors/text"
)

// A referrer walks through the news and ties to the named persons the pronouns
// and phrases that stand for them, where only one of them can be meant.
type referrer struct {
	*reading
	people   []Person
	at       []int32        // the person named by a token, or -1
	told     []bool         // part of the words that give somebody a role
	here     []entity       // of the sentence at hand, outside quotations
	before   []entity       // of the last sentence that had any
	gap      int            // sentences since then
	ages     map[string]int // who is so old; -1 where several are
	byOffice map[string][]int
	unnamed  map[string]int // by office, the token where somebody without a name last had it
}

// An entity is somebody whom a sentence speaks of.
type entity struct {
	person  int // index, or below 0 for somebody without a name
	gender  gender
	end     int // token behind
	subject bool
}

// refer gives the people their references.
func (r *reading) refer(people []Person) {
	f := &referrer{reading: r, people: people, at: make([]int32, len(r.doc.Tokens)), told: make([]bool, len(r.doc.Tokens)), ages: map[string]int{}, unnamed: map[string]int{}}
	for i := range f.at {
		f.at[i] = -1
	}
	for n := range people {
		f.mark(n)
	}
	for k, s := range r.doc.Sentences {
		if k > 0 && f.part[s.First] != f.part[r.doc.Sentences[k-1].First] {
			f.before, f.here = nil, nil
		}
		if f.part[s.First] == text.News || f.part[s.First] == text.Title || f.part[s.First] == text.Caption {
			f.sentenceOf(s)
		}
	}
	for n := range people {
		slices.SortFunc(people[n].References, func(a, b Reference) int { return a.Start - b.Start })
	}
}

// mark notes where person n is named and described.
func (f *referrer) mark(n int) {
	p := &f.people[n]
	for _, m := range p.Mentions {
		for i, last := f.doc.TokensIn(m.Span); i < last; i++ {
			f.at[i] = int32(n)
		}
	}
	for _, role := range p.Roles {
		for i, last := f.doc.TokensIn(role.Span); i < last; i++ {
			f.told[i] = true
		}
	}
	if p.age != "" {
		if _, two := f.ages[p.age]; two {
			f.ages[p.age] = -1
			return
		}
		f.ages[p.age] = n
	}
}

// sentenceOf reads one sentence from its first token to its last.
func (f *referrer) sentenceOf(s text.Sentence) {
	if len(f.here) > 0 {
		f.before, f.gap = f.here, 0
	} else {
		f.gap++
	}
	f.here = nil
	for i := s.First; i < s.Last; {
		i = f.next(i, s)
	}
}

// next reads what stands at token i and returns the token behind it.
func (f *referrer) next(i int, s text.Sentence) int {
	if n := int(f.at[i]); n >= 0 {
		end := i + 1
		for end < s.Last && int(f.at[end]) == n {
			end++
		}
		f.meet(entity{person: n, gender: f.people[n].gender, end: end, subject: f.isSubject(f.leadOf(i), end, s)}, i)
		return end
	}
	if f.doc.Lower(i) == "the" && !f.told[i] {
		if end := f.description(i, s); end > i {
			return end
		}
	}
	if g, ok := pronouns[f.doc.Lower(i)]; ok {
		if f.quote[i] < 0 {
			f.pronoun(i, g, s)
		}
		return i + 1
	}
	if end, g := f.somebody(i, s); end > i {
		f.meet(entity{person: -1 - i, gender: g, end: end, subject: f.isSubject(f.opening(i, s), end, s)}, i)
		return end
	}
	return i + 1
}

// meet takes up an entity that the sentence speaks of at token i.
func (f *referrer) meet(e entity, i int) {
	if f.quote[i] >= 0 {
		return
	}
	if n := len(f.here); n > 0 && e.subject && f.doc.Lower(f.here[n-1].end) == "and" && f.here[n-1].end+1 >= i-3 {
		f.here[n-1].subject = true // "Moe and Gen. Lund spoke"
	}
	f.here = append(f.here, e)
}

// leadOf returns the token where the titles before the name at token i begin.
func (f *referrer) leadOf(i int) int {
	if n := f.person[i]; n >= 0 && f.all[n].first == i {
		return f.all[n].lead
	}
	return i
}

// opening returns the token where the noun phrase that ends with token i begins.
func (f *referrer) opening(i int, s text.Sentence) int {
	for i > s.First && (f.nominal(i-1) || f.country[i-1] >= 0) {
		i--
	}
	if i > s.First && openers[f.doc.Lower(i-1)] {
		i--
	}
	return i
}

// isSubject reports whether the noun phrase of tokens [first, end) is the subject
// of its clause: a finite verb follows, at once or behind an apposition, and no
// preposition stands before; or a verb of saying stands before: "said Lund".
func (f *referrer) isSubject(first, end int, s text.Sentence) bool {
	for first > s.First && f.at[first-1] < 0 && (f.proper(first-1) || f.doc.Word(first-1) == "&") {
		first--
	}
	if first > s.First {
		if saying[f.doc.Lower(first-1)] && f.finite(first-1) {
			return true
		}
		if tag := f.doc.Tag(first - 1); tag == "TO" || tag == "IN" && !conjunctions[f.doc.Lower(first-1)] || tag == "VBD" || tag == "VB" || tag == "VBG" {
			return false
		}
	}
	return f.verbFollows(f.behindApposition(end, s), s)
}

func (f *referrer) verbFollows(i int, s text.Sentence) bool {
	if i < s.Last && (f.doc.Tag(i) == "RB" || calendar[f.doc.Lower(i)] || f.doc.Lower(i) == "on" && calendar[f.doc.Lower(i+1)]) {
		i++
		if i < s.Last && calendar[f.doc.Lower(i)] {
			i++
		}
	}
	return i < s.Last && f.finite(i)
}

// behindApposition returns the token behind what commas set off at token i.
func (f *referrer) behindApposition(i int, s text.Sentence) int {
	if w := f.doc.Word(i); w != "," {
		return i
	}
	for k := i + 1; k < min(i+25, s.Last); k++ {
		if f.doc.Word(k) == "," && (f.finite(k+1) || f.doc.Tag(k+1) == "RB") {
			return k + 1
		}
	}
	return i
}

// saying are verbs of speech that may stand before their subject.
var saying = set("said says added declared insisted argued explained noted stated announced wrote recalled replied claimed continued")

// conjunctions are tagged as prepositions but open clauses.
var conjunctions = set("that after before when while as because if although though since until whether where but and than what")

// somebody reads a person without a name who is spoken of at token i in the
// singular: "a witness", "his wife". It returns the end, or i.
func (f *referrer) somebody(i int, s text.Sentence) (int, gender) {
	w := f.doc.Lower(i)
	if f.doc.Tag(i) != "NN" && !openers[f.doc.Lower(i-1)] || f.told[i] || f.at[i] >= 0 {
		return i, unknown
	}
	if g, ok := humans[w]; ok {
		return i + 1, g
	}
	o, end := f.lex.offices.longest(f.doc, i, s.Last, false)
	if o == nil || f.doc.Tag(end) == "NN" || f.doc.Tag(end) == "NNS" {
		return i, unknown
	}
	if !f.determined(i, s) {
		return i, unknown // "she spoke as secretary of state"
	}
	f.unnamed[lastWord(f.wordsOf(i, end))] = i
	return end, o.gender
}

// determined reports whether the noun phrase that ends with token i has an
// article, a possessive or "one" before it.
func (f *referrer) determined(i int, s text.Sentence) bool {
	first := f.opening(i, s)
	return openers[f.doc.Lower(first)] || first > s.First && (f.doc.Tag(first-1) == "POS" || f.doc.Tag(first-1) == "CD")
}

// humans are nouns for persons that are no offices.
var humans = map[string]gender{"man": male, "woman": female, "boy": male, "girl": female, "person": unknown, "child": unknown, "baby": unknown, "teenager": unknown,
	"youth": male, "lady": female, "gentleman": male, "guy": male, "infant": unknown, "someone": unknown, "somebody": unknown, "anyone": unknown, "everyone": unknown,
	"nobody": unknown, "individual": unknown, "attacker": unknown, "god": male, "pope": male}
