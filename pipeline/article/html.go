package article

import (
	"regexp"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"codeberg.org/readeck/go-readability/v2/render"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parseHTML reads markup within the limits.
func (r *reading) parseHTML(text string, fragment bool) (*html.Node, error) {
	if strings.Count(text, "<") > r.limits.Elements {
		return nil, r.limits.tooMany("HTML: tags")
	}
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	var err error
	if fragment {
		var nodes []*html.Node
		nodes, err = html.ParseFragment(strings.NewReader(text), root)
		for _, n := range nodes {
			root.AppendChild(n)
		}
	} else {
		root, err = html.Parse(strings.NewReader(text))
	}
	if err != nil {
		if strings.Contains(err.Error(), "open stack of elements") { // the parser's own limit, of 512
			return nil, r.limits.tooDeep("HTML: nesting")
		}
		return nil, undecodable("HTML: %v", err)
	}
	if depth(root) > r.limits.Depth {
		return nil, r.limits.tooDeep("HTML: nesting")
	}
	return root, nil
}

// depth returns how many elements stand one inside the other.
func depth(root *html.Node) int {
	deepest, at := 0, 0
	for n := root; n != nil; {
		deepest = max(deepest, at)
		if n.FirstChild != nil {
			n = n.FirstChild
			at++
			continue
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			at--
		}
		if n == root {
			break
		}
		n = n.NextSibling
	}
	return deepest
}

// fragment makes text of markup that is the article and no whole page. Without
// elements for paragraphs its line breaks are meant; with some that are not <p>,
// empty lines are.
func (r *reading) fragment(text string, blocks bool) (string, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if !blocks {
		text = strings.ReplaceAll(text, "\n", "<br>")
	} else if !strings.Contains(text, "<p") {
		text = strings.ReplaceAll(text, "\n\n", "<p>")
	}
	root, err := r.parseHTML(text, true)
	if err != nil {
		return "", err
	}
	drop(root, "script", "style", "noscript", "template", "form", "button", "nav", "iframe")
	return plainText(root), nil
}

// blockElements are the elements that end a line.
var blockElements = map[string]bool{"p": true, "div": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "ul": true, "ol": true, "li": true,
	"table": true, "tr": true, "blockquote": true, "figure": true, "figcaption": true, "section": true, "article": true, "header": true, "footer": true, "aside": true, "main": true}

// plainText renders a tree. What follows a block is put on a line of its own, which
// the library does only for blocks: <h1>Title</h1><time>Friday</time>.
func plainText(root *html.Node) string {
	var ends []*html.Node
	for n := range root.Descendants() {
		if next := n.NextSibling; next != nil && blockElements[n.Data] && n.Type == html.ElementNode && (next.Type == html.TextNode || !blockElements[next.Data]) {
			ends = append(ends, n)
		}
	}
	for _, n := range ends {
		if next := n.NextSibling; next.Type != html.TextNode || strings.TrimSpace(next.Data) != "" {
			n.Parent.InsertBefore(&html.Node{Type: html.ElementNode, Data: "br", DataAtom: atom.Br}, next)
		}
	}
	return strings.TrimSpace(render.InnerText(root))
}

// drop takes the elements of these names out of a tree.
func drop(root *html.Node, names ...string) {
	var out []*html.Node
	for n := range root.Descendants() {
		for _, name := range names {
			if n.Type == html.ElementNode && n.Data == name {
				out = append(out, n)
			}
		}
	}
	for _, n := range out {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// page reads an HTML page: what it states of itself, then what stands where an
// article usually does.
func (r *reading) page(text string) error {
	r.is("HTML page")
	root, err := r.parseHTML(text, false)
	if err != nil {
		return err
	}
	stated, heading := r.statedBy(root)
	read, err := readable(root)
	if err != nil {
		return err
	}
	if body := stated.get("articleBody"); body.kind == word && len(body.text) > 2*len(read.text) {
		r.body(body.text, "JSON-LD articleBody", fromField)
	}
	if strings.Contains(heading, " ") && !strings.Contains(read.title, " ") { // <title>News</title>
		r.offer(Title, heading, "<h1>")
	}
	r.offer(Title, read.title, "<title>")
	r.offer(Title, heading, "<h1>")
	r.values[Title] = withoutOutlet(r.values[Title], r.values[Source])
	r.body(untitled(read.text, r.values[Title], heading), "the page's main text", asReceived)
	r.offer(Author, undated(read.byline), "the page's byline")
	if r.values[Body] == "" && r.values[Title] == "" {
		return undecodable("the HTML page holds no text")
	}
	if free := stated.get("isAccessibleForFree"); free.text == "false" && len(strings.Fields(r.values[Body])) < stubWords {
		r.partial = true
	}
	return nil
}

// withoutOutlet takes the outlet's name off the end of a title: "Dam opened | Rift
// Gazette".
func withoutOutlet(title, outlet string) string {
	head := len(title) - len(outlet)
	if outlet == "" || head < 4 || !strings.EqualFold(title[head:], outlet) {
		return title
	}
	if bare := strings.TrimRight(title[:head], " |-–—:·"); bare != "" && len(bare) < head-1 {
		return bare
	}
	return title
}

// dateRE matches where a date begins in a byline: "Ana Lund 22 Dec 2016",
// "Ana Lund March 25, 2015".
var dateRE = regexp.MustCompile(`(?i)\W*(?:\b(?:published|(?:last )?updated|posted)\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d|\d)`)

// undated takes the date off a byline that is read from a page.
func undated(byline string) string {
	if at := dateRE.FindStringIndex(byline); at != nil {
		return byline[:at[0]]
	}
	return byline
}

// untitled takes the title off the beginning of a text.
func untitled(text string, titles ...string) string {
	first, rest, found := strings.Cut(text, "\n")
	for _, title := range titles {
		if found && title != "" && strings.EqualFold(strings.TrimSpace(first), title) {
			return strings.TrimLeft(rest, "\n")
		}
	}
	return text
}

// stubWords is how many words a page that says it is not free must have to be more
// than the beginning of its article.
const stubWords = 150

// pageText returns the main text of a page that stands in a field.
func (r *reading) pageText(text string) (string, error) {
	root, err := r.parseHTML(text, false)
	if err != nil {
		return "", err
	}
	read, err := readable(root)
	return untitled(read.text, r.values[Title]), err
}

type readableText struct{ text, title, byline string }

// readable finds the main text of a page. It changes the tree.
func readable(root *html.Node) (readableText, error) {
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	read, err := parser.ParseAndMutate(root, nil)
	if err != nil {
		return readableText{}, undecodable("HTML: %v", err)
	}
	out := readableText{title: read.Title(), byline: read.Byline()}
	if read.Node != nil {
		out.text = plainText(read.Node)
	}
	return out, nil
}
