package events

import (
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
)

// facts says, for each token, which mention of each kind covers it (-1: none).
type facts struct{ person, reference, country, group, count, date int32 }

// A reader finds the events of one document.
type reader struct {
	doc      *text.Document
	found    Found
	lex      *lexicon
	facts    []facts
	home     countries.Code // the country that the article is about, "" when several
	parser   *syntax.Parser
	tree     *syntax.Tree // of the sentence
	sentence text.Sentence
	phrases  []*phrase                 // of the sentence, by head, from its first token; nil where not asked for yet
	triggers []*Event                  // of the sentence
	moments  []dated                   // the dates of the sentence
	last     []*phrase                 // political subjects of the sentence before, for "they"
	place    *Place                    // last place told
	told     map[string]countries.Code // whose the last that a noun named were: "rebels"
	ledger   *ledger                   // nil where nobody asks what is dropped
}

func newReader(doc *text.Document, found Found) *reader {
	r := &reader{doc: doc, found: found, lex: words(), facts: make([]facts, len(doc.Tokens)), tree: &syntax.Tree{}, told: map[string]countries.Code{}}
	for i := range r.facts {
		r.facts[i] = facts{-1, -1, -1, -1, -1, -1}
	}
	mark := func(s text.Span, set func(f *facts)) {
		for first, last := doc.TokensIn(s); first < last; first++ {
			set(&r.facts[first])
		}
	}
	for n, p := range found.People {
		for _, m := range p.Mentions {
			mark(m.Span, func(f *facts) { f.person = int32(n) })
		}
		for _, m := range p.References {
			mark(m.Span, func(f *facts) { f.reference = int32(n) })
		}
	}
	for n, m := range found.Countries {
		mark(m.Span, func(f *facts) { f.country = int32(n) })
	}
	for n, m := range found.Groups {
		mark(m.Span, func(f *facts) { f.group = int32(n) })
	}
	for n, m := range found.Troops {
		mark(m.Span, func(f *facts) { f.count = int32(n) })
	}
	for n, m := range found.Dates {
		mark(m.Span, func(f *facts) { f.date = int32(n) })
	}
	r.home = homeOf(doc, found.Countries)
	return r
}

// homeOf returns the country whose army "the army" is: the one that more than
// half of the article's mentions of countries are of.
func homeOf(doc *text.Document, found []countries.Mention) countries.Code {
	n, all := map[countries.Code]int{}, 0
	for _, m := range found {
		if m.Country != "" && doc.RoleAt(m.Start) <= text.Dateline {
			n[m.Country]++
			all++
		}
	}
	for c, k := range n {
		if 2*k > all {
			return c
		}
	}
	return ""
}

// afterDateline returns the first token of s that is no part of a dateline:
// "LIMA, Peru (May 3) – |Soldiers| left".
func (r *reader) afterDateline(s text.Sentence) int {
	for i := s.First; i < min(s.Last-1, s.First+2*reach); i++ {
		switch w := r.doc.Word(i); {
		case r.doc.RoleAt(r.doc.Tokens[i].Start) == text.Dateline && r.doc.RoleAt(r.doc.Tokens[i+1].Start) != text.Dateline:
			return i + 1
		case i > s.First && (w == "–" || w == "—" || w == "-" || w == "--") && (r.doc.Word(i-1) == ")" || r.facts[i-1].date >= 0 && len(r.doc.Word(s.First)) > 1 && r.doc.Word(s.First) == strings.ToUpper(r.doc.Word(s.First))):
			return i + 1
		}
	}
	return s.First
}

// open makes s the sentence that is read.
func (r *reader) open(s text.Sentence) {
	if r.parser == nil {
		r.parser = syntax.NewParser()
	}
	s.First = r.afterDateline(s)
	r.sentence = s
	r.parser.Parse(r.doc, s, r.tree)
	r.triggers, r.moments = r.triggers[:0], r.moments[:0]
	r.phrases = append(r.phrases[:0], make([]*phrase, s.Last-s.First)...)
}
