package names

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	mathbits "math/bits"
	"sync"

	"sitrep/extractors/text"
)

//go:embed names.model
var modelFile []byte

// bits is how many bits of a feature's hash are used.
const bits = 22

// A Model holds the weights of the tagger. A feature that it has no row for
// weighs nothing.
type Model struct {
	known       []uint64 // a bit for each hash: whether there is a row
	rank        []int32  // rows before each word of known
	rows        []int8   // labels weights each
	transitions [labels][labels]int32
}

// ModelSHA256 returns the hash, in hex, of the weights that are built in.
var ModelSHA256 = sync.OnceValue(func() string {
	sum := sha256.Sum256(modelFile)
	return hex.EncodeToString(sum[:])
})

// weights returns the model that is built in, or nil when there is none. It
// panics when the file is damaged, which is a fault of the build.
var weights = sync.OnceValue(func() *Model {
	if len(modelFile) == 0 {
		return nil
	}
	m, err := Load(bytes.NewReader(modelFile))
	if err != nil {
		panic(fmt.Sprintf("names.model: %v", err))
	}
	return m
})

const magic = "sitrep names 1\n"

// Load reads a model that Write wrote.
func Load(r io.Reader) (*Model, error) {
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != magic {
		return nil, errors.New("not a names model of this version")
	}
	m := &Model{known: make([]uint64, 1<<bits/64)}
	if err := binary.Read(r, binary.LittleEndian, &m.transitions); err != nil {
		return nil, err
	}
	if err := binary.Read(r, binary.LittleEndian, m.known); err != nil {
		return nil, err
	}
	m.index()
	m.rows = make([]int8, int(m.rank[len(m.rank)-1])*labels)
	if err := binary.Read(r, binary.LittleEndian, m.rows); err != nil {
		return nil, fmt.Errorf("weights: %w", err)
	}
	return m, nil
}

// Write writes m: transitions, the features known, and their weights.
func (m *Model) Write(w io.Writer) error {
	if _, err := io.WriteString(w, magic); err != nil {
		return err
	}
	for _, part := range []any{&m.transitions, m.known, m.rows} {
		if err := binary.Write(w, binary.LittleEndian, part); err != nil {
			return err
		}
	}
	return nil
}

func (m *Model) index() {
	m.rank = make([]int32, len(m.known)+1)
	for i, w := range m.known {
		m.rank[i+1] = m.rank[i] + int32(mathbits.OnesCount64(w))
	}
}

// row returns where the weights of feature f begin, or -1.
func (m *Model) row(f uint32) int {
	w, b := m.known[f>>6], f&63
	if w>>b&1 == 0 {
		return -1
	}
	return int(m.rank[f>>6]+int32(mathbits.OnesCount64(w&(1<<b-1)))) * labels
}

// decode returns the best labels of sentence s by Viterbi's algorithm.
func (m *Model) decode(x *extractor, s text.Sentence) []label {
	n := s.Last - s.First
	scores := make([]int32, n*labels)
	x.begin(s)
	for i := range n {
		emit := (*[labels]int32)(scores[i*labels:])
		for _, f := range x.of(s.First + i) {
			if at := m.row(f); at >= 0 {
				for l, w := range (*[labels]int8)(m.rows[at:]) {
					emit[l] += int32(w)
				}
			}
		}
		e := &x.evidence[s.First+i]
		e[None] = emit[0]
		for t := Person; t <= Other; t++ {
			e[t] = emit[begin(t)]
		}
	}
	return viterbi(scores, n, &m.transitions)
}

type number interface{ ~int32 | ~float32 }

// viterbi returns the best sequence of n labels, scores being those of each
// token for each label.
func viterbi[N number](scores []N, n int, transitions *[labels][labels]N) []label {
	if n == 0 {
		return nil
	}
	back := make([][labels]label, n)
	var best, next [labels]N
	var into [labels][labels]N // transitions by the label that they lead to
	for p := range labels {
		for l := range labels {
			into[l][p] = transitions[p][l]
		}
	}
	const never = -1 << 30
	for l := range best {
		best[l] = scores[l]
		if !label(l).follows(0) {
			best[l] = never
		}
	}
	for i := 1; i < n; i++ {
		emit := (*[labels]N)(scores[i*labels:])
		for l := range label(labels) {
			top, from, by := N(never), label(0), &into[l]
			if l > 0 && l%2 == 0 { // the inside of a name
				for p := l - 1; p <= l; p++ {
					if v := best[p] + by[p]; v > top {
						top, from = v, p
					}
				}
			} else {
				for p, b := range &best {
					if v := b + by[p]; v > top {
						top, from = v, label(p)
					}
				}
			}
			next[l] = top + emit[l]
			back[i][l] = from
		}
		best = next
	}
	out := make([]label, n)
	for l := range label(labels) {
		if best[l] > best[out[n-1]] {
			out[n-1] = l
		}
	}
	for i := n - 1; i > 0; i-- {
		out[i-1] = back[i][out[i]]
	}
	return out
}
