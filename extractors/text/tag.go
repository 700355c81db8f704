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
	tags  []string         // the classes
	known map[string]uint8 // words that have one tag wherever they stand
	rows  rows             // feature → weights
	cells []cell
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
	return t
})

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
func (d *Document) tag() {
	words := make([]string, 0, len(d.Tokens)+len(d.Sentences))
	open := false
	for n, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			words = append(words, modelWord(d.Form(i), open))
			if d.Word(i) == `"` {
				open = !open
			}
		}
		if n+1 < len(d.Sentences) && !d.stopped(s) {
			words = append(words, ".")
		}
	}
	tags := perceptron().decode(words)
	k := 0
	for n, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			d.Tokens[i].Tag = tags[k]
			if t := irregular(words[k]); t != "" {
				d.Tokens[i].Tag = t
			}
			k++
		}
		if n+1 < len(d.Sentences) && !d.stopped(s) {
			k++
		}
	}
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
func (t *tagger) decode(words []string) []string {
	ctx := make([]string, 0, len(words)+4)
	ctx = append(ctx, "-START-", "-START2-")
	for _, w := range words {
		ctx = append(ctx, modelContext(w))
	}
	ctx = append(ctx, "-END-", "-END2-")

	tags := make([]string, len(words))
	scores := make([]float32, len(t.tags))
	p1, p2 := "-START-", "-START2-"
	for i, w := range words {
		tag := ""
		if n, ok := t.known[w]; ok {
			tag = t.tags[n]
		} else {
			tag = t.predict(scores, ctx, i+2, w, p1, p2)
		}
		tags[i] = tag
		p2, p1 = p1, tag
	}
	return tags
}

func (t *tagger) predict(scores []float32, ctx []string, i int, word, p1, p2 string) string {
	clear(scores)
	t.score(scores, fBias)
	t.score(scores, extend(fSuffix, suffix(word)))
	t.score(scores, extend(fPrefix, string(rune(word[0])))) // a byte as a rune: as prose does
	t.score(scores, extend(fTag1, p1))
	t.score(scores, extend(fTag2, p2))
	t.score(scores, extend(extend(extend(fTags, p1), " "), p2))
	t.score(scores, extend(fWord, ctx[i]))
	t.score(scores, extend(extend(extend(fTagWord, p1), " "), ctx[i]))
	t.score(scores, extend(fBefore, ctx[i-1]))
	t.score(scores, extend(fBeforeSuff, suffix(ctx[i-1])))
	t.score(scores, extend(fBefore2, ctx[i-2]))
	t.score(scores, extend(fAfter, ctx[i+1]))
	t.score(scores, extend(fAfterSuff, suffix(ctx[i+1])))
	t.score(scores, extend(fAfter2, ctx[i+2]))
	best := 0
	for k, x := range scores {
		if x > scores[best] {
			best = k
		}
	}
	return t.tags[best]
}

func (t *tagger) score(scores []float32, feature uint64) {
	row := t.rows.at[t.rows.place(feature)]
	for _, c := range t.cells[row.first:row.last] {
		scores[c.tag] += c.weight
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

// straightened returns w with straight apostrophes.
func straightened(w string) string {
	if strings.Contains(w, "’") {
		return straighten.Replace(w)
	}
	return w
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
