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
	host     bool     // a body of men: none in "an army of volunteers"
	deed     int      // 1 for a word that names the action itself: "siege"
	topics   []string // that it is a word of
}

// evidenceOf gives what a word of these classes of topics.tsv is worth; beside
// them and deeds, all classes are topics.
var evidenceOf = map[string]int{"sure": certain, "state": 2, "arms": 1, "host": 1}

// certain is the evidence at which a sentence in an article on another topic is
// about politics or war: "gunmen", "the French government", "30 Iraqi soldiers".
const certain = 3

// few sentences, or words of a topic, do not show what an article is about.
const few = 3

// played are the topics in which countries are teams or scenes, not actors.
var played = []string{"sport", "culture", "games", "nature", "learning", "home"}

var senses = sync.OnceValue(func() map[string]sense {
	m := map[string]sense{}
	for _, f := range rows(topicsTSV, 3) {
		for _, w := range strings.Fields(f[1]) {
			s := m[w]
			switch n := evidenceOf[f[0]]; {
			case n > 0:
				s.evidence, s.host = n, f[0] == "host"
			case f[0] == "deed":
				s.deed = 1
			default:
				s.topics = append(s.topics, f[0])
			}
			m[w] = s
		}
	}
	return m
})

// A gate knows which sentences of a document may tell an event. In an article on
// another topic teams "attack", firms "retreat" and films "bomb"; there only a
// sentence may that names those who act in politics or war: "Government warplanes
// bombed the stadium."
type gate struct {
	need      int       // evidence that a sentence must have
	topic     string    // the foremost beside politics and war, "" where too few words tell
	played    bool      // countries are teams or scenes
	sentences []weights // of the document
}

// weights are what a sentence holds for politics and war.
type weights struct{ evidence, deeds, lands int }

// newGate weighs the words of doc and what was found in it.
func newGate(doc *text.Document, found Found) *gate {
	g := &gate{sentences: make([]weights, len(doc.Sentences))}
	g.findings(doc, found)
	all := weights{lands: len(found.Countries)}
	sentences, count := 0, map[string]int{}
	for n, s := range doc.Sentences {
		if !isNews(doc, s) {
			continue
		}
		w := &g.sentences[n]
		w.read(doc, s, count)
		sentences++
		all.evidence += min(w.evidence, certain+1)
		all.deeds += w.deeds
	}
	topic := 0
	for name, n := range count {
		if n > topic || n == topic && name < g.topic {
			topic, g.topic = n, name
		}
	}
	if topic < few {
		g.topic = ""
	}
	for _, t := range played {
		g.played = g.played || topic > 0 && count[t] == topic
	}
	g.need = need(sentences, all, topic)
	return g
}

// read adds what the words of s say, and counts those of each topic.
func (w *weights) read(doc *text.Document, s text.Sentence, count map[string]int) {
	for i := s.First; i < s.Last; i++ {
		sense := senses()[doc.Lower(i)]
		if !sense.host || doc.Lower(i+1) != "of" || doc.Tag(i+2) == "NNP" {
			w.evidence += sense.evidence
		}
		w.deeds += sense.deed
		for _, t := range sense.topics {
			count[t]++
		}
	}
}

// need returns the evidence that each of so many sentences must have, by what all
// of them hold and how many words the foremost topic has.
func need(sentences int, all weights, topic int) int {
	if sentences < few && topic < few {
		return 0 // too little to tell
	}
	dense := all.evidence + min(all.deeds, all.evidence) // war without warriors is a figure of speech
	switch {
	case all.lands == 0, 2*dense < sentences, topic >= few && all.evidence < 2*topic:
		return certain
	case dense < sentences:
		return certain - 1 // little of anything: a feature on life in a province
	}
	return 0
}

// admits reports whether the sentence at index n may tell an event.
func (g *gate) admits(n int) bool {
	w := g.sentences[n]
	lands := min(w.lands, 2) // "Germany rejected a Chinese proposal"
	switch {
	case g.need < certain:
		return w.evidence+w.deeds+lands >= g.need
	case g.played && w.evidence < certain:
		return false
	case lands == 0: // not "General Volk takes forty skiers hostage"
		return w.evidence > certain
	}
	return w.evidence+lands >= certain
}

// findings adds what the groups, leaders and countries found say for each sentence.
func (g *gate) findings(doc *text.Document, found Found) {
	add := func(s text.Span, w weights) {
		if n := doc.SentenceAt(s.Start); n >= 0 {
			g.sentences[n].evidence += w.evidence
			g.sentences[n].lands += w.lands
		}
	}
	for _, m := range found.Groups {
		if m.Kind == countries.Armed {
			add(m.Span, weights{evidence: 2})
		} else {
			add(m.Span, weights{evidence: 1})
		}
	}
	for _, p := range found.People {
		if p.Country == "" || !governs(p.Role) {
			continue
		}
		for _, m := range p.Mentions {
			add(m.Span, weights{evidence: 1})
		}
	}
	for _, m := range found.Countries {
		add(m.Span, weights{lands: 1})
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

// isNews reports whether s is in the news part of doc, and no entry of a chronicle:
// "1714 - The treaty was signed."
func isNews(doc *text.Document, s text.Sentence) bool {
	return s.First < s.Last && !chronicled(doc, s) && !headline(doc, s) && doc.RoleAt(doc.Tokens[s.Last-1].Start) == text.News
}

func chronicled(doc *text.Document, s text.Sentence) bool {
	n := number(doc.Word(s.First))
	dash := doc.Word(s.First + 1)
	return n > 1000 && n < 2100 && (dash == "-" || dash == "–" || dash == "—" || dash == ":")
}
