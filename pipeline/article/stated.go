package article

import (
	"strings"

	"golang.org/x/net/html"
)

// The names of <meta>, by property, name or itemprop, the preferred first.
var metaNames = [Fields][]string{
	Title:     {"og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title"},
	Author:    {"author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author", "byl", "twitter:creator:name"},
	Published: {"article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "article.published", "pubdate", "publishdate", "publish-date", "ptime", "date"},
	URL:       {"og:url", "parsely-link", "twitter:url"},
	Source:    {"og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "twitter:app:name:iphone"},
	Language:  {"og:locale", "dc.language", "content-language"},
}

// statedBy offers what a page states of itself. It returns the article that its
// JSON-LD describes, and its heading. The order: JSON-LD, then <link>, <html lang>
// and a heading that a title begins with, then <meta>, then <time datetime>.
func (r *reading) statedBy(root *html.Node) (stated *node, heading string) {
	var s statements
	s.collect(root)
	stated = r.linked(s.scripts)
	if stated.kind == object {
		r.is("JSON-LD")
		r.named(stated, "JSON-LD ", statedNames)
	}
	r.offer(URL, s.canonical, "<link rel=canonical>")
	r.offer(Language, s.language, "<html lang>")
	if s.heading != "" && headsTitle(s.heading, s.meta["og:title"], s.title) {
		r.offer(Title, s.heading, "<h1>")
	}
	for f, names := range metaNames {
		for _, name := range names {
			r.offer(Field(f), s.meta[name], "<meta "+name+">")
		}
	}
	r.offer(Published, s.time, "<time datetime>")
	return stated, s.heading
}

// statements are what a page states of itself.
type statements struct {
	scripts []string          // JSON-LD
	meta    map[string]string // the first of each name

	canonical, language, title, heading, time string
}

// headsTitle reports whether one of the titles is the heading with more behind it, as
// the outlet's name: "Dam opened | Rift Gazette".
func headsTitle(heading string, titles ...string) bool {
	for _, t := range titles {
		if rest, found := strings.CutPrefix(line(t), heading); found && len(rest) <= len(heading) && (rest == "" || strings.IndexAny(rest, " _|-–—:") == 0) {
			return true
		}
	}
	return false
}

func (s *statements) collect(root *html.Node) {
	s.meta = map[string]string{}
	headings := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "html":
			s.language = attr(n, "lang")
		case "meta":
			s.addMeta(n)
		case "link":
			if strings.EqualFold(attr(n, "rel"), "canonical") && s.canonical == "" {
				s.canonical = attr(n, "href")
			}
		case "script":
			if strings.HasPrefix(strings.ToLower(attr(n, "type")), "application/ld+json") && n.FirstChild != nil {
				s.scripts = append(s.scripts, n.FirstChild.Data)
			}
		case "title":
			if s.title == "" && n.Parent != nil && n.Parent.Data == "head" {
				s.title = textOf(n)
			}
		case "h1":
			if headings++; headings == 1 {
				s.heading = textOf(n)
			} else {
				s.heading = "" // more than one heading tells nothing
			}
		case "time":
			if s.time == "" {
				s.time = attr(n, "datetime")
			}
		default:
			if strings.EqualFold(attr(n, "itemprop"), "datePublished") && s.meta["datepublished"] == "" {
				s.meta["datepublished"] = attr(n, "content")
			}
		}
	}
}

func (s *statements) addMeta(n *html.Node) {
	content := attr(n, "content")
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		if name := strings.ToLower(attr(n, key)); name != "" && s.meta[name] == "" {
			s.meta[name] = content
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// textOf returns the text inside an element, with a space between its pieces.
func textOf(n *html.Node) string {
	var parts []string
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			parts = append(parts, c.Data)
		}
	}
	return strings.Join(strings.Fields(strings.Join(parts, "")), " ")
}
