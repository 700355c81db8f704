package events

import (
	_ "embed"
	"strings"
	"sync"

	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

//go:embed topics.tsv
var topicsTSV string

// A sense is what a word says about the text it stands in.
type sense struct {
	evidence int      // for politics or war
	topics   []string // that it is a word of
}

// evidenceOf gives what a word of these classes of topics.tsv is worth; all
// other classes are topics.
var evidenceOf = map[string]int{"sure": 3, "state": 2, "arms": 1}

// certain is the evidence at which a sentence in an article on another topic is
// about politics or war: "gunmen", "the ministry", "soldiers" of a country at war.
const certain = 3

var senses = sync.OnceValue(func() map[string]sense {
	m := map[string]sense{}
	for _, f := range rows(topicsTSV, 3) {
		for _, w := range strings.Fields(f[1]) {
			s := m[w]
			if n := evidenceOf[f[0]]; n > 0 {
				s.evidence = n
			} else {
				s.topics = append(s.topics, f[0])
			}
			m[w] = s
		}
	}
	return m
})

// A gate knows which sentences of a document may tell an event. In an article on
// another topic teams "attack", firms "retreat" and films "bomb", and only
// sentences may that name those who act in politics or war: "Government
// warplanes bombed the stadium."
type gate struct {
	need     int   // evidence that a sentence must have
	sport    bool  // the topic is sport, where countries are teams
	evidence []int // by sentence
	lands    []int // by sentence: the countries named
}

// newGate weighs the words of doc and what was found in it.
func newGate(doc *text.Document, found Found) *gate {
	g := &gate{evidence: make([]int, len(doc.Sentences)), lands: make([]int, len(doc.Sentences))}
	g.findings(doc, found)
	count := map[string]int{}
	sentences, evidence := 0, 0
	for n, s := range doc.Sentences {
		if !isNews(doc, s) {
			continue
		}
		for i := s.First; i < s.Last; i++ {
			sense := senses()[doc.Lower(i)]
			g.evidence[n] += sense.evidence
			for _, t := range sense.topics {
				count[t]++
			}
		}
		sentences++
		evidence += min(g.evidence[n], certain+1)
	}
	topic := 0
	for _, n := range count {
		topic = max(topic, n)
	}
	g.sport = topic > 0 && count["sport"] == topic
	g.need = need(sentences, evidence, topic)
	return g
}

// need returns the evidence that each sentence must have, by how much there is in
// all of them and how many words its foremost topic has.
func need(sentences, evidence, topic int) int {
	switch {
	case evidence < 2*topic || 2*evidence < sentences:
		return certain
	case evidence < sentences:
		return 1 // little of anything: a feature on life in a province
	}
	return 0
}

// admits reports whether the sentence at index n may tell an event.
func (g *gate) admits(n int) bool {
	score := g.evidence[n]
	if !g.sport || score > 1 {
		score += min(g.lands[n], 2) // "Germany rejected a Chinese proposal"
	}
	return score >= g.need
}

// findings adds what the groups, leaders and countries found say for each sentence.
func (g *gate) findings(doc *text.Document, found Found) {
	add := func(s text.Span, to []int, weight int) {
		if n := doc.SentenceAt(s.Start); n >= 0 {
			to[n] += weight
		}
	}
	for _, m := range found.Groups {
		weight := evidenceOf["arms"]
		if m.Kind == countries.Armed {
			weight = evidenceOf["state"]
		}
		add(m.Span, g.evidence, weight)
	}
	for _, p := range found.People {
		if p.Country == "" || !governs(p.Role) {
			continue
		}
		for _, m := range p.Mentions {
			add(m.Span, g.evidence, 1)
		}
	}
	for _, m := range found.Countries {
		add(m.Span, g.lands, 1)
	}
}

// governs reports whether role is an office of state or a command.
func governs(role string) bool {
	for _, w := range strings.Fields(strings.ToLower(role)) {
		if senses()[w].evidence > 0 {
			return true
		}
	}
	return false
}

// isNews reports whether s is in the news part of doc.
func isNews(doc *text.Document, s text.Sentence) bool {
	return s.First < s.Last && doc.RoleAt(doc.Tokens[s.Last-1].Start) == text.News
}
