package syntax

import (
	"math"
	"math/rand/v2"
	"slices"
)

// learners are a scorer that learns.
type learners struct {
	mover, labeller *learner
	keys            keys
}

func (l *learners) begin(*state) {}

func (l *learners) moveScores(s *state) [moves]float32 {
	s.moveKeys(&l.keys)
	return [moves]float32(l.mover.score(&l.keys))
}

func (l *learners) name(s *state, h, d int32) Label {
	if h == s.n {
		return Root
	}
	s.labelKeys(&l.keys, h, d)
	return Label(highest(l.labeller.score(&l.keys), int(Acl), int(labels)))
}

// A beamTrainer learns moves so that the right way through a sentence stays ahead
// of all others of a beam: where it lags most, it gains and the first of the
// others loses (Huang, Fayong and Guo 2012).
type beamTrainer struct {
	learners
	golds []*gold
	rng   *rand.Rand
	beam  beam
	right item // the right way so far
	Options
}

// trainSlack is how far, in learning, an item may lag: so far back it never wins,
// and the beam is much faster without.
const trainSlack = 200

func (t *beamTrainer) train(run int) {
	order := make([]int, len(t.golds))
	for i := range order {
		order[i] = i
	}
	for epoch := range t.Epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong := 0
		for _, n := range order {
			if t.sentence(t.golds[n]) {
				wrong++
			}
		}
		t.log("parser run %d, epoch %d: %d of %d sentences wrong", run, epoch+1, wrong, len(order))
	}
}

// way returns the moves that make g.
func (g *gold) way() []move {
	var s state
	var all []move
	s.begin(g.words)
	for !s.done() {
		m, only := s.forced()
		if !only {
			m = cheapest(g.costs(&s))
		}
		s.apply(m, Dep)
		all = append(all, m)
	}
	return all
}

func (t *beamTrainer) sentence(g *gold) bool {
	way := g.moves
	if len(way) == 0 {
		return false
	}
	if t.Dropout > 0 {
		t.mover.drop(t.rng, t.Dropout)
		t.labeller.drop(t.rng, t.Dropout)
	}
	b := &t.beam
	b.begin(g.words)
	t.right.copyFrom(b.best())
	worst, at := float32(math.Inf(-1)), 0
	var wrong []move
	for n, m := range way {
		b.step(&t.learners)
		score := t.right.score
		if _, only := t.right.state.forced(); !only {
			score += t.moveScores(&t.right.state)[m]
		}
		t.right.take(m, score, 0, &t.learners)
		first := b.best()
		if slices.Equal(first.done, way[:n+1]) {
			continue
		}
		if lag := first.score - score; lag > worst {
			worst, at = lag, n+1
			wrong = append(wrong[:0], first.done...)
		}
	}
	t.mover.steps++
	missed := at > 0 && worst >= 0 && !slices.Equal(b.best().done, way)
	if missed {
		t.correct(g, way[:at], wrong)
	}
	t.learnLabels(g, way)
	return missed
}

// correct rewards the moves of right and punishes those of wrong, from where they
// part.
func (t *beamTrainer) correct(g *gold, right, wrong []move) {
	same := 0
	for right[same] == wrong[same] {
		same++
	}
	t.follow(g, right, same, 1)
	t.follow(g, wrong, same, -1)
}

func (t *beamTrainer) follow(g *gold, way []move, from int, weight float32) {
	it := &t.right
	it.state.begin(g.words)
	for n, m := range way {
		if _, only := it.state.forced(); !only && n >= from {
			it.state.moveKeys(&t.keys)
			t.mover.score(&t.keys)
			t.mover.add(int(m), weight)
		}
		it.take(m, 0, 0, &t.learners)
	}
}

// learnLabels follows the right way and learns the labels of its arcs.
func (t *beamTrainer) learnLabels(g *gold, way []move) {
	s := &t.right.state
	s.begin(g.words)
	for _, m := range way {
		label := None
		if m != shift {
			h, d := s.arc(m)
			label = t.name(s, h, d)
			want := g.label(h, d)
			if h != s.n && want >= Acl {
				t.labeller.steps++
				if want != label {
					t.labeller.learn(int(want), int(label))
				}
			}
		}
		s.apply(m, label)
	}
}
