package people

import (
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// A reading is a document with what was found in it before, by token.
type reading struct {
	doc      *text.Document
	lex      *lexicon
	found    []countries.Mention
	named    []names.Mention
	country  []int32 // the country mention over a token, or -1
	name     []int32 // the name over it, or -1
	group    []bool  // part of a body's or armed group's name
	quotes   []span  // quotations, without their marks
	quote    []int32 // the quotation that a token stands in, or -1
	part     []text.Role
	sentence []int32
	upper    []bool // in a sentence written in capitals
	lasts    map[string]bool
	small    map[string]bool
	firms    map[string]bool
	codes    map[countries.Code]bool
	person   []int32 // the candidate over a token, or -1
	all      []candidate
}

// A span is a range of tokens [first, last).
type span struct{ first, last int }

func newReading(doc *text.Document, named []names.Mention, found []countries.Mention, groups []countries.Group) *reading {
	n := len(doc.Tokens)
	r := &reading{doc: doc, lex: words(), found: found, named: named, country: make([]int32, n), name: make([]int32, n),
		group: make([]bool, n), part: partsByToken(doc), upper: capitals(doc)}
	r.quotes, r.quote = quotations(doc)
	for i := range n {
		r.country[i], r.name[i] = -1, -1
	}
	r.sentence = make([]int32, n)
	for k, s := range doc.Sentences {
		for i := s.First; i < s.Last; i++ {
			r.sentence[i] = int32(k)
		}
	}
	for k, m := range named {
		for i := m.First; i < m.Last; i++ {
			r.name[i] = int32(k)
		}
	}
	for k, m := range found {
		for first, last := doc.TokensIn(m.Span); first < last; first++ {
			r.country[first] = int32(k)
		}
	}
	for _, g := range groups {
		for first, last := doc.TokensIn(g.Span); first < last; first++ {
			r.group[first] = true
		}
	}
	return r
}

// partsByToken returns the role of the part that each token stands in.
func partsByToken(doc *text.Document) []text.Role {
	out := make([]text.Role, len(doc.Tokens))
	k := 0
	for i, t := range doc.Tokens {
		for k < len(doc.Parts) && doc.Parts[k].End <= t.Start {
			k++
		}
		if k < len(doc.Parts) && doc.Parts[k].Start <= t.Start {
			out[i] = doc.Parts[k].Role
		}
	}
	return out
}

// span returns where c stands in the text.
func (r *reading) span(c *candidate) text.Span {
	if c.part.Len() > 0 {
		return c.part
	}
	s := r.doc.Covering(c.first, c.last)
	name := r.doc.Slice(s)
	s.End = s.Start + len(strings.TrimRight(name, "'’")) // "Gonzalez' house"
	return s
}

// typeAt returns the type of the name that token i is in.
func (r *reading) typeAt(i int) names.Type {
	if i < 0 || i >= len(r.name) || r.name[i] < 0 {
		return names.None
	}
	return r.named[r.name[i]].Type
}

// countryAt returns the country mention over token i, or nil.
func (r *reading) countryAt(i int) *countries.Mention {
	if i < 0 || i >= len(r.country) || r.country[i] < 0 {
		return nil
	}
	return &r.found[r.country[i]]
}

// grouped reports whether token i is part of the name of a body or armed group.
func (r *reading) grouped(i int) bool { return i >= 0 && i < len(r.group) && r.group[i] }

func (r *reading) proper(i int) bool { return strings.HasPrefix(r.doc.Tag(i), "NNP") }

// finite reports whether token i is a finite verb.
func (r *reading) finite(i int) bool {
	switch r.doc.Tag(i) {
	case "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
}

// capitals tells which tokens stand in sentences that are written in capitals.
func capitals(doc *text.Document) []bool {
	out := make([]bool, len(doc.Tokens))
	for _, s := range doc.Sentences {
		large, small := 0, 0
		for i := s.First; i < s.Last; i++ {
			switch w := doc.Word(i); {
			case len(w) < 2:
			case shouting(w):
				large++
			case isWordy(w):
				small++
			}
		}
		if large > 2 && large > 2*small {
			for i := s.First; i < s.Last; i++ {
				out[i] = true
			}
		}
	}
	return out
}
