package people

import (
	"sitrep/extractors/names"
)

// titled returns the names that only a title before them shows: "Gen. Lund".
func (r *reading) titled(taken []bool) []candidate {
	var out []candidate
	for _, s := range r.doc.Sentences {
		for i := s.First; i < s.Last; {
			o, end := r.lex.offices.longest(r.doc, i, s.Last, true)
			if o == nil || taken[i] {
				i++
				continue
			}
			if last := r.run(end, s.Last, o); last > end && r.bears(o, i, last) && !taken[end] {
				c := candidate{first: end, last: r.extend(end, last), rule: "title"}
				r.trim(&c)
				out = append(out, c)
				end = last
			}
			i = end
		}
	}
	return out
}

// bears reports whether the title o at token i can show that tokens up to last
// are a name. In a headline in capitals few titles can.
func (r *reading) bears(o *office, i, last int) bool {
	if n := r.name[last-1]; n >= 0 && r.named[n].Type != names.Person && r.named[n].Last > last {
		return false // "President Lund University"
	}
	return !r.upper[i] || o.class == honorific || o.class == rank || o.class == state
}

// run returns the end of the run of name-like words that begins at token i.
func (r *reading) run(i, last int, o *office) int {
	end := i
	for end < last && end-i < 4 && r.namely(end) && (!r.upper[i] || r.loudly(i, end, o)) {
		end++
	}
	if end > i && (r.lex.things[r.doc.Word(end)]&after != 0 || r.doc.Word(end) == "&") {
		return i
	}
	return end
}

// loudly reports whether token end of a text in capitals goes on with the name
// that a title introduces at token i: as far as the tagger has a name there, else
// one word behind a rank or "MR.", two if the first is a first name.
func (r *reading) loudly(i, end int, o *office) bool {
	if r.name[i] >= 0 {
		return r.name[end] >= 0
	}
	return (o.class == rank || o.class == honorific) && (end == i || end == i+1 && r.given(i))
}

// namely reports whether token i may be a word of a name behind a title.
func (r *reading) namely(i int) bool {
	w := r.doc.Word(i)
	if !capitalised(w) || r.country[i] >= 0 || r.group[i] || notEnds[r.doc.Lower(i)] || notNames[r.doc.Lower(i)] || r.lex.things[w]&after != 0 {
		return false
	}
	if _, end := r.lex.offices.longest(r.doc, i, i+1, true); end > 0 {
		return false
	}
	switch r.doc.Tag(i) {
	case "NNP", "NNPS", "NN", "JJ", "FW":
		return len(w) > 1
	}
	return false
}

// notNames are words that follow a title but are no names: "General Assembly".
var notNames = set(`assembly staff command post department administration government union election elections party cabinet congress parliament motors electric mills dynamics
	manager office agreement order affairs general hotel service services security police force forces air navy republic state states nations house white senate
	intelligence defense defence foreign interior prime deputy vice chief assistant islamic arab people national federal joint united royal supreme special new mr mrs ms dr
	photo times today tomorrow yesterday christmas easter eid god christ superior officer elect designate emeritus debate debates league baseball football soccer sports sport cup`)
