package syntax

import "slices"

// A scorer says how good the moves of a state are and names arcs.
type scorer interface {
	begin(s *state) // of a new sentence
	moveScores(s *state) [moves]float32
	name(s *state, head, dependent int32) Label
}

// An item is one of the ways through a sentence that a beam follows.
type item struct {
	state state
	score float32
	done  []move // all moves so far
}

// take makes m, which brings the item to score and was margin better than the next
// best move, or worse if that is negative.
func (i *item) take(m move, score, margin float32, by scorer) {
	label := None
	h, d := i.state.arc(m)
	i.state.nodes[d].margin = min(i.state.nodes[d].margin, margin)
	if m != shift {
		label = by.name(&i.state, h, d)
	} else {
		next := i.state.next
		i.state.nodes[next].margin = min(i.state.nodes[next].margin, margin)
	}
	i.state.apply(m, label)
	i.score = score
	i.done = append(i.done, m)
}

// copyFrom makes i the same as o, in its own memory.
func (i *item) copyFrom(o *item) {
	i.state.copyFrom(&o.state)
	i.score = o.score
	i.done = append(i.done[:0], o.done...)
}

func (s *state) copyFrom(o *state) {
	s.words, s.n, s.next = o.words, o.n, o.next // nobody writes to words
	s.nodes = append(s.nodes[:0], o.nodes...)
	s.stack = append(s.stack[:0], o.stack...)
}

// A beam follows the best ways through a sentence side by side.
type beam struct {
	width   int
	slack   float32 // how far behind the best an item may be
	thin    bool    // items that can no longer win are dropped
	items   []*item // the best first
	next    []*item
	free    []*item
	choices []choice
}

type choice struct {
	from          int
	move          move
	score, margin float32
}

// sure is the margin of what cannot be otherwise.
const sure = 1 << 20

// begin starts with the state of a sentence where nothing is done.
func (b *beam) begin(words []word) {
	b.free = append(b.free, b.items...)
	first := b.spare()
	first.state.begin(words)
	first.score, first.done = 0, first.done[:0]
	b.items = append(b.items[:0], first)
}

// parse returns the best state at the end of words.
func (b *beam) parse(words []word, by scorer) *state {
	b.begin(words)
	by.begin(&b.items[0].state)
	for !b.items[0].state.done() {
		b.step(by)
		if b.thin {
			b.drop()
		}
	}
	return &b.items[0].state
}

// drop leaves out items whose state goes on like that of a better one.
func (b *beam) drop() {
	kept := b.items[:1]
	for _, it := range b.items[1:] {
		if slices.ContainsFunc(kept, func(o *item) bool { return o.state.alike(&it.state) }) {
			b.free = append(b.free, it)
		} else {
			kept = append(kept, it)
		}
	}
	b.items = kept
}

// spare returns an item that is not in use.
func (b *beam) spare() *item {
	if len(b.free) == 0 {
		return new(item)
	}
	i := b.free[len(b.free)-1]
	b.free = b.free[:len(b.free)-1]
	return i
}

// step makes one move more.
func (b *beam) step(by scorer) {
	b.choices = b.choices[:0]
	for i, it := range b.items {
		if m, only := it.state.forced(); only {
			b.offer(choice{i, m, it.score, sure})
			continue
		}
		scores := by.moveScores(&it.state)
		for m := range moves {
			if !it.state.legal(m) {
				scores[m] = -sure
			}
		}
		for m := range moves {
			if it.state.legal(m) {
				other := max(scores[(m+1)%moves], scores[(m+2)%moves])
				b.offer(choice{i, m, it.score + scores[m], scores[m] - other})
			}
		}
	}
	last := len(b.choices)
	for last > 1 && b.choices[last-1].score < b.choices[0].score-b.slack {
		last--
	}
	b.follow(b.choices[:last], by)
}

// offer puts c among the best choices.
func (b *beam) offer(c choice) {
	at := len(b.choices)
	for at > 0 && c.score > b.choices[at-1].score {
		at--
	}
	if at == b.width {
		return
	}
	if len(b.choices) < b.width {
		b.choices = append(b.choices, c)
	}
	copy(b.choices[at+1:], b.choices[at:])
	b.choices[at] = c
}

// follow makes the choices. The last choice that goes on from an item takes it
// over, the others copy it.
func (b *beam) follow(choices []choice, by scorer) {
	b.next = b.next[:0]
	for n, c := range choices {
		it := b.items[c.from]
		if slices.ContainsFunc(choices[n+1:], func(o choice) bool { return o.from == c.from }) {
			it = b.spare()
			it.copyFrom(b.items[c.from])
		} else {
			b.items[c.from] = nil
		}
		b.next = append(b.next, it)
	}
	for _, it := range b.items {
		if it != nil {
			b.free = append(b.free, it)
		}
	}
	for n, c := range choices {
		b.next[n].take(c.move, c.score, c.margin, by)
	}
	b.items, b.next = b.next, b.items
}

// best returns the item that scores most.
func (b *beam) best() *item { return b.items[0] }

// How a sentence is parsed. All that matters survives within this slack: a beam
// without it, or a wider one, finds hardly better trees, in much more time.
const (
	beamWidth = 8
	beamSlack = 8000
)
