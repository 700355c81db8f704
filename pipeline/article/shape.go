package article

import "strings"

// A Shape says how a raw article is written.
type Shape uint8

// The shapes.
const (
	Detect Shape = iota // tell by the first bytes
	JSON                // an object in one of the dialects of newsrooms
	HTML                // a page
	Text                // plain text
	XML                 // an item of RSS or an entry of Atom
	WARC                // a record of a web archive
)

// shapeOf tells the shape by the first characters.
func shapeOf(text string) Shape {
	head := strings.TrimLeft(text, " \t\r\n")
	if head == "" {
		return Text
	}
	switch head[0] {
	case '{':
		return JSON
	case '[':
		if rest := strings.TrimLeft(head[1:], " \t\r\n"); strings.HasPrefix(rest, "{") || strings.HasPrefix(rest, "[") {
			return JSON
		}
	case '<':
		return markup(head)
	}
	return Text
}

// IsFeed reports whether a document begins as one of RSS or Atom does.
func IsFeed(head []byte) bool {
	switch firstElement(string(head[:min(len(head), 4096)])) {
	case "rss", "feed", "rdf":
		return true
	}
	return false
}

// markup tells a page from a feed by the first element, behind the declarations.
func markup(head string) Shape {
	declared := strings.HasPrefix(head, "<?xml")
	switch name := firstElement(head); name {
	case "html", "head", "body", "article", "main", "section", "div", "p", "h1", "meta", "title":
		return HTML
	case "rss", "feed", "item", "entry", "rdf":
		return XML
	case "":
		if len(head) > 9 && strings.EqualFold(head[:9], "<!doctype") {
			if strings.Contains(strings.ToLower(head[:min(len(head), 30)]), "html") {
				return HTML
			}
			return XML
		}
	default:
		if declared || strings.HasPrefix(head, "<!DOCTYPE") {
			return XML
		}
	}
	if declared {
		return XML
	}
	return Text
}

// firstElement returns the local name of the first element, in small letters:
// declarations and comments are passed over, as far as 4 KB.
func firstElement(s string) string {
	s = s[:min(len(s), 4096)]
	for {
		_, after, found := strings.Cut(s, "<")
		switch {
		case !found:
			return ""
		case strings.HasPrefix(after, "!--"):
			_, s, _ = strings.Cut(after, "-->")
		case strings.HasPrefix(after, "?"), strings.HasPrefix(after, "!"):
			_, s, _ = strings.Cut(after, ">")
		default:
			name := after[:len(after)-len(strings.TrimLeft(after, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:_-"))]
			if i := strings.LastIndexByte(name, ':'); i >= 0 {
				name = name[i+1:]
			}
			return strings.ToLower(name)
		}
	}
}
