package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"sitrep/extractors"
	"sitrep/extractors/countries"
	"sitrep/extractors/names"
	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
	"sitrep/pipeline/annotations"
	"sitrep/pipeline/language"
)

const (
	// SchemaVersion is the contract's version; changes inside it only add.
	SchemaVersion = 1
	// ExtractorVersion is changed by hand when code changes the output for an article.
	// What weights and tables change shows in models_sha256.
	ExtractorVersion = "0.5.0"
)

// The statuses of an article.
const (
	StatusOK          = "ok"
	StatusNoEvents    = "no_events"
	StatusNoText      = "no_text"
	StatusUnsupported = "unsupported_language"
	StatusPartial     = "partial"
)

// Statuses returns all of them.
func Statuses() []string {
	return []string{StatusOK, StatusNoEvents, StatusNoText, StatusUnsupported, StatusPartial}
}

// A SpanRecord is a place in an article's title or body: Unicode code points,
// half open, with the text that stands there.
type SpanRecord struct {
	Field string `json:"field" jsonschema:"enum=title,enum=body"`
	Start int    `json:"start" jsonschema:"minimum=0"`
	End   int    `json:"end" jsonschema:"minimum=0"`
	Text  string `json:"text"`
}

// modelsSHA256 identifies the weights and tables that articles are read with.
var modelsSHA256 = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(text.ModelSHA256() + names.ModelSHA256() + syntax.ModelSHA256() + extractors.TablesSHA256() + language.TableSHA256()))
	return hex.EncodeToString(sum[:])
})

// Version identifies all that decides what is found in an article.
func Version() string { return ExtractorVersion + " " + modelsSHA256() }

// Records is what one article becomes.
type Records struct {
	Article ArticleRecord
	Events  []EventRecord
}

// A publisher writes the facts of one document as records.
type publisher struct {
	doc         *text.Document
	title, body *annotations.Offsets
}

func newPublisher(doc *text.Document) *publisher {
	p := &publisher{doc: doc, body: annotations.NewOffsets(doc.Text[doc.Body:])}
	p.title = annotations.NewOffsets(doc.Text[:doc.Body])
	return p
}

func (p *publisher) span(s text.Span) SpanRecord {
	out := SpanRecord{Field: "body", Text: p.doc.Slice(s)}
	if s.Start < p.doc.Body {
		out.Field = "title"
		out.Start, out.End = p.title.CodePoint(s.Start), p.title.CodePoint(min(s.End, p.doc.Body))
		return out
	}
	out.Start, out.End = p.body.CodePoint(s.Start-p.doc.Body), p.body.CodePoint(s.End-p.doc.Body)
	return out
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func code(c countries.Code) *string { return optional(string(c)) }
