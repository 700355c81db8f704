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

// topics gives for each word of topics.tsv the classes that list it.
var topics = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, f := range rows(topicsTSV, 3) {
		for _, w := range strings.Fields(f[1]) {
			m[w] = append(m[w], f[0])
		}
	}
	return m
})

// The classes of topics.tsv that speak for an event; all others are topics.
const (
	stateWords = "state"
	armsWords  = "arms"
	sport      = "sport"
)

// A gate knows which sentences of a document may tell an event. In news of state
// and war all may. In an article on another topic, where teams "attack", firms
// "retreat" and films "bomb", only those may that name for certain somebody who
// acts in politics or war: "Government warplanes bombed the stadium."
type gate struct {
	affairs  bool  // the document is about politics or war
	sport    bool  // it is about sport, where countries are teams
	evidence []int // by sentence: how much it speaks of politics and war
	lands    []int // by sentence: the countries in it
}

// certain is the evidence that a sentence on politics or war has in an article
// on another topic: "militants" and "bombs", "ministry" and a country.
const certain = 3

// admits reports whether the sentence at index n may tell an event.
func (g *gate) admits(n int) bool {
	if g.affairs {
		return true
	}
	score := g.evidence[n]
	if !g.sport || score >= 2 {
		score += min(g.lands[n], 2)
	}
	return score >= certain
}

// newGate weighs the words of doc and what was found in it.
func newGate(doc *text.Document, found Found) *gate {
	g := &gate{evidence: make([]int, len(doc.Sentences)), lands: make([]int, len(doc.Sentences))}
	g.weigh(doc, found)
	count := map[string]int{}
	sentences, evidence := 0, 0
	for n, s := range doc.Sentences {
		if !isNews(doc, s) {
			continue
		}
		sentences++
		evidence += min(g.evidence[n], 4)
		for i := s.First; i < s.Last; i++ {
			for _, class := range topics()[doc.Lower(i)] {
				count[class]++
			}
		}
	}
	topic := 0
	for class, n := range count {
		if class != stateWords && class != armsWords {
			topic = max(topic, n)
		}
	}
	g.affairs = evidence >= sentences && evidence >= 2*topic
	g.sport = topic > 0 && count[sport] == topic
	return g
}

// weigh counts what speaks for politics and war in each sentence.
func (g *gate) weigh(doc *text.Document, found Found) {
	for n, s := range doc.Sentences {
		for i := s.First; i < s.Last; i++ {
			for _, class := range topics()[doc.Lower(i)] {
				switch class {
				case stateWords:
					g.evidence[n] += 2
				case armsWords:
					g.evidence[n]++
				}
			}
		}
	}
	for _, m := range found.Groups {
		weight := 1
		if m.Kind == countries.Armed {
			weight = 2
		}
		if n := doc.SentenceAt(m.Start); n >= 0 {
			g.evidence[n] += weight
		}
	}
	seen, last := -1, countries.Code("")
	for _, m := range found.Countries {
		n := doc.SentenceAt(m.Start)
		if n < 0 || n == seen && m.Country == last {
			continue
		}
		g.lands[n]++
		seen, last = n, m.Country
	}
}

// isNews reports whether s is in the news part of doc.
func isNews(doc *text.Document, s text.Sentence) bool {
	return s.First < s.Last && doc.RoleAt(doc.Tokens[s.Last-1].Start) == text.News
}
