package dates

import (
	"fmt"
	"strings"

	"sitrep/extractors/text"
)

// digitsOnly is a date written in digits. Where day and month could change places
// both readings are kept.
type digitsOnly struct {
	begins   int // the first number
	year     int
	readings []Day  // day first, month first
	at       string // time of day behind a T, "" without one
}

// isNumeric reports whether a word has the shape of a date in digits.
func isNumeric(low string) bool {
	if len(low) < 6 || low[0] < '0' || low[0] > '9' {
		return false
	}
	_, ok := readDigits(low)
	return ok
}

// readDigits reads 2025-05-10, 2025-05-10T12:30Z, 10/05/2025, 10.05.2025, 10/05/25.
func readDigits(low string) (digitsOnly, bool) {
	i := strings.IndexAny(low, "-/.")
	if i < 1 || i == 3 || i > 4 {
		return digitsOnly{}, false
	}
	sep := low[i : i+1]
	a, rest, _ := strings.Cut(low, sep)
	b, c, two := strings.Cut(rest, sep)
	c, at, _ := strings.Cut(c, "t")
	x, ok1 := small(a)
	y, ok2 := small(b)
	z, ok3 := small(c)
	if !two || !ok1 || !ok2 || !ok3 || len(b) > 2 {
		return digitsOnly{}, false
	}
	if len(a) == 4 {
		day := Day{x, y, z}
		return digitsOnly{x, x, []Day{day}, at}, day.valid() && len(c) <= 2
	}
	switch {
	case len(c) == 2 && sep == "/":
		z = fullYear(z)
	case len(c) != 4:
		return digitsOnly{}, false
	}
	d := digitsOnly{begins: x, year: z}
	for _, day := range [...]Day{{z, y, x}, {z, x, y}} {
		if day.valid() && (len(d.readings) == 0 || d.readings[0] != day && sep != ".") { // who writes points writes the day first
			d.readings = append(d.readings, day)
		}
	}
	return d, len(d.readings) > 0 && z >= 1000
}

// dayFirst reports whether the dates in digits whose order is plain write the
// day first; known is false where the text has none.
func dayFirst(doc *text.Document) (first, known bool) {
	for i := range doc.Tokens {
		low := doc.Lower(i)
		if !isNumeric(low) {
			continue
		}
		if d, _ := readDigits(low); len(d.readings) == 1 && d.begins <= 31 && d.readings[0].Day != d.readings[0].Month {
			return d.begins == d.readings[0].Day, true
		}
	}
	return false, false
}

// numeric emits the date in digits at i.
func (s *scanner) numeric(i int) int {
	d, _ := readDigits(s.low(i))
	e := expression{first: i, means: d, rule: "numeric"}
	if at, ok := timeOfDay(d.at); ok {
		e.clock, e.typ = clock{minutes: at.n, known: true, zone: at.code}, Time
	}
	return s.emit(e, i+1)
}

func (d digitsOnly) resolve(r *resolver, _ *expression) answer {
	if len(d.readings) == 1 {
		return answer{period: d.readings[0].in(days)}
	}
	if first, known := r.dayFirst(); known {
		n := 1
		if first {
			n = 0
		}
		return answer{period: d.readings[n].in(days), readings: d.readings, rule: "numeric, in the order of another"}
	}
	return answer{value: fmt.Sprintf("%04d-XX-XX", d.year), readings: d.readings, reason: "day and month could change places"}
}
