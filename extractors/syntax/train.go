package syntax

import (
	"math/rand/v2"
	"slices"
	"sync"

	"sitrep/extractors/text"
)

// An Example is a sentence whose tree is known. All tokens of its document make
// one sentence.
type Example struct {
	Doc    *text.Document
	Heads  []int // of each token, -1 for the root
	Labels []Label
	Tags   []Tag
}

// Options say how to train.
type Options struct {
	Runs      int     // how many parsers to train from nothing; their weights are summed
	Teachers  int     // how many for each of the teachers
	TagRuns   int     // how many taggers
	Epochs    int     // passes over the examples in each run
	TagEpochs int     // the same for taggers
	Folds     int     // for tags as the tagger gives them to sentences that it has not learned from
	Width     int     // of the beam
	Dropout   float64 // share of the features that a sentence is learned without
	Seed      uint64
	Keep      Keep
	Log       func(format string, args ...any)
}

// Keep says how many features a model has.
type Keep struct{ Tags, Moves, Labels int }

// Train learns a model from examples and from raw, whose documents are a sentence
// each without a tree, and returns the file that Load reads. The same data and
// options give the same bytes.
func Train(examples []Example, raw []*text.Document, o Options) []byte {
	var docs []*text.Document
	var golds, open []*gold
	file := []byte(magic)
	for _, e := range examples {
		docs = append(docs, e.Doc)
		golds = append(golds, e.gold())
	}
	for _, doc := range raw {
		docs = append(docs, doc)
		open = append(open, (&Example{Doc: doc}).gold())
	}
	all := append(slices.Clip(golds), open...)
	for _, task := range []task{tagging, guessing} {
		t := sequenceTrainer{task, docs, all, newVocabulary(), o}
		file = t.run(file)
	}
	if len(open) > 0 {
		golds = append(golds, teach(golds, open, o)...)
	}
	return settle(trainParser(file, golds, o), docs)
}

// gold returns what e says of its words; nothing but the words without heads. Where
// the head of a word is a mark, the mark's head is taken.
func (e *Example) gold() *gold {
	n := len(e.Doc.Tokens)
	g := &gold{words: read(nil, e.Doc, 0, n)}
	if e.Heads == nil {
		return g
	}
	words := body(g.words)
	number := slices.Repeat([]int32{-1}, n)
	for i, w := range words {
		number[w.token] = int32(i)
	}
	g.hang(func(i int32) int32 {
		h := e.Heads[words[i].token]
		for steps := 0; h >= 0 && number[h] < 0 && steps < n; steps++ {
			h = e.Heads[h]
		}
		if h < 0 || number[h] < 0 {
			return int32(len(words))
		}
		return number[h]
	})
	g.tags = make([]Tag, len(words))
	for i, w := range words {
		g.labels[i], g.tags[i] = e.Labels[w.token], e.Tags[w.token]
	}
	return g
}

// trainParser appends the tables of moves and labels to file.
func trainParser(file []byte, golds []*gold, o Options) []byte {
	mv, mw, lv, lw := learnParser(golds, o.Runs, o)
	file = mv.packMoves(file, mw, o.Keep.Moves)
	return lv.pack(file, lw, o.Keep.Labels)
}

// learnParser returns the features of moves and of labels, and the sum of the
// weights that n runs give them.
func learnParser(golds []*gold, n int, o Options) (mv *vocabulary, mw []float32, lv *vocabulary, lw []float32) {
	mv, lv = seen(golds)
	o.log("parser: %d features of moves, %d of labels", mv.n, lv.n)
	for _, g := range golds {
		g.moves = g.way()
	}
	runs := make([]*beamTrainer, n)
	var wg sync.WaitGroup
	for r := range runs {
		wg.Go(func() {
			runs[r] = &beamTrainer{
				learners: learners{mover: newLearner(mv, int(moves)), labeller: newLearner(lv, rowWidth)},
				golds:    golds, rng: rand.New(rand.NewPCG(o.Seed, uint64(r))), beam: beam{width: o.Width, slack: trainSlack}, Options: o,
			}
			runs[r].train(r)
		})
	}
	wg.Wait()
	mw, lw = make([]float32, mv.n*int(moves)), make([]float32, lv.n*rowWidth)
	for _, r := range runs {
		r.mover.averaged(mw)
		r.labeller.averaged(lw)
	}
	return mv, mw, lv, lw
}

// seen returns the features that occur more than once on the right way through
// the sentences.
func seen(golds []*gold) (moveKeys, labelKeys *vocabulary) {
	moveKeys, labelKeys = newVocabulary(), newVocabulary()
	var s state
	var k keys
	for _, g := range golds {
		s.begin(g.words)
		for !s.done() {
			m, only := s.forced()
			if !only {
				s.moveKeys(&k)
				moveKeys.see(k.all())
				m = cheapest(g.costs(&s))
			}
			label := None
			if m != shift {
				h, d := s.arc(m)
				label = g.labels[d]
				s.labelKeys(&k, h, d)
				labelKeys.see(k.all())
			}
			s.apply(m, label)
		}
	}
	return moveKeys, labelKeys
}

func cheapest(costs [moves]int) (best move) {
	for _, m := range []move{left, right} { // shift last, so that arcs are made early
		if costs[m] < costs[best] || best == shift && costs[m] == costs[best] {
			best = m
		}
	}
	return best
}

func (o *Options) log(format string, args ...any) {
	if o.Log != nil {
		o.Log(format, args...)
	}
}
