package article

import (
	"strconv"
	"strings"
)

// A nameList gives for each field the names that newsrooms and services use, the
// preferred first; of one that holds nothing the next is taken. Case, hyphens and
// underscores do not count: published_at is publishedAt. A dot leads into an object.
type nameList [Fields][]string

var usualNames = bareNames(nameList{
	ID:    {"id", "article_id", "uri", "guid", "uuid", "_id"},
	Title: {"title", "headline", "name", "headlines", "webTitle", "fields.headline", "subject"},
	Body: {"body", "text", "content", "articleBody", "body_text", "raw_text", "full_text", "maintext", "content_html", "body_html", "body_xhtml", "content_text",
		"fields.bodyText", "fields.body", "bodies", "plain_text", "article_text", "post_content", "story", "html"},
	Published: {"published_at", "publishedAt", "datePublished", "published", "pubDate", "date_published", "dateTimePub", "versioncreated", "dateTime", "date", "seendate",
		"publish_date", "date_publish", "published_date", "publication_date", "firstpublished", "first_published_at", "webPublicationDate", "published_time", "firstcreated",
		"dateCreated", "post_date", "timestamp", "updated", "dateModified"},
	URL: {"url", "link", "links", "canonical_url", "canonical", "alternate", "permalink", "web_url", "article_url", "mainEntityOfPage", "@id", "href", "pageUrl", "guid", "uri", "id"},
	Source: {"source", "publisher", "site_name", "hostname", "provider", "source_name", "media_name", "outlet", "thread.site", "source_domain", "clean_url", "origin",
		"fields.publication", "publication", "feed", "sourcehostname", "domain", "source_id", "infosources", "yoast_head_json.og_site_name"},
	Author:   {"author", "authors", "byline", "creator", "by", "fields.byline", "author_name", "writer", "reporter", "_embedded.author", "yoast_head_json.author"},
	Language: {"language", "lang", "inLanguage", "meta_lang", "language_code", "humanLanguage"},
})

// usualBodies are the first names of a text, for messages.
const usualBodies = "body, text, content, articleBody and the like"

// statedNames are usualNames as far as a page's JSON-LD goes: its text is offered
// elsewhere, and its identifier names the page.
var statedNames = func() nameList {
	names := usualNames
	names[ID], names[Body] = nil, nil
	names[Title] = []string{"headline", "name"}
	names[URL] = []string{"url", "mainEntityOfPage", "@id"}
	names[Source] = []string{"publisher", "sourceOrganization", "copyrightHolder"}
	return bareNames(names)
}()

// summaryNames are those of a text that stands for the article and is not all of it.
var summaryNames = []string{"leadparagraph", "description", "summary", "excerpt", "abstract", "snippet", "fields.trailtext", "standfirst", "teaser"}

// What the value of a field holds where it is an object: the name of a person or an
// outlet, and the text of a title, a body, a time.
var innerNames = bareNames(nameList{
	ID:        {"$oid", "value", "#text", "_", "id"},
	Title:     {"main", "rendered", "value", "#text", "text", "name", "title", "headline"},
	Body:      {"rendered", "value", "content", "#text", "text", "html", "plain", "body", "main"},
	Published: {"$date", "$numberLong", "@value", "value", "#text", "date"},
	URL:       {"href", "@id", "url", "permalink", "canonical", "link", "web", "#text"},
	Source:    {"name", "title", "domain", "hostname", "site", "value", "#text", "uri"},
	Author:    {"name", "full_name", "display_name", "original", "title", "value", "#text", "person"},
	Language:  {"alternateName", "code", "iso", "name", "value", "#text"},
})

// named offers for every field what stands under its names in n; path leads to n.
func (r *reading) named(n *node, path string, names nameList) {
	at := index(n)
	for f := range Fields {
		if f == Body {
			continue
		}
		for _, name := range names[f] {
			for _, got := range at.find(n, name) {
				value, inner := got.read(f)
				r.offer(f, value, path+got.path+inner)
			}
		}
	}
	for _, name := range names[Body] {
		for _, got := range at.find(n, name) {
			value, inner := got.read(Body)
			if placeholders[strings.ToLower(strings.TrimSpace(value))] {
				continue
			}
			if r.body(value, path+got.path+inner, fromField) {
				return
			}
		}
	}
}

// summary offers what stands for the text, if there is no text.
func (r *reading) summary(n *node, path string) {
	at := index(n)
	for _, name := range summaryNames {
		for _, got := range at.find(n, name) {
			value, inner := got.read(Body)
			if r.values[Body] == "" && r.body(value, path+got.path+inner, fromField) {
				r.partial = true
				return
			}
		}
	}
}

// placeholders stand where services withhold a text.
var placeholders = map[string]bool{"only available in paid plans": true, "only available in professional and corporate plans": true, "[removed]": true, "n/a": true}

// A place is a node and the path to it.
type place struct {
	*node
	path string
}

// An index finds an object's fields by their names without case and hyphens.
type nameIndex map[string][]int

func index(n *node) nameIndex {
	at := nameIndex{}
	for i, name := range n.names {
		key := bare(name)
		at[key] = append(at[key], i)
	}
	return at
}

var hyphens = strings.NewReplacer("_", "", "-", "", " ", "")

func bare(name string) string { return strings.ToLower(hyphens.Replace(name)) }

func bareNames(names nameList) nameList {
	var out nameList
	for f := range names {
		for _, name := range names[f] {
			out[f] = append(out[f], bare(name))
		}
	}
	return out
}

// find returns the fields of a name, which is bare.
func (at nameIndex) find(n *node, name string) []place {
	name, rest, nested := strings.Cut(name, ".")
	var out []place
	for _, i := range at[name] {
		item, path := &n.items[i], n.names[i]
		if !nested {
			out = append(out, place{item, path})
		} else if item.kind == object {
			for _, got := range index(item).find(item, rest) {
				out = append(out, place{got.node, path + "." + got.path})
			}
		}
	}
	return out
}

// read returns the value of field f in a place, and the rest of the path to it.
func (p place) read(f Field) (value, path string) {
	return p.value(f, innerDepth)
}

// innerDepth is how far inside a field its value is looked for.
const innerDepth = 4

// value returns the value for field f that stands in n, and the path to it.
func (n *node) value(f Field, depth int) (value, path string) {
	switch {
	case n.kind == word || n.kind == number:
		return n.text, ""
	case depth == 0:
	case n.kind == list:
		return n.several(f, depth)
	case n.kind == object:
		if f == Author {
			if name := n.fullName(); name != "" {
				return name, ""
			}
		}
		at := index(n)
		for _, name := range innerNames[f] {
			for _, got := range at.find(n, name) {
				if value, path = got.value(f, depth-1); strings.TrimSpace(value) != "" {
					return value, "." + got.path + path
				}
			}
		}
	}
	return "", ""
}

// several reads a list: all authors, all paragraphs of a text, of anything else the
// one that says it is the main one (ninjs), or the first.
func (n *node) several(f Field, depth int) (string, string) {
	main := n.main()
	if main != nil {
		value, path := main.value(f, depth-1)
		return value, "[role=main]" + path
	}
	if alternate := n.alternate(); f == URL && alternate != nil {
		value, path := alternate.value(f, depth-1)
		return value, "[rel=alternate]" + path
	}
	var parts []string
	for i := range n.items {
		value, path := n.items[i].value(f, depth-1)
		if strings.TrimSpace(value) == "" {
			continue
		}
		if f != Author && f != Body {
			return value, "[" + strconv.Itoa(i) + "]" + path
		}
		parts = append(parts, value)
	}
	if f == Author {
		return strings.Join(parts, "; "), ""
	}
	return strings.Join(parts, "\n\n"), ""
}

// main returns the item of a list whose role is main.
func (n *node) main() *node {
	for i := range n.items {
		if n.items[i].get("role").text == "main" {
			return &n.items[i]
		}
	}
	return nil
}

// alternate returns the item of a list of links that leads to the article itself.
func (n *node) alternate() *node {
	for i := range n.items {
		if item := &n.items[i]; item.kind == object && (!item.has("rel") || item.get("rel").text == "alternate") {
			return item
		}
	}
	return nil
}

// fullName joins the names of a person that stand apart.
func (n *node) fullName() string {
	given := n.get("given_name", "givenName", "first_name", "firstName", "firstname", "given")
	family := n.get("family_name", "familyName", "last_name", "lastName", "lastname", "family")
	if given.kind != word || family.kind != word || n.has("name") {
		return ""
	}
	return strings.TrimSpace(given.text + " " + family.text)
}
