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

// keys are the features of a situation. Each is made by a template, whose number is
// part of its hash.
type keys struct {
	list  [maxKeys]key
	made  [maxKeys]uint8 // by which template
	n     int
	slots [maxKeys]uint64 // of a table, fetched for each
	rows  [maxKeys]int32  // of a table, those found
}

const maxKeys = 256

func (k *keys) add(template int, a, b, c uint64) {
	h := a*mix1 ^ (b+1)*mix2 ^ (c+uint64(template))*mix3
	h = (h ^ h>>31) * mix4
	k.list[k.n&(maxKeys-1)] = key(h >> 32)
	k.made[k.n&(maxKeys-1)] = uint8(template)
	k.n++
}

// inOrder puts the keys, one for each template, in the order of those.
func (k *keys) inOrder() {
	list := k.list
	for i, template := range k.made[:k.n] {
		k.list[template] = list[i]
	}
}

func (k *keys) all() []key { return k.list[:k.n] }

// rowWidth is the number of weights in a row of a table, one for each tag or
// label: six words of eight bytes.
const rowWidth = 48

// A table has a row of weights for each feature that it knows. Weights are
// bytes.
type table struct {
	filter
	shift int
	slots []uint32 // row+1 below, 8 bits of the key above; open addressing
	rows  [][line]uint64
}

const rowWords = rowWidth / 8

// line is how many words a row takes up, so that each is in one line of the
// processor's memory.
const line = 8

const (
	rowBits = 24
	nothing = 128 // a weight of nothing
)

func newTable(n int) *table {
	size := bits.Len(uint(max(16, n+n/2)))
	return &table{filter: newFilter(n, tableRate), shift: 32 - size, slots: make([]uint32, 1<<size), rows: make([][line]uint64, 0, n)}
}

// check is the part of k that tells it from others at the same slot.
func check(k key) uint32 { return uint32(k) * 0x9e3779b1 >> rowBits << rowBits }

// add gives k the next row.
func (t *table) add(k key, row [rowWidth]byte) {
	t.filter.add(k)
	var words [line]uint64
	for i := range rowWords {
		words[i] = binary.LittleEndian.Uint64(row[8*i:])
	}
	t.rows = append(t.rows, words)
	mask := uint32(len(t.slots) - 1)
	i := uint32(k) >> t.shift
	for t.slots[i&mask] != 0 {
		i++
	}
	t.slots[i&mask] = check(k) | uint32(len(t.rows))
}

// row returns the number of the row of k, or -1.
func (t *table) row(k key) int {
	mask, c := uint32(len(t.slots)-1), check(k)
	for i := uint32(k) >> (t.shift & 31); ; i++ {
		s := t.slots[i&mask]
		if s == 0 {
			return -1
		}
		if (s^c)>>rowBits == 0 {
			return int(s&(1<<rowBits-1)) - 1
		}
	}
}

// lanes are sums of rows. Eight bytes are added at a time: each word of eight is
// split into two of four numbers, so that nothing overflows.
type lanes [rowWidth / 4]uint64

const evenBytes = 0x00ff00ff00ff00ff

// sum adds up the rows of k, which loses the others. The rows are looked up first and added then, so
// that the waits for memory overlap.
func (l *lanes) sum(t *table, k *keys) {
	t.apply(k)
	n := 0
	for _, one := range k.all() {
		if at := t.row(one); at >= 0 {
			k.rows[n&(maxKeys-1)] = int32(at)
			n++
		}
	}
	found := k.rows[:n]
	for w := 0; w < rowWords; w += 2 { // what is summed up at a time fits in registers
		var a, b, c, d uint64
		for _, at := range found {
			row := &t.rows[at]
			x, y := row[w], row[w+1]
			a += x & evenBytes
			b += x >> 8 & evenBytes
			c += y & evenBytes
			d += y >> 8 & evenBytes
		}
		l[2*w], l[2*w+1], l[2*w+2], l[2*w+3] = a, b, c, d
	}
}

// best returns the numbers in [from, to) with the largest sum and the second, and
// how far the first is ahead.
func (l *lanes) best(from, to int) (best, second int, lead int32) {
	top, next := int32(-1), int32(-1)
	offer := func(i int, s int32) {
		switch {
		case i < from || i >= to:
		case s > top:
			best, second, top, next = i, best, s, top
		default:
			second, next = i, s
		}
	}
	for w := range rowWords {
		even, odd := l[2*w], l[2*w+1]
		for i := 8 * w; i < 8*w+8; i += 2 {
			if s := int32(even & 0xffff); s > next {
				offer(i, s)
			}
			if s := int32(odd & 0xffff); s > next {
				offer(i+1, s)
			}
			even, odd = even>>16, odd>>16
		}
	}
	return best, second, top - next
}

// sums are what speaks for each move.
type sums [moves]int32

func (s *sums) add(o *sums) {
	for m, x := range o {
		s[m] += x
	}
}

// A moveTable is a table of the three moves, whose rows stand in the slots: three
// weights of 16 bits below, 16 bits of the key above. Weights are numbers that are
// 1<<15 for nothing; a slot of no weights is empty.
type moveTable struct {
	filter
	shift int
	slots []uint64
}

// newMoveTable returns a table for n rows, at most half full: most features that
// are not there are told by the first slot.
func newMoveTable(n int) *moveTable {
	size := bits.Len(uint(max(16, 2*n)))
	return &moveTable{filter: newFilter(n, moveRate), shift: 32 - size, slots: make([]uint64, 1<<size)}
}

const (
	moveBits = 16
	noWeight = 1 << (moveBits - 1)
)

// checkMove is the part of k that tells it from others at the same slot.
func checkMove(k key) uint64 { return uint64(k*0x9e3779b1>>moveBits) << (moves * moveBits) }

// add gives k its weights.
func (t *moveTable) add(k key, row [moves]int16) {
	t.filter.add(k)
	slot := checkMove(k)
	for m, w := range row {
		slot |= uint64(int(w)+noWeight) << (m * moveBits)
	}
	mask := uint32(len(t.slots) - 1)
	i := uint32(k) >> t.shift
	for t.slots[i&mask] != 0 {
		i++
	}
	t.slots[i&mask] = slot
}

// sum adds up the weights for the features of k, which loses those not known. Slots
// are fetched first and compared then, so that the waits for memory overlap.
func (t *moveTable) sum(k *keys) sums {
	t.apply(k)
	slots, shift := t.slots, t.shift&31
	mask := uint32(len(slots) - 1)
	list := k.all()
	for i, one := range list {
		k.slots[i&(maxKeys-1)] = slots[uint32(one)>>shift&mask]
	}
	var even, odd uint64 // sums of the first and third weights, and of the second
	n := int32(0)
	for i, one := range list {
		c, s := checkMove(one), k.slots[i&(maxKeys-1)]
		for at := uint32(one) >> shift; s != 0; s = slots[at&mask] {
			if (s^c)>>(moves*moveBits) == 0 {
				even += s & 0xffff0000ffff
				odd += s >> moveBits & 0xffff
				n += noWeight
				break
			}
			at++
		}
	}
	return sums{int32(even&0xffffffff) - n, int32(odd) - n, int32(even>>32) - n}
}
