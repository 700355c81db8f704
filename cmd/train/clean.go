package main

import "sitrep/extractors/names"

// agree mends examples of the Groningen Meaning Bank, which was tagged by a
// machine and corrected in parts: a name that is mostly of one type is of that
// type everywhere.
func agree(examples []names.Example) {
	votes := map[string]*[5]int{}
	for i := range examples {
		e := &examples[i]
		for _, n := range e.Names {
			key := surface(e, n)
			if votes[key] == nil {
				votes[key] = &[5]int{}
			}
			votes[key][n.Type]++
		}
	}
	for k := range examples {
		e := &examples[k]
		for i := range e.Names {
			n := &e.Names[i]
			n.Type = consensus(e, *n, votes[surface(e, *n)])
		}
	}
}

// consensus returns the type of n, given how often the same words are of each.
func consensus(e *names.Example, n names.Mention, votes *[5]int) names.Type {
	total, best := 0, names.None
	for t, count := range votes {
		total += count
		if count > votes[best] {
			best = names.Type(t)
		}
	}
	single, word := n.Last-n.First == 1, e.Doc.Word(n.First)
	switch {
	case single && names.IsDemonym(word) && !names.IsCountry(word):
		return names.Other
	case single && names.IsCountry(word):
		return names.Place
	case total >= 5 && votes[best]*10 >= total*7:
		return best
	}
	return n.Type
}

func surface(e *names.Example, n names.Mention) string {
	return e.Doc.Slice(e.Doc.Covering(n.First, n.Last))
}

// untitle takes titles off the persons of e, and leaves out persons that are
// nothing else ("Prime" | "Minister Ehud Olmert" are two in the data).
func untitle(e *names.Example) {
	var kept []names.Mention
	for _, n := range e.Names {
		if n.Type == names.Person {
			for n.First < n.Last && (names.IsTitle(e.Doc.Word(n.First)) || e.Doc.Word(n.First) == "-") {
				n.First++
			}
		}
		if n.First < n.Last {
			kept = append(kept, n)
		}
	}
	e.Names = kept
}
