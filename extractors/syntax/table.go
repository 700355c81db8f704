package syntax

import (
	"encoding/binary"
	"math/bits"
)

// A key stands for a feature.
type key uint32

// Features are combined and hashed by multiplication with large odd numbers.
const (
	mix1 = 0x9e3779b97f4a7c15
	mix2 = 0xc2b2ae3d27d4eb4f
	mix3 = 0xff51afd7ed558ccd
	mix4 = 0xd6e8feb86659fd93
	mix5 = 0xc4ceb9fe1a85ec53
)

// keys are the features of a situation. Each has its place in the list, which
// is part of its hash.
type keys struct {
	list [maxKeys]key
	n    int
}

const maxKeys = 256

func (k *keys) add(a, b, c uint64) {
	h := a*mix1 ^ (b+1)*mix2 ^ (c+uint64(k.n))*mix3
	h = (h ^ h>>31) * mix4
	k.list[k.n&(maxKeys-1)] = key(h >> 32)
	k.n++
}

func (k *keys) all() []key { return k.list[:k.n] }

// A table has a row of weights for each feature that it knows. Weights are
// bytes that are 128 for nothing.
type table struct {
	width int
	shift int
	slots []uint32 // row+1 below, 8 bits of the key above; open addressing
	rows  []byte
}

const rowBits = 24

func newTable(width, n int) *table {
	size := bits.Len(uint(max(16, n+n/2)))
	return &table{width: width, shift: 32 - size, slots: make([]uint32, 1<<size), rows: make([]byte, 0, width*n)}
}

// check is the part of k that tells it from others at the same slot.
func check(k key) uint32 { return uint32(k) * 0x9e3779b1 >> rowBits << rowBits }

// add gives k the next row.
func (t *table) add(k key, row []byte) {
	t.rows = append(t.rows, row...)
	mask := uint32(len(t.slots) - 1)
	i := uint32(k) >> t.shift
	for t.slots[i&mask] != 0 {
		i++
	}
	t.slots[i&mask] = check(k) | uint32(len(t.rows)/t.width)
}

// row returns where the row of k begins, or -1.
func (t *table) row(k key) int {
	mask, c := uint32(len(t.slots)-1), check(k)
	for i := uint32(k) >> t.shift; ; i++ {
		s := t.slots[i&mask]
		if s == 0 {
			return -1
		}
		if (s^c)>>rowBits == 0 {
			return int(s&(1<<rowBits-1)-1) * t.width
		}
	}
}

// lanes sums rows of up to 64 bytes, eight bytes at a time: each word of eight
// is split into two of four numbers, so that nothing overflows.
type lanes [16]uint64

const evenBytes = 0x00ff00ff00ff00ff

// sum adds up the rows of list.
func (l *lanes) sum(t *table, list []key) {
	*l = lanes{}
	words := t.width / 8
	for _, k := range list {
		at := t.row(k)
		if at < 0 {
			continue
		}
		row := t.rows[at : at+t.width]
		for i := range min(words, len(l)/2) {
			x := binary.LittleEndian.Uint64(row[8*i:])
			l[2*i] += x & evenBytes
			l[2*i+1] += x >> 8 & evenBytes
		}
	}
}

// at returns the sum for number i.
func (l *lanes) at(i int) int32 {
	return int32(l[i>>3<<1|i&1] >> (i >> 1 & 3 * 16) & 0xffff)
}

// best returns the number in [from, to) with the largest sum, and how far it is
// ahead of the next.
func (l *lanes) best(from, to int) (best int, margin int32) {
	top, second := int32(-1), int32(-1)
	for i := from; i < to; i++ {
		switch s := l.at(i); {
		case s > top:
			best, top, second = i, s, top
		case s > second:
			second = s
		}
	}
	return best, top - second
}

// score adds up the rows of list, for a table of moves.
func (t *table) score(list []key) (scores [moves]int32) {
	for _, k := range list {
		if at := t.row(k); at >= 0 {
			row := t.rows[at : at+int(moves)]
			for m := range scores {
				scores[m] += int32(row[m])
			}
		}
	}
	return scores
}
