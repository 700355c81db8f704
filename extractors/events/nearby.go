package events

// The functions here read what stands next to a trigger, for where the parser ties
// it elsewhere.

// maxChain is how many prepositional phrases in a row are read after a noun.
const maxChain = 4

// nearest are the prepositions that tie what follows to a noun when they stand right
// after it, further those that do so behind other phrases, too.
var (
	nearest = map[string]bool{"on": true, "against": true, "by": true, "between": true, "of": true, "from": true, "in": true, "at": true, "near": true, "with": true, "to": true, "into": true}
	further = map[string]bool{"against": true, "by": true, "between": true, "in": true, "at": true, "near": true, "of": true, "on": true}
)

// chained returns those of the prepositional phrases in a row from token i on that
// hang on something else than the noun at node: "protests in Peru |against the
// government|", "the capture on Sunday |of the town|".
func (r *reader) chained(node, i int) []adjunct {
	var out []adjunct
	aimed := false
	for n := 0; n < maxChain && i < r.sentence.Last; n++ {
		w := r.doc.Lower(i)
		if n == 0 && !nearest[w] || n > 0 && !further[w] {
			break
		}
		h := r.complement(i)
		if h < 0 {
			break
		}
		if r.facts[h].date >= 0 {
			for i = h + 1; i < r.sentence.Last && r.facts[i].date == r.facts[h].date; i++ {
			}
			continue
		}
		if up := r.tree.Head(h); up != node && !(n > 0 && (w == "of" && len(out) > 0 || w == "on" && aimed || r.nominal(up) && up > node && w != "against" && w != "by")) {
			out = append(out, adjunct{w, h})
		}
		aimed = aimed || w == "on" || w == "against" || w == "of"
		i = r.phrase(h).last
	}
	return out
}

// complement returns the noun that the preposition at token i stands before, -1 for none.
func (r *reader) complement(i int) int {
	if h := r.tree.Head(i); h > i && r.nominal(h) && r.preposition(h) != "" && h <= i+maxPhrase {
		return h
	}
	for k := i + 1; k < min(r.sentence.Last, i+reach); k++ { // "from southern |Lebanon| provided that", misread
		if r.facts[k].country >= 0 && r.pos(k)[0] == 'N' && (k+1 == r.sentence.Last || !r.facts[k].same(r.facts[k+1])) {
			return k
		}
		if t := r.pos(k); t != "DT" && t[0] != 'J' && t[0] != 'N' {
			break
		}
	}
	return -1
}
