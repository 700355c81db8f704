package syntax

import (
	"math/rand/v2"
	"sync"

	"sitrep/extractors/text"
)

// An Example is a sentence whose tree is known. All tokens of its document make
// one sentence.
type Example struct {
	Doc    *text.Document
	Heads  []int // of each token, -1 for the root
	Labels []Label
	Tags   []Tag // nil when only a parser says how the sentence reads: the tagger learns nothing from it
}

// Options say how to train.
type Options struct {
	Runs        int // how many times to train from nothing; the weights are summed
	TagEpochs   int // passes over the examples in each run
	Epochs      int
	Folds       int // for tags as the tagger gives them to sentences that it has not learned from
	Exploration float64
	Seed        uint64
	Keep        [3]int // features to keep of the tagger, the moves and the labels
	Log         func(format string, args ...any)
}

// Train learns a model and returns the file that Load reads. The same examples and
// options give the same bytes.
func Train(examples []Example, o Options) []byte {
	golds := make([]*gold, len(examples))
	for i, e := range examples {
		golds[i] = e.gold()
	}
	file := []byte(magic)
	file = trainTagger(file, examples, golds, o)
	return trainParser(file, golds, o)
}

// gold returns what e says of its words. Where the head of a word is a mark, the
// mark's head is taken.
func (e *Example) gold() *gold {
	n := len(e.Doc.Tokens)
	g := &gold{words: read(nil, e.Doc, 0, n)}
	number := make([]int32, n)
	for i := range number {
		number[i] = -1
	}
	for i, w := range g.words {
		number[w.token] = int32(i)
	}
	root := int32(len(g.words))
	g.heads, g.labels, g.tags = make([]int32, root), make([]Label, root), make([]Tag, root)
	g.kids = make([][]int32, root+1)
	for i, w := range g.words {
		h := e.Heads[w.token]
		for steps := 0; h >= 0 && number[h] < 0 && steps < n; steps++ {
			h = e.Heads[h]
		}
		g.heads[i], g.labels[i] = root, e.Labels[w.token]
		if h >= 0 && number[h] >= 0 {
			g.heads[i] = number[h]
		}
		if e.Tags != nil {
			g.tags[i] = e.Tags[w.token]
		}
		g.kids[g.heads[i]] = append(g.kids[g.heads[i]], int32(i))
	}
	return g
}

// trainTagger appends the tagger to file and gives the words of golds the tags
// that it would predict.
func trainTagger(file []byte, examples []Example, golds []*gold, o Options) []byte {
	v := newVocabulary()
	var tagged []int
	var k keys
	for n, e := range examples {
		if e.Tags == nil {
			continue
		}
		tagged = append(tagged, n)
		words := golds[n].words
		for i := range words {
			words[i].tag = golds[n].tags[i]
		}
		for i := range words {
			tagKeys(&k, e.Doc, words, i)
			v.see(k.all())
		}
	}
	o.Log("tagger: %d sentences, %d features", len(tagged), v.n)
	t := tagTrainer{examples, golds, v, o}

	total := make([]float32, v.n*tagWidth)
	for run := range o.Runs {
		t.train(tagged, uint64(run)).averaged(total)
	}
	whole := &learner{vocabulary: v, width: tagWidth, w: total, scores: make([]float32, tagWidth)}
	for n, e := range examples {
		if e.Tags == nil {
			t.predict(whole, n)
		}
	}
	t.jackknife(tagged)
	for _, g := range golds {
		countVerbs(g.words)
	}
	return v.pack(file, total, tagWidth, o.Keep[0])
}

type tagTrainer struct {
	examples   []Example
	golds      []*gold
	vocabulary *vocabulary
	Options
}

// train learns from the examples with the numbers given.
func (t *tagTrainer) train(numbers []int, run uint64) *learner {
	l := newLearner(t.vocabulary, tagWidth)
	rng := rand.New(rand.NewPCG(t.Seed, run))
	order := append([]int(nil), numbers...)
	var k keys
	for epoch := range t.TagEpochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, all := 0, 0
		for _, n := range order {
			g := t.golds[n]
			words := append([]word(nil), g.words...) // as others learn from the same
			for i := range words {
				tagKeys(&k, t.examples[n].Doc, words, i)
				got := highest(l.score(&k), 1, tags)
				l.steps++
				all++
				if want := int(g.tags[i]); got != want && want != 0 {
					l.learn(want, got)
					wrong++
				}
				words[i].tag = Tag(got)
			}
		}
		t.Log("tagger run %d, epoch %d: %d of %d wrong", run, epoch+1, wrong, all)
	}
	return l
}

// predict tags example n by l.
func (t *tagTrainer) predict(l *learner, n int) (wrong, all int) {
	var k keys
	g := t.golds[n]
	for i := range g.words {
		tagKeys(&k, t.examples[n].Doc, g.words, i)
		g.words[i].tag = Tag(highest(l.score(&k), 1, tags))
		if g.words[i].tag != g.tags[i] {
			wrong++
		}
	}
	return wrong, len(g.words)
}

// jackknife tags each fold by what was learned from the others.
func (t *tagTrainer) jackknife(tagged []int) {
	folds := make([]*learner, t.Folds)
	var wg sync.WaitGroup
	for f := range folds {
		var others []int
		for i, n := range tagged {
			if i%t.Folds != f {
				others = append(others, n)
			}
		}
		wg.Go(func() {
			l := t.train(others, uint64(100+f))
			mean := make([]float32, len(l.w))
			l.averaged(mean)
			l.w = mean
			folds[f] = l
		})
	}
	wg.Wait()
	wrong, all := 0, 0
	for i, n := range tagged {
		w, a := t.predict(folds[i%t.Folds], n)
		wrong, all = wrong+w, all+a
	}
	t.Log("jackknifed tags: %d of %d wrong", wrong, all)
}

// trainParser appends the tables of moves and labels to file.
func trainParser(file []byte, golds []*gold, o Options) []byte {
	mv, lv := seen(golds)
	o.Log("parser: %d features of moves, %d of labels", mv.n, lv.n)
	runs := make([]*parserTrainer, o.Runs)
	var wg sync.WaitGroup
	for r := range runs {
		wg.Go(func() {
			runs[r] = &parserTrainer{golds: golds, mover: newLearner(mv, moveWidth), labeller: newLearner(lv, labelWidth), rng: rand.New(rand.NewPCG(o.Seed, uint64(r))), Options: o}
			runs[r].train(r)
		})
	}
	wg.Wait()
	moveTotal, labelTotal := make([]float32, mv.n*moveWidth), make([]float32, lv.n*labelWidth)
	for _, r := range runs {
		r.mover.averaged(moveTotal)
		r.labeller.averaged(labelTotal)
	}
	file = mv.pack(file, moveTotal, moveWidth, o.Keep[1])
	return lv.pack(file, labelTotal, labelWidth, o.Keep[2])
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

type parserTrainer struct {
	golds           []*gold
	mover, labeller *learner
	rng             *rand.Rand
	state           state
	keys            keys
	Options
}

func (t *parserTrainer) train(run int) {
	order := make([]int, len(t.golds))
	for i := range order {
		order[i] = i
	}
	for epoch := range t.Epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, all := 0, 0
		for _, n := range order {
			w, a := t.sentence(t.golds[n], epoch > 0)
			wrong, all = wrong+w, all+a
		}
		t.Log("parser run %d, epoch %d: %d of %d moves wrong", run, epoch+1, wrong, all)
	}
}

// sentence parses g and learns from the moves that cost an arc. With explore it
// mostly goes on as it chose, right or wrong.
func (t *parserTrainer) sentence(g *gold, explore bool) (wrong, all int) {
	s := &t.state
	s.begin(g.words)
	for !s.done() {
		m, only := s.forced()
		if !only {
			costs := g.costs(s)
			s.moveKeys(&t.keys)
			scores := t.mover.score(&t.keys)
			least := min(costs[shift], costs[left], costs[right])
			got, good := -1, -1
			for c := range int(moves) {
				if costs[c] < impossible && (got < 0 || scores[c] > scores[got]) {
					got = c
				}
				if costs[c] == least && (good < 0 || scores[c] > scores[good]) {
					good = c
				}
			}
			t.mover.steps++
			all++
			if costs[got] > least {
				wrong++
				t.mover.learn(good, got)
			}
			m = move(good)
			if explore && t.rng.Float64() < t.Exploration {
				m = move(got)
			}
		}
		label := None
		if m != shift {
			label = t.name(g, m)
		}
		s.apply(m, label)
	}
	return wrong, all
}

// name labels the arc that m would make, learning the right label where it is a
// right arc.
func (t *parserTrainer) name(g *gold, m move) Label {
	s := &t.state
	h, d := s.arc(m)
	if h == s.n {
		return Root
	}
	s.labelKeys(&t.keys, h, d)
	got := Label(highest(t.labeller.score(&t.keys), int(Acl), int(labels)))
	want := g.label(h, d)
	if want == None || want < Acl {
		return got
	}
	t.labeller.steps++
	if got != want {
		t.labeller.learn(int(want), int(got))
	}
	return got
}
