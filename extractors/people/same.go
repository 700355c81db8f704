package people

import (
	"slices"
	"strings"
)

// same reports whether two names of several words can be one person's: their
// surnames agree, their first names do, and no word between speaks against it.
func same(a, b *form, nicknames map[string]string) bool {
	if len(a.words) > len(b.words) {
		a, b = b, a
	}
	if a.suffix != "" && b.suffix != "" && a.suffix != b.suffix {
		return false
	}
	x, y := a.words, b.words
	if len(x) == 1 {
		return x[0] == b.last() || b.family() && x[0] == y[0]
	}
	if x[0] == "al" || x[0] == "el" {
		x = x[1:] // "Al Sudani"
	}
	if suffix(x, y) || prefix(x, y) {
		return true // "López Obrador", "Boris Nikolayevich"
	}
	if last := len(x) - 1; x[last] != y[len(y)-1] && !near(x[last], y[len(y)-1]) || !alike(x[0], y[0], nicknames) && a.nick != y[0] && b.nick != x[0] {
		return false
	}
	return within(x[1:len(x)-1], y[1:len(y)-1])
}

func suffix(x, y []string) bool { return slices.Equal(x, y[len(y)-len(x):]) }

func prefix(x, y []string) bool { return slices.Equal(x, y[:len(x)]) }

// alike reports whether two first names are one: the same, an initial, a usual
// short or other form, a spelling.
func alike(a, b string, nicknames map[string]string) bool {
	if a == b || len(a) == 1 && strings.HasPrefix(b, a) || len(b) == 1 && strings.HasPrefix(a, b) {
		return true
	}
	usual := func(w string) string {
		if u, ok := nicknames[w]; ok {
			return u
		}
		return w
	}
	return usual(a) == usual(b) || near(a, b)
}

// within reports whether the words of x stand in y in their order, initials
// counting for words.
func within(x, y []string) bool {
	for _, w := range x {
		k := slices.IndexFunc(y, func(v string) bool {
			return v == w || len(w) == 1 && strings.HasPrefix(v, w) || len(v) == 1 && strings.HasPrefix(w, v) || near(v, w)
		})
		if k < 0 {
			return len(y) == 0
		}
		y = y[k+1:]
	}
	return true
}

// fits tells how well the word w alone names the person of form f: 3 as the
// surname, 2 as a part of it, 1 as the first name.
func fits(w string, f *form) int {
	switch {
	case w == f.last(), f.family() && w == f.words[0]:
		return 3
	case len(f.words) > 1 && w == f.words[0]:
		return 1
	}
	return 2
}

// misspelt returns the person whose first name c has with a surname that is
// spelled a little otherwise, or with a patronymic for it: "Boris Nikolayevich".
func (l *linker) misspelt(c *candidate) int {
	patronymic := len(c.form.words) == 2 && isPatronymic(c.form.last())
	found := -1
	for _, n := range l.namesakes(c.form.words[0]) {
		f := &l.people[n].form
		if f.words[0] != c.form.words[0] || f.suffix != c.form.suffix || !patronymic && !near(f.last(), c.form.last()) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = n
	}
	return found
}

// isPatronymic reports whether w is a Russian patronymic: "Nikolayevich".
func isPatronymic(w string) bool {
	return strings.HasSuffix(w, "ovich") || strings.HasSuffix(w, "evich") || strings.HasSuffix(w, "ovna") || strings.HasSuffix(w, "evna")
}
