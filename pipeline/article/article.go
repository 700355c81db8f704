// Package article makes articles of what newsrooms send: whatever the encoding, the
// shape and the names of fields. It knows nothing of what becomes of an article.
package article

import (
	"fmt"

	"sitrep/extractors/dates"
)

// An Article is what a newsroom sent, whatever its shape was.
type Article struct {
	GivenID   string // the sender's own id, "" without
	Title     string // "" when the body holds it
	Body      string // decoded text, otherwise untouched, but for NUL characters
	Published dates.Stamp
	URL       string
	Source    string // publisher
	Author    string
	Language  string // as declared, as language.Code gives it: "en"
	Partial   bool   // only a summary or the beginning of the text was sent
	Missing   int    // characters that the sender says it left out
	Doubt     string // what could not be read, such as a publication date

	Form   string         // what the record was taken for, from the outside in: "WARC response, HTML page"
	Origin [Fields]string // where each field was read: a path, "og:title"; "" where it was not
}

// A Field is one of an article's.
type Field uint8

// The fields.
const (
	ID Field = iota
	Title
	Body
	Published
	URL
	Source
	Author
	Language
	Fields // how many there are
)

var fieldNames = [Fields]string{"id", "title", "body", "published", "url", "source", "author", "language"}

func (f Field) String() string { return fieldNames[f] }

// ParseField returns the field of that name.
func ParseField(name string) (Field, error) {
	for f, n := range fieldNames {
		if n == name {
			return Field(f), nil
		}
	}
	return 0, fmt.Errorf("field %q: want one of %q", name, fieldNames)
}

// A DecodeError says why a raw record is no article and where.
type DecodeError struct{ Reason string }

func (e *DecodeError) Error() string { return e.Reason }

func undecodable(format string, args ...any) error {
	return &DecodeError{fmt.Sprintf(format, args...)}
}

// A Decoder makes articles of raw records. The zero value has no mapping and no
// schema registry, and DefaultLimits.
type Decoder struct {
	Limits  Limits
	Mapping Mapping
	Schemas Schemas // nil: Avro is not read
}

// Decode makes an article of a raw record, as Decoder does.
func Decode(raw []byte, shape Shape) (Article, error) {
	return (&Decoder{}).Decode(raw, shape)
}

// Decode makes an article of a raw record: unpacks it, reads its characters, tells
// its shape, if that is Detect, and reads the fields. The error is a *DecodeError or
// a *LimitError.
func (d *Decoder) Decode(raw []byte, shape Shape) (Article, error) {
	return d.DecodeIn("", raw, shape)
}

// DecodeIn is Decode of what the sender declares to be in an encoding, once it is
// unpacked; "" is none.
func (d *Decoder) DecodeIn(charset string, raw []byte, shape Shape) (Article, error) {
	r := reading{limits: d.Limits.complete(), mapping: d.Mapping, schemas: d.Schemas}
	err := r.record(raw, shape, charset)
	if r.over != nil && r.values[Body] == "" {
		err = r.over
	}
	if err != nil {
		return Article{}, err
	}
	return r.article(), nil
}

// maxPackings is how many packings, as a WARC record and a frame, may stand one in
// the other.
const maxPackings = 3

// record reads what was sent, in whatever it is packed.
func (r *reading) record(raw []byte, shape Shape, charset string) error {
	if r.packings++; r.packings > maxPackings {
		return undecodable("packed more than %d times over", maxPackings)
	}
	raw, err := r.unpack(raw)
	if err != nil {
		return err
	}
	if framed(raw) && (shape == Detect || shape == JSON) {
		return r.framed(raw)
	}
	if shape == WARC || shape == Detect && isWARC(raw) {
		return r.warc(raw)
	}
	text, err := r.characters(raw, charset)
	if err != nil {
		return err
	}
	if shape == Detect {
		shape = shapeOf(text)
	}
	return r.text(text, shape)
}

// text reads decoded characters of a known shape.
func (r *reading) text(text string, shape Shape) error {
	switch shape {
	case JSON:
		return r.json(text)
	case HTML:
		return r.page(text)
	case XML:
		return r.xml(text)
	}
	if isGDELT(text) {
		return undecodable("a line of GDELT without a text: it holds metadata only")
	}
	r.is("plain text")
	r.body(text, "the whole record", asReceived)
	return nil
}
