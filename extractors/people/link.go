package people

import (
	"slices"

	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

// maxNamesakes is how many persons with one surname are compared with a mention;
// more stand in no article, but in lists without end.
const maxNamesakes = 12

// A linker gathers mentions into persons.
type linker struct {
	*reading
	people  []who
	byWord  map[string][]int // persons by each word of their names, the latest last
	authors map[string]int   // by the whole name
}

// A who is a person in the making.
type who struct {
	form     form // the fullest
	mentions []candidate
	roles    []Role
	gender   gender
	age      string
	home     countries.Code
	kin      bool // introduced as somebody's relative
	last     int  // token of the latest mention so far
	news     bool // named in the news
	author   bool // named in a byline
}

// link makes persons of the candidates: first of the names of several words, so
// that a surname finds its bearer wherever it stands, then of the single words.
func (r *reading) link(all []candidate, roles [][]Role) []Person {
	l := &linker{reading: r, byWord: map[string][]int{}, authors: map[string]int{}}
	owner := make([]int, len(all))
	for n := range all {
		owner[n] = -1
		if c := &all[n]; len(c.form.words) > 1 {
			owner[n] = l.full(c)
			l.learn(owner[n], c, roles[n])
		}
	}
	for n := range all {
		c := &all[n]
		if owner[n] < 0 {
			owner[n] = l.single(c, roles[n])
			l.learn(owner[n], c, roles[n])
		}
		l.people[owner[n]].last = c.first
		l.people[owner[n]].mentions = append(l.people[owner[n]].mentions, *c)
	}
	return l.persons()
}

// learn adds to person n what mention c and the roles beside it tell.
func (l *linker) learn(n int, c *candidate, roles []Role) {
	p := &l.people[n]
	p.roles = append(p.roles, roles...)
	if p.gender == unknown {
		p.gender = c.gender
	}
	if p.age == "" {
		p.age = c.age
	}
	if p.home == "" {
		p.home = c.home
	}
	for _, role := range roles {
		p.kin = p.kin || role.class == kin
	}
	if l.signed(c) {
		p.author = true
	} else {
		p.news = p.news || !l.credit(c)
	}
	if len(c.form.words) > len(p.form.words) {
		if p.gender == unknown {
			p.gender = l.genderOf(&c.form)
		}
		l.index(n, c.form)
		p.form = c.form
	}
}

// credit reports whether c is named as who took the picture: "(Photo: A. Moe)".
func (l *linker) credit(c *candidate) bool {
	return c.rule == "credit" || l.part[c.first] == text.Caption && (l.doc.Word(c.first-1) == ":" || l.doc.Word(c.first-1) == "/" || l.doc.Lower(c.first-1) == "by")
}

// index makes person n known by the words of f.
func (l *linker) index(n int, f form) {
	for k, w := range f.words {
		if len(w) > 1 && !slices.Contains(f.words[:k], w) {
			l.note(w, n)
		}
	}
	l.note(spelling(f.last()), n)
}

func (l *linker) note(key string, n int) {
	if list := l.byWord[key]; !slices.Contains(list[max(0, len(list)-maxNamesakes):], n) {
		l.byWord[key] = append(list, n)
	}
}

// spelling is the key by which surnames of like spelling meet.
func spelling(w string) string { return "~" + consonants(w) }

func (l *linker) add(c *candidate) int {
	p := who{form: c.form, gender: c.gender, last: -1}
	if p.gender == unknown {
		p.gender = l.genderOf(&c.form)
	}
	l.people = append(l.people, p)
	l.index(len(l.people)-1, c.form)
	return len(l.people) - 1
}

// namesakes returns the latest persons who have the word w in their names.
func (l *linker) namesakes(w string) []int {
	list := l.byWord[w]
	return list[max(0, len(list)-maxNamesakes):]
}

// full returns the person whose name of several words c is.
func (l *linker) full(c *candidate) int {
	for _, w := range []string{c.form.last(), c.form.words[0]} {
		list := l.namesakes(w)
		for k := len(list) - 1; k >= 0; k-- {
			if p := &l.people[list[k]]; p.gender.agrees(c.gender) && same(&c.form, &p.form, l.lex.nicknames) {
				return list[k]
			}
		}
	}
	if n := l.misspelt(c); n >= 0 {
		return n
	}
	return l.add(c)
}

// single returns the person whom the one word of c names: by surname, else by
// any word of a name; of several the one who was named last, relatives after all
// others.
func (l *linker) single(c *candidate, roles []Role) int {
	w := c.form.words[0]
	best, score := -1, 0
	for _, n := range l.namesakes(w) {
		p := &l.people[n]
		if c.relative && p.last >= 0 && l.sentence[p.last] == l.sentence[c.first] {
			continue
		}
		if !p.gender.agrees(c.gender) || !p.news && !l.signed(c) || p.other(roles) {
			continue
		}
		s := 4 * fits(w, &p.form)
		if !p.kin {
			s += 2
		}
		if best >= 0 && p.last > l.people[best].last {
			s++
		}
		if s > score {
			best, score = n, s
		}
	}
	if best >= 0 {
		return best
	}
	for _, n := range l.namesakes(spelling(w)) {
		if p := &l.people[n]; p.news && w != p.form.last() && near(w, p.form.last()) && p.gender.agrees(c.gender) {
			return n
		}
	}
	return l.add(c)
}

// signed reports whether c stands in a byline or in words about the author.
func (l *linker) signed(c *candidate) bool {
	return l.part[c.first] == text.Author || l.part[c.first] == text.Bio && !l.edited(c)
}

// edited reports whether c is named as who edited or translated: "Reporting by Ama
// Owusu; Editing by |Kofi Mensah|".
func (l *linker) edited(c *candidate) bool {
	for i := c.first - 1; i >= max(0, c.first-8) && l.part[i] == text.Bio; i-- {
		switch l.doc.Lower(i) {
		case "editing", "edited", "translated", "translation":
			return true
		case ";", ".", "(", "reporting":
			return false
		}
	}
	return false
}

// other reports whether the offices told beside a mention are those of another
// person than p: King Hussein is not President Hussein, nor any Hussein who has
// a first name and no crown.
func (p *who) other(roles []Role) bool {
	for _, r := range roles {
		if r.class != state || r.Former {
			continue
		}
		regnal, clash := crowns[r.office], false
		for _, have := range p.roles {
			switch {
			case have.office == r.office:
				return false
			case have.class == state && !have.Former && (regnal || crowns[have.office]):
				clash = true
			}
		}
		return clash || regnal && len(p.form.words) > 1
	}
	return false
}

// crowns are offices that are borne with a single name.
var crowns = set("king queen emperor empress emir amir sultan pope")
