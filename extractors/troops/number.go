package troops

import (
	"maps"
	"slices"
	"strings"
)

// maxCount is the largest number that is read: there are no more people.
const maxCount = 10_000_000_000

// A quantity is a number in the text, without its noun.
type quantity struct {
	first, last int // tokens [first, last)
	low, high   int
	vague       bool // "dozens", "several": bounds by convention
	ranged      bool // "200 to 300"
	bare        bool // one word of digits without comma or point
	scaled      bool // ends in a scale word: "3 million"
	strong      bool // "5,000-strong", "60-man"
	plus        bool // "5,000-plus"
}

var units = map[string]int{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var scales = map[string]int{"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "lakh": 100_000, "million": 1_000_000, "mln": 1_000_000, "billion": 1_000_000_000}

// vagueWords are plural number words with the bounds that they have by
// convention.
var vagueWords = map[string][2]int{
	"dozens": {24, 99}, "scores": {40, 99}, "tens": {20, 99}, "hundreds": {200, 999}, "thousands": {2000, 9999}, "millions": {2_000_000, 9_999_999},
}

// numerals returns the words that a number may begin with.
func numerals() []string {
	list := []string{"several", "few", "couple", "half"}
	list = slices.AppendSeq(list, maps.Keys(units))
	list = slices.AppendSeq(list, maps.Keys(scales))
	return slices.AppendSeq(list, maps.Keys(vagueWords))
}

// strongEndings end a word such as "5,000-strong" or "60-man".
var strongEndings = map[string]bool{"strong": true, "man": true, "men": true, "member": true, "person": true, "soldier": true, "troop": true, "troops": true}

// quantity reads the number that begins at token i.
func (f *finder) quantity(i int) (quantity, bool) {
	q, ok := f.simple(i)
	if !ok || q.strong {
		return q, ok
	}
	if r, ok := f.rangeFrom(q); ok {
		return r, true
	}
	return q, true
}

// rangeFrom reads "200 to 300", "two or three", "2 to 3 million", and "200 and
// 300" behind "between".
func (f *finder) rangeFrom(q quantity) (quantity, bool) {
	link := f.low(q.last)
	between := f.low(q.first-1) == "between"
	switch {
	case link == "to" && f.isChange(q.first):
		return q, false // two numbers: "rose from 200 to 300"
	case link == "to", link == "-", link == "–", link == "—", link == "and" && between:
	case link == "or" && !q.vague && q.high < 100:
	default:
		return q, false
	}
	to, ok := f.simple(q.last + 1)
	if !ok {
		return q, false
	}
	low := q.low
	if !q.scaled && !q.vague && to.scaled && low < 1000 {
		if scaled := low * scales[f.low(to.last-1)]; scaled > 0 && scaled < to.high {
			low = scaled
		}
	}
	if low >= to.high {
		return q, false
	}
	return quantity{first: q.first, last: to.last, low: low, high: to.high, ranged: true, strong: to.strong}, true
}

// simple reads one number: digits, words, or a vague word.
func (f *finder) simple(i int) (quantity, bool) {
	if !f.beginsNumber(i) {
		return quantity{}, false
	}
	if q, ok := f.vague(i); ok {
		return q, true
	}
	w := f.low(i)
	if w[0] >= '0' && w[0] <= '9' {
		return f.digits(i, w)
	}
	return f.inWords(i)
}

// beginsNumber reports whether a number may begin at token i; most words are out
// at a glance.
func (f *finder) beginsNumber(i int) bool {
	w := f.low(i)
	switch {
	case w == "":
		return false
	case '0' <= w[0] && w[0] <= '9', f.is(i, numeral):
		return true
	case w == "a", w == "an":
		return f.is(i+1, numeral)
	}
	first, _, hyphenated := strings.Cut(w, "-")
	return hyphenated && units[first] > 0 // "twenty-five"
}

// vague reads "dozens", "several", "a few hundred", "tens of thousands", "a
// couple".
func (f *finder) vague(i int) (quantity, bool) {
	w := f.low(i)
	at := i
	if w == "a" {
		at++
		w = f.low(at)
	}
	q := quantity{first: i, last: at + 1, vague: true}
	switch {
	case w == "several", w == "few" && at > i:
		q.low, q.high = 3, 9
	case w == "couple":
		q.low, q.high = 2, 2
	case at == i && vagueWords[w] != [2]int{}:
		q.low, q.high = vagueWords[w][0], vagueWords[w][1]
		return f.vagueOf(q, w), true
	default:
		return quantity{}, false
	}
	// "several hundred", "a couple of dozen", "several tens of thousands"
	next := q.last
	if w == "couple" && f.low(next) == "of" {
		next++
	}
	scale, n := f.scale(next)
	if n == 0 {
		return q, true
	}
	q.low, q.high, q.last, q.scaled = q.low*scale, q.high*scale, next+n, true
	switch {
	case w == "couple":
	case scale == 12:
		q.high = 99 // as "dozens"
	case scale == 10_000:
		q.high = 9 * scale
	default:
		q.high = 10*scale - 1
	}
	return q, true
}

// vagueOf reads the second word of "tens of thousands".
func (f *finder) vagueOf(q quantity, w string) quantity {
	if f.low(q.last) != "of" || w == "dozens" || w == "scores" {
		return q
	}
	next := f.low(q.last + 1)
	scale := scales[strings.TrimSuffix(next, "s")]
	if scale < 1000 || vagueWords[next] == [2]int{} {
		return q
	}
	q.low, q.high, q.last = q.low*scale, (q.high+1)*scale-1, q.last+2
	return q
}

// scale reads "hundred", "hundreds of", "tens of thousands" at i and returns
// its value and number of tokens.
func (f *finder) scale(i int) (value, tokens int) {
	w := strings.TrimSuffix(f.low(i), "s")
	if w == "ten" && f.low(i+1) == "of" && f.low(i+2) == "thousands" {
		return 10_000, 3
	}
	if s := scales[w]; s > 0 && w != "score" {
		return s, 1
	}
	return 0, 0
}
