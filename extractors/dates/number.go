package dates

import (
	"strconv"
	"strings"
)

// allDigits reports whether s is nothing but decimal digits.
func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// small reads up to six digits.
func small(s string) (int, bool) {
	if len(s) > 6 || !allDigits(s) {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// numeral says what a word that begins with a digit can be.
func numeral(low string) entry {
	if n, ok := small(low); ok {
		return entry{kind: kindDigits, n: n}
	}
	i := 0
	for i < len(low) && low[i] >= '0' && low[i] <= '9' {
		i++
	}
	n, ok := small(low[:i])
	if !ok {
		return entry{}
	}
	switch rest := low[i:]; {
	case rest == "st" || rest == "nd" || rest == "rd" || rest == "th":
		return entry{kind: kindOrdinal, n: n}
	case rest == "s" && i >= 2 && i <= 4 && n%10 == 0:
		return entry{kind: kindDecade, n: n}
	case rest == "q" && n >= 1 && n <= 4:
		return entry{kind: kindQuarter, n: n}
	case rest == "z" && i == 6:
		return entry{kind: kindStamp, n: n}
	}
	if at, ok := timeOfDay(low); ok {
		return at
	}
	if _, err := strconv.ParseFloat(strings.ReplaceAll(low, ",", ""), 64); err == nil {
		return entry{kind: kindDigits, n: -1}
	}
	return entry{}
}

// quarterOf reads Q3, FY2015.
func quarterOf(low string) entry {
	if y, found := strings.CutPrefix(low, "fy"); found {
		if n, ok := small(y); ok && (len(y) == 2 || len(y) == 4) {
			return entry{kind: kindFiscal, n: n}
		}
	}
	if len(low) == 2 && low[0] == 'q' && low[1] >= '1' && low[1] <= '4' {
		return entry{kind: kindQuarter, n: int(low[1] - '0')}
	}
	return entry{}
}

// count reads a number of things at i: "20", "1,460", "2.5", "twenty-five", "a
// hundred", "two and a half", "half a", "a dozen". The end is i when there is none.
func (s *scanner) count(i int) (n float64, end int) {
	p := s.at(i)
	switch {
	case p.kind == kindDigits && p.n >= 0:
		n, end = float64(p.n), i+1
	case p.kind == kindDigits:
		n, _ = strconv.ParseFloat(strings.ReplaceAll(p.low, ",", ""), 64)
		end = i + 1
	case p.low == "half" && s.is(i+1, "a", "an"):
		return 0.5, i + 2
	case p.low == "a" || p.low == "an":
		if q := s.at(i + 1); q.kind == kindScale || q.low == "dozen" {
			return s.count(i + 1)
		}
		n, end = 1, i+1
	default:
		n, end = s.spelled(i)
	}
	if end > i && s.is(end, "and") && s.is(end+1, "a") && s.is(end+2, "half") {
		return n + 0.5, end + 3
	}
	if s.at(end).kind == kindDash && s.is(end+1, "and") && s.is(end+3, "a") && s.is(end+5, "half") { // "two-and-a-half"
		return n + 0.5, end + 6
	}
	if end > i && s.at(end).kind == kindScale {
		return n * float64(s.at(end).n), end + 1
	}
	return n, end
}

// spelled reads a number in words: "twenty-five", "one hundred and ten".
func (s *scanner) spelled(i int) (n float64, end int) {
	total, group := 0, 0
	end = i
	for {
		j := end
		if end > i && (s.is(j, "and") && s.at(end-1).kind == kindScale || s.at(j).kind == kindDash && s.at(j).glued && s.at(j+1).glued) {
			j++
		}
		p := s.at(j)
		switch {
		case p.kind == kindNumber && (end == i || s.at(end-1).kind == kindScale || group%10 == 0 && group%100 != 0 && p.n < 10 && p.n > 0):
			group += p.n
		case p.kind == kindScale && p.n == 100 && group > 0 && group < 100 || p.kind == kindScale && end == i:
			group = max(1, group) * p.n
		case p.kind == kindScale && group > 0 && group < 1000 && total == 0:
			total, group = group*p.n, 0
		default:
			return float64(total + group), end
		}
		end = j + 1
	}
}

// spelledYear reads a year as it is spoken: "nineteen ninety-six", "nineteen oh
// five", "two thousand three".
func (s *scanner) spelledYear(i int) (y, end int) {
	century := s.at(i)
	if century.kind == kindNumber && century.n == 2 && s.is(i+1, "thousand") {
		n, end := s.spelled(i)
		if n >= 2000 && n < 2100 && end > i+2 {
			return int(n), end
		}
		return 0, i
	}
	if century.kind != kindNumber || century.n < 13 || century.n > 20 {
		return 0, i
	}
	if s.is(i+1, "oh") && s.at(i+2).kind == kindNumber && s.at(i+2).n < 10 {
		return century.n*100 + s.at(i+2).n, i + 3
	}
	n, end := s.spelled(i + 1)
	if end == i+1 || n < 10 || n > 99 || s.at(end).kind == kindScale {
		return 0, i
	}
	return century.n*100 + int(n), end
}

// ordinalAt reads "third", "21st", "twenty-first".
func (s *scanner) ordinalAt(i int) (n, end int) {
	p := s.at(i)
	if p.kind == kindOrdinal {
		return p.n, i + 1
	}
	if p.kind == kindNumber && p.n >= 20 && p.n%10 == 0 {
		j := i + 1
		if s.at(j).kind == kindDash {
			j++
		}
		if q := s.at(j); q.kind == kindOrdinal && q.n < 10 {
			return p.n + q.n, j + 1
		}
	}
	return 0, i
}
