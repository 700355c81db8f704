package syntax

import (
	"slices"

	"sitrep/extractors/text"
)

// A settler counts how cases come out.
type settler map[key]*outcome

type outcome struct{ class, times, others int }

// see counts that cases came out as class, if clearly.
func (s settler) see(cases []key, class int, clearly bool) {
	for _, k := range cases {
		o := s[k]
		if o == nil {
			o = &outcome{class: class}
			s[k] = o
		}
		o.times++
		switch {
		case class != o.class:
			o.others += unlike
		case !clearly:
			o.others++
		}
	}
}

// unlike is how much something else counts beside a doubt.
const unlike = 3

// A measure says when a case is settled: it was seen often, and otherwise at most once
// in so many times.
type measure struct{ often, hardly int }

// What is settled wrongly costs more where the parser builds on it: a tag that is looked
// up has no second best. A role is only a guess.
var (
	ofTags  = measure{100, 1000}
	ofRoles = measure{8, 33}
	ofArcs  = measure{30, 300}
)

// pack appends to file the cases that are settled by m.
func (s settler) pack(file []byte, m measure) []byte {
	var list []key
	for k, o := range s {
		if o.times >= m.often && o.others*m.hardly <= o.times && o.class > 0 {
			list = append(list, k)
		}
	}
	slices.Sort(list)
	file = appendKeys(file, list)
	for _, k := range list {
		file = append(file, byte(s[k].class))
	}
	return file
}

// settle appends to file, the tables, the cases that they settle in docs, which are a
// sentence each.
func settle(file []byte, docs []*text.Document) []byte {
	m, _, err := loadTables(file)
	if err != nil {
		panic(err) // as it was packed here
	}
	p := m.Parser()
	tags, roles, arcs := settler{}, settler{}, settler{}
	for _, doc := range docs {
		p.words = read(p.words, doc, 0, len(doc.Tokens))
		p.tagger.watch(doc, p.words, tags)
		p.guesser.watch(doc, p.words, roles)
		p.watch(arcs)
	}
	file = tags.pack(file, ofTags)
	file = roles.pack(file, ofRoles)
	return arcs.pack(file, ofArcs)
}

// watch counts in s how q decides.
func (q *sequencer) watch(doc *text.Document, words []word, s settler) {
	inside := body(words)
	for i := range inside {
		best, second := q.weigh(doc, inside, i)
		q.cases(&q.keys, inside, i)
		s.see(q.keys.all(), best, second == 0)
		q.set(inside, i, best, second)
	}
}

// watch counts in s how p labels the arcs of a sentence with tags and roles.
func (p *Parser) watch(s settler) {
	p.beam.parse(p.words, p)
	var again state
	again.begin(p.words)
	for _, m := range p.beam.best().done {
		label := None
		if m != shift {
			if h, d := again.arc(m); h < again.n {
				var clearly bool
				label, clearly = p.namer.weigh(&again, h, d)
				again.caseKeys(&p.namer.keys, h, d)
				s.see(p.namer.keys.all(), int(label), clearly)
			}
		}
		again.apply(m, label)
	}
}
