package text

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"

	"sitrep/extractors/memo"
)

// The files of prose's part-of-speech model.
const (
	classesGob = "classes.gob"
	tagsGob    = "tags.gob"
	weightsGob = "weights.gob"
)

// ModelSHA256 returns the hash, in hex, over the weights that texts are read with.
var ModelSHA256 = sync.OnceValue(func() string {
	h := sha256.New()
	for _, name := range []string{classesGob, tagsGob, weightsGob} {
		h.Write(asset(name))
	}
	return hex.EncodeToString(h.Sum(nil))
})

// A tagger gives parts of speech by prose's averaged perceptron: the same
// weights and features, decoded over our own tokens. A feature is found by the
// hash of its name, so that none has to be spelled out.
type tagger struct {
	tags    []string         // the classes, and two that stand before a text
	known   map[string]uint8 // words that have one tag wherever they stand
	rows    rows             // feature → weights
	cells   []cell
	bias    weighted
	before1 []weighted // by the tag before
	before2 []weighted // by the one before that
	both    []weighted // by both
	start   [2]lexeme  // what stands before a text
	end     [2]lexeme  // and behind
}

type weighted struct{ first, last int32 } // a row of cells

// Rows find the weights of features by the hashes of their names: open addressing,
// with at most half of the places taken.
type rows struct {
	keys []uint64 // 0 where a place is free
	at   []weighted
}

func newRows(n int) rows {
	size := 1
	for size < 2*n {
		size *= 2
	}
	return rows{make([]uint64, size), make([]weighted, size)}
}

// place returns where key is, or would be.
func (r *rows) place(key uint64) int {
	mask := uint64(len(r.keys) - 1)
	i := key & mask
	for r.keys[i] != key && r.keys[i] != 0 {
		i = (i + 1) & mask
	}
	return int(i)
}

func (r *rows) put(key uint64, w weighted) {
	i := r.place(key)
	r.keys[i], r.at[i] = key, w
}

type cell struct {
	tag    uint8
	weight float32
}

// perceptron returns the tagger. It panics when the weights that are compiled
// into prose cannot be read, which is a fault of the build.
var perceptron = sync.OnceValue(func() *tagger {
	var classes []string
	var known map[string]string
	var weights map[string]map[string]float64
	decodeAsset(classesGob, &classes)
	decodeAsset(tagsGob, &known)
	decodeAsset(weightsGob, &weights)

	t := &tagger{tags: classes, known: make(map[string]uint8, len(known)), rows: newRows(len(weights))}
	number := make(map[string]uint8, len(classes))
	for i, c := range classes {
		number[c] = uint8(i)
	}
	for word, tag := range known {
		t.known[word] = number[tag]
	}
	for name, row := range weights {
		w := weighted{first: int32(len(t.cells))}
		for _, tag := range classes { // in this order, so that sums do not depend on the map's
			if x, ok := row[tag]; ok {
				t.cells = append(t.cells, cell{number[tag], float32(x)})
			}
		}
		w.last = int32(len(t.cells))
		t.rows.put(hash(name), w)
	}
	t.prepare()
	return t
})

// prepare finds the rows that depend on tags alone, and what stands outside a text.
func (t *tagger) prepare() {
	t.bias = t.row(fBias)
	t.tags = append(t.tags[:len(t.tags):len(t.tags)], "-START-", "-START2-")
	for _, p1 := range t.tags {
		t.before1 = append(t.before1, t.row(extend(fTag1, p1)))
		t.before2 = append(t.before2, t.row(extend(fTag2, p1)))
		for _, p2 := range t.tags {
			t.both = append(t.both, t.row(extend(extend(extend(fTags, p1), " "), p2)))
		}
	}
	t.start = [2]lexeme{t.context("-START-"), t.context("-START2-")}
	t.end = [2]lexeme{t.context("-END-"), t.context("-END2-")}
}

func (t *tagger) row(feature uint64) weighted { return t.rows.at[t.rows.place(feature)] }

// A lexeme is all that only depends on a word.
type lexeme struct {
	lower     string      // see Document.Lower
	irregular string      // the tag of what is no word
	known     int         // the number of its only tag, or -1
	form      string      // in the features of its neighbours
	rows      [3]weighted // of its own features
	previous  [3]weighted // of the features of the words behind it
	following [3]weighted // and before it
}

// context returns a lexeme that neighbours see as form.
func (t *tagger) context(form string) lexeme {
	return lexeme{
		known: -1, form: form,
		previous:  [3]weighted{t.row(extend(fBefore, form)), t.row(extend(fBeforeSuff, suffix(form))), t.row(extend(fBefore2, form))},
		following: [3]weighted{t.row(extend(fAfter, form)), t.row(extend(fAfterSuff, suffix(form))), t.row(extend(fAfter2, form))},
	}
}

// lexeme returns that of word in the form that the model knows.
func (t *tagger) lexeme(word string) lexeme {
	l := t.context(modelContext(word))
	l.irregular = irregular(word)
	l.rows = [3]weighted{t.row(extend(fSuffix, suffix(word))), t.row(extend(fPrefix, string(rune(word[0])))), t.row(extend(fWord, l.form))} // a byte as a rune: as prose does
	if n, ok := t.known[word]; ok {
		l.known = int(n)
	}
	return l
}

var lexemes memo.Table[lexeme]

// lexemeOf returns that of a word as it stands in a text.
func lexemeOf(word string) *lexeme {
	return lexemes.Of(word, func(word string) lexeme {
		l := perceptron().lexeme(modelWord(word, false))
		l.lower = fold(word)
		return l
	})
}

func decodeAsset(name string, v any) {
	if err := gob.NewDecoder(bytes.NewReader(asset(name))).Decode(v); err != nil {
		panic(fmt.Sprintf("prose's part-of-speech model: %s: %v", name, err))
	}
}

// asset returns a file of the model, which is compiled into prose.
func asset(name string) []byte {
	b, err := prose.Asset("model/AveragedPerceptron/" + name)
	if err != nil {
		panic(fmt.Sprintf("prose's part-of-speech model: %s: %v", name, err))
	}
	return b
}

// Hashing is FNV-1a, continued from part to part of a feature's name.
const (
	fnvBasis = 14695981039346656037
	fnvPrime = 1099511628211
)

func hash(s string) uint64 { return extend(fnvBasis, s) }

func extend(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// The beginnings of the feature names in prose's model.
var (
	fBias       = hash("bias")
	fSuffix     = hash("i suffix ")
	fPrefix     = hash("i pref1 ")
	fTag1       = hash("i-1 tag ")
	fTag2       = hash("i-2 tag ")
	fTags       = hash("i tag+i-2 tag ")
	fWord       = hash("i word ")
	fTagWord    = hash("i-1 tag+i word ")
	fBefore     = hash("i-1 word ")
	fBeforeSuff = hash("i-1 suffix ")
	fBefore2    = hash("i-2 word ")
	fAfter      = hash("i+1 word ")
	fAfterSuff  = hash("i+1 suffix ")
	fAfter2     = hash("i+2 word ")
)

// tag gives every token of d its part of speech. As in prose, the context runs
// over sentence ends within the document. A title, byline or dateline that has
// no full stop is given one, or what follows would read as its end.
func (d *Document) tag(read []*lexeme) {
	words := make([]*lexeme, 0, len(d.Tokens)+len(d.Sentences))
	open := false
	for n, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			words = append(words, d.lexeme(i, read[i], open))
			if d.Word(i) == `"` {
				open = !open
			}
		}
		if n+1 < len(d.Sentences) && !d.stopped(s) {
			words = append(words, lexemeOf("."))
		}
	}
	tags := perceptron().decode(words)
	k := 0
	for n, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			d.Tokens[i].Tag = tags[k]
			if t := words[k].irregular; t != "" {
				d.Tokens[i].Tag = t
			}
			k++
		}
		if n+1 < len(d.Sentences) && !d.stopped(s) {
			k++
		}
	}
}

// lexeme returns what token i is tagged as; read is its own lexeme, and open says
// whether a straight quote is open.
func (d *Document) lexeme(i int, read *lexeme, open bool) *lexeme {
	w := d.Form(i)
	switch {
	case w == `"`:
		return lexemeOf(modelWord(w, open))
	case d.forms != nil:
		return lexemeOf(w)
	}
	return read
}

// stopped reports whether s ends in a mark that ends sentences, or in a quote.
func (d *Document) stopped(s Sentence) bool {
	switch d.Word(s.Last - 1) {
	case ".", "!", "?", "…", "...", ":", ";", `"`, "”", "'", "’", "''", ")", "]":
		return true
	}
	return false
}

// decode returns the tags of words, greedily from left to right.
func (t *tagger) decode(words []*lexeme) []string {
	ctx := make([]*lexeme, 0, len(words)+4)
	ctx = append(ctx, &t.start[0], &t.start[1])
	ctx = append(ctx, words...)
	ctx = append(ctx, &t.end[0], &t.end[1])

	tags := make([]string, len(words))
	var scores tagScores
	p1, p2 := len(t.tags)-2, len(t.tags)-1
	for i, w := range words {
		tag := w.known
		if tag < 0 {
			tag = t.predict(&scores, ctx[i:i+5], p1, p2)
		}
		tags[i] = t.tags[tag]
		p2, p1 = p1, tag
	}
	return tags
}

// predict returns the tag of the word in the middle of ctx behind tags p1 and p2.
func (t *tagger) predict(scores *tagScores, ctx []*lexeme, p1, p2 int) int {
	w := ctx[2]
	*scores = tagScores{}
	t.score(scores, t.bias)
	t.score(scores, w.rows[0])
	t.score(scores, w.rows[1])
	t.score(scores, t.before1[p1])
	t.score(scores, t.before2[p2])
	t.score(scores, t.both[p1*len(t.tags)+p2])
	t.score(scores, w.rows[2])
	t.score(scores, t.row(extend(extend(extend(fTagWord, t.tags[p1]), " "), w.form)))
	t.score(scores, ctx[1].previous[0])
	t.score(scores, ctx[1].previous[1])
	t.score(scores, ctx[0].previous[2])
	t.score(scores, ctx[3].following[0])
	t.score(scores, ctx[3].following[1])
	t.score(scores, ctx[4].following[2])
	best := 0
	for k, x := range scores[:len(t.tags)-2] {
		if x > scores[best] {
			best = k
		}
	}
	return best
}

// tagScores are by the number of a tag; there are fewer tags than places.
type tagScores [64]float32

func (t *tagger) score(scores *tagScores, row weighted) {
	for _, c := range t.cells[row.first:row.last] {
		scores[c.tag%uint8(len(scores))] += c.weight
	}
}

// suffix returns the last three bytes of word.
func suffix(word string) string { return word[max(0, len(word)-3):] }

// irregular returns the tag of what is no word, "" for a word.
func irregular(w string) string {
	switch {
	case strings.HasPrefix(w, "@"), strings.HasPrefix(w, "http"), strings.HasPrefix(w, "www."), strings.Contains(w, "@"):
		return "NN"
	}
	if r, _ := utf8.DecodeRuneInString(w); !isWord(r) && r >= utf8.RuneSelf {
		return "SYM"
	}
	return ""
}

// modelWord returns the form of w that the model was trained on: plain quotes,
// dashes and brackets. open says whether a straight quote is open.
func modelWord(w string, open bool) string {
	if w[0] < utf8.RuneSelf {
		switch {
		case w == `"` && open:
			return "''"
		case w == `"`:
			return "``"
		case w == "[" || w == "{":
			return "("
		case w == "]" || w == "}":
			return ")"
		case strings.Trim(w, "-") == "":
			return "--"
		case strings.Trim(w, ".") == "" && len(w) > 1:
			return "..."
		}
		return straightened(w)
	}
	switch w {
	case "“", "‘", "«", "„":
		return "``"
	case "”", "»":
		return "''"
	case "’":
		return "'"
	case "–", "—", "―":
		return "--"
	case "…":
		return "..."
	case "•", "·", "▪", "●":
		return ":"
	}
	return straightened(w)
}

// modelContext returns the form of w in the features of its neighbours.
func modelContext(w string) string {
	switch {
	case strings.Contains(w, "-") && w[0] != '-':
		return "!HYPHEN"
	case len(w) == 4 && isNumber(w):
		return "!YEAR"
	case isDigit(w, 0):
		return "!DIGITS"
	}
	return strings.ToLower(w)
}
