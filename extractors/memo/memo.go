// Package memo keeps what was worked out for words, as most words of a text are
// common ones. It knows nothing of what that is.
package memo

import (
	"strings"
	"sync/atomic"
)

// A Table keeps, for words met lately, what only depends on the word. Its zero value is
// empty. It does not grow, and many may use it at once. A word has two places to stand.
type Table[V any] struct {
	places [places]atomic.Pointer[entry[V]]
}

type entry[V any] struct {
	word  string
	value V
}

// places is how many words a table can hold.
const places = 1 << 14

// longest is the length of the longest word that is kept.
const longest = 64

// Of returns what find makes of word. It must not be written to.
func (t *Table[V]) Of(word string, find func(word string) V) *V {
	at := hash(word) % places
	first, second := &t.places[at], &t.places[at^1]
	e := first.Load()
	if e != nil && e.word == word {
		return &e.value
	}
	if o := second.Load(); o != nil && o.word == word {
		return &o.value
	} else if o == nil && e != nil {
		first = second
	}
	word = strings.Clone(word) // or it would keep its whole text alive
	e = &entry[V]{word, find(word)}
	if len(word) <= longest {
		first.Store(e)
	}
	return &e.value
}

func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h ^ h>>16
}
