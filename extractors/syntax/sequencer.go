package syntax

import "sitrep/extractors/text"

// outside stands for what lies beyond the ends of a sentence.
var outside = word{token: -1, tag: tagNone, lower: 1}

// at returns word i, or what stands for it beyond either end.
func at(words []word, i int) *word {
	if i < 0 || i >= len(words) {
		return &outside
	}
	return &words[i]
}

// A sequencer gives each word of a sentence one of some classes, from left to right.
type sequencer struct {
	task
	table *table
	keys  keys
	lanes lanes
}

// A task is what a sequencer does.
type task struct {
	from, to int // the classes, [from, to)
	features func(k *keys, doc *text.Document, words []word, i int)
	gold     func(g *gold, i int) int
	set      func(words []word, i, best, second int)
}

// doubt is how far the second best class may be behind the best to be told.
const doubt = 127

// run gives words, which are a whole sentence of doc, their classes.
func (q *sequencer) run(doc *text.Document, words []word) {
	inside := body(words)
	for i := range inside {
		q.features(&q.keys, doc, inside, i)
		q.lanes.sum(q.table, &q.keys)
		best, second, lead := q.lanes.best(q.from, q.to)
		if lead >= doubt {
			second = 0
		}
		q.set(inside, i, best, second)
	}
}
