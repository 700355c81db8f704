package names

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/extractors/memo"
	"sitrep/extractors/text"
)

// A token's properties, hashed once and combined into features.
type token struct {
	word, lower, shape, tag uint64
	prefix, suffix          [4]uint64 // of 1 to 4 bytes
	classes                 class
	place                   placing
	known                   uint8 // the list of known names that it stands in, and where in the name
	capital                 bool
}

// An extractor gives the features of a document's tokens.
type extractor struct {
	doc    *text.Document
	tokens []token
	feats  []uint32 // of the token asked for last
	first  int      // of the sentence at hand
	last   int

	listed   map[int]listing // by token: the known name that begins there
	without  uint64          // templates that are left out, a bit each
	evidence []tally         // by token: what the tagger has for each type beginning there
}

// none stands beyond the ends of a sentence.
var none = token{word: 1, lower: 2, shape: 3, tag: 4}

func newExtractor(doc *text.Document) *extractor {
	x := &extractor{doc: doc, tokens: make([]token, len(doc.Tokens)), evidence: make([]tally, len(doc.Tokens))}
	for i := range doc.Tokens {
		t := &x.tokens[i]
		if w := doc.Word(i); doc.Form(i) == w {
			*t = *seen.Of(w, func(w string) token { return tokenOf(w, doc.Lower(i)) })
		} else {
			*t = tokenOf(doc.Form(i), doc.Lower(i))
		}
		t.tag = hash(doc.Tag(i))
	}
	x.known()
	x.places()
	return x
}

var seen memo.Table[token]

// tokenOf returns what only depends on the word w, which is low in lower case.
func tokenOf(w, low string) token {
	t := token{word: hash(w), lower: hash(low), shape: hash(shape(w))}
	r, _ := utf8.DecodeRuneInString(w)
	if t.capital = unicode.IsUpper(r); t.capital {
		t.classes = listsOf(w, low)
	}
	for n := 1; n <= 4; n++ {
		t.prefix[n-1] = hash(low[:min(n, len(low))])
		t.suffix[n-1] = hash(low[len(low)-min(n, len(low)):])
	}
	return t
}

// listsOf returns the lists that the capitalised word w stands in.
func listsOf(w, low string) class {
	lists := gazetteer()
	c := lists[strings.TrimSuffix(w, ".")]
	if c == 0 && len(w) > 3 && text.IsUpper(w) {
		c = lists[w[:1]+low[min(1, len(low)):]]
	}
	if text.IsSmall(strings.TrimSuffix(low, ".")) {
		c |= common
	}
	if c == 0 {
		if a, b, ok := strings.Cut(w, "-"); ok {
			c = lists[a] | lists[b]
		}
	}
	return c
}

func (x *extractor) begin(s text.Sentence) {
	x.first, x.last = s.First, s.Last
}

func (x *extractor) at(i int) *token {
	if i < x.first || i >= x.last {
		return &none
	}
	return &x.tokens[i]
}

// The templates of features.
const (
	fBias = iota + 1
	fWord
	fLower
	fPrefix
	fSuffix   = fPrefix + 4
	fTag      = fSuffix + 4
	fWord1    = fTag + iota
	fWord2    // two back
	fNext1    //
	fNext2    //
	fPair     // word before and this
	fPairNext // this and word after
	fTag1
	fTagNext
	fTags
	fClass
	fClass1
	fClassNext
	fClasses
	fStart
	fShapeClass
	fSuffix1
	fSuffixNext
	fClassTag
	fKnown
	fKnown1
	fKnownNext
	fPlace
	fPlace1
	fPlaceNext
)

// of returns the features of token i as hashes; the slice is used again.
func (x *extractor) of(i int) []uint32 {
	f := x.feats[:0]
	add := func(template int, a, b uint64) {
		if x.without>>template&1 == 1 {
			return
		}
		h := (a*0x9e3779b97f4a7c15 ^ b) * 0xff51afd7ed558ccd
		h ^= h >> 32
		h = (h + uint64(template)*0xc4ceb9fe1a85ec53) * 0x9e3779b97f4a7c15
		f = append(f, uint32(h>>(64-bits)))
	}
	t, p, n := x.at(i), x.at(i-1), x.at(i+1)
	p2, n2 := x.at(i-2), x.at(i+2)
	add(fBias, 0, 0)
	add(fLower, t.lower, 0)
	add(fTag, t.tag, 0)
	add(fWord1, p.lower, 0)
	add(fNext1, n.lower, 0)
	add(fTags, p.tag*31+n.tag, t.tag)
	if !t.capital && t.classes == 0 {
		add(fPair, p.lower, t.lower)
		add(fPairNext, t.lower, n.lower)
		add(fSuffix+2, t.suffix[2], 0)
		x.feats = f
		return f
	}
	add(fWord, t.word, 0)
	start := uint64(0)
	if i == x.first || i == x.first+1 && !unicode.IsLetter(rune(x.doc.Word(x.first)[0])) {
		start = 1
	}
	add(fStart, start, t.shape)
	add(fStart, start+2, t.lower)
	for k := range 4 {
		add(fPrefix+k, t.prefix[k], 0)
		add(fSuffix+k, t.suffix[k], 0)
	}
	add(fWord2, p2.lower, 0)
	add(fNext2, n2.lower, 0)
	add(fPair, p.lower, t.lower)
	add(fPairNext, t.lower, n.lower)
	add(fTag1, p.tag, t.tag)
	add(fTagNext, n.tag, t.tag)
	add(fClass, uint64(t.classes), 0)
	add(fClass1, uint64(p.classes), uint64(t.classes))
	add(fClassNext, uint64(n.classes), uint64(t.classes))
	add(fClasses, uint64(p.classes)<<16|uint64(n.classes), uint64(t.classes))
	add(fShapeClass, t.shape, uint64(t.classes)+start<<20)
	add(fClassTag, t.tag, uint64(t.classes))
	if t.known|p.known|n.known != 0 {
		add(fKnown, uint64(t.known), 0)
		add(fKnown1, uint64(p.known), uint64(t.known))
		add(fKnownNext, uint64(n.known), uint64(t.known))
	}
	add(fPlace, uint64(t.place), uint64(t.classes))
	if t.place|p.place|n.place != 0 {
		add(fPlace1, uint64(p.place), uint64(t.place))
		add(fPlaceNext, uint64(n.place), uint64(t.place))
	}
	add(fSuffix1, p.suffix[2], t.suffix[2])
	add(fSuffixNext, n.suffix[2], t.suffix[2])
	x.feats = f
	return f
}

func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// groups are the templates by what they tell of, for those who want to know what
// each is worth.
var groups = map[string][]int{
	"word":       {fLower, fWord},
	"affixes":    {fPrefix, fPrefix + 1, fPrefix + 2, fPrefix + 3, fSuffix, fSuffix + 1, fSuffix + 2, fSuffix + 3, fSuffix1, fSuffixNext},
	"neighbours": {fWord1, fWord2, fNext1, fNext2},
	"pairs":      {fPair, fPairNext},
	"tags":       {fTag, fTags, fTag1, fTagNext},
	"lists":      {fClass, fClass1, fClassNext, fClasses, fShapeClass, fClassTag},
	"known":      {fKnown, fKnown1, fKnownNext},
	"places":     {fPlace, fPlace1, fPlaceNext},
	"start":      {fStart},
}

// Groups returns the names of the groups of features, sorted.
func Groups() []string { return slices.Sorted(maps.Keys(groups)) }
