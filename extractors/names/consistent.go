package names

import "strings"

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
		Place:        "town city village province district region capital suburb port island area",
		Other:        "carrier ship vessel frigate destroyer submarine tanker warship ferry yacht uss hms hurricane typhoon cyclone operation",
		Organisation: "newspaper daily magazine broadcaster channel agency company airline bank",
	})
	cuesAfter = cues(map[Type]string{
		Place:        "province district region river airport county valley street avenue lake island bay mountains village",
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

// cue adds what the words beside tokens [first, last) say.
func (x *extractor) cue(t *tally, first, last int) {
	before := x.doc.Lower(first - 1)
	if before == "of" {
		before = x.doc.Lower(first - 2)
		if cuesBefore[before] != Place {
			before = ""
		}
	} else if cuesBefore[before] == Place {
		before = "" // "the town Saturday"
	}
	if k, ok := cuesBefore[before]; ok {
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
	return len(head) > 1 && len(head) < len(w) && strings.ToUpper(head) == head
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
	doc := x.doc
	at := make([]int32, len(doc.Tokens)) // index into found and 1, or 0
	whole := map[string]*tally{}         // of names by their words, and of single words
	seen := map[string]int{}
	vote := func(key string, first, last int) {
		seen[key]++
		t := whole[key]
		if t == nil {
			t = &tally{}
			whole[key] = t
		}
		if n := at[first]; n > 0 && found[n-1].First == first {
			k := found[n-1].Type
			t[k] += telling + (x.evidence[first][k]-x.evidence[first][None])/8
		}
		x.cue(t, first, last)
	}
	for n, m := range found {
		for i := m.First; i < m.Last; i++ {
			at[i] = int32(n + 1)
		}
		if m.Last-m.First > 1 {
			vote(x.key(m.First, m.Last), m.First, m.Last)
		}
	}
	for i := range doc.Tokens {
		if own := at[i]; x.tokens[i].capital && (own == 0 || found[own-1].Last-found[own-1].First == 1) {
			vote(x.key(i, i+1), i, i+1)
		}
	}
	surnames := map[string]bool{}
	for n := range found {
		m := &found[n]
		if m.Last-m.First == 1 {
			continue
		}
		if best := whole[x.key(m.First, m.Last)].best(); best != None {
			m.Type = best
		}
		if last := doc.Word(m.Last - 1); m.Type == Person && len(last) > 2 && x.tokens[m.Last-1].classes&common == 0 {
			surnames[x.key(m.Last-1, m.Last)] = true
		}
	}
	var out []Mention
	for i := 0; i < len(doc.Tokens); i++ {
		own := at[i]
		if own > 0 && found[own-1].Last-found[own-1].First > 1 {
			out = append(out, found[own-1])
			i = found[own-1].Last - 1
			continue
		}
		t := &x.tokens[i]
		if !t.capital {
			continue
		}
		key := x.key(i, i+1)
		sum := *whole[key]
		if surnames[key] && t.classes&country == 0 {
			sum[Person] += telling * 2
			if t.place>>2 < 3 {
				sum[Person] += telling * int32(seen[key])
			}
		}
		best := sum.best()
		fits := own > 0 || strings.HasPrefix(doc.Tag(i), "NNP") && t.classes&common == 0 && (t.classes&titleWord == 0 || surnames[key]) && !x.joined(i)
		if best == None || !fits || len(doc.Word(i)) == 1 || doc.Lower(i) == "i." || strings.ContainsAny(doc.Word(i), "0123456789") || acronym(doc.Word(i)) || calendar[doc.Lower(i)] && !surnames[key] {
			continue
		}
		if best == Person && !surnames[key] && x.opens(i) && (t.classes&(givenName|surname) == 0 || t.classes&common != 0) && seen[key] == 1 {
			continue // "Everybody", "Hope was all they had"
		}
		out = append(out, Mention{Span: doc.Covering(i, i+1), Type: best, First: i, Last: i + 1})
	}
	return out
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
