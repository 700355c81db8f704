// Package people finds the persons that a text names: who they are, by which
// spans they are named, what offices they hold and for which country, and which
// pronouns and phrases stand for them. It does not know what they do.
//
// Which words are names is the business of package names; the rules here add to
// it only where the text leaves no doubt: a title before, a byline, a name that
// is known already.
package people

import (
	"slices"

	"sitrep/extractors/countries"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// A Mention is a person's name in the text, without titles.
type Mention struct {
	text.Span
	Rule string
}

// A Reference is a phrase or pronoun that stands for a person: "the prime minister".
type Reference struct {
	text.Span
	Rule string
}

// A Role is an office, rank or calling that the text gives to a person.
type Role struct {
	text.Span                // the words that tell it
	Name      string         // "Prime Minister", "spokesman for the army", without the country
	Country   countries.Code // whose, by the words around it; "" when they do not tell
	Former    bool           // "the former president"
	class     class
	office    string // the words of the office alone, in small letters
	owner     int    // token of the person whose it is, or -1
}

// A Person is somebody whom the text names.
type Person struct {
	Name       string // the fullest form, as written
	Mentions   []Mention
	References []Reference
	Roles      []Role         // in the order of the text
	Role       string         // the most telling of Roles, "" without one
	Country    countries.Code // of that role, else of the most telling that has one, else as in "Iraq's Saddam"
	Author     bool           // named in a byline and nowhere in the news
	gender     gender
	age        string
	home       countries.Code // that the name alone is tied to: "Iraq's Saddam"
}

// Find returns the persons named in doc, in the order of their first mentions.
func Find(doc *text.Document, named []names.Mention, found []countries.Mention, groups []countries.Group) []Person {
	r := newReading(doc, named, found, groups)
	all := r.mentions()
	roles := r.rolesOf(all)
	people := r.link(all, roles)
	for i := range people {
		people[i].settle()
	}
	r.inherit(people)
	r.refer(people)
	return people
}

// inherit gives a role that is somebody's ("Lund's spokesman", "an aide to
// President Lund") the country of that person.
func (r *reading) inherit(people []Person) {
	at := map[int]int{} // person by token
	owned := func(p Person) bool { return slices.ContainsFunc(p.Roles, func(x Role) bool { return x.owner >= 0 }) }
	if !slices.ContainsFunc(people, owned) {
		return
	}
	for n := range people {
		for _, m := range people[n].Mentions {
			for i, last := r.doc.TokensIn(m.Span); i < last; i++ {
				at[i] = n
			}
		}
	}
	for n := range people {
		for k := range people[n].Roles {
			role := &people[n].Roles[k]
			if of, ok := at[role.owner]; ok && of != n && role.Country == "" && role.class >= official {
				role.Country = people[of].Country
				people[n].settle()
			}
		}
	}
}

// settle chooses the role and country that stand for a person.
func (p *Person) settle() {
	slices.SortStableFunc(p.Roles, func(a, b Role) int { return a.Start - b.Start })
	if best := p.most(func(r *Role) bool { return true }); best != nil {
		p.Role, p.Country = best.Name, best.Country
	}
	if p.Country == "" {
		if best := p.most(func(r *Role) bool { return r.Country != "" && r.class > kin }); best != nil {
			p.Country = best.Country
		}
	}
	if p.Country == "" {
		p.Country = p.home
	}
}

// most returns the most telling of the roles of p that pass, or nil.
func (p *Person) most(pass func(*Role) bool) *Role {
	var best *Role
	for i := range p.Roles {
		if r := &p.Roles[i]; pass(r) && (best == nil || r.tells() > best.tells()) {
			best = r
		}
	}
	return best
}

// tells measures how much r says of a person: what they are before what they
// were, the higher office before the lower, the one whose country is known
// before the bare.
func (r *Role) tells() int {
	n := int(r.class) * 4
	if !r.Former {
		n += 2
	}
	if r.Country != "" {
		n++
	}
	return n
}
