// Package syntax finds who depends on whom in a sentence: a tree of Universal
// Dependencies over the tokens of a document, with parts of speech of its own
// under it, both learned from treebanks. It does not know what the words mean.
//
// A sentence is tagged, each word's label is guessed from the words around it, and
// then the tree is built from left to right, in time linear in its length, along the
// few best ways of a beam. Punctuation is not parsed: marks are properties of the
// words beside them and are hung on the word before at the end. Any input gives a tree.
package syntax

import "sitrep/extractors/text"

// A Parser parses sentence after sentence in the same memory. It is not for use
// by several goroutines at once.
type Parser struct {
	words   []word
	beam    beam
	tagger  sequencer
	guesser sequencer
	mover   mover
	namer   namer
}

// NewParser returns a parser with the model that is built in.
func NewParser() *Parser { return weights().Parser() }

// Parse reads sentence s of doc into t, in time linear in its length.
func (p *Parser) Parse(doc *text.Document, s text.Sentence, t *Tree) {
	p.words = read(p.words, doc, s.First, s.Last)
	p.tagger.run(doc, p.words)
	p.guesser.run(doc, p.words)
	t.begin(s)
	p.beam.parse(p.words, p).tie(t)
}

func (p *Parser) begin(s *state) {
	p.mover.begin(s)
	p.namer.begin()
}

func (p *Parser) moveScores(s *state) (scores [moves]float32) {
	for m, x := range p.mover.score(s) {
		scores[m] = float32(x)
	}
	return scores
}

func (p *Parser) name(s *state, h, d int32) Label {
	if h == s.n {
		return Root
	}
	return p.namer.name(s, h, d)
}

// tie copies the arcs to t, where the marks are, too. A mark hangs on the word
// before it; those at the beginning, on the first word.
func (s *state) tie(t *Tree) {
	number := func(i int32) int32 { return s.words[i].token - int32(t.First) }
	for i := range s.n {
		n := &t.nodes[number(i)]
		n.label, n.tag, n.margin = s.nodes[i].label, s.words[i].tag, s.nodes[i].margin
		if h := s.nodes[i].head; h < s.n {
			n.head = number(h)
		}
	}
	first, before := int32(0), int32(-1)
	if s.n > 0 {
		first = number(0)
	} else if len(t.nodes) > 0 {
		t.nodes[0].label = Root
		before = 0
	}
	for i := range t.nodes {
		n := &t.nodes[i]
		switch {
		case n.label != None:
			before = int32(i)
		case before >= 0:
			n.head, n.label = before, Punct
		default:
			n.head, n.label = first, Punct
		}
	}
	t.link()
}

// Parser returns a parser with model m.
func (m *Model) Parser() *Parser {
	return &Parser{
		tagger:  sequencer{task: tagging, table: m.tagger, settled: m.tags},
		guesser: sequencer{task: guessing, table: m.guesser, settled: m.roles},
		mover:   mover{table: m.mover},
		namer:   namer{table: m.labeller, settled: m.arcs},
		beam:    beam{width: beamWidth, slack: beamSlack, thin: true},
	}
}
