package text

import "strings"

// A phraseSet tells in one pass over a line whether it holds any of some phrases, each
// of four bytes or more.
type phraseSet struct {
	list  []string
	heads [1 << headBits / 64]uint64 // a bit for the hash of the first four bytes of each
	by    map[uint32][]string        // those bytes
}

const headBits = 12

// add adds phrase and reports whether it is long enough.
func (p *phraseSet) add(phrase string) bool {
	if len(phrase) < 4 {
		return false
	}
	if p.by == nil {
		p.by = map[uint32][]string{}
	}
	var head uint32
	for i := range 4 {
		head = head<<8 | uint32(phrase[i])
	}
	at := hashHead(head)
	p.heads[at>>6] |= 1 << (at & 63)
	p.by[head] = append(p.by[head], phrase)
	p.list = append(p.list, phrase)
	return true
}

func hashHead(head uint32) uint32 { return head * 0x9e3779b1 >> (32 - headBits) }

// in reports whether line holds a phrase of p.
func (p *phraseSet) in(line string) bool {
	if len(p.list) == 0 {
		return false
	}
	var head uint32
	for i := range len(line) {
		head = head<<8 | uint32(line[i])
		if at := hashHead(head); p.heads[at>>6]>>(at&63)&1 == 0 {
			continue
		}
		for _, phrase := range p.by[head] {
			if strings.HasPrefix(line[i-3:], phrase) {
				return true
			}
		}
	}
	return false
}
