package api

import (
	"fmt"
	"mime"
	"net/http"
	"strings"

	"sitrep/pipeline/article"
)

// The forms of an answer.
const (
	mediaJSON  = "application/json"
	mediaLines = "application/x-ndjson"
)

// accepted returns the form that a client wants; of several, the first that it names.
func accepted(accept []string) (form string, ok bool) {
	named := strings.Join(accept, ",")
	if strings.TrimSpace(named) == "" {
		return mediaJSON, true
	}
	for one := range strings.SplitSeq(named, ",") {
		kind, params, err := mime.ParseMediaType(one)
		if err != nil || strings.Trim(params["q"], "0.") == "" && params["q"] != "" {
			continue
		}
		switch kind {
		case mediaJSON, "application/*", "*/*":
			return mediaJSON, true
		case mediaLines, "application/jsonl", "application/jsonlines":
			return mediaLines, true
		}
	}
	return "", false
}

// sent is what a client says of its article.
type sent struct {
	shape   article.Shape
	charset string
}

// shapes are those that media types stand for. Who names none, or none that says
// anything, leaves it to us; the last is what curl says by itself.
var shapes = map[string]article.Shape{
	"":                                  article.Detect,
	"application/octet-stream":          article.Detect,
	"application/x-www-form-urlencoded": article.Detect,
	mediaJSON:                           article.JSON,
	"text/json":                         article.JSON,
	"text/html":                         article.HTML,
	"application/xhtml+xml":             article.HTML,
	"text/plain":                        article.Text,
	"text/markdown":                     article.Text,
	"application/xml":                   article.XML,
	"text/xml":                          article.XML,
	"application/warc":                  article.WARC,
	"application/gzip":                  article.Detect,
	"application/zstd":                  article.Detect,
}

// declared reads the headers that say what a body is. What is packed tells by
// itself how.
func declared(h http.Header) (s sent, err error) {
	if packed := strings.ToLower(h.Get("Content-Encoding")); packed != "" && packed != "identity" && packed != "gzip" && packed != "zstd" {
		return s, fmt.Errorf("content encoding %.40q is not read: send gzip, zstd or none", packed)
	}
	kind, params := "", map[string]string{}
	if given := h.Get("Content-Type"); given != "" {
		if kind, params, err = mime.ParseMediaType(given); err != nil {
			return s, fmt.Errorf("content type %.80q: %w", given, err)
		}
	}
	shape, known := shapes[kind]
	switch {
	case known:
	case strings.HasSuffix(kind, "+json"):
		shape = article.JSON
	case strings.HasSuffix(kind, "+xml"):
		shape = article.XML
	default:
		return s, fmt.Errorf("content type %.80q is not read: send one article as JSON, HTML, XML (RSS, Atom), plain text or WARC, or without a type", kind)
	}
	return sent{shape, params["charset"]}, nil
}
