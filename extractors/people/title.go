package people

import (
	"slices"
	"strings"
	"unicode"

	"sitrep/extractors/countries"
)

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

// shapes are ends of words before an office that tell of the person, not of it.
var shapes = []string{"-based", "-born", "-led", "-backed", "-educated", "-trained", "-appointed", "-bred", "-old"}

func shaped(w string) bool {
	return slices.ContainsFunc(shapes, func(end string) bool { return strings.HasSuffix(w, end) })
}

// formerly are words that say that an office is held no more; acting ones that it
// is held for a time.
var formerly = set("former ex late then ousted deposed erstwhile one-time onetime ex- fallen toppled exiled")

// notModifiers are words before an office that do not belong to its name.
var notModifiers = set(`former late then ousted deposed erstwhile one-time onetime fallen toppled exiled visiting new old current incumbent outgoing incoming
	longtime long-time veteran fellow same other own top-ranking embattled beleaguered charismatic reclusive flamboyant powerful popular moderate prominent
	influential young elderly hard-line hardline controversial reformist two-term last first second third next reputed alleged suspected then-`)

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
