package syntax

import "math/bits"

// A filter tells most keys that a table does not have from the others, in memory that
// is small enough to stay near the processor.
type filter struct {
	shift int
	bits  []uint64
}

// How many bits a filter has for each key, at least. That of moves is asked most: a
// larger one would let less through and not stay near.
const (
	tableRate = 8
	moveRate  = 2
)

func newFilter(n, rate int) filter {
	size := bits.Len(uint(max(64, rate*n)))
	return filter{32 - size, make([]uint64, 1<<size/64)}
}

func (f *filter) place(k key) uint32 { return uint32(k) * spread >> (f.shift & 31) }

const spread = 0x85ebca6b

func (f *filter) add(k key) {
	at := f.place(k)
	f.bits[at>>6] |= 1 << (at & 63)
}

// open lets all keys through.
func (f *filter) open() {
	for i := range f.bits {
		f.bits[i] = 1<<64 - 1
	}
}

// apply takes from k the keys that f does not let through.
func (f *filter) apply(k *keys) {
	n, bits, shift := 0, f.bits, f.shift&31
	mask := uint32(len(bits) - 1)
	for _, one := range k.list[:k.n&(2*maxKeys-1)] {
		at := uint32(one) * spread >> shift
		k.list[n&(maxKeys-1)] = one
		n += int(bits[at>>6&mask] >> (at & 63) & 1)
	}
	k.n = n
}
