package people

import (
	"strings"

	"sitrep/extractors/text"
)

// withoutThings drops the candidates that are called after persons but are none:
// ships, airports, storms, companies, works, laws.
func (r *reading) withoutThings(all []candidate) []candidate {
	words := wordsOf(all)
	things := map[string]bool{} // the names of several words that are things somewhere
	drop := make([]bool, len(all))
	for n := range all {
		c := &all[n]
		if c.rule == "byline" {
			continue
		}
		drop[n] = r.thing(c) || r.paired(c, words)
		if drop[n] && c.last-c.first > 1 && !r.work(c.first) {
			things[r.key(c)] = true
		}
	}
	kept := all[:0]
	for n, c := range all {
		if !drop[n] && (c.rule == "byline" || !things[r.key(&c)]) {
			kept = append(kept, c)
		}
	}
	return kept
}

func (r *reading) key(c *candidate) string {
	return strings.ToLower(r.doc.Slice(r.doc.Covering(c.first, c.last)))
}

// thing reports whether the words beside c make it something else than a person.
func (r *reading) thing(c *candidate) bool {
	previous, next := r.doc.Word(c.first-1), r.doc.Word(c.last)
	switch {
	case r.lex.things[next]&after != 0: // "Truman Library"
		return true
	case r.lex.things[previous]&before != 0: // "carrier Carl Vinson"
		return true
	case next == "&" && (c.last-c.first == 1 || firms[r.doc.Word(c.last+1)]), previous == "&" && c.last-c.first == 1: // "Lund & Sons"
		return true
	case r.lex.things[r.doc.Word(c.last-1)]&end != 0 && c.last-c.first > 1: // "Lund Holdings"
		return true
	case c.last-c.first == 1 && c.rule == "tagger" && strings.HasSuffix(r.doc.Word(c.first), ".") && len(r.doc.Word(c.first)) > 2: // "Pa."
		return true
	case r.acronymic(c), r.ordinary(c), r.company(c):
		return true
	case strings.EqualFold(previous, "the") && c.rule != "title" && !r.modifies(c.last): // "the Henrique Leal sailed"
		return true
	}
	return r.work(c.first) && r.quote[c.first] == r.quote[c.last-1]
}

// paired reports whether c is two persons in one word: "Clinton-Gore".
func (r *reading) paired(c *candidate, words map[string]bool) bool {
	a, b, found := strings.Cut(r.doc.Word(c.first), "-")
	return found && c.last-c.first == 1 && c.rule == "tagger" && !articles[strings.ToLower(a)] && words[fold(a)] && words[fold(b)]
}

// firms end the name of a company behind "&".
var firms = set("Co Co. Sons Son Company Partners Bros Brothers Associates")

// acronymic reports whether a word of c is an acronym: "W D PCT". Numbers of
// kings and words in headlines are none.
func (r *reading) acronymic(c *candidate) bool {
	if r.upper[c.first] || c.rule == "title" || r.part[c.first] == text.Author {
		return false
	}
	for i := c.first; i < c.last; i++ {
		w := r.doc.Word(i)
		if len(w) > 1 && len(w) < 5 && shouting(w) && strings.Trim(w, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && strings.Trim(w, "IVX") != "" {
			return true
		}
	}
	return false
}

// ordinary reports whether c is one word that the text also writes small, and
// that stands nowhere with a title or in a longer name: "Leader Captured".
func (r *reading) ordinary(c *candidate) bool {
	if c.last-c.first > 1 || c.rule != "tagger" {
		return false
	}
	w, small := r.doc.Lower(c.first), r.smallWords()
	stem, past := strings.CutSuffix(w, "ed")
	return !r.surnames()[w] && (small[w] || past && (small[stem] || small[stem+"e"] || small[stem+"ing"]))
}

// company reports whether c is one word that elsewhere opens the name of a company:
// "Lund Motor Co."
func (r *reading) company(c *candidate) bool {
	return c.last-c.first == 1 && c.rule == "tagger" && r.companies()[r.doc.Lower(c.first)] && !r.surnames()[r.doc.Lower(c.first)]
}

// companies returns the words that open the names of companies.
func (r *reading) companies() map[string]bool {
	if r.firms == nil {
		r.firms = map[string]bool{}
		for i := 1; i < len(r.doc.Tokens); i++ {
			if r.lex.things[r.doc.Word(i)]&firm == 0 || r.upper[i] {
				continue
			}
			first := i
			for first > 0 && i-first < 4 && capitalised(r.doc.Word(first-1)) && r.sentence[first-1] == r.sentence[i] {
				first--
			}
			if first < i {
				r.firms[r.doc.Lower(first)] = true
			}
		}
	}
	return r.firms
}

// smallWords returns the words that the text writes in small letters.
func (r *reading) smallWords() map[string]bool {
	if r.small == nil {
		r.small = map[string]bool{}
		for i := range r.doc.Tokens {
			if w := r.doc.Word(i); len(w) > 2 && w == r.doc.Lower(i) {
				r.small[w] = true
			}
		}
	}
	return r.small
}

// modifies reports whether a name before token i can belong to the noun phrase
// that goes on there: "the Lund government", "the Lunds' house".
func (r *reading) modifies(i int) bool {
	tag := r.doc.Tag(i)
	return strings.HasPrefix(tag, "NN") || strings.HasPrefix(tag, "JJ") || tag == "POS" || tag == "VBG" || tag == "CD" || tag == "VBN"
}

// wordsOf returns the words of all names that are not hyphenated.
func wordsOf(all []candidate) map[string]bool {
	out := map[string]bool{}
	for _, c := range all {
		if len(c.form.words) == c.last-c.first {
			for _, w := range c.form.words {
				out[w] = true
			}
		}
	}
	return out
}

// withoutNoise drops what only a headline in capitals shows, where large letters
// tell nothing: it stays if the news names somebody so, or if it opens with a
// first name. A text that is all in capitals keeps its names.
func (r *reading) withoutNoise(all []candidate) []candidate {
	named := map[string]bool{}
	mixed := false
	for i := range r.upper {
		mixed = mixed || !r.upper[i]
	}
	for _, c := range all {
		if !r.upper[c.first] {
			for _, w := range c.form.words {
				named[w] = true
			}
		}
	}
	kept := all[:0]
	for _, c := range all {
		if !mixed || !r.upper[c.first] || c.rule != "tagger" || r.backed(&c, named) {
			kept = append(kept, c)
		}
	}
	return kept
}

func (r *reading) backed(c *candidate, named map[string]bool) bool {
	for _, w := range c.form.words {
		if named[w] && len(w) > 2 {
			return true
		}
	}
	_, given := r.lex.given[c.form.words[0]]
	return given && len(c.form.words) > 1
}
