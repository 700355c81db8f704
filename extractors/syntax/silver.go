package syntax

import (
	"slices"
	"sync"
)

// tolerance is the number of words of a sentence for one on which teachers may
// differ.
const tolerance = 12

// teach parses the sentences of open by two teachers that learned from golds, one
// reading from left to right and one from right to left, and returns those that both
// read alike, as the first did. The two err in other places, so what they agree on is
// mostly right.
func teach(golds, open []*gold, o Options) []*gold {
	var forth, back []*gold
	var wg sync.WaitGroup
	wg.Go(func() { forth = newTeacher(golds, o).parse(open) })
	wg.Go(func() { back = reversed(newTeacher(reversed(golds), o).parse(reversed(open))) })
	wg.Wait()
	var alike []*gold
	for i, g := range forth {
		differ := 0
		for d, h := range g.heads {
			if back[i].heads[d] != h {
				differ++
			}
		}
		if len(g.heads) > 2 && differ*tolerance <= len(g.heads) {
			alike = append(alike, g)
		}
	}
	o.log("teachers read %d of %d sentences alike", len(alike), len(open))
	return alike
}

func reversed(list []*gold) []*gold {
	out := make([]*gold, len(list))
	for i, g := range list {
		out[i] = g.reversed()
	}
	return out
}

// reversed returns g read from its end.
func (g *gold) reversed() *gold {
	n := len(g.words) - 2
	r := &gold{words: slices.Clone(g.words)}
	slices.Reverse(body(r.words))
	for i := range n {
		r.words[i].before = g.words[n-i].before
		r.words[i].commas = g.words[n].commas - g.words[n-1-i].commas
	}
	r.words[n].before = g.words[0].before
	for i := range n {
		r.words[i].verbs = g.words[max(0, n-1)].verbs - at(body(g.words), n-2-i).verbs
	}
	if g.heads != nil {
		r.hang(func(i int32) int32 {
			if h := g.heads[int32(n-1)-i]; int(h) < n {
				return int32(n-1) - h
			}
			return int32(n)
		})
		copy(r.labels, g.labels)
		slices.Reverse(r.labels)
	}
	return r
}

// hang gives the words of g their heads, with no labels yet.
func (g *gold) hang(head func(i int32) int32) {
	n := len(g.words) - 2
	g.heads, g.labels, g.kids = make([]int32, n), make([]Label, n), make([][]int32, n+1)
	for i := range g.heads {
		h := head(int32(i))
		g.heads[i] = h
		g.kids[h] = append(g.kids[h], int32(i))
	}
}

// A teacher parses by weights that are not rounded.
type teacher struct {
	learners
	beam beam
}

func newTeacher(golds []*gold, o Options) *teacher {
	mv, mw, lv, lw := learnParser(golds, o.Teachers, o)
	return &teacher{
		learners: learners{mover: fixed(mv, int(moves), mw), labeller: fixed(lv, rowWidth, lw)},
		beam:     beam{width: o.Width, slack: float32(o.Teachers) * trainSlack},
	}
}

// fixed returns a learner that only scores.
func fixed(v *vocabulary, width int, w []float32) *learner {
	return &learner{vocabulary: v, width: width, w: w, scores: make([]float32, width)}
}

// parse returns trees for the words of open.
func (t *teacher) parse(open []*gold) []*gold {
	out := make([]*gold, len(open))
	for i, g := range open {
		s := t.beam.parse(g.words, &t.learners)
		out[i] = &gold{words: g.words}
		out[i].hang(func(d int32) int32 { return s.nodes[d].head })
		for d := range out[i].labels {
			out[i].labels[d] = s.nodes[d].label
		}
	}
	return out
}
