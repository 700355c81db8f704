package article

import (
	"slices"
	"strings"
)

// isLinked reports whether an object is of JSON-LD.
func isLinked(n *node) bool { return n.has("@graph") || n.has("@type") || n.has("@context") }

// linked returns the article that a page's scripts describe, or null. A script that
// is no JSON is passed over; if no other describes the article, with a doubt.
func (r *reading) linked(scripts []string) *node {
	var roots []node
	var broken error
	for _, s := range scripts {
		if s = bareScript(s); s == "" {
			continue
		}
		n, err := r.parseJSON(s)
		if err != nil { // most often for the bare line breaks in a string
			n, err = r.parseJSON(strings.Map(printed, s))
		}
		if err != nil {
			broken = err
			continue
		}
		roots = append(roots, n)
	}
	found := r.choose(roots)
	if found.kind == null && broken != nil {
		r.doubt("the page's JSON-LD: %v", broken)
	}
	return found
}

// bareScript takes off a script what hides it from old browsers:
// //<![CDATA[ … //]]>, <!-- … -->.
func bareScript(s string) string {
	for _, mark := range []string{"<!--", "//", "/*", "<![CDATA[", "*/"} {
		s = strings.TrimPrefix(strings.TrimSpace(s), mark)
	}
	for _, mark := range []string{"*/", "]]>", "/*", "//", "-->", ";"} {
		s = strings.TrimSuffix(strings.TrimSpace(s), mark)
	}
	return strings.TrimSpace(s)
}

// printed makes a space of a control character.
func printed(r rune) rune {
	if r < 0x20 {
		return ' '
	}
	return r
}

// choose returns the first node whose type is an article's, with its author and
// publisher put in where the graph refers to them by @id; or null.
func (r *reading) choose(roots []node) *node {
	byID := map[string]*node{}
	var found *node
	for i := range roots {
		roots[i].walk(func(n *node) {
			if id := n.get("@id"); id.kind == word && len(n.names) > 1 && byID[id.text] == nil {
				byID[id.text] = n
			}
			if found == nil && n.isArticle() {
				found = n
			}
		})
	}
	if found == nil {
		return &node{}
	}
	out := node{kind: object, names: slices.Clone(found.names), items: slices.Clone(found.items)}
	for i, name := range out.names {
		if name == "author" || name == "publisher" || name == "creator" || name == "copyrightHolder" {
			out.items[i] = out.items[i].resolved(byID)
		}
	}
	return &out
}

// walk calls visit with n and all objects inside it, the outer before the inner.
func (n *node) walk(visit func(*node)) {
	if n.kind == object {
		visit(n)
	}
	for i := range n.items {
		n.items[i].walk(visit)
	}
}

// isArticle reports whether an object of JSON-LD has the type of an article:
// NewsArticle, ReportageNewsArticle, BlogPosting, https://schema.org/Report.
func (n *node) isArticle() bool {
	for _, t := range n.get("@type").words() {
		t = t[strings.LastIndexAny(t, "/#:")+1:]
		if strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "Posting") || t == "Report" || t == "WebPage" && n.has("articleBody") {
			return true
		}
	}
	return false
}

// resolved puts what {"@id":…} refers to in its place.
func (n *node) resolved(byID map[string]*node) node {
	switch {
	case n.kind == object && len(n.names) == 1 && n.names[0] == "@id":
		if to := byID[n.items[0].text]; to != nil {
			return *to
		}
		return node{}
	case n.kind == list:
		out := node{kind: list}
		for i := range n.items {
			out.items = append(out.items, n.items[i].resolved(byID))
		}
		return out
	}
	return *n
}

// words returns the strings of a string or a list of them.
func (n *node) words() []string {
	if n.kind == word {
		return []string{n.text}
	}
	var out []string
	for i := range n.items {
		if n.items[i].kind == word {
			out = append(out, n.items[i].text)
		}
	}
	return out
}

func (n *node) first() string {
	if words := n.words(); len(words) > 0 {
		return words[0]
	}
	return ""
}
