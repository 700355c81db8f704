package annotations

import (
	"sort"
	"unicode/utf8"
)

// stride is how many code points lie between two marks of Offsets.
const stride = 32

// Offsets converts between byte offsets and code points of one text. A byte
// that is not part of valid UTF-8 counts as a code point of its own, as in Go's
// range loop and in JSON. It is immutable.
type Offsets struct {
	text  string
	marks []int // byte offset of code points 0, stride, 2*stride…; nil when all is ASCII
	n     int   // code points in text
}

// NewOffsets reads text once, in linear time.
func NewOffsets(text string) *Offsets {
	o := &Offsets{text: text, n: len(text)}
	if isASCII(text) {
		return o
	}
	o.n = 0
	o.marks = make([]int, 0, len(text)/stride+1)
	for b := range text {
		if o.n%stride == 0 {
			o.marks = append(o.marks, b)
		}
		o.n++
	}
	return o
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Len returns the number of code points in the text.
func (o *Offsets) Len() int { return o.n }

// CodePoint returns how many code points begin before the byte at offset; inside
// a code point, the number of those before it. Offsets outside the text are
// taken to its nearer end.
func (o *Offsets) CodePoint(offset int) int {
	offset = min(max(offset, 0), len(o.text))
	if o.marks == nil {
		return offset
	}
	if offset == len(o.text) {
		return o.n
	}
	i := sort.SearchInts(o.marks, offset+1) - 1
	n, b := i*stride, o.marks[i]
	for {
		_, size := utf8.DecodeRuneInString(o.text[b:])
		if b += size; b > offset {
			return n
		}
		n++
	}
}

// Byte returns the byte offset at which code point n begins. Numbers outside
// the text are taken to its nearer end.
func (o *Offsets) Byte(n int) int {
	n = min(max(n, 0), o.n)
	if o.marks == nil {
		return n
	}
	if n == o.n {
		return len(o.text)
	}
	b := o.marks[n/stride]
	for range n % stride {
		_, size := utf8.DecodeRuneInString(o.text[b:])
		b += size
	}
	return b
}

// Slice returns the text of the code points [start, end), cut to the text.
func (o *Offsets) Slice(start, end int) string {
	from := o.Byte(start)
	return o.text[from:max(from, o.Byte(end))]
}
