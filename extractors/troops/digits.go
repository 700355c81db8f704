package troops

import (
	"strconv"
	"strings"
)

// digits reads a number that begins with a digit: "1,200", "14-thousand",
// "10-15", "5,000-strong", "3.5 million".
func (f *finder) digits(i int, w string) (quantity, bool) {
	q := quantity{first: i, last: i + 1}
	parts := strings.FieldsFunc(w, isHyphen)
	if n := len(parts) - 1; n > 0 && (strongEndings[parts[n]] || parts[n] == "plus") {
		q.plus = parts[n] == "plus"
		q.strong = !q.plus
		parts = parts[:n]
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
