package article

import (
	"cmp"
	"fmt"
)

// Limits bound what decoding one record may cost. A limit of 0 is that of
// DefaultLimits.
type Limits struct {
	Unpacked int // bytes after decompression
	Depth    int // values of JSON, or elements of a page, one inside the other
	Elements int // values of JSON, elements of a page
}

// DefaultLimits are far above what newsrooms send.
var DefaultLimits = Limits{Unpacked: 32 << 20, Depth: 200, Elements: 100_000}

func (l Limits) complete() Limits {
	return Limits{
		Unpacked: cmp.Or(l.Unpacked, DefaultLimits.Unpacked),
		Depth:    cmp.Or(l.Depth, DefaultLimits.Depth),
		Elements: cmp.Or(l.Elements, DefaultLimits.Elements),
	}
}

// A Limit is one of Limits.
type Limit string

// The limits by name.
const (
	LimitUnpacked Limit = "unpacked_bytes"
	LimitDepth    Limit = "depth"
	LimitElements Limit = "elements"
)

// A LimitError says which limit a record is over.
type LimitError struct {
	Limit Limit
	Max   int
	What  string // what there is too much of
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("%s: over the limit %s of %d", e.What, e.Limit, e.Max)
}

func (l Limits) tooDeep(what string) error     { return &LimitError{LimitDepth, l.Depth, what} }
func (l Limits) tooMany(what string) error     { return &LimitError{LimitElements, l.Elements, what} }
func (l Limits) tooUnpacked(what string) error { return &LimitError{LimitUnpacked, l.Unpacked, what} }
