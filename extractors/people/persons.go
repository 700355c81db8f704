package people

import (
	"slices"
	"strings"
	"unicode"

	"sitrep/extractors/text"
)

// persons makes the result of what was gathered. Who is named in no news and no
// byline, but in a box of links, is left out.
func (l *linker) persons() []Person {
	var out []Person
	for n := range l.people {
		w := &l.people[n]
		if len(w.mentions) == 0 || !l.told(w) {
			continue
		}
		p := Person{Name: l.fullest(w), Roles: w.roles, Author: w.author && !w.news, gender: w.gender, age: w.age, home: w.home}
		for _, c := range w.mentions {
			p.Mentions = append(p.Mentions, Mention{l.span(&c), c.rule})
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Person) int { return a.Mentions[0].Start - b.Mentions[0].Start })
	return out
}

// told reports whether w is named in the news or as an author.
func (l *linker) told(w *who) bool {
	return w.author || slices.ContainsFunc(w.mentions, func(c candidate) bool { return l.part[c.first] != text.Boilerplate })
}

// fullest returns the name of w with the most words, as the text first has it;
// one that is always written in capitals is rewritten.
func (l *linker) fullest(w *who) string {
	best := ""
	words, loud := 0, true
	for _, c := range w.mentions {
		name := strings.Join(strings.Fields(l.doc.Slice(l.span(&c))), " ")
		shouted := !strings.ContainsFunc(name, unicode.IsLower)
		if n := len(c.form.words); n > words || n == words && loud && !shouted {
			best, words, loud = name, n, shouted
		}
	}
	if loud && len(best) > 3 {
		return recased(best)
	}
	return best
}

// recased returns a name in capitals with only the first letters of its words
// large: "JUAN DEL RÍO" becomes "Juan del Río".
func recased(name string) string {
	var b strings.Builder
	for k, w := range strings.Fields(name) {
		if k > 0 {
			b.WriteByte(' ')
		}
		low := strings.ToLower(w)
		if k > 0 && particles[low] {
			b.WriteString(low)
			continue
		}
		opening := true
		for _, c := range low {
			if opening {
				c = unicode.ToUpper(c)
			}
			opening = !unicode.IsLetter(c)
			b.WriteRune(c)
		}
	}
	return b.String()
}

// genderOf tells the gender of a person by the first name.
func (l *linker) genderOf(f *form) gender {
	if f.family() || len(f.words) < 2 {
		return unknown
	}
	return l.lex.given[f.words[0]]
}
