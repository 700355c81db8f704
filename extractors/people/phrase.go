package people

import (
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

// A phrase is a noun phrase that says what somebody is: "the Turkish foreign
// minister", "spokesman for the Iraqi army".
type phrase struct {
	first, end int // tokens, with article and complement
	head       int // the first token of the office
	role       Role
	gender     gender
	definite   bool // "the", "his", "Iraq's"
	article    bool // any article or possessive stands before it
	age        string
	owner      int // the token of the person whose it is, or -1: "Lund's lawyer"
}

// openers may open a phrase; all but the last three make it definite.
var openers = set("the his her its their our my your this that a an another")

var indefinite = set("a an another")

// longestPhrase is the most tokens that a phrase has.
const longestPhrase = 24

// phrase reads the phrase that begins at token i and ends before limit.
func (r *reading) phrase(i, limit int) (phrase, bool) {
	p := phrase{first: i, head: -1, owner: -1}
	limit = min(limit, i+longestPhrase)
	if w := r.doc.Lower(i); openers[w] {
		p.article, p.definite = true, !indefinite[w]
		i++
	}
	words, end, o := r.core(&p, i, limit)
	if o == nil {
		return p, false
	}
	p.end, p.gender = end, o.gender
	p.role.class = o.class
	r.describe(&p, words, o)
	r.complement(&p, limit)
	p.role.Span = r.doc.Covering(min(words[0], p.head), p.end)
	return p, true
}

// core reads the words of p up to its head, from token i on. It returns the
// tokens that make the role's name, the token behind the head, and the office;
// nil when the words end in none.
func (r *reading) core(p *phrase, i, limit int) (words []int, end int, o *office) {
	for i < limit {
		found, next := r.officeAt(i, limit)
		switch c := r.countryAt(i); {
		case c != nil && next <= i+1:
			p.claim(c)
			next, o = r.past(i, c.End), nil
			if r.seat(c) {
				words = appendRange(words, i, next) // "the Pentagon spokesman"
			}
		case r.doc.Tag(i) == "POS":
			if r.person[i-1] >= 0 {
				p.owner = i - 1
			}
			words, next, o, p.definite = nil, i+1, nil, true
		case r.person[i] >= 0:
			if next, o = r.personEnd(i), nil; next >= limit || r.doc.Tag(next) != "POS" {
				return words, i, nil
			}
		case found != nil && !r.adjectival(i, next, limit):
			p.head, o, words = i, found, appendRange(words, i, next)
		case !r.nominal(i):
			return words, i, o
		default:
			next, o = i+1, nil
			if years, ok := strings.CutSuffix(r.doc.Lower(i), "-year-old"); ok {
				p.age = years
			} else {
				words = append(words, i)
			}
		}
		i = next
	}
	return words, i, o
}

// claim takes c as the country of p if it has none.
func (p *phrase) claim(c *countries.Mention) {
	if p.role.Country == "" && !c.Disputed {
		p.role.Country = c.Country
	}
}

// appendRange appends the tokens [first, last).
func appendRange(words []int, first, last int) []int {
	for i := first; i < last; i++ {
		words = append(words, i)
	}
	return words
}

// seat reports whether c names a seat of government and not the country: its
// name stays a part of the role.
func (r *reading) seat(c *countries.Mention) bool { return c.Kind == countries.Capital && !c.Place }

// past returns the token at which offset has been passed.
func (r *reading) past(i, offset int) int {
	for i < len(r.doc.Tokens) && r.doc.Tokens[i].Start < offset {
		i++
	}
	return i
}

// personEnd returns the token behind the name that token i is in.
func (r *reading) personEnd(i int) int {
	n := r.person[i]
	for i < len(r.person) && r.person[i] == n {
		i++
	}
	return i
}

// officeAt returns the longest office at token i, as a title or in any other use.
func (r *reading) officeAt(i, limit int) (*office, int) {
	limit = min(limit, len(r.doc.Tokens))
	t, end := r.lex.offices.longest(r.doc, i, limit, true)
	n, last := r.lex.offices.longest(r.doc, i, limit, false)
	if t != nil && end >= last {
		return t, end
	}
	return n, last
}

// adjectival reports whether the office at tokens [i, next) only describes the
// one that follows: "deputy minister".
func (r *reading) adjectival(i, next, limit int) bool {
	return next < limit && next == i+1 && lesser[r.doc.Lower(i)]
}

// lesser are words before an office that lower it.
var lesser = set("deputy vice assistant associate junior second-in-command alternate sub")

// nominal reports whether token i may be a word of a phrase before its head.
func (r *reading) nominal(i int) bool {
	w := r.doc.Lower(i)
	if calendar[w] || w == "" {
		return false
	}
	if r.upper[i] { // where every word is tagged as a name
		return portfolios[w] || qualifiers[w] || notModifiers[w] || lesser[w]
	}
	switch tag := r.doc.Tag(i); {
	case strings.HasPrefix(tag, "NN"), strings.HasPrefix(tag, "JJ"):
		return isWordy(r.doc.Word(i))
	case tag == "VBN" || tag == "VBG":
		return qualifiers[w] || formerly[w] || notModifiers[w] || openers[r.doc.Lower(i-1)] && strings.HasPrefix(r.doc.Tag(i+1), "NN")
	case tag == "CD":
		return strings.HasSuffix(w, "th") || strings.HasSuffix(w, "st") || strings.HasSuffix(w, "nd") || strings.HasSuffix(w, "rd") || strings.HasSuffix(w, "-year-old")
	}
	return formerly[w]
}

// portfolios are usual words before an office, all that is taken in text in
// capitals.
var portfolios = set(`foreign defense defence interior finance justice health education labor labour agriculture economy trade industry transport information energy
	oil planning security army navy police air force armed forces national state government military guerrilla rebel party peace human rights political supreme court
	opposition congressional senate union student general deputy public works press presidential vice brigade battalion division regional joint chiefs staff intelligence`)

func isWordy(w string) bool { return text.IsCased(w) }

var calendar = set("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december yesterday today tomorrow")
