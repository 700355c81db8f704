package names

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"sitrep/extractors/text"
)

// An Example is a text whose names are known.
type Example struct {
	Doc   *text.Document
	Names []Mention // First, Last and Type are looked at
	Times int       // how often an epoch sees it; 0 is once
}

// Options say how to train.
type Options struct {
	Runs     int // how many times to train from nothing; the weights are summed
	Epochs   int // passes over the examples in each run
	Seed     uint64
	Features int      // how many to keep
	Without  []string // groups of features to leave out (see Groups)
	Log      func(run, epoch, wrong, sentences int)
}

// A trainer is an averaged structured perceptron (Collins 2002): where the best
// labels are not the right ones, the right ones gain and the others lose.
type trainer struct {
	w, sum      []float32 // by feature and label; sum is weighted by when
	t, tsum     [labels][labels]float32
	steps       float32
	rng         *rand.Rand
	occurrences []uint8 // of each feature, up to 255
	sentences   []sentence
}

type sentence struct {
	x    *extractor
	s    text.Sentence
	gold []label
}

// Train learns a model. The examples of each run, from 0 on, are asked for when
// they are needed. The same examples and options give the same model.
func Train(examples func(run int) []Example, o Options) *Model {
	// Perceptrons that saw other sentences in other orders err in other places:
	// their sum errs less.
	total := make([]float32, labels<<bits)
	var transitions [labels][labels]float32
	without := uint64(0)
	for _, group := range o.Without {
		for _, template := range groups[group] {
			without |= 1 << template
		}
	}
	for run := range max(1, o.Runs) {
		t := newTrainer(examples(run), without, rand.New(rand.NewPCG(o.Seed, uint64(run))))
		for epoch := range o.Epochs {
			wrong := t.epoch()
			if o.Log != nil {
				o.Log(run, epoch, wrong, len(t.sentences))
			}
		}
		for i := range total {
			total[i] += t.w[i] - t.sum[i]/t.steps
		}
		for a := range labels {
			for b := range labels {
				transitions[a][b] += t.t[a][b] - t.tsum[a][b]/t.steps
			}
		}
	}
	return quantize(total, transitions, o.Features)
}

func newTrainer(examples []Example, without uint64, rng *rand.Rand) *trainer {
	t := &trainer{w: make([]float32, labels<<bits), sum: make([]float32, labels<<bits), occurrences: make([]uint8, 1<<bits), rng: rng}
	for _, e := range examples {
		x := newExtractor(e.Doc)
		x.without = without
		gold := make([]label, len(e.Doc.Tokens))
		for _, m := range e.Names {
			for i := m.First; i < m.Last; i++ {
				gold[i] = inside(m.Type)
			}
			gold[m.First] = begin(m.Type)
		}
		for _, s := range e.Doc.Sentences {
			for range max(1, e.Times) {
				t.sentences = append(t.sentences, sentence{x, s, gold[s.First:s.Last]})
			}
			x.begin(s)
			for i := s.First; i < s.Last; i++ {
				for _, f := range x.of(i) {
					if t.occurrences[f] < 255 {
						t.occurrences[f]++
					}
				}
			}
		}
	}
	return t
}

// epoch learns from all sentences once, in an order drawn by lot, and returns how
// many were labelled wrongly.
func (t *trainer) epoch() int {
	t.rng.Shuffle(len(t.sentences), func(i, j int) { t.sentences[i], t.sentences[j] = t.sentences[j], t.sentences[i] })
	wrong := 0
	for _, s := range t.sentences {
		if t.learn(s) {
			wrong++
		}
	}
	return wrong
}

// learn takes one sentence and reports whether it was labelled wrongly.
func (t *trainer) learn(s sentence) bool {
	t.steps++
	n := s.s.Last - s.s.First
	scores := make([]float32, n*labels)
	feats := make([][]uint32, n)
	s.x.begin(s.s)
	for i := range n {
		feats[i] = t.seen(s.x.of(s.s.First + i))
		emit := scores[i*labels : (i+1)*labels]
		for _, f := range feats[i] {
			row := t.w[int(f)*labels : (int(f)+1)*labels]
			for l := range emit {
				emit[l] += row[l]
			}
		}
	}
	got := viterbi(scores, n, &t.t)
	if slices.Equal(got, s.gold) {
		return false
	}
	for i := range n {
		if got[i] != s.gold[i] {
			for _, f := range feats[i] {
				t.add(int(f)*labels+int(s.gold[i]), 1)
				t.add(int(f)*labels+int(got[i]), -1)
			}
		}
		if i > 0 && (got[i] != s.gold[i] || got[i-1] != s.gold[i-1]) {
			t.t[s.gold[i-1]][s.gold[i]]++
			t.tsum[s.gold[i-1]][s.gold[i]] += t.steps
			t.t[got[i-1]][got[i]]--
			t.tsum[got[i-1]][got[i]] -= t.steps
		}
	}
	return true
}

// seen returns those of feats that stand in the data more than once.
func (t *trainer) seen(feats []uint32) []uint32 {
	out := make([]uint32, 0, len(feats))
	for _, f := range feats {
		if t.occurrences[f] > 1 {
			out = append(out, f)
		}
	}
	return out
}

func (t *trainer) add(at int, x float32) {
	t.w[at] += x
	t.sum[at] += x * t.steps
}

// quantize keeps the features that weigh most, and rounds weights to a byte.
func quantize(w []float32, transitions [labels][labels]float32, keep int) *Model {
	type feature struct {
		f      uint32
		weight float32
	}
	var all []feature
	var sizes []float32
	for f := range uint32(1 << bits) {
		row := w[int(f)*labels : (int(f)+1)*labels]
		if low, high := slices.Min(row), slices.Max(row); high > low {
			all = append(all, feature{f, high - low})
			sizes = append(sizes, max(high, -low))
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b feature) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.f, b.f)) })
	all = all[:min(keep, len(all))]
	slices.SortFunc(all, func(a, b feature) int { return cmp.Compare(a.f, b.f) })
	scale := largest / slices.Max(sizes)
	round := func(v float32) float32 {
		if v < 0 {
			return v*scale - 0.5
		}
		return v*scale + 0.5
	}
	m := &Model{known: make([]uint64, 1<<bits/64)}
	for _, f := range all {
		m.known[f.f>>6] |= 1 << (f.f & 63)
		for l := range labels {
			m.rows = append(m.rows, int8(round(w[int(f.f)*labels+l])))
		}
	}
	for a := range labels {
		for b := range labels {
			m.transitions[a][b] = int32(round(transitions[a][b]))
		}
	}
	m.index()
	return m
}

// largest is what the largest weight is rounded to, in a byte.
const largest = 127
