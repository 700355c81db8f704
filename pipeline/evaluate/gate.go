package evaluate

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Gate is a bound that a figure must reach, or with Most must not exceed.
type Gate struct {
	Path  string // as for Report.Lookup
	Bound float64
	Most  bool
}

// ParseGate reads "PERSON.exact.f1>=0.9", the same with "=", or, for figures
// that are better low, "events.false_date.rate<=0.1".
func ParseGate(s string) (Gate, error) {
	path, bound, ok := strings.Cut(s, "=")
	path, most := strings.CutSuffix(path, "<")
	path = strings.TrimSpace(strings.TrimSuffix(path, ">"))
	n, err := strconv.ParseFloat(strings.TrimSpace(bound), 64)
	if !ok || path == "" || err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return Gate{}, fmt.Errorf("gate %q: want a figure and a number, like PERSON.exact.f1=0.9", s)
	}
	return Gate{path, n, most}, nil
}

func (g Gate) String() string {
	sign := ">="
	if g.Most {
		sign = "<="
	}
	return g.Path + sign + strconv.FormatFloat(g.Bound, 'g', -1, 64)
}

// Check returns an error that names the shortfall when the figure misses its
// bound, does not exist, or has nothing to count.
func (g Gate) Check(r Report) error {
	value, ok := r.Lookup(g.Path)
	switch {
	case !ok:
		return fmt.Errorf("gate %s: %s", g, r.whyNot(g.Path))
	case g.Most && value > g.Bound:
		return fmt.Errorf("gate %s: is %.6g, %.6g too high", g, value, value-g.Bound)
	case !g.Most && value < g.Bound:
		return fmt.Errorf("gate %s: is %.6g, %.6g short", g, value, g.Bound-value)
	}
	return nil
}

// whyNot says why Lookup does not find path: it goes as far as path leads.
func (r Report) whyNot(path string) string {
	if f, ok := find(r.figures(), path); ok && f.none {
		return "there is nothing to count"
	} else if ok {
		return "that is a group: " + names(f.group)
	}
	for i := strings.LastIndexByte(path, '.'); i > 0; i = strings.LastIndexByte(path[:i], '.') {
		if f, ok := find(r.figures(), path[:i]); ok {
			return fmt.Sprintf("no such figure; %s has: %s", path[:i], names(f.group))
		}
	}
	return "no such figure; there are: " + names(r.figures())
}
