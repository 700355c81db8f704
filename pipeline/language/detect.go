package language

import (
	"cmp"
	"slices"
)

// shares of words that are function words: a text with the first is in that
// language; with the second, if no other is near.
const (
	certain = 8  // one in 8
	likely  = 20 // one in 20
)

// A Finding is the language of a text.
type Finding struct {
	Code string // ISO 639-1, or Unknown
	Sure bool   // told by the text; otherwise by what was declared, or taken for English
}

// Of returns the language of a text of some paragraphs. Each has its say with
// the weight of its letters, so that a menu, a caption or a box in another
// language does not carry an article. What the sender declared counts where the
// text does not tell, and among languages that are hard to tell apart; it is an
// ISO 639-1 code, "" without one.
func Of(declared string, paragraphs ...string) Finding {
	votes := map[string]int{}
	var open []string
	rest, all := newTally(), newTally()
	for _, p := range paragraphs {
		t := newTally()
		t.add(p)
		all.join(t)
		if code := t.language(declared, p); code != "" {
			votes[code] += t.weight
		} else {
			rest.join(t)
			open = append(open, p)
		}
	}
	if code := rest.language(declared, open...); code != "" {
		votes[code] += rest.weight
	}
	if best := winner(votes); votes[best]*4 > all.weight {
		return Finding{best, true}
	}
	return Finding{all.guess(declared, paragraphs), false}
}

// winner returns the language with the most votes, English if it has as many.
func winner(votes map[string]int) string {
	best := English
	for code, n := range votes {
		if n > votes[best] || n == votes[best] && best != English && code < best {
			best = code
		}
	}
	return best
}

// language returns what a stretch is certainly written in, "" if that is open.
func (t *tally) language(declared string, text ...string) string {
	if code := t.byScript(); code != "" {
		return code
	}
	best := winner(t.hits)
	hits := t.hits[best]
	if hits < 2 || hits*likely < t.words || best != English && t.mayBeNames(hits) {
		return ""
	}
	near := t.near(best)
	if hits*certain < t.words && len(near) > 1 {
		return ""
	}
	return among(near, declared, text)
}

// near lists the languages, best first, that have nearly as many function words
// in t as the best: Danish and Norwegian have most in common.
func (t *tally) near(best string) []string {
	var others []string
	for code, n := range t.hits {
		if code != best && n*5 >= t.hits[best]*4 {
			others = append(others, code)
		}
	}
	slices.Sort(others)
	return append([]string{best}, others...)
}

// among chooses of languages that have nearly as many words in a text: what was
// declared, else English where it is one of them, else what the letters look like.
func among(near []string, declared string, text []string) string {
	switch {
	case len(near) == 1, slices.Contains(near, English):
		return near[0]
	case slices.Contains(near, declared):
		return declared
	}
	return cmp.Or(byTrigrams(text, near...), near[0])
}

// byScript returns the language of a stretch whose script tells it.
func (t *tally) byScript() string {
	code := winner(t.script)
	switch {
	case (t.script["ja"]+t.script["zh"])*2 > t.weight && t.script["ja"]*20 > t.weight:
		return "ja"
	case t.script[code]*2 > t.weight:
		return code
	}
	return ""
}

// mayBeNames reports whether the function words of another language than English
// may belong to names: "Rio de la Plata", a table of cyclists.
func (t *tally) mayBeNames(hits int) bool {
	plain, _ := t.plain()
	return t.isLatin() && (hits < 3 || plain*5 < t.words*2)
}

func (t *tally) isLatin() bool { return t.latin*2 >= t.weight }

// guess returns the likely language of a text whose words and letters do not
// tell. A word that begins small and has an accent is not English: "wysyła
// saperów", while "Łódź" and "Erdoğan" may be. Sentences without any known word
// are taken for what the letters look like, lists of names for English.
func (t *tally) guess(declared string, text []string) string {
	plain, strange := t.plain()
	sentences := plain*2 >= t.words
	foreign := !t.isLatin() || strange*12 >= t.words && strange > 0
	switch {
	case declared != "" && (declared != English || !foreign):
		return declared
	case foreign:
		return cmp.Or(byTrigrams(text), Unknown)
	case sentences:
		return cmp.Or(byTrigrams(text), English)
	}
	return English
}
