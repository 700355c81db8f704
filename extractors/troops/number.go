package troops

import (
	"strconv"
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
	if !f.inside(i) {
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

// digits reads a number that begins with a digit: "1,200", "14-thousand",
// "10-15", "5,000-strong", "3.5 million".
func (f *finder) digits(i int, w string) (quantity, bool) {
	q := quantity{first: i, last: i + 1}
	parts := strings.FieldsFunc(w, isHyphen)
	if len(parts) > 1 && strongEndings[parts[len(parts)-1]] {
		q.strong = true
		parts = parts[:len(parts)-1]
	}
	if len(parts) == 0 || len(parts) > 3 {
		return q, false
	}
	values := make([]float64, 0, 3)
	for k, p := range parts {
		if s := scales[p]; s > 0 && k > 0 {
			values[len(values)-1] *= float64(s)
			q.scaled = true
			continue
		}
		v, ok := number(p)
		if !ok {
			return q, false
		}
		values = append(values, v)
	}
	low := values[0]
	high := values[len(values)-1]
	switch {
	case len(values) > 2, len(values) == 2 && !rangedPair(low, high):
		return q, false
	case len(values) == 2:
		q.ranged = true
		if low < 1000 && high >= 1000 && low*1000 < high {
			low *= 1000 // "20-30,000"
		}
	case len(parts) == 1 && !q.strong:
		q.bare = !strings.ContainsAny(w, ",.")
	}
	if !q.strong && !q.scaled {
		// "3 million", "1.5 thousand", "four thousand-strong"
		for s, strong := f.scaleWord(q.last); s > 0; s, strong = f.scaleWord(q.last) {
			low, high = low*float64(s), high*float64(s)
			q.last++
			q.scaled, q.bare = true, false
			if q.strong = strong; strong || high > maxCount {
				break
			}
		}
	}
	if high > maxCount || high != float64(int(high)) || low != float64(int(low)) {
		return q, false
	}
	q.low, q.high = int(low), int(high)
	return q, true
}

// rangedPair reports whether "10-15" is a range; "9-11" and "2003-04" may be,
// "15-10" is not.
func rangedPair(low, high float64) bool { return low < high }

// scaleWord reads "thousand" or "thousand-strong" at i.
func (f *finder) scaleWord(i int) (scale int, strong bool) {
	w, ending, _ := strings.Cut(f.low(i), "-")
	if w == "score" || w == "dozen" && ending != "" {
		return 0, false
	}
	if strongEndings[ending] {
		return scales[w], true
	}
	if ending != "" {
		return 0, false
	}
	return scales[w], false
}

// number reads digits with separators in any grouping ("1,200", "1,80,000") or
// with a decimal point.
func number(s string) (float64, bool) {
	if strings.HasSuffix(s, "k") && len(s) > 1 {
		v, err := strconv.ParseFloat(s[:len(s)-1], 64)
		return v * 1000, err == nil && v > 0 && v <= maxCount
	}
	if len(s) > 15 || strings.ContainsAny(s, "exp_:/@'+abcdfin") {
		return 0, false
	}
	if strings.Count(s, ".") > 1 { // "1.200.000"
		s = strings.ReplaceAll(s, ".", "")
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	return v, err == nil && v >= 0 && v <= maxCount
}

func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' }

// inWords reads a number in words: "two thousand five hundred", "a dozen",
// "twenty-five", "half a million", "one and a half million", "four
// thousand-strong".
func (f *finder) inWords(i int) (quantity, bool) {
	at := i
	half := f.isHalf(at)
	if half {
		at++
	}
	if article := f.low(at) == "a" || f.low(at) == "an"; article {
		at++
		if f.low(at) == "half" { // "a half million"
			half = true
			at++
		}
	}
	if at > i && scales[f.low(at)] == 0 {
		return quantity{}, false
	}
	q := quantity{first: i}
	var sum adder
	for ; at < f.last && at < i+12 && !q.strong; at++ {
		if f.low(at) == "and" && sum.scaled && units[f.low(at+1)] > 0 && sum.group%100 == 0 {
			continue // "two hundred and ten"
		}
		if scale := scales[f.low(at+3)]; f.matches(at, []string{"and", "a", "half"}) && scale >= 1000 && sum.total == 0 && sum.group > 0 {
			sum.group = sum.group*scale + scale/2
			q.last = at + 4
			break
		}
		next, strong, ok := sum.word(f.low(at))
		if !ok {
			break
		}
		sum, q.strong, q.last = next, strong, at+1
	}
	value := sum.total + sum.group
	if half {
		value /= 2
	}
	q.low, q.high, q.scaled = value, value, sum.scaled
	return q, q.last > 0 && value > 0 && value <= maxCount
}

// isHalf reports whether "half" at i halves what follows: "half a million".
func (f *finder) isHalf(i int) bool {
	return f.low(i) == "half" && (f.low(i+1) == "a" || scales[f.low(i+1)] > 0)
}

// An adder adds up number words.
type adder struct {
	total, group int
	tens, units  bool // the word before was "twenty", "two"
	scaled       bool // a scale word has been read
	any          bool
}

// word adds a word, hyphenated or not. strong reports an ending as in
// "thousand-strong".
func (a adder) word(w string) (next adder, strong, ok bool) {
	for n := 0; w != "" && n < 5; n++ {
		var part string
		part, w, _ = strings.Cut(w, "-")
		if strongEndings[part] && w == "" && a.any && n > 0 {
			return a, true, true
		}
		if a, ok = a.part(part); !ok {
			return a, false, false
		}
	}
	return a, false, w == "" && a.any
}

func (a adder) part(w string) (adder, bool) {
	if v := units[w]; v > 0 {
		if a.units || a.tens && v >= 10 {
			return a, false
		}
		a.group += v
		a.tens, a.units, a.any = v >= 20, v < 20, true
		return a, true
	}
	s := scales[w]
	switch {
	case s == 0, w == "score" && !a.any:
		return a, false
	case s < 1000:
		a.group = max(a.group, 1) * s
	default:
		a.total += max(a.group, 1) * s
		a.group = 0
	}
	a.tens, a.units, a.scaled, a.any = false, false, true, true
	return a, a.total+a.group <= maxCount
}
