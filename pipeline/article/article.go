// Package article makes articles of what newsrooms send: whatever the encoding, the
// shape and the names of fields. It knows nothing of what becomes of an article.
package article

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"

	"sitrep/extractors/dates"
)

// An Article is what a newsroom sent, whatever its shape was.
type Article struct {
	GivenID   string // the sender's own id, "" without
	Title     string // "" when the body holds it
	Body      string // decoded text, otherwise untouched
	Published dates.Stamp
	URL       string
	Source    string // publisher
	Author    string
	Language  string // as declared, lower case, first part: "en"
	Partial   bool   // only a summary or the beginning of the text was sent
	Doubt     string // what could not be read, such as a publication date
}

// A DecodeError says why a raw record is no article and where.
type DecodeError struct{ Reason string }

func (e *DecodeError) Error() string { return e.Reason }

func undecodable(format string, args ...any) error {
	return &DecodeError{fmt.Sprintf(format, args...)}
}

// The names that newsrooms give to fields, the preferred first.
var (
	idNames        = []string{"id", "article_id", "uri", "guid", "uuid", "_id"}
	titleNames     = []string{"title", "headline", "name"}
	bodyNames      = []string{"body", "text", "content", "articleBody", "body_text", "raw_text", "full_text", "maintext", "content_html", "body_html"}
	summaryNames   = []string{"description", "summary"}
	publishedNames = []string{"published_at", "publishedAt", "datePublished", "published", "pubDate", "date_published", "dateTimePub", "versioncreated", "dateTime", "date", "seendate"}
	urlNames       = []string{"url", "link", "canonical_url"}
	sourceNames    = []string{"source", "publisher", "site_name", "hostname"}
	authorNames    = []string{"author", "authors", "byline", "creator"}
	languageNames  = []string{"language", "lang", "inLanguage"}
	wrappers       = []string{"article", "payload", "after"}
)

// A Shape says how a raw article is written.
type Shape uint8

// The shapes.
const (
	Detect Shape = iota // tell by the first bytes
	JSON                // an object in one of the dialects of newsrooms
	HTML                // a page
	Text                // plain text
)

// Decode makes an article of a raw record. The error is a *DecodeError.
func Decode(raw []byte, shape Shape) (Article, error) {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(raw) {
		return Article{}, undecodable("invalid UTF-8 at byte %d", invalidAt(raw))
	}
	if shape == Detect {
		shape = shapeOf(raw)
	}
	switch shape {
	case JSON:
		return decodeJSON(raw)
	case HTML:
		return decodeHTML(string(raw), Article{})
	}
	return Article{Body: string(raw)}, nil
}

func shapeOf(raw []byte) Shape {
	head := bytes.TrimLeft(raw[:min(len(raw), 4096)], " \t\r\n")
	switch {
	case len(head) > 0 && head[0] == '{':
		return JSON
	case looksHTML(string(head[:min(len(head), 512)])):
		return HTML
	}
	return Text
}

func invalidAt(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

func looksHTML(head string) bool {
	head = strings.ToLower(head)
	return strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") || strings.HasPrefix(head, "<head") ||
		strings.HasPrefix(head, "<body") || strings.HasPrefix(head, "<article") || strings.HasPrefix(head, "<!--") && strings.Contains(head, "<html")
}

type object map[string]json.RawMessage

func decodeJSON(raw []byte) (Article, error) {
	var o object
	if err := json.Unmarshal(raw, &o); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return Article{}, undecodable("invalid JSON at byte %d: %v", syntax.Offset, err)
		}
		return Article{}, undecodable("invalid JSON: %v", err)
	}
	for depth := 0; depth < 4; depth++ {
		inner, found := o.unwrap()
		if !found {
			break
		}
		o = inner
	}
	a := Article{
		GivenID:  o.first(idNames),
		Title:    o.first(titleNames),
		URL:      o.first(urlNames),
		Source:   o.first(sourceNames),
		Author:   unlabelled(o.first(authorNames)),
		Language: language(o.first(languageNames)),
	}
	if a.URL == "" && isURL(a.Source) {
		a.URL, a.Source = a.Source, ""
	}
	a.Body = o.first(bodyNames)
	if a.Body == "" {
		if a.Body = o.first(summaryNames); a.Body != "" {
			a.Partial = true
		}
	}
	if !o.any(bodyNames) && !o.any(summaryNames) && a.Title == "" {
		return Article{}, undecodable("no field holds a text; looked for %s", strings.Join(bodyNames, ", "))
	}
	if at := strings.LastIndex(a.Body, "[+"); at >= 0 && strings.HasSuffix(strings.TrimSpace(a.Body), " chars]") {
		a.Partial = true
	}
	if p := o.first(publishedNames); p != "" {
		stamp, err := dates.ParseStamp(p)
		if err != nil {
			a.Doubt = fmt.Sprintf("publication date %q: %v", cut(p, 60), err)
		}
		a.Published = stamp
	}
	if tags := strings.ToLower(a.Body[:min(len(a.Body), 4096)]); strings.Contains(tags, "<p>") || strings.Contains(tags, "<p ") || strings.Contains(tags, "<br") || strings.Contains(tags, "</div>") {
		return decodeHTML(a.Body, a)
	}
	return a, nil
}

// unwrap returns the object inside an envelope, if o is one.
func (o object) unwrap() (object, bool) {
	for _, name := range wrappers {
		var inner object
		if json.Unmarshal(o[name], &inner) == nil && len(inner) > 0 {
			return inner, true
		}
	}
	return nil, false
}

func (o object) any(names []string) bool {
	for _, n := range names {
		if _, ok := o[n]; ok {
			return true
		}
	}
	return false
}

// first returns the first of the named fields that holds text.
func (o object) first(names []string) string {
	for _, n := range names {
		if s := scalar(o[n]); s != "" {
			return s
		}
	}
	return ""
}

// scalar reads a string, a number, the name in an object, or a list of them.
func scalar(raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case '"':
		var s string
		if json.Unmarshal(raw, &s) == nil && strings.TrimSpace(s) != "" {
			return s
		}
	case '{':
		var o object
		if json.Unmarshal(raw, &o) == nil {
			return o.first([]string{"name", "title", "$oid", "value", "#text"})
		}
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil {
			return ""
		}
		var parts []string
		for _, item := range list {
			if s := scalar(item); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, ", ")
	case 'n', 't', 'f':
	default:
		return string(raw)
	}
	return ""
}

// unlabelled takes the "By" off a byline.
func unlabelled(author string) string {
	if len(author) > 3 && strings.EqualFold(author[:3], "by ") {
		return strings.TrimSpace(author[3:])
	}
	return author
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func language(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.IndexAny(s, "-_"); i > 0 {
		s = s[:i]
	}
	switch s {
	case "english", "eng":
		return "en"
	}
	return s
}

// decodeHTML fills what a has not got from a page or a fragment of one.
func decodeHTML(page string, a Article) (Article, error) {
	if strings.Count(page, "<") > 200_000 {
		return Article{}, undecodable("HTML with more than 200000 tags")
	}
	read, err := readability.FromReader(strings.NewReader(page), nil)
	if err != nil {
		return Article{}, undecodable("HTML: %v", err)
	}
	a.Body = ""
	if read.Node != nil {
		var text strings.Builder
		if err := read.RenderText(&text); err != nil {
			return Article{}, undecodable("HTML: %v", err)
		}
		a.Body = strings.TrimSpace(text.String())
	}
	if a.Title == "" {
		a.Title = read.Title()
	}
	if a.Author == "" {
		a.Author = unlabelled(read.Byline())
	}
	if a.Source == "" {
		a.Source = read.SiteName()
	}
	if a.Language == "" {
		a.Language = language(read.Language())
	}
	if a.Published.Day.IsZero() {
		if at, err := read.PublishedTime(); err == nil {
			if stamp, err := dates.ParseStamp(at.Format("2006-01-02T15:04:05Z07:00")); err == nil {
				a.Published = stamp
			}
		}
	}
	return a, nil
}

// cut returns at most n bytes of s, ending at a rune border.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
