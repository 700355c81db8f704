package article

import (
	"slices"
	"strings"
)

// wrappers are names under which an article stands in an envelope. The first few
// always hold one; the rest only where there is no text beside them.
var (
	wrappers      = []string{"payload", "after", "article"}
	looseWrappers = []string{"_source", "data", "message", "value", "record", "document", "doc", "item", "story", "entry", "result", "response", "content", "articles", "hits"}
	listWrappers  = []string{"articles", "items", "entries", "results", "docs", "hits", "data", "news", "objects"}
)

// maxWrappers is how many envelopes may stand one in the other.
const maxWrappers = 8

// unwrap opens envelopes: {payload:…}, {article:…}, Debezium's {before, after, op},
// a list of one. It returns the object inside and the path to it.
func (r *reading) unwrap(n *node, path string) (*node, string, error) {
	for range maxWrappers {
		inner, step, err := r.inside(n)
		if err != nil || inner == nil {
			return n, path, err
		}
		n, path = inner, path+step
	}
	return n, path, nil
}

func (r *reading) inside(n *node) (*node, string, error) {
	switch n.kind {
	case list:
		return only(n, "a list")
	case object:
		if err := r.change(n); err != nil {
			return nil, "", err
		}
		for _, name := range wrappers {
			if inner := r.opened(n.get(name)); inner != nil {
				return inner, name + ".", nil
			}
		}
		at := index(n)
		for _, name := range usualNames[Body] {
			for _, got := range at.find(n, name) {
				if got.kind == word {
					return nil, "", nil
				}
			}
		}
		for _, name := range listWrappers {
			if inner := n.get(name); inner.kind == list && len(inner.items) > 0 && inner.items[0].kind == object {
				found, step, err := only(inner, name)
				if strings.Contains(n.get("version").text, "jsonfeed.org/") {
					r.is("JSON Feed")
					r.feed = n
				}
				return found, name + step, err
			}
		}
		for _, name := range looseWrappers {
			if inner := r.opened(n.get(name)); inner != nil && holdsArticle(inner) {
				return inner, name + ".", nil
			}
		}
	}
	return nil, "", nil
}

// change reads what Debezium says of a change in a database, around the row or, as
// __deleted, among its columns. A deletion is an error.
func (r *reading) change(n *node) error {
	op := n.get("op")
	switch {
	case n.get("__deleted").text == "true", op.kind == word && n.has("before") && !n.has("after"):
		return undecodable("Debezium record of a deletion: there is no article after it")
	case op.kind == word && n.has("after"):
		r.is("Debezium")
	}
	return nil
}

// opened returns an object that stands in a field, written as such or as a string of
// JSON, as in Debezium's records of MongoDB; nil for anything else.
func (r *reading) opened(n *node) *node {
	if n.kind == object && len(n.items) > 0 {
		return n
	}
	if n.kind == word && strings.HasPrefix(strings.TrimSpace(n.text), "{") {
		if inner, err := r.parseJSON(n.text); err == nil {
			return &inner
		}
	}
	return nil
}

// holdsArticle reports whether an object may be an article or lead to one.
func holdsArticle(n *node) bool {
	at := index(n)
	texts, others := 0, 0
	for _, f := range []Field{Title, Body, Published, URL} {
		for _, name := range usualNames[f] {
			if len(at[name]) > 0 {
				if f == Title || f == Body {
					texts++
				}
				others++
				break
			}
		}
	}
	for _, name := range slices.Concat(wrappers, looseWrappers, listWrappers) {
		if inner := n.get(name); inner.kind == object || inner.kind == list && len(inner.items) > 0 && inner.items[0].kind == object {
			return true
		}
	}
	return texts > 0 && others > 1 || texts > 1
}

// only returns the one object of a list.
func only(n *node, name string) (*node, string, error) {
	switch {
	case len(n.items) == 1:
		return &n.items[0], "[0].", nil
	case len(n.items) == 0:
		return nil, "", undecodable("%s of no articles", name)
	}
	return nil, "", undecodable("%s of %d articles in one record: each wants a record of its own", name, len(n.items))
}
