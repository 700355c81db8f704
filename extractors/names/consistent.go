package names

import (
	"strings"

	"sitrep/extractors/text"
)

// A tally is how much speaks for each type, and for none, over all places where
// the same words stand.
type tally [5]int32

func (t *tally) best() Type {
	best := None
	for k := range t {
		if t[k] > t[best] {
			best = Type(k)
		}
	}
	return best
}

// telling is how much a word beside a name says of its type: about as much as the
// tagger's own evidence in a plain sentence.
const telling = 250

// cuesBefore and cuesAfter are words beside a name that tell what it names.
var (
	cuesBefore = cues(map[Type]string{
		Place:        "town city village province district region capital suburb port island area towns cities villages provinces districts",
		Other:        "carrier ship vessel frigate destroyer submarine tanker warship ferry yacht uss hms hurricane typhoon cyclone operation",
		Organisation: "newspaper daily magazine broadcaster channel agency company airline bank",
	})
	cuesAfter = cues(map[Type]string{
		Place:        "province district region river airport county valley street avenue lake island bay mountains village waterway canal strait peninsula crossing",
		Organisation: "newspaper company university foundation library club daily agency school institute college bank airlines group",
	})
)

func cues(words map[Type]string) map[string]Type {
	m := map[string]Type{}
	for t, list := range words {
		for w := range strings.FieldsSeq(list) {
			m[w] = t
		}
	}
	return m
}

// noun returns what the noun before a name at token first tells that it names, None
// if nothing: "the carrier Lund", "the port of Lund", "the towns of Vik and Lund".
func (x *extractor) noun(first int) Type {
	if x.doc.Lower(first-1) == "and" && x.doc.Lower(first-3) == "of" {
		first -= 2
	}
	if x.doc.Lower(first-1) == "of" {
		if cuesBefore[x.doc.Lower(first-2)] == Place {
			return Place
		}
		return None
	}
	if k := cuesBefore[x.doc.Lower(first-1)]; k != Place { // "the town Saturday"
		return k
	}
	return None
}

// cue adds what the words beside tokens [first, last) say.
func (x *extractor) cue(t *tally, first, last int) {
	if k := x.noun(first); k != None {
		t[k] += 3 * telling
	}
	if k, ok := cuesAfter[x.doc.Lower(last)]; ok && x.classes(last-1)&titleWord == 0 {
		t[k] += telling
	}
	before, after := x.doc.Lower(first-1), x.doc.Lower(last)
	switch before {
	case "mr", "mrs", "ms", "mr.", "mrs.", "ms.", "dr", "dr.":
		t[Person] += telling
	case "in", "at", "near":
		if x.doc.Tag(last) != "POS" {
			t[Place] += telling
		}
	case "to", "from":
		t[Place] += telling / 4
	case "said", "says":
		t[Person] += telling / 2 // "…," said Lund
	}
	switch {
	case after == "said" || after == "says" || after == "told":
		t[Person] += telling / 4 // companies and papers say, too
	case after == "," && isAge(x.doc.Word(last+1)) && x.doc.Word(last+2) == ",":
		t[Person] += 2 * telling // "Lund, 54, …"
	}
	if after == "/" && x.classes(last+1)&knownBody != 0 || before == "/" && x.classes(first-2)&knownBody != 0 {
		t[Person] += 3 * telling // who took the picture: "Ana Ruiz/Reuters"
	}
	if isOpening(before) && (isClosing(after) || after == "," && isClosing(x.doc.Lower(last+1))) {
		t[Other] += telling // the name of a work
	}
}

// isAge reports whether w is the age of a grown person in digits.
func isAge(w string) bool {
	return len(w) == 2 && w[0] >= '1' && w[0] <= '9' && w[1] >= '0' && w[1] <= '9'
}

func isOpening(w string) bool { return w == "``" || w == "“" || w == "‘" || w == `"` }
func isClosing(w string) bool { return w == "''" || w == "”" || w == "’" || w == `"` }

var calendar = set("january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// acronym reports whether w is one in the plural, as "NGOs".
func acronym(w string) bool {
	head := strings.TrimSuffix(w, "s")
	return len(head) > 1 && len(head) < len(w) && text.IsUpper(head)
}

// classes returns the classes of token i of the document, none beyond its ends.
func (x *extractor) classes(i int) class {
	if i < 0 || i >= len(x.tokens) {
		return 0
	}
	return x.tokens[i].classes
}

// consistent makes one name one thing all over the document: the same words are
// of the type for which most speaks over all places where they stand, and the
// surname of a person named in full is that person's where it stands alone.
func consistent(x *extractor, found []Mention) []Mention {
	p := &poll{x: x, found: found, at: make([]int32, len(x.tokens)), tallies: map[string]*tally{}, seen: map[string]int{}, surnames: map[string]bool{}}
	p.count()
	p.settle()
	var out []Mention
	for i := 0; i < len(x.tokens); i++ {
		if own := p.at[i]; own > 0 && found[own-1].long() {
			out = append(out, found[own-1])
			i = found[own-1].Last - 1
			continue
		}
		if t := p.single(i); t != None {
			out = append(out, Mention{Span: x.doc.Covering(i, i+1), Type: t, First: i, Last: i + 1})
		}
	}
	return out
}

// long reports whether m is a name of several words.
func (m *Mention) long() bool { return m.Last-m.First > 1 }

// A poll holds what speaks for each name of a document.
type poll struct {
	x        *extractor
	found    []Mention
	at       []int32           // by token: index into found and 1, or 0
	tallies  map[string]*tally // of names by their words, and of single words
	seen     map[string]int
	surnames map[string]bool // of persons named in full
}

// count asks every place where a name, or a word that may be one, stands.
func (p *poll) count() {
	for n, m := range p.found {
		for i := m.First; i < m.Last; i++ {
			p.at[i] = int32(n + 1)
		}
		if m.long() {
			p.vote(m.First, m.Last)
		}
	}
	for i := range p.x.tokens {
		if own := p.at[i]; p.x.tokens[i].capital && (own == 0 || !p.found[own-1].long()) {
			p.vote(i, i+1)
		}
	}
}

// vote adds what speaks for tokens [first, last) where they stand.
func (p *poll) vote(first, last int) {
	key := p.x.key(first, last)
	p.seen[key]++
	t := p.tallies[key]
	if t == nil {
		t = &tally{}
		p.tallies[key] = t
	}
	if n := p.at[first]; n > 0 && p.found[n-1].First == first {
		k := p.found[n-1].Type
		t[k] += telling + (p.x.evidence[first][k]-p.x.evidence[first][None])/8
	}
	if l := p.x.listed[first]; l.words == last-first {
		t[l.names] += 2 * telling
	}
	p.x.cue(t, first, last)
}

// settle gives the names of several words their types, and takes the surnames
// from those of persons.
func (p *poll) settle() {
	for n := range p.found {
		m := &p.found[n]
		if !m.long() {
			continue
		}
		if best := p.tallies[p.x.key(m.First, m.Last)].best(); best != None {
			m.Type = best
		}
		if m.Type == Person && len(p.x.doc.Word(m.Last-1)) > 2 {
			surname := p.x.key(m.Last-1, m.Last)
			p.surnames[surname] = true
			if article, rest, ok := strings.Cut(surname, "-"); ok && articles[article] {
				p.surnames[rest] = true
			}
		}
	}
}

// articles may be left out of a surname: "al-Amin", "Amin".
var articles = set("al el ul an as ad ash at ar")

// single returns what token i names by itself, None if nothing.
func (p *poll) single(i int) Type {
	t, word := &p.x.tokens[i], p.x.doc.Word(i)
	if !t.capital || len(word) == 1 || p.x.doc.Lower(i) == "i." || strings.ContainsAny(word, "0123456789") || acronym(word) {
		return None
	}
	key := p.x.key(i, i+1)
	surnamed := p.surnames[key]
	if calendar[p.x.doc.Lower(i)] && !surnamed || p.at[i] == 0 && !p.nameable(i, surnamed) {
		return None
	}
	sum := *p.tallies[key]
	if surnamed {
		sum[Person] += telling * 2
		if t.classes&country == 0 && t.place.size() < large {
			sum[Person] += telling * int32(p.seen[key])
		}
	}
	best := sum.best()
	if best == Person && !surnamed && p.seen[key] == 1 && (t.classes&(givenName|surname) == 0 || t.classes&common != 0) && p.x.opens(i) {
		return None // "Everybody", "Hope was all they had"
	}
	return best
}

// nameable reports whether token i, which the tagger takes for no name, may be
// one all the same.
func (p *poll) nameable(i int, surnamed bool) bool {
	t := &p.x.tokens[i]
	return strings.HasPrefix(p.x.doc.Tag(i), "NNP") && (t.classes&(common|titleWord) == 0 || surnamed && !p.x.opens(i)) && !p.x.joined(i)
}

// opens reports whether token i is the first of its sentence, quotes aside.
func (x *extractor) opens(i int) bool {
	s := x.doc.Sentences[x.doc.SentenceAt(x.doc.Tokens[i].Start)]
	for k := s.First; k < i; k++ {
		if isLetter(x.doc.Word(k)) {
			return false
		}
	}
	return true
}

// key is what the words of tokens [first, last) are compared by.
func (x *extractor) key(first, last int) string {
	return strings.ToLower(x.doc.Slice(x.doc.Covering(first, last)))
}

// joined reports whether token i stands inside a longer run of capitalised
// words, of which it is a part only.
func (x *extractor) joined(i int) bool {
	name := func(i int) bool {
		if i < 0 || i >= len(x.tokens) {
			return false
		}
		t := &x.tokens[i]
		return t.capital && t.classes&(titleWord|common|demonym) == 0 && strings.HasPrefix(x.doc.Tag(i), "NNP")
	}
	return name(i-1) || name(i+1)
}
