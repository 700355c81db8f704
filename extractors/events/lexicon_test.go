package events

import (
	"slices"
	"strings"
	"testing"
)

// Every row of the lexicon has an example, in which its words stand in order.
func TestExamplesOfTheLexicon(t *testing.T) {
	for _, f := range rows(lexiconTSV, 7) {
		if !standIn(f[6], strings.Fields(f[0]), f[1] == "v") {
			t.Errorf("%s (%s, %s): not in its example %q", f[0], f[1], f[2], f[6])
		}
	}
}

// standIn reports whether words follow each other in a sentence: a verb's first
// inflected, others perhaps in the plural, perhaps with words between them.
func standIn(sentence string, words []string, verb bool) bool {
	tokens := strings.FieldsFunc(strings.ToLower(sentence), func(r rune) bool { return strings.ContainsRune(" ,.;:?!", r) })
	for n, w := range words {
		forms := []string{w, plural(w)}
		if n == 0 && verb {
			forms = conjugate(w)
		}
		i := slices.IndexFunc(tokens, func(t string) bool { return slices.Contains(forms, t) })
		if i < 0 {
			return false
		}
		tokens = tokens[i+1:]
	}
	return true
}

// A word governs in one way: no word stands in two rows of the same part of speech.
func TestControlsAreSaidOnce(t *testing.T) {
	seen := map[string]string{}
	for _, f := range rows(controlTSV, 3) {
		for _, w := range strings.Fields(f[2]) {
			if before := seen[f[0]+w]; before != "" {
				t.Errorf("%s (%s): %s and %s", w, f[0], before, f[1])
			}
			seen[f[0]+w] = f[1]
		}
	}
}

// Every word of a row of traits has its status or trait once, and the row an example that
// one of its words stands in.
func TestExamplesOfTraits(t *testing.T) {
	for _, f := range rows(traitsTSV, 4) {
		words := strings.Fields(f[2])
		if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
			t.Errorf("%s: words not sorted, or twice", f[0])
		}
		if !slices.ContainsFunc(words, func(w string) bool { return standIn(f[3], []string{w}, f[1] == "v") }) {
			t.Errorf("%s: none of its words in %q", f[0], f[3])
		}
	}
}
