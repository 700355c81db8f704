package countries

import (
	"strings"

	"sitrep/extractors/text"
)

// words is a tree of names by their words; a node holds what the name that ends
// there means.
type words[T any] struct {
	next map[string]*words[T]
	here *T
}

// add puts name, which text splits into words as it does those of articles, into
// the tree; what it means already stays.
func (n *words[T]) add(name []string, meaning *T) {
	for _, w := range name {
		if n.next == nil {
			n.next = map[string]*words[T]{}
		}
		child := n.next[w]
		if child == nil {
			child = &words[T]{}
			n.next[w] = child
		}
		n = child
	}
	if n.here == nil {
		n.here = meaning
	}
}

// get returns what exactly name means, nil if nothing.
func (n *words[T]) get(name []string) *T {
	for _, w := range name {
		if n = n.next[w]; n == nil {
			return nil
		}
	}
	return n.here
}

// longest returns the meaning of the longest name that begins at token i, nil
// without one, and the token after it. Word gives tokens as the tree has them.
func (n *words[T]) longest(i int, word func(int) string) (meaning *T, end int) {
	end = i
	for j := i; n != nil; j++ {
		if n.here != nil {
			meaning, end = n.here, j
		}
		w := word(j)
		if w == "" {
			break
		}
		n = n.next[w]
	}
	return meaning, end
}

// split gives the words of a name as the tokens of a document are.
func split(name string) []string {
	d := text.Read("", name)
	out := make([]string, len(d.Tokens))
	for i := range d.Tokens {
		out[i] = straight(d.Word(i))
	}
	return out
}

func straight(w string) string {
	if strings.IndexByte(w, 0xe2) < 0 {
		return w
	}
	return strings.ReplaceAll(w, "’", "'")
}

func lower(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToLower(w)
	}
	return out
}

// rows returns the cells of a table below its heading, each row with at least n.
func rows(table string, n int) [][]string {
	var out [][]string
	for i, line := range strings.Split(table, "\n") {
		if i == 0 || line == "" {
			continue
		}
		cells := strings.Split(line, "\t")
		for len(cells) < n {
			cells = append(cells, "")
		}
		out = append(out, cells)
	}
	return out
}

// items returns the parts of a cell.
func items(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

func codes(cell string) []Code {
	var out []Code
	for _, c := range items(cell) {
		out = append(out, Code(c))
	}
	return out
}
