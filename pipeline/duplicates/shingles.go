// Package duplicates tells which articles are nearly the same: one agency's report
// under several headlines, a second version with a corrected paragraph. It compares
// words and knows nothing of articles, dates or addresses.
package duplicates

import (
	"iter"
	"slices"
)

// size is how many words make a shingle. Runs of three are rarely shared by two
// texts that were written apart, even of one event; longer ones are broken too
// often by small changes.
const size = 3

// Shingles are the runs of three words in a text, as hashes, sorted and without
// doubles (Broder 1997).
type Shingles []uint64

// Of returns the shingles of words. A text shorter than one shingle is one.
func Of(words iter.Seq[string]) Shingles {
	s := make(Shingles, 0, 500) // a usual article
	var last [size]uint64
	n := 0
	for w := range words {
		last[n%size] = hash(w)
		if n++; n >= size {
			s = append(s, shingle(&last, n))
		}
	}
	if 0 < n && n < size {
		s = append(s, shingle(&last, n))
	}
	slices.Sort(s)
	return slices.Compact(s)
}

// shingle hashes the last words in their order, the n-th being the newest.
func shingle(last *[size]uint64, n int) uint64 {
	h := uint64(0)
	for i := range last {
		h = mix(h ^ last[(n+i)%size])
	}
	return h
}

// hash is FNV-1a, so that fingerprints are the same everywhere and always.
func hash(word string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 0x100000001b3
	}
	return mix(h)
}

// mix spreads a hash over all its bits (the end of SplitMix64).
func mix(h uint64) uint64 {
	h += 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// Near is how many bits the fingerprints of near-duplicates differ in at most. The
// tests of package pipeline print what it is taken from: other headlines and boxes
// change no bit; with one word in fifty misspelt or the last fifth cut off nine of ten texts
// stay within it, with another paragraph for one of about six only half; of a
// million pairs of different articles one does. So it finds candidates: compare
// their words.
const Near = 12

// Simhash returns a fingerprint in which near-duplicates differ in few bits
// (Charikar 2002): each shingle votes for the bits of its hash.
func (s Shingles) Simhash() uint64 {
	var votes [64]int
	for _, h := range s {
		for bit := range votes {
			votes[bit] += int(h>>bit&1)*2 - 1
		}
	}
	var out uint64
	for bit, n := range votes {
		if n > 0 {
			out |= 1 << bit
		}
	}
	return out
}

// Jaccard returns which share of the shingles of both texts they have in common.
func (s Shingles) Jaccard(o Shingles) float64 {
	common, i, j := 0, 0, 0
	for i < len(s) && j < len(o) {
		switch {
		case s[i] == o[j]:
			common++
			i++
			j++
		case s[i] < o[j]:
			i++
		default:
			j++
		}
	}
	if all := len(s) + len(o) - common; all > 0 {
		return float64(common) / float64(all)
	}
	return 1
}
