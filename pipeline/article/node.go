package article

import (
	"strconv"
	"strings"
)

// A kind is what a node is.
type kind uint8

const (
	null kind = iota
	boolean
	number
	word // a string
	list
	object
)

// A node is a value of a record of named fields: JSON, Avro or a feed.
type node struct {
	kind  kind
	text  string   // of a scalar
	items []node   // of a list or object, in order
	names []string // of an object's items
}

// get returns the field of that name, or of a few names the first that is there.
func (n *node) get(names ...string) *node {
	for _, name := range names {
		for i, got := range n.names {
			if got == name {
				return &n.items[i]
			}
		}
	}
	return &node{}
}

func (n *node) has(name string) bool { return n.get(name).kind != null }

// add gives an object one more field.
func (n *node) add(name string, value node) {
	n.kind = object
	n.names = append(n.names, name)
	n.items = append(n.items, value)
}

// at follows a path: names of fields and numbers of items.
func (n *node) at(path string) (*node, bool) {
	for path != "" {
		step, rest, ok := cutStep(path)
		if !ok {
			return nil, false
		}
		switch n.kind {
		case object:
			if n = n.get(step); n.kind == null {
				return nil, false
			}
		case list:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(n.items) {
				return nil, false
			}
			n = &n.items[i]
		default:
			return nil, false
		}
		path = rest
	}
	return n, true
}

// cutStep returns the first step of a path such as authors[0].name or
// data."article.body".
func cutStep(path string) (step, rest string, ok bool) {
	if path[0] == '"' {
		if step, rest, ok = strings.Cut(path[1:], `"`); ok {
			return step, strings.TrimPrefix(rest, "."), true
		}
		return "", "", false
	}
	if path[0] == '[' {
		if step, rest, ok = strings.Cut(path[1:], "]"); ok {
			return step, strings.TrimPrefix(rest, "."), true
		}
		return "", "", false
	}
	i := strings.IndexAny(path, ".[")
	if i < 0 {
		return path, "", true
	}
	return path[:i], strings.TrimPrefix(path[i:], "."), true
}
