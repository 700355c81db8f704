package people

import (
	"slices"
	"strings"
	"unicode"

	"sitrep/extractors/countries"
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
		if c := r.countryAt(i); c != nil && !r.titled1(i) {
			if p.role.Country == "" && !c.Disputed {
				p.role.Country = c.Country
			}
			end := r.past(i, c.End)
			for ; r.seat(c) && i < end; i++ {
				words = append(words, i) // "the Pentagon spokesman"
			}
			i, o = end, nil
			continue
		}
		if r.doc.Tag(i) == "POS" {
			if r.person[i-1] >= 0 {
				p.owner = i - 1
			}
			words, o, p.definite = nil, nil, true
			i++
			continue
		}
		if r.person[i] >= 0 {
			if last := r.personEnd(i); last < limit && r.doc.Tag(last) == "POS" {
				i, o = last, nil
				continue
			}
			break
		}
		if found, next := r.officeAt(i, limit); found != nil && !r.adjectival(i, next, limit) {
			p.head, o = i, found
			for ; i < next; i++ {
				words = append(words, i)
			}
			continue
		}
		if !r.nominal(i) {
			break
		}
		if years, ok := strings.CutSuffix(r.doc.Lower(i), "-year-old"); ok {
			p.age = years
		} else {
			words = append(words, i)
		}
		o = nil
		i++
	}
	return words, i, o
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

// titled1 reports whether the country word at token i is a part of an office's
// name.
func (r *reading) titled1(i int) bool {
	_, end := r.officeAt(i, i+6)
	return end > i+1
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

func isWordy(w string) bool { return strings.ToLower(w) != strings.ToUpper(w) }

var calendar = set("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december yesterday today tomorrow")

// formerly are words that say that an office is held no more; acting ones that it
// is held for a time.
var formerly = set("former ex late then ousted deposed erstwhile one-time onetime ex- fallen toppled exiled")

// notModifiers are words before an office that do not belong to its name.
var notModifiers = set(`former late then ousted deposed erstwhile one-time onetime fallen toppled exiled visiting new old current incumbent outgoing incoming
	longtime long-time veteran fellow same other own top-ranking embattled beleaguered charismatic reclusive flamboyant powerful popular moderate prominent
	influential young elderly hard-line hardline controversial reformist two-term last first second third next reputed alleged suspected then-`)

// shapes are ends of words before an office that tell of the person, not of it.
var shapes = []string{"-based", "-born", "-led", "-backed", "-educated", "-trained", "-appointed", "-bred", "-old"}

func shaped(w string) bool {
	return slices.ContainsFunc(shapes, func(end string) bool { return strings.HasSuffix(w, end) })
}

// describe gives the role of p its name and what its modifiers say of it.
func (r *reading) describe(p *phrase, words []int, o *office) {
	var name []string
	bare := true // nothing but the office
	for _, i := range words {
		w := r.doc.Lower(i)
		if i < p.head {
			p.role.Former = p.role.Former || formerly[w]
			if (notModifiers[w] || shaped(w)) && len(name) == 0 {
				continue
			}
			bare = bare && (lesser[w] || qualifiers[w])
			if lesser[w] && p.role.class == state {
				p.role.class = government
			}
		}
		name = append(name, plainWord(r.doc.Word(i)))
	}
	p.role.Name = strings.Join(name, " ")
	p.role.office, p.role.owner = r.officeWords(p.head, words), p.owner
	if p.role.Former {
		p.role.Name = "former " + p.role.Name
	}
	if p.role.class == state && !bare && presides[r.doc.Lower(p.head)] {
		p.role.class = official // "club president"
	}
	if p.role.Country == "" {
		p.role.Country = r.implied(o.country)
	}
}

// plainWord returns w without marks of writing direction.
func plainWord(w string) string {
	if isASCII(w) {
		return w
	}
	return strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Cf, c) {
			return -1
		}
		return c
	}, w)
}

// officeWords returns the words of the office that begins at token head.
func (r *reading) officeWords(head int, words []int) string {
	var out []string
	for _, i := range words {
		if i >= head {
			out = append(out, officeKey(r.doc, i))
		}
	}
	return strings.Join(out, " ")
}

// qualifiers may stand before the office of a head of state.
var qualifiers = set("acting interim caretaker retired elected appointed transitional state federal provisional self-proclaimed designate de facto military crown elected re-elected then")

// presides are offices of states and of much else.
var presides = set("president chancellor premier ruler")

// implied returns the country that an office is of by itself, if the text speaks
// of it.
func (r *reading) implied(c countries.Code) countries.Code {
	if c != "" && r.mentioned(c) {
		return c
	}
	return ""
}

func (r *reading) mentioned(c countries.Code) bool {
	if r.codes == nil {
		r.codes = map[countries.Code]bool{}
		for _, m := range r.found {
			r.codes[m.Country] = true
		}
	}
	return r.codes[c]
}

// complement reads what stands behind the head of p: "for the Iraqi army", "of
// Poland", "to Washington", and moves its end.
func (r *reading) complement(p *phrase, limit int) {
	tells := true // what follows tells the office, and not where it is held
	for range 3 {
		w := r.doc.Lower(p.end)
		if !links[w] || p.end+1 >= limit {
			return
		}
		first := p.end + 1
		end, land, only := r.object(first, limit)
		if p.owner < 0 && end > first && r.person[end-1] >= 0 {
			p.owner = end - 1 // "aide to President Lund"
			p.role.owner = p.owner
		}
		if end == first || end > first && r.doc.Tag(end) == "POS" {
			return
		}
		owns := w == "of" || w == "for"
		if tells && owns && p.role.Country == "" {
			p.role.Country = land
		}
		if !owns && w != "to" {
			p.end, tells = end, false
			continue
		}
		if tells && (!only || w == "to") {
			p.role.Name = joinWords(p.role.Name, r.doc.Slice(r.doc.Covering(p.end, end)))
			if p.role.class == state && presides[r.doc.Lower(p.head)] {
				p.role.class = official // "president of the company"
			}
		}
		p.end = end
	}
}

// links join an office with what it is an office of.
var links = set("of for to in at with on from")

// object reads the noun phrase of a complement from token i on. It returns its
// end, the country that it names, and whether it is nothing but that country.
func (r *reading) object(i, limit int) (end int, land countries.Code, only bool) {
	first := i
	if w := r.doc.Lower(i); openers[w] {
		i++
	}
	start, named := i, false
	only = true
	for i < limit {
		if r.person[i] >= 0 {
			i, only = r.personEnd(i), false // "aide to President Lund"
			if r.doc.Tag(i) != "POS" {
				break
			}
			continue
		}
		if c := r.countryAt(i); c != nil {
			if land == "" && !c.Disputed {
				land, named = c.Country, c.Kind == countries.Name
			}
			i = r.past(i, c.End)
			continue
		}
		if w := r.doc.Lower(i); !r.nominal(i) && r.doc.Tag(i) != "POS" && w != "&" {
			// "the Ministry of Defence": one "of" between capitals
			if w != "of" || !capitalised(r.doc.Word(i-1)) || !capitalised(r.doc.Word(i+1)) || r.country[i+1] >= 0 {
				break
			}
		}
		only = false
		i++
	}
	if i == start {
		return first, "", false
	}
	return i, land, only && land != "" && named
}

func joinWords(a, b string) string { return strings.Join(strings.Fields(a+" "+b), " ") }
