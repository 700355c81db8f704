package syntax

import (
	"math/rand/v2"
	"slices"
	"sync"

	"sitrep/extractors/text"
)

// A sequenceTrainer makes a sequencer for a task.
type sequenceTrainer struct {
	task
	docs       []*text.Document
	golds      []*gold
	vocabulary *vocabulary
	Options
}

// run appends the table to file and gives the words of golds the classes that the
// sequencer would give them.
func (t *sequenceTrainer) run(file []byte) []byte {
	taught := t.see()
	total := make([]float32, t.vocabulary.n*rowWidth)
	for run := range t.TagRuns {
		t.train(taught, uint64(run)).averaged(total)
	}
	packed := t.vocabulary.pack(nil, total, t.Keep.Tags)
	whole := t.sequencer(packed)
	for n, g := range t.golds {
		if g.tags == nil {
			whole.run(t.docs[n], g.words)
		}
	}
	t.jackknife(taught)
	return append(file, packed...)
}

// see numbers the features of the sentences with a tree, and returns which they
// are.
func (t *sequenceTrainer) see() (taught []int) {
	var k keys
	for n, g := range t.golds {
		if g.tags == nil {
			continue
		}
		taught = append(taught, n)
		words := body(g.words)
		for i := range words {
			t.features(&k, t.docs[n], words, i)
			t.vocabulary.see(k.all())
			t.set(words, i, t.gold(g, i), 0)
		}
	}
	t.log("%d sentences, %d features", len(taught), t.vocabulary.n)
	return taught
}

// sequencer returns one with a table that was packed, without its filter: what others
// learn from does not hang on how fast the table is.
func (t *sequenceTrainer) sequencer(packed []byte) *sequencer {
	table, _, err := loadTable(packed)
	if err != nil {
		panic(err) // as it was packed here
	}
	table.filter.open()
	return &sequencer{task: t.task, table: table, settled: newSettled(0)}
}

// train learns from the examples with the numbers given.
func (t *sequenceTrainer) train(numbers []int, run uint64) *learner {
	l := newLearner(t.vocabulary, rowWidth)
	rng := rand.New(rand.NewPCG(t.Seed, run))
	order := slices.Clone(numbers)
	var k keys
	for epoch := range t.TagEpochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, all := 0, 0
		for _, n := range order {
			g := t.golds[n]
			words := slices.Clone(body(g.words)) // as others learn from the same
			for i := range words {
				t.features(&k, t.docs[n], words, i)
				got := highest(l.score(&k), t.from, t.to)
				l.steps++
				all++
				if want := t.gold(g, i); got != want && want >= t.from {
					l.learn(want, got)
					wrong++
				}
				t.set(words, i, got, 0)
			}
		}
		t.log("run %d, epoch %d: %d of %d wrong", run, epoch+1, wrong, all)
	}
	return l
}

// jackknife gives the words of each fold their classes by what was learned from
// the others.
func (t *sequenceTrainer) jackknife(taught []int) {
	folds := make([]*sequencer, t.Folds)
	var wg sync.WaitGroup
	for f := range folds {
		wg.Go(func() {
			var others []int
			for i, n := range taught {
				if i%t.Folds != f {
					others = append(others, n)
				}
			}
			mean := make([]float32, t.vocabulary.n*rowWidth)
			t.train(others, uint64(100+f)).averaged(mean)
			folds[f] = t.sequencer(t.vocabulary.pack(nil, mean, t.Keep.Tags))
		})
	}
	wg.Wait()
	for i, n := range taught {
		folds[i%t.Folds].run(t.docs[n], t.golds[n].words)
	}
}
