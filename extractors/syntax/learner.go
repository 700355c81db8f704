package syntax

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// A vocabulary numbers the features that training has seen more than once.
type vocabulary struct {
	once  []uint64 // a bit for each hash of a feature seen
	slots []uint64 // key above, number+1 below; open addressing
	n     int
}

const onceBits = 28

func newVocabulary() *vocabulary {
	return &vocabulary{once: make([]uint64, 1<<onceBits/64), slots: make([]uint64, 1<<20)}
}

// see counts the features of list.
func (v *vocabulary) see(list []key) {
	for _, k := range list {
		at := uint32(k) >> (32 - onceBits)
		if v.once[at>>6]>>(at&63)&1 == 0 {
			v.once[at>>6] |= 1 << (at & 63)
			continue
		}
		i := v.find(k)
		if v.slots[i] == 0 {
			v.n++
			v.slots[i] = uint64(k)<<32 | uint64(v.n)
			if v.n*2 > len(v.slots) {
				v.grow()
			}
		}
	}
}

// find returns the slot of k, or the empty one where it would be.
func (v *vocabulary) find(k key) int {
	mask := len(v.slots) - 1
	i := int(uint32(k)*0x9e3779b1>>4) & mask
	for v.slots[i] != 0 && key(v.slots[i]>>32) != k {
		i = (i + 1) & mask
	}
	return i
}

func (v *vocabulary) grow() {
	old := v.slots
	v.slots = make([]uint64, 2*len(old))
	for _, s := range old {
		if s != 0 {
			v.slots[v.find(key(s>>32))] = s
		}
	}
}

// known returns the numbers of those features of list that have one, but for
// those dropped.
func (v *vocabulary) known(list []key, dropped *[maxKeys]bool, into []int32) []int32 {
	into = into[:0]
	for i, k := range list {
		if dropped[i] {
			continue
		}
		if s := v.slots[v.find(k)]; s != 0 {
			into = append(into, int32(s&0xffffffff)-1)
		}
	}
	return into
}

// A learner is an averaged perceptron (Collins 2002) over the features of a
// vocabulary.
type learner struct {
	vocabulary *vocabulary
	width      int
	w, sum     []float32 // sum is weighted by when
	steps      float32
	ids        []int32
	dropped    [maxKeys]bool // features by their place that are left out for now
	scores     []float32
}

func newLearner(v *vocabulary, width int) *learner {
	return &learner{vocabulary: v, width: width, w: make([]float32, v.n*width), sum: make([]float32, v.n*width), scores: make([]float32, width)}
}

// score returns the scores of all classes for the features of k.
func (l *learner) score(k *keys) []float32 {
	l.ids = l.vocabulary.known(k.all(), &l.dropped, l.ids)
	clear(l.scores)
	for _, id := range l.ids {
		row := l.w[int(id)*l.width : (int(id)+1)*l.width]
		for c, x := range row {
			l.scores[c] += x
		}
	}
	return l.scores
}

// drop leaves out a share of the features, chosen anew.
func (l *learner) drop(rng *rand.Rand, share float64) {
	for i := range l.dropped {
		l.dropped[i] = rng.Float64() < share
	}
}

// learn moves weight from class bad to class good for the features scored last.
func (l *learner) learn(good, bad int) {
	l.add(good, 1)
	l.add(bad, -1)
}

// add adds weight to class c for the features scored last.
func (l *learner) add(c int, weight float32) {
	for _, id := range l.ids {
		at := int(id)*l.width + c
		l.w[at] += weight
		l.sum[at] += weight * l.steps
	}
}

// averaged adds the mean of the weights over all steps to total.
func (l *learner) averaged(total []float32) {
	for i := range total {
		total[i] += l.w[i] - l.sum[i]/l.steps
	}
}

// highest returns the class of [from, to) with the largest score.
func highest(scores []float32, from, to int) int {
	best := from
	for c := from + 1; c < to; c++ {
		if scores[c] > scores[best] {
			best = c
		}
	}
	return best
}

// A row is a feature and where its weights begin.
type row struct {
	key    key
	at     int
	weight float32 // the largest
}

// heaviest returns the rows that weigh most, in the order of their keys, and the
// largest weight but for one row in cut, 0 if there are none.
func (v *vocabulary) heaviest(total []float32, width, keep, cut int) (all []row, largest float32) {
	for _, s := range v.slots {
		if s == 0 {
			continue
		}
		at := (int(s&0xffffffff) - 1) * width
		w := total[at : at+width]
		if weight := max(slices.Max(w), -slices.Min(w)); weight > 0 {
			all = append(all, row{key(s >> 32), at, weight})
		}
	}
	slices.SortFunc(all, func(a, b row) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.key, b.key)) })
	all = all[:min(keep, len(all))]
	if len(all) > 0 {
		largest = all[len(all)/cut].weight
	}
	slices.SortFunc(all, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	return all, largest
}

func keysOf(all []row) []key {
	list := make([]key, len(all))
	for i, r := range all {
		list[i] = r.key
	}
	return list
}

// pack appends to file the rows that weigh most, their weights rounded to bytes.
func (v *vocabulary) pack(file []byte, total []float32, keep int) []byte {
	all, largest := v.heaviest(total, rowWidth, keep, cutOff)
	file = appendKeys(file, keysOf(all))
	for _, r := range all {
		var bytes [rowWidth]byte
		for c, x := range total[r.at : r.at+rowWidth] {
			bytes[c] = byte(round(x/largest, 127) + nothing)
		}
		file = appendRow(file, bytes)
	}
	return file
}

// packMoves is pack for moves, whose weights are rounded to less.
func (v *vocabulary) packMoves(file []byte, total []float32, keep int) []byte {
	all, largest := v.heaviest(total, int(moves), keep, cutOff)
	file = appendKeys(file, keysOf(all))
	for _, r := range all {
		var weights [moves]int16
		for m, x := range total[r.at : r.at+int(moves)] {
			weights[m] = int16(round(x/largest, maxMove))
		}
		file = appendMoves(file, weights)
	}
	return file
}

// cutOff is the number of rows of which one may be larger than the largest weight
// that is written.
var cutOff = 10000

// maxMove is the largest weight of a move.
const maxMove = 2047

// round returns the whole number nearest to x, in units of 1/largest, which it
// does not pass.
func round(x float32, largest int) int {
	return max(-largest, min(largest, int(math.Round(float64(x)*float64(largest)))))
}
