package syntax

import "math/bits"

// A settled table tells the cases that always come out as the same class, so that
// no weights need to be added up: "the" is an article wherever it stands.
type settled struct {
	shift int
	slots []uint32 // class below, the rest of the key above; open addressing
}

// classBits is the length of a class, which is never 0.
const classBits = 6

func newSettled(n int) *settled {
	size := bits.Len(uint(max(16, 2*n)))
	return &settled{32 - size, make([]uint32, 1<<size)}
}

// checkCase is the part of k that tells it from others at the same slot.
func checkCase(k key) uint32 { return uint32(k) * 0x9e3779b1 >> classBits << classBits }

func (t *settled) add(k key, class int) {
	mask := uint32(len(t.slots) - 1)
	i := uint32(k) >> t.shift
	for t.slots[i&mask] != 0 {
		i++
	}
	t.slots[i&mask] = checkCase(k) | uint32(class)
}

// class returns the class of the first of cases that is settled, 0 if none is.
func (t *settled) class(cases []key) int {
	mask := uint32(len(t.slots) - 1)
	for _, k := range cases {
		c := checkCase(k)
		for i := uint32(k) >> (t.shift & 31); t.slots[i&mask] != 0; i++ {
			if s := t.slots[i&mask]; (s^c)>>classBits == 0 {
				return int(s & (1<<classBits - 1))
			}
		}
	}
	return 0
}

func loadSettled(b []byte) (*settled, []byte, error) {
	list, b, err := decodeKeys(b)
	if err != nil || len(b) < len(list) {
		return nil, nil, errModel
	}
	t := newSettled(len(list))
	for i, k := range list {
		t.add(k, int(b[i]&(1<<classBits-1)))
	}
	return t, b[len(list):], nil
}
