package events

import (
	_ "embed"
	"strings"
	"sync"

	"sitrep/extractors/text"
)

//go:embed topics.tsv
var topicsTSV string

// affairs is the row of topics.tsv that events are about; its words are seldom
// used as figures of speech, unlike "battle", "raid" and "siege".
const affairs = "affairs"

var topics = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, f := range rows(topicsTSV, 2) {
		for _, w := range strings.Fields(f[1]) {
			m[w] = append(m[w], f[0])
		}
	}
	return m
})

// offTopic reports whether the news of doc is plainly about sport, culture,
// business or the weather, where teams "attack" and firms "retreat": when the
// words of one of these are more than those of affairs of state and war.
func offTopic(doc *text.Document) bool {
	count := map[string]int{}
	for i := range doc.Tokens {
		for _, topic := range topics()[doc.Lower(i)] {
			count[topic]++
		}
	}
	for topic, n := range count {
		if topic != affairs && n >= 4 && n > count[affairs] {
			return true
		}
	}
	return false
}
