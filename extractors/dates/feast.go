package dates

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed feasts.tsv
var feastsTSV string

//go:embed history.tsv
var historyTSV string

// history returns the days that are known by a day and a word behind it: "the Sept. 11
// attacks".
var history = sync.OnceValue(func() map[string]Day {
	known := map[string]Day{}
	for _, row := range table("history.tsv", historyTSV, 2) {
		d, err := ParseDay(row[1])
		if err != nil {
			panic(fmt.Sprintf("history.tsv: %v", err))
		}
		known[row[0]] = d
	}
	return known
})

// A holiday is a feast whose date is certain.
type holiday struct {
	words []string
	in    func(year int) Day
}

// calendarOfFeasts returns the holidays by their first word, longest first.
var calendarOfFeasts = sync.OnceValue(func() map[string][]holiday {
	feasts := map[string][]holiday{}
	for _, row := range table("feasts.tsv", feastsTSV, 2) {
		words := strings.Fields(row[0])
		feasts[words[0]] = append(feasts[words[0]], holiday{words, dayOfFeast(row[1])})
	}
	return feasts
})

// dayOfFeast reads when a feast is: 12-25, the day itself (2001-09-11), Easter
// and days after it (easter-2, easter+1), the fourth Thursday of November (11-thu-4).
func dayOfFeast(rule string) func(year int) Day {
	if days, ok := strings.CutPrefix(rule, "easter"); ok {
		n := integer("feasts.tsv", days)
		return func(y int) Day { return easter(y).AddDays(n) }
	}
	f := strings.Split(rule, "-")
	if len(f) == 3 && len(f[0]) == 4 {
		day := Day{integer("feasts.tsv", f[0]), integer("feasts.tsv", f[1]), integer("feasts.tsv", f[2])}
		return func(int) Day { return day }
	}
	m := integer("feasts.tsv", f[0])
	if len(f) == 2 {
		d := integer("feasts.tsv", f[1])
		return func(y int) Day { return Day{y, m, d} }
	}
	w, n := strings.Index("montuewedthufrisatsun", f[1])/3+1, integer("feasts.tsv", f[2])
	return func(y int) Day {
		first := Day{y, m, 1}
		return first.AddDays((w-first.isoWeekday()+7)%7 + 7*(n-1))
	}
}

// easter returns Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher).
func easter(y int) Day {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := h + l - 7*((a+11*h+22*l)/451) + 114
	return Day{y, m / 31, m%31 + 1}
}

// feast reads "Christmas 1963", "Thanksgiving Day", "9/11".
func (s *scanner) feast(i int) int {
	f, end := s.feastAt(i)
	if end == i {
		return i
	}
	n := &named{unit: days, feast: f.in}
	if d := f.in(1); d == f.in(2) { // one day of history
		return s.emit(expression{first: i, means: ofPeriod(d.in(days)), rule: "feast"}, end)
	}
	return s.emit(expression{first: i, means: n, rule: "feast"}, s.yearOf(n, end))
}

// feastAt returns the longest name of a feast at i; "Good Friday Agreement" and
// "Easter Island" are none.
func (s *scanner) feastAt(i int) (f holiday, end int) {
	for _, h := range calendarOfFeasts()[s.low(i)] {
		to := s.matches(i, h.words)
		if to > end && to > i {
			f, end = h, to
		}
	}
	if end <= i || s.at(i).low[0] >= 'a' && !s.capital(i) || s.capital(end) && s.at(end).kind == kindPlain {
		return holiday{}, i
	}
	return f, end
}

// matches returns where words end that begin at i, i where they do not.
func (s *scanner) matches(i int, words []string) int {
	j := i
	for _, w := range words {
		low := s.low(j)
		if rest, found := cutClitic(w, low); found { // "new year's" is two tokens
			low, j = rest, j+1
		}
		if low != w && low+s.low(j) != w {
			return i
		}
		j++
	}
	return j
}

// cutClitic reports whether low is w without its "'s".
func cutClitic(w, low string) (rest string, found bool) {
	return low, len(w) == len(low)+2 && w[:len(low)] == low && w[len(low):] == "'s"
}
