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
	table   *table
	settled *settled
	keys    keys
	lanes   lanes
}

// A task is what a sequencer does.
type task struct {
	from, to int // the classes, [from, to)
	cases    func(k *keys, words []word, i int)
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
		q.cases(&q.keys, inside, i)
		if class := q.settled.class(q.keys.all()); class > 0 {
			q.set(inside, i, class, 0)
			continue
		}
		best, second := q.weigh(doc, inside, i)
		q.set(inside, i, best, second)
	}
}

// weigh returns the best class of word i and, if it is not far behind, the second.
func (q *sequencer) weigh(doc *text.Document, words []word, i int) (best, second int) {
	q.features(&q.keys, doc, words, i)
	q.lanes.sum(q.table, &q.keys)
	best, second, lead := q.lanes.best(q.from, q.to)
	if lead >= doubt {
		second = 0
	}
	return best, second
}
