package troops

import "strings"

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
