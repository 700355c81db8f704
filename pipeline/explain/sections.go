package explain

import (
	"fmt"
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/people"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
)

// sections lists what was found in the article, by kind.
func (v *viewer) sections() []section {
	lands, sites := v.places()
	all := []section{
		{"Actions dropped", v.dropped()}, {"People", v.people()}, {"Countries", lands}, {"Places", sites}, {"Groups", v.groups()},
		{"Dates", v.dates()}, {"Counts of troops and others", v.counts(v.Facts.Troops)}, {"Counts of materiel", v.counts(v.Facts.Materiel)},
		{"Passed over", v.passed()},
	}
	var out []section
	for _, s := range all {
		if len(s.Rows) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func (v *viewer) people() []row {
	var out []row
	for i := range v.Facts.People {
		p := &v.Facts.People[i]
		r := row{Kind: person, Words: flat(p.Name)}
		if p.Author {
			r.Facts = append(r.Facts, fact{"author", "of the article"})
		}
		if p.Role != "" {
			r.Facts = append(r.Facts, fact{"role", p.Role})
		}
		if p.Country != "" {
			r.Facts = append(r.Facts, fact{"country", named(p.Country)})
		}
		if told := v.roles(p.Roles); told != "" {
			r.Facts = append(r.Facts, fact{"told by", told})
		}
		t := &tally{}
		for _, m := range p.Mentions {
			t.add(fmt.Sprintf("“%s” (%s)", v.words(m.Span), m.Rule))
			r.At = append(r.At, m.Span)
		}
		r.Facts = append(r.Facts, fact{"named", t.String()})
		t = &tally{}
		for _, m := range p.References {
			t.add(fmt.Sprintf("“%s” (%s)", v.words(m.Span), m.Rule))
			r.At = append(r.At, m.Span)
		}
		if len(t.order) > 0 {
			r.Facts = append(r.Facts, fact{"also", t.String()})
		}
		out = append(out, r)
	}
	return out
}

// roles lists the words that tell a person's offices.
func (v *viewer) roles(list []people.Role) string {
	t := &tally{}
	for _, x := range list {
		s := "“" + v.words(x.Span) + "”"
		if x.Country != "" {
			s += " of " + string(x.Country)
		}
		if x.Former {
			s += ", former"
		}
		t.add(s)
	}
	return t.String()
}

// places lists the countries by what names them, and apart from them the towns,
// regions and disputed lands.
func (v *viewer) places() (lands, sites []row) {
	byCountry := map[countries.Code]*tally{}
	at := map[countries.Code][]text.Span{}
	var order []countries.Code
	seen := map[string]bool{}
	for i := range v.Facts.Countries {
		m := &v.Facts.Countries[i]
		if m.Country != "" {
			if byCountry[m.Country] == nil {
				byCountry[m.Country] = &tally{}
				order = append(order, m.Country)
			}
			byCountry[m.Country].add(fmt.Sprintf("“%s” (%s, rule %s)", v.words(m.Span), m.Kind, m.Rule))
			at[m.Country] = append(at[m.Country], m.Span)
		}
		key := strings.Join([]string{v.words(m.Span), string(m.Country), m.Rule}, "\x00")
		if placeKind(m) == place && !seen[key] {
			seen[key] = true
			sites = append(sites, row{Kind: place, Words: v.words(m.Span), Facts: site(m), At: []text.Span{m.Span}})
		}
	}
	for _, c := range order {
		lands = append(lands, row{Kind: country, Words: named(c), Facts: []fact{{"named by", byCountry[c].String()}}, At: at[c]})
	}
	return lands, sites
}

// site tells where a place is.
func site(m *countries.Mention) []fact {
	out := []fact{{"country", named(m.Country)}}
	if m.Disputed {
		claims := make([]string, len(m.Claims))
		for i, c := range m.Claims {
			claims[i] = named(c)
		}
		out = append(out, fact{"disputed", "claimed by " + strings.Join(claims, ", ")})
		if m.Holder != "" {
			out = append(out, fact{"held by", named(m.Holder)})
		}
	}
	if s := &m.Site; s.Name != "" {
		where := fmt.Sprintf("%s, %.2f %.2f", s.Name, s.Latitude, s.Longitude)
		if !s.Region() {
			where += fmt.Sprintf(", id %d", s.GeoNames)
		}
		if s.Code() != "" {
			where += ", region " + s.Code()
		}
		out = append(out, fact{"GeoNames", where})
	}
	return append(out, fact{"rule", m.Rule})
}

func (v *viewer) groups() []row {
	var order []countries.Group
	words := map[string]*tally{}
	at := map[string][]text.Span{}
	for _, g := range v.Facts.Groups {
		if words[g.Name] == nil {
			words[g.Name] = &tally{}
			order = append(order, g)
		}
		words[g.Name].add("“" + v.words(g.Span) + "”")
		at[g.Name] = append(at[g.Name], g.Span)
	}
	var out []row
	for _, g := range order {
		r := row{Kind: group, Words: g.Name, Facts: []fact{{"kind", groupKinds[g.Kind]}}, At: at[g.Name]}
		if g.Country != "" {
			r.Facts = append(r.Facts, fact{"country", named(g.Country)})
		}
		r.Facts = append(r.Facts, fact{"named by", words[g.Name].String()})
		out = append(out, r)
	}
	return out
}

var groupKinds = [...]string{countries.Body: "international body", countries.Armed: "armed group", countries.Coalition: "coalition"}

func (v *viewer) dates() []row {
	var out []row
	for i := range v.Facts.Dates {
		d := &v.Facts.Dates[i]
		out = append(out, row{Kind: date, Words: v.words(d.Span), Facts: append([]fact{{"type", d.Type.String()}}, v.date(d)...), At: []text.Span{d.Span}})
	}
	return out
}

func (v *viewer) counts(list []troops.Count) []row {
	var out []row
	for i := range list {
		c := &list[i]
		r := row{Kind: count, Words: v.words(c.Span), Facts: v.count(c), At: []text.Span{c.Span}}
		if c.Same >= 0 && c.Same < len(list) {
			r.Facts = append(r.Facts, fact{"the same as", "“" + v.words(list[c.Same].Span) + "”"})
		}
		out = append(out, r)
	}
	return out
}

// A tally lists words in order, each once with how often it came.
type tally struct {
	order []string
	times map[string]int
}

func (t *tally) add(s string) {
	if t.times == nil {
		t.times = map[string]int{}
	}
	if t.times[s]++; t.times[s] == 1 {
		t.order = append(t.order, s)
	}
}

func (t *tally) String() string {
	out := make([]string, len(t.order))
	for i, s := range t.order {
		out[i] = s
		if n := t.times[s]; n > 1 {
			out[i] = fmt.Sprintf("%s ×%d", s, n)
		}
	}
	return strings.Join(out, ", ")
}
