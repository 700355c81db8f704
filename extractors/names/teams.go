package names

import (
	"slices"
	"strings"
)

// Sport names its teams after towns: in "Ashford 2 Leedham 0" both are clubs, and
// so they are in the report around the results. A text is one of sport when it
// says so twice over.
var sport = set("league division cup season innings match goals soccer football baseball rugby cricket basketball hockey standings championship semifinal semifinals striker quarterback wickets playoff playoffs nba nfl nhl")

// Words beside a place that tell that it plays.
var (
	playsBefore = set("beat beats defeated thrashed edged over against v vs")
	playsAfter  = set("beat beats defeated thrashed edged v vs striker midfielder defender goalkeeper batsman bowler pitcher forward fullback")
)

// teams makes teams of the places in found that play, there and wherever the same
// names stand, except where something is in them. The names in tables of results
// are teams as a whole.
func teams(x *extractor, found []Mention) []Mention {
	if !x.isSport() {
		return x.towns(found)
	}
	rows := x.results(found)
	names := map[string]bool{}
	for _, m := range rows {
		names[x.key(m.First, m.Last)] = true
	}
	for _, m := range found {
		if m.Type == Place && (playsBefore[x.doc.Lower(m.First-1)] || playsAfter[x.doc.Lower(m.Last)]) && x.classes(m.First)&country == 0 {
			names[x.key(m.First, m.Last)] = true
		}
	}
	var out []Mention
	for _, m := range found {
		for len(rows) > 0 && rows[0].Last <= m.First {
			out = append(out, rows[0])
			rows = rows[1:]
		}
		if len(rows) > 0 && rows[0].First < m.Last {
			continue
		}
		if names[x.key(m.First, m.Last)] {
			m.Type = Organisation
			if x.within(m) {
				m.Type = Place
			}
		}
		out = append(out, m)
	}
	return append(out, rows...)
}

// towns makes places of what was taken for an organisation, outside sport, and has
// the name of a large place and of no known organisation.
func (x *extractor) towns(found []Mention) []Mention {
	for n := range found {
		m := &found[n]
		if t := &x.tokens[m.First]; m.Type == Organisation && !m.long() && t.place.size() > small && t.place&3 == 1 && t.known == 0 && t.classes&knownBody == 0 {
			m.Type = Place
		}
	}
	return found
}

// isSport reports whether two different words of sport stand in the text.
func (x *extractor) isSport() bool {
	first := ""
	for i := range x.tokens {
		if w := x.doc.Lower(i); sport[w] && w != first {
			if first != "" {
				return true
			}
			first = w
		}
	}
	return false
}

// within reports whether something is in or at m, or m opens a dateline.
func (x *extractor) within(m Mention) bool {
	switch x.doc.Lower(m.First - 1) {
	case "in", "at", "near", "from", "to":
		return true
	}
	next := x.doc.Word(m.Last)
	return next == "," || next != "" && next[0] >= '0' && next[0] <= '9' && strings.Contains(next, "-")
}

// results returns the teams in the lines of results and tables, in order; a line
// with a person found in it is none.
func (x *extractor) results(found []Mention) []Mention {
	var out []Mention
	person := make([]bool, len(x.tokens))
	for _, m := range found {
		if m.Type == Person && m.long() && x.classes(m.First)&givenName != 0 {
			person[m.First] = true
		}
	}
	for first := 0; first < len(x.tokens); {
		last := first + 1
		for last < len(x.tokens) && strings.IndexByte(x.doc.Text[x.doc.Tokens[last-1].End:x.doc.Tokens[last].Start], '\n') < 0 {
			last++
		}
		if !slices.Contains(person[first:last], true) {
			out = append(out, x.row(first, last)...)
		}
		first = last
	}
	return out
}

// row returns the teams in a line of names and numbers only, as "Ashford 2
// Leedham 0" and "Ashford 3 2 0 1 5 2 6", or of two names, as "Ashford v Leedham".
func (x *extractor) row(first, last int) []Mention {
	if last-first > 24 {
		return nil
	}
	for i := first + 1; i < last-1; i++ {
		if w := x.doc.Word(i); (w == "v" || w == "vs" || w == "AT") && x.capitals(first, i) && x.capitals(i+1, last) {
			return []Mention{x.team(first, i), x.team(i+1, last)}
		}
	}
	var out []Mention
	numbers := 0
	for i := first; i < last; {
		if x.isNumber(i) {
			if i > first {
				numbers++
			}
			i++
			continue
		}
		end := i
		for end < last && !x.isNumber(end) {
			if w := x.doc.Lower(end); !x.tokens[end].capital && w != "of" && w != "(" && w != ")" && w != "'s" && w != "&" {
				return nil
			}
			end++
		}
		if end == last {
			break
		}
		if !x.tokens[i].capital || x.classes(i)&country != 0 && end == i+1 || x.classes(i)&countryWord != 0 && x.tokens[i].known != 0 || len(x.doc.Word(i)) == 2 && x.doc.Word(i)[1] == '.' {
			return nil
		}
		out = append(out, x.team(i, end))
		i = end
	}
	if len(out) == 2 && numbers >= 2 || len(out) == 1 && numbers >= 3 {
		return out
	}
	return nil
}

// team returns the name in tokens [first, last), up to what stands in brackets.
func (x *extractor) team(first, last int) Mention {
	for k := first + 1; k < last; k++ {
		if x.doc.Word(k) == "(" {
			last = k
		}
	}
	return Mention{Span: x.doc.Covering(first, last), First: first, Last: last, Type: Organisation}
}

// capitals reports whether all tokens [first, last) have capitals and are no
// country.
func (x *extractor) capitals(first, last int) bool {
	for i := first; i < last; i++ {
		if !x.tokens[i].capital || x.classes(i)&(country|countryWord) != 0 {
			return false
		}
	}
	return true
}

// isNumber reports whether token i is what stands for a score in a table.
func (x *extractor) isNumber(i int) bool {
	w := x.doc.Word(i)
	return w[0] >= '0' && w[0] <= '9' || w == "-" || w[0] == '.' && len(w) > 1
}
