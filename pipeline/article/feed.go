package article

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// xml reads an item of RSS or an entry of Atom, alone or in a feed of one. Entities
// that a document declares are not expanded.
func (r *reading) xml(text string) error {
	root, err := r.parseXML(text)
	if err != nil {
		return err
	}
	feed, item := &node{}, root.items[0]
	switch name := root.names[0]; name {
	case "rss", "RDF":
		feed = item.get("channel")
		if item, err = onlyItem(name, feed, &item, "item"); err != nil {
			return err
		}
	case "channel":
		feed = &root.items[0]
		if item, err = onlyItem(name, feed, feed, "item"); err != nil {
			return err
		}
	case "feed":
		feed = &root.items[0]
		if item, err = onlyItem(name, feed, feed, "entry"); err != nil {
			return err
		}
	case "item", "entry":
	default:
		return undecodable("XML document <%s>: neither RSS nor Atom", cut(name, 60))
	}
	if item.has("content") && !item.has("description") || root.names[0] == "feed" || root.names[0] == "entry" {
		r.is("Atom entry")
	} else {
		r.is("RSS item")
	}
	return r.item(&item, feed)
}

// onlyItem returns the one item of a feed; in RSS 1.0 items stand beside the channel.
func onlyItem(root string, feed, beside *node, name string) (node, error) {
	items := feed.get(name)
	if items.kind == null {
		items = beside.get(name)
	}
	switch items.kind {
	case null:
		return node{}, undecodable("<%s> without an <%s>", root, name)
	case list:
		return node{}, undecodable("<%s> with %d of <%s>: each wants a record of its own", root, len(items.items), name)
	}
	return *items, nil
}

// itemNames are the names of elements in RSS and Atom.
var itemNames = bareNames(nameList{
	ID:        {"guid", "id"},
	Title:     {"title", "dc:title"},
	Body:      {"content:encoded", "content"},
	Published: {"pubDate", "published", "dc:date", "issued", "updated"},
	URL:       {"link", "origLink", "guid", "id"},
	Source:    {"dc:publisher", "source"},
	Author:    {"dc:creator", "author", "creator"},
	Language:  {"language", "dc:language", "lang"},
})

func (r *reading) item(item, feed *node) error {
	r.mapped(item)
	r.named(item, "", itemNames)
	r.summary(item, "")
	r.ofFeed(feed)
	if r.values[Body] == "" && r.values[Title] == "" {
		return undecodable("the item holds no text: neither title nor description nor content")
	}
	return nil
}

// ofFeed offers what a feed says of all its items.
func (r *reading) ofFeed(feed *node) {
	r.offer(Source, feed.get("title").plain(), "the feed's title")
	r.offer(Language, feed.get("language", "lang").plain(), "the feed's language")
}

// plain returns the text of a scalar or of an element with attributes.
func (n *node) plain() string {
	if n.kind == object {
		n = n.get("#text")
	}
	return n.text
}

// parseXML makes a tree of elements: one that holds only text is a string, others
// are objects with attributes, elements and, as #text, text; several of one name are a list. XHTML inside is kept as
// markup. Prefixes are those that RSS and Atom use, whatever the document calls them.
func (r *reading) parseXML(text string) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	root := &node{}
	elements := 0
	err := r.elements(d, root, 1, &elements)
	var syntax *xml.SyntaxError
	var undecoded *DecodeError
	var limit *LimitError
	switch {
	case errors.As(err, &syntax):
		return nil, undecodable("invalid XML in line %d: %s", syntax.Line, syntax.Msg)
	case errors.As(err, &undecoded), errors.As(err, &limit):
		return nil, err
	case err != nil && !errors.Is(err, io.EOF):
		return nil, undecodable("invalid XML: %v", err)
	case len(root.items) == 0:
		return nil, undecodable("XML without an element")
	}
	return root, nil
}

// elements reads what stands inside an element, up to its end.
func (r *reading) elements(d *xml.Decoder, into *node, depth int, count *int) error {
	if err := r.bounded(d, depth, *count); err != nil {
		return err
	}
	var chars strings.Builder
	var seen keys
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.Directive:
			if strings.Contains(string(t), "<!ENTITY") {
				return undecodable("XML that declares entities, which are not expanded")
			}
		case xml.CharData:
			chars.Write(t)
		case xml.StartElement:
			*count += 1 + len(t.Attr)
			child := node{}
			for _, a := range t.Attr {
				child.add(a.Name.Local, node{kind: word, text: a.Value})
			}
			if child.get("type").text == "xhtml" {
				child, err = r.inner(d, count)
			} else {
				err = r.elements(d, &child, depth+1, count)
			}
			if err != nil {
				return err
			}
			into.repeat(&seen, qualified(t.Name), child)
		case xml.EndElement:
			if s := chars.String(); into.kind == null {
				*into = node{kind: word, text: s}
			} else if strings.TrimSpace(s) != "" {
				into.add("#text", node{kind: word, text: s})
			}
			return nil
		}
	}
}

// bounded says whether a document is within the limits so far.
func (r *reading) bounded(d *xml.Decoder, depth, count int) error {
	switch {
	case depth > r.limits.Depth:
		return r.limits.tooDeep(fmt.Sprintf("XML at byte %d: nesting", d.InputOffset()))
	case count > r.limits.Elements:
		return r.limits.tooMany(fmt.Sprintf("XML at byte %d: elements", d.InputOffset()))
	}
	return nil
}

// repeat adds a field; those of one name become a list.
func (n *node) repeat(seen *keys, name string, value node) {
	i := seen.index(n, name)
	switch {
	case i < 0:
		n.add(name, value)
	case n.items[i].kind == list:
		n.items[i].items = append(n.items[i].items, value)
	default:
		n.items[i] = node{kind: list, items: []node{n.items[i], value}}
	}
}

// inner returns the markup inside an element as a string, as far as its end.
func (r *reading) inner(d *xml.Decoder, count *int) (node, error) {
	var b strings.Builder
	for depth := 0; ; {
		token, err := d.Token()
		if err != nil {
			return node{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			*count++
			depth++
			if err := r.bounded(d, depth, *count); err != nil {
				return node{}, err
			}
			b.WriteString("<" + t.Name.Local + ">")
		case xml.EndElement:
			if depth--; depth < 0 {
				return node{kind: word, text: b.String()}, nil
			}
			b.WriteString("</" + t.Name.Local + ">")
		case xml.CharData:
			xml.EscapeText(&b, t)
		}
	}
}

// prefixes are those of the namespaces that RSS uses.
var prefixes = map[string]string{
	"http://purl.org/rss/1.0/modules/content/":   "content:",
	"http://purl.org/dc/elements/1.1/":           "dc:",
	"http://purl.org/dc/terms/":                  "dc:",
	"http://search.yahoo.com/mrss/":              "media:",
	"http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
	"content": "content:", "dc": "dc:", "media": "media:", // where the item alone was sent
}

func qualified(n xml.Name) string { return prefixes[n.Space] + n.Local }
