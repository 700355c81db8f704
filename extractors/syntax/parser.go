package syntax

import "sitrep/extractors/text"

// A Parser parses sentence after sentence in the same memory. It is not for use
// by several goroutines at once.
type Parser struct {
	model *Model
	words []word
	state state
	keys  keys
	lanes lanes
}

// NewParser returns a parser with the model that is built in.
func NewParser() *Parser { return &Parser{model: weights()} }

// Parse reads sentence s of doc into t, in time linear in its length.
func (p *Parser) Parse(doc *text.Document, s text.Sentence, t *Tree) {
	p.words = read(p.words, doc, s.First, s.Last)
	p.tag(doc)
	p.state.begin(p.words)
	t.begin(s)
	p.run(t)
	p.state.tie(t)
}

// tag gives the words their tags, from left to right.
func (p *Parser) tag(doc *text.Document) {
	for i := range p.words {
		tagKeys(&p.keys, doc, p.words, i)
		p.lanes.sum(p.model.tagger, p.keys.all())
		best, _ := p.lanes.best(1, tags)
		p.words[i].tag = Tag(best)
	}
	countVerbs(p.words)
}

// countVerbs fills in how many verbs there are up to each word.
func countVerbs(words []word) {
	verbs := uint8(0)
	for i := range words {
		if words[i].tag.verb() {
			verbs++
		}
		words[i].verbs = verbs
	}
}

// run makes the best move until the sentence is done.
func (p *Parser) run(t *Tree) {
	s := &p.state
	for !s.done() {
		m, only := s.forced()
		margin := int32(sure)
		if !only {
			m, margin = p.choose()
		}
		label := None
		if m != shift {
			h, d := s.arc(m)
			label = p.name(h, d)
			t.nodes[int(s.words[d].token)-t.First].margin = margin
		}
		s.apply(m, label)
	}
}

// sure is the margin of what could not be otherwise.
const sure = 1 << 20

// choose returns the best legal move, and how far it is ahead of the next.
func (p *Parser) choose() (best move, margin int32) {
	s := &p.state
	s.moveKeys(&p.keys)
	scores := p.model.mover.score(p.keys.all())
	top, second := int32(-1), int32(-1)
	for m := range moves {
		if !s.legal(m) {
			continue
		}
		switch x := scores[m]; {
		case x > top:
			best, top, second = m, x, top
		case x > second:
			second = x
		}
	}
	return best, top - second
}

// name returns what dependent d is to head h.
func (p *Parser) name(h, d int32) Label {
	if h == p.state.n {
		return Root
	}
	p.state.labelKeys(&p.keys, h, d)
	p.lanes.sum(p.model.labeller, p.keys.all())
	best, _ := p.lanes.best(int(Acl), int(labels))
	return Label(best)
}

// tie copies the arcs to t, where the marks are, too. A mark hangs on the word
// before it; those at the beginning, on the first word.
func (s *state) tie(t *Tree) {
	number := func(i int32) int32 { return s.words[i].token - int32(t.First) }
	for i := range s.n {
		n := &t.nodes[number(i)]
		n.label, n.tag = s.nodes[i].label, s.words[i].tag
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
func (m *Model) Parser() *Parser { return &Parser{model: m} }
