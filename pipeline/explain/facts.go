package explain

import (
	"fmt"
	"sort"
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/dates"
	"sitrep/extractors/events"
	"sitrep/extractors/people"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
)

// participant tells who an actor, target or speaker is.
func (v *viewer) participant(who *events.Participant) []fact {
	out := []fact{{"kind", spaced(who.Kind.String())}}
	if name := flat(who.Name); name != v.words(who.Span) {
		out = append(out, fact{"is", name})
	}
	if who.Role != "" {
		out = append(out, fact{"role", who.Role})
	}
	if rule := v.standsFor(who.Span); rule != "" {
		out = append(out, fact{"tied by", rule})
	}
	return append(out, v.whose(who)...)
}

// whose tells of which country a participant is, and what says so: the words
// themselves, what is known of the group or person, else the rest of the article.
func (v *viewer) whose(who *events.Participant) []fact {
	c := who.Country
	told := v.country(who.Span, c)
	if c == "" || told[0].Value != named(c) {
		return told
	}
	for _, g := range within(v.Facts.Groups, who.Span, func(g countries.Group) text.Span { return g.Span }) {
		if g.Country == c {
			return []fact{{"country", named(c) + " as the group " + g.Name}}
		}
	}
	for i := range v.Facts.People {
		p := &v.Facts.People[i]
		if p.Country == c && p.Name == who.Name {
			return []fact{{"country", named(c) + v.office(p)}}
		}
	}
	return []fact{{"country", named(c) + " from the place of the event or the rest of the article"}}
}

// office tells which words make a person one of a country.
func (v *viewer) office(p *people.Person) string {
	for _, x := range p.Roles {
		if x.Country == p.Country {
			return " by the office “" + v.words(x.Span) + "”"
		}
	}
	return " as known of the person"
}

// place tells where an event happens and how the text ties it to that.
func (v *viewer) place(p *events.Place, of text.Span) []fact {
	out := v.country(p.Span, p.Country)
	if p.Country != "" && out[0].Value == named(p.Country) {
		out[0].Value += " from a place told before or the rest of the article"
	}
	switch {
	case p.Span.Start >= of.End:
		return append(out, fact{"tied by", "a later telling of the event"})
	case !of.Contains(p.Span):
		return append(out, fact{"tied by", "the place told last"})
	case p.Near():
		return append(out, fact{"tied by", "standing in the sentence"})
	}
	return append(out, fact{"tied by", "the words of the action"})
}

// standsFor returns the rule by which words at s stand for a person.
func (v *viewer) standsFor(s text.Span) string {
	for _, m := range within(v.references, s, func(m people.Reference) text.Span { return m.Span }) {
		return m.Rule
	}
	return ""
}

// country tells of the country that words at s were given, and what in them says so.
func (v *viewer) country(s text.Span, c countries.Code) []fact {
	if c == "" {
		return []fact{{"country", "not known"}}
	}
	value := named(c)
	for _, m := range within(v.Facts.Countries, s, func(m countries.Mention) text.Span { return m.Span }) {
		if m.Country == c {
			value += fmt.Sprintf(" by the %s “%s”, rule %s", m.Kind, v.words(m.Span), m.Rule)
			break
		}
	}
	return []fact{{"country", value}}
}

// within returns those of list, which is in the order of the text, that overlap s.
func within[T any](list []T, s text.Span, at func(T) text.Span) []T {
	first := sort.Search(len(list), func(i int) bool { return at(list[i]).End > s.Start })
	last := first
	for last < len(list) && at(list[last]).Start < s.End {
		last++
	}
	return list[first:last]
}

// date tells what a date was resolved to, and by what.
func (v *viewer) date(d *dates.Mention) []fact {
	out := []fact{{"value", strings.TrimSpace(d.Value + " " + d.Mod)}}
	switch {
	case !d.First.IsZero():
		out = append(out, fact{"days", interval(d)})
	case d.Reason != "":
		out = append(out, fact{"left open", d.Reason})
	}
	switch d.Anchor {
	case dates.Publication:
		out = append(out, fact{"anchor", "publication on " + v.Article.Published.Day.String()})
	case dates.Text:
		value := "dates in the text"
		if d.AnchorSpan.Len() > 0 {
			value = "“" + v.words(d.AnchorSpan) + "”"
		}
		out = append(out, fact{"anchor", value})
	}
	var readings []string
	for _, day := range d.Readings {
		readings = append(readings, day.String())
	}
	if len(readings) > 0 {
		out = append(out, fact{"may be", strings.Join(readings, " or ")})
	}
	return append(out, fact{"rule", d.Rule})
}

func interval(d *dates.Mention) string {
	out := d.First.String()
	if d.Last != d.First {
		out += " to " + d.Last.String()
	}
	if d.Relation != dates.On {
		out = d.Relation.String() + " " + out
	}
	return out + " (" + d.Precision.String() + ")"
}

// count tells how many there are, whose they are and what becomes of them.
func (v *viewer) count(c *troops.Count) []fact {
	out := []fact{{"number", numbers(c) + " " + c.Noun}, {"comparator", spaced(c.Comparator.String())}, {"counts", c.What.String()}, {"status", c.Status.String()}}
	if c.What == troops.Troops || c.What == troops.Units {
		out = append(out, fact{"force", c.Force.String()})
	}
	whose := "not told"
	if c.Nationality != "" {
		whose = named(c.Nationality) + ", because: " + c.NationalityRule
	}
	out = append(out, fact{"nationality", whose})
	if c.Place != nil {
		where := "“" + v.words(c.Place.Span) + "”"
		if c.Place.Country != "" {
			where += ", " + named(c.Place.Country)
		}
		out = append(out, fact{"where", where})
	}
	if c.Elliptical {
		out = append(out, fact{"noun", "understood"})
	}
	return append(out, fact{"rule", c.Rule})
}
