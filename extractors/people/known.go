package people

import (
	"slices"
	"strings"

	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// What is known of a document's persons once their full names and titles have
// been read: it shows names that the tagger missed.
type known struct {
	surnames map[string]bool       // folded
	titled   map[string]bool       // those behind a title, which the tagger may have missed
	full     map[string][][]string // names of several words by their first word, as tokens in small letters
}

// know gathers what the candidates tell.
func (r *reading) know(all []candidate) *known {
	k := &known{surnames: map[string]bool{}, titled: map[string]bool{}, full: map[string][][]string{}}
	for n := range all {
		c := &all[n]
		if r.upper[c.first] || c.rule == "byline" {
			continue
		}
		f := c.form
		if len(f.words) > 1 || c.rule == "title" {
			k.surnames[f.last()] = true
		}
		if c.rule == "title" {
			k.titled[f.last()] = true
		}
		if f.family() {
			k.surnames[f.words[0]] = true
		}
		if c.last-c.first > 1 {
			k.addFull(r.lower(c.first, c.last))
		}
	}
	return k
}

// addFull adds the name that words are, of which few begin alike.
func (k *known) addFull(words []string) {
	list := k.full[words[0]]
	if len(list) < maxNamesakes && !slices.ContainsFunc(list, func(o []string) bool { return slices.Equal(o, words) }) {
		k.full[words[0]] = append(list, words)
	}
}

func (r *reading) lower(first, last int) []string {
	var out []string
	for i := first; i < last; i++ {
		out = append(out, r.doc.Lower(i))
	}
	return out
}

// untagged returns the names that nothing but their being known shows.
func (r *reading) untagged(all []candidate, taken []bool) []candidate {
	k := r.know(all)
	var out []candidate
	for i := 0; i < len(r.doc.Tokens); i++ {
		if taken[i] {
			continue
		}
		if s, ok := r.compound(k, i); ok {
			out = append(out, candidate{first: i, last: i + 1, part: s, rule: "compound"})
			continue
		}
		if !capitalised(r.doc.Word(i)) && !r.article(i) {
			continue
		}
		if end := r.again(k, i, taken); end > i {
			out = append(out, candidate{first: i, last: end, rule: "same name"})
			i = end - 1
			continue
		}
		if r.surnamed(k, i) {
			out = append(out, candidate{first: i, last: i + 1, rule: "surname"})
		}
	}
	return out
}

// again returns the end of the known name of several words that begins at token
// i, or i.
func (r *reading) again(k *known, i int, taken []bool) int {
	end := i
	for _, words := range k.full[r.doc.Lower(i)] {
		n := i + len(words)
		if n <= end || n > len(taken) || slices.Contains(taken[i:n], true) || !slices.Equal(words, r.lower(i, n)) {
			continue
		}
		if m := r.name[i]; m < 0 || r.upper[i] || r.named[m].First == i || r.named[m].Type == names.Other {
			end = n
		}
	}
	return end
}

// surnamed reports whether token i is a known surname that stands alone.
func (r *reading) surnamed(k *known, i int) bool {
	w := r.doc.Word(i)
	key := fold(w)
	if head, rest, found := strings.Cut(key, "-"); found && articles[head] {
		key = rest
	}
	switch {
	case !k.surnames[key], r.country[i] >= 0, r.group[i], calendar[key]:
		return false
	case r.typeAt(i) != names.None && r.typeAt(i) != names.Other && (!r.alone(i) || r.typeAt(i) == names.Organisation && !k.titled[key] || placing[r.doc.Lower(i-1)] && !k.titled[key] && r.doc.Tag(i+1) != "POS"):
		return false // "in Lincoln"
	case r.opens(i) && !r.article(i) && !strings.HasPrefix(r.doc.Tag(i), "NN") && r.doc.Tag(i) != "JJ":
		return false
	case (r.opens(i) || r.upper[i]) && (r.smallWords()[key] || len(key) < 3):
		return false
	}
	return !r.neighbour(i, i-1) && !r.neighbour(i, i+1)
}

// placing are words before places.
var placing = set("in at near outside around towards toward via into inside across through city town village province")

// alone reports whether the name over token i is that token.
func (r *reading) alone(i int) bool {
	m := r.named[r.name[i]]
	return m.Last-m.First == 1
}

// opens reports whether token i is the first word of its sentence.
func (r *reading) opens(i int) bool {
	s := r.doc.Sentences[r.sentence[i]]
	for k := s.First; k < i; k++ {
		if isWordy(r.doc.Word(k)) {
			return false
		}
	}
	return true
}

// neighbour reports whether token i, beside token known, makes a longer name of
// it.
func (r *reading) neighbour(known, i int) bool {
	if i < 0 || i >= len(r.doc.Tokens) || r.sentence[i] != r.sentence[known] || r.upper[i] || !capitalised(r.doc.Word(i)) || !r.proper(i) || calendar[r.doc.Lower(i)] || r.country[i] >= 0 {
		return false
	}
	o, _ := r.officeAt(i, i+1)
	return o == nil
}

// compound returns the span of a known surname inside the word at token i:
// "pro-Morales", "Assad-era".
func (r *reading) compound(k *known, i int) (text.Span, bool) {
	s, ok := r.inside(i)
	return s, ok && r.country[i] < 0 && k.surnames[fold(r.doc.Slice(s))]
}

// inside returns the span of what is written large in the word at token i behind
// a stance, or before a manner.
func (r *reading) inside(i int) (text.Span, bool) {
	if i >= len(r.doc.Tokens) {
		return text.Span{}, false
	}
	s := r.doc.Tokens[i].Span
	head, tail, found := strings.Cut(r.doc.Word(i), "-")
	switch {
	case !found:
	case stances[strings.ToLower(head)] && capitalised(tail):
		return text.Span{Start: s.End - len(tail), End: s.End}, true
	case manners[tail] && capitalised(head):
		return text.Span{Start: s.Start, End: s.Start + len(head)}, true
	}
	return text.Span{}, false
}

// stances and manners stand before and after a person's name in one word.
var (
	stances = set("pro anti post pre non ex then")
	manners = set("era led like style backed ordered linked appointed controlled loyal")
)
