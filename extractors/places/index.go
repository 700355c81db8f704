package places

import (
	"strings"
	"sync"
)

// The index tells, for the first two bytes of a name as compared, where its rows
// begin, so that most of a search is done before it starts.
var index = sync.OnceValue(func() *[classes*classes + 1]int32 {
	var starts [classes*classes + 1]int32
	pair := 0
	for at := 0; at < len(rows); at = lineEnd(at) {
		name := [1]string{rows[at : at+strings.IndexByte(rows[at:], '\t')]}
		for p := pairOf(name[:]); pair < p; {
			pair++
			starts[pair] = int32(at)
		}
	}
	for pair++; pair < len(starts); pair++ {
		starts[pair] = int32(len(rows))
	}
	return &starts
})

// classes is how many classes of bytes the index tells apart.
const classes = 39

// pairOf returns the classes of the first two bytes of words, in one number.
func pairOf(words []string) int {
	f := folder{words: words}
	first := classOf(f.next())
	return first*classes + classOf(f.next())
}

// classOf returns the class of a byte as compared, in their order: 0 at the end.
func classOf(b byte) int {
	switch {
	case b == 0:
		return 0
	case b >= '0' && b <= '9':
		return int(b-'0') + 2
	case b >= 'a' && b <= 'z':
		return int(b-'a') + 12
	case b > 'z':
		return 38
	}
	return 1
}
