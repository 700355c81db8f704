package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"

	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
)

// A treeWord is a word of a treebank.
type treeWord struct {
	text.Span  // in the sentence's text
	upos, xpos string
	head       int // -1 for the root
	label      string
}

// A treeSentence is a sentence of a treebank.
type treeSentence struct {
	text  string
	words []treeWord
}

// readTreebank reads a gzipped file in CoNLL-U.
func readTreebank(path string) ([]treeSentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	all, err := parseTreebank(z)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return all, nil
}

func parseTreebank(r io.Reader) (all []treeSentence, err error) {
	var s treeSentence
	at, joint := 0, 0 // offset in the text; words still to come of a contraction
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" {
			if len(s.words) > 0 {
				all = append(all, s)
			}
			s, at, joint = treeSentence{}, 0, 0
			continue
		}
		if t, ok := strings.CutPrefix(line, "# text = "); ok {
			s.text = t
		}
		if line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 10 {
			return nil, fmt.Errorf("line %d: %d columns", n, len(f))
		}
		if first, last, ok := strings.Cut(f[0], "-"); ok {
			a, _ := strconv.Atoi(first)
			b, _ := strconv.Atoi(last)
			joint = b - a + 1
			continue
		}
		if strings.Contains(f[0], ".") {
			continue // a word that was left out
		}
		span := locate(s.text, f[1], at, joint > 0)
		at, joint = span.End, joint-1
		head, err := strconv.Atoi(f[6])
		if err != nil {
			return nil, fmt.Errorf("line %d: head %q", n, f[6])
		}
		s.words = append(s.words, treeWord{span, f[3], f[4], head - 1, f[7]})
	}
	return all, lines.Err()
}

// locate returns where word stands in s from at on. A word of a contraction may be
// spelled otherwise there ("wo" for "won"): then it is as much as it has in common.
func locate(s, word string, at int, joint bool) text.Span {
	for at < len(s) && s[at] == ' ' && !joint {
		at++
	}
	if i := strings.Index(s[at:], word); i >= 0 && (i < 3 || !joint) {
		return text.Span{Start: at + i, End: at + i + len(word)}
	}
	end := min(len(s), at+len(word))
	return text.Span{Start: at, End: end}
}

// An aligned sentence is one of a treebank over our own tokens.
type aligned struct {
	syntax.Example
	upos  []string
	exact bool // our tokens are the treebank's words
	clean bool // each of our tokens is one or more whole words
}

// align carries the tree of s over to our tokens. One that covers several words
// takes the place of the word whose head lies outside; where a word is several
// tokens, the first takes its place and the others hang on it.
func align(s treeSentence) aligned {
	doc := text.Read("", s.text)
	n := len(doc.Tokens)
	a := aligned{Example: syntax.Example{Doc: doc, Heads: make([]int, n), Labels: make([]syntax.Label, n), Tags: make([]syntax.Tag, n)}, upos: make([]string, n), exact: true, clean: true}
	groups := group(doc, s)
	for i := range groups {
		groups[i].lead(doc)
	}
	tokenOf := make([]int, len(s.words))
	for _, g := range groups {
		for w := g.firstWord; w < g.lastWord; w++ {
			tokenOf[w] = g.main
		}
	}
	for _, g := range groups {
		words, tokens := g.lastWord-g.firstWord, g.lastToken-g.firstToken
		a.exact = a.exact && words == 1 && tokens == 1
		a.clean = a.clean && words > 0 && tokens == 1
		if tokens == 0 {
			continue
		}
		t := g.main
		for i := g.firstToken; i < g.lastToken; i++ {
			a.Heads[i], a.Labels[i], a.upos[i] = t, syntax.Goeswith, "X"
			a.Tags[i] = syntax.ParseTag("GW", "X")
			if !hasLetter(doc.Word(i)) {
				a.Labels[i] = syntax.Punct
			}
		}
		a.Labels[t] = syntax.Dep
		if words == 0 {
			a.Heads[t] = max(0, t-1)
			continue
		}
		w := s.words[g.top(s)]
		a.Heads[t] = -1
		if w.head >= 0 {
			a.Heads[t] = tokenOf[w.head]
		}
		a.Labels[t], a.Tags[t], a.upos[t] = syntax.ParseLabel(w.label), syntax.ParseTag(w.xpos, w.upos), w.upos
	}
	return a
}

// A correspondence is the shortest run of tokens and of words that begin and end
// at the same places.
type correspondence struct {
	firstToken, lastToken, firstWord, lastWord int
	main                                       int // the token that takes the words' place
}

// lead chooses the main token: the first with a letter or digit.
func (c *correspondence) lead(doc *text.Document) {
	c.main = c.firstToken
	for i := c.firstToken; i < c.lastToken; i++ {
		if hasLetter(doc.Word(i)) {
			c.main = i
			return
		}
	}
}

// hasLetter reports whether w has a letter or digit.
func hasLetter(w string) bool {
	return strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// top returns the word of the run whose head lies outside it.
func (c correspondence) top(s treeSentence) int {
	for w := c.firstWord; w < c.lastWord; w++ {
		if h := s.words[w].head; (h < c.firstWord || h >= c.lastWord) && s.words[w].label != "punct" {
			return w
		}
	}
	for w := c.firstWord; w < c.lastWord; w++ {
		if h := s.words[w].head; h < c.firstWord || h >= c.lastWord {
			return w
		}
	}
	return c.firstWord
}

// group divides tokens and words into runs that overlap no other.
func group(doc *text.Document, s treeSentence) (all []correspondence) {
	t, w := 0, 0
	for t < len(doc.Tokens) || w < len(s.words) {
		c := correspondence{firstToken: t, lastToken: t, firstWord: w, lastWord: w}
		end := 0
		switch {
		case t == len(doc.Tokens):
			end = s.words[w].End
		case w == len(s.words):
			end = doc.Tokens[t].End
		default:
			end = min(doc.Tokens[t].End, s.words[w].End)
		}
		for grown := true; grown; {
			grown = false
			for c.lastToken < len(doc.Tokens) && doc.Tokens[c.lastToken].Start < end {
				end = max(end, doc.Tokens[c.lastToken].End)
				c.lastToken++
				grown = true
			}
			for c.lastWord < len(s.words) && s.words[c.lastWord].Start < end {
				end = max(end, s.words[c.lastWord].End)
				c.lastWord++
				grown = true
			}
		}
		t, w = c.lastToken, c.lastWord
		all = append(all, c)
	}
	return all
}
