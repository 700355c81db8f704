package syntax

import (
	"cmp"
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

// known returns the numbers of those features of list that have one.
func (v *vocabulary) known(list []key, into []int32) []int32 {
	into = into[:0]
	for _, k := range list {
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
	scores     []float32
}

func newLearner(v *vocabulary, width int) *learner {
	return &learner{vocabulary: v, width: width, w: make([]float32, v.n*width), sum: make([]float32, v.n*width), scores: make([]float32, width)}
}

// score returns the scores of all classes for the features of k.
func (l *learner) score(k *keys) []float32 {
	l.ids = l.vocabulary.known(k.all(), l.ids)
	clear(l.scores)
	for _, id := range l.ids {
		row := l.w[int(id)*l.width : (int(id)+1)*l.width]
		for c, x := range row {
			l.scores[c] += x
		}
	}
	return l.scores
}

// learn moves weight from class bad to class good for the features scored last.
func (l *learner) learn(good, bad int) {
	for _, id := range l.ids {
		at := int(id) * l.width
		l.w[at+good]++
		l.sum[at+good] += l.steps
		l.w[at+bad]--
		l.sum[at+bad] -= l.steps
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

// pack keeps the rows that weigh most, rounds their weights to bytes and appends
// them to file.
func (v *vocabulary) pack(file []byte, total []float32, width, keep int) []byte {
	type row struct {
		key    key
		at     int
		weight float32
	}
	var all []row
	for _, s := range v.slots {
		if s == 0 {
			continue
		}
		at := (int(s&0xffffffff) - 1) * width
		w := total[at : at+width]
		if weight := slices.Max(w) - slices.Min(w); weight > 0 {
			all = append(all, row{key(s >> 32), at, weight})
		}
	}
	slices.SortFunc(all, func(a, b row) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.key, b.key)) })
	all = all[:min(keep, len(all))]
	if len(all) == 0 {
		return encodeTable(file, width, nil, nil)
	}
	// One weight in a thousand is cut off at the largest byte.
	scale := 254 / all[len(all)/1000].weight
	slices.SortFunc(all, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	list := make([]key, len(all))
	rows := make([]byte, 0, len(all)*width)
	for i, r := range all {
		list[i] = r.key
		w := total[r.at : r.at+width]
		middle := (slices.Max(w) + slices.Min(w)) / 2
		for _, x := range w {
			rows = append(rows, byte(max(1, min(255, int((x-middle)*scale+128.5)))))
		}
	}
	return encodeTable(file, width, list, rows)
}
