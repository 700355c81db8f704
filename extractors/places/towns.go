package places

import (
	"iter"
	"strings"
)

// Towns gives every town once, sorted by what names are compared by.
func Towns() iter.Seq[Place] {
	return func(yield func(Place) bool) {
		for row := range strings.Lines(rows) {
			if p, ok := parsePlace(strings.TrimSuffix(row, "\n")); ok && !p.Region() && !yield(p) {
				return
			}
		}
	}
}
