package names

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed known.tsv
var knownTSV string

// Known returns well-known names by kind: "person", "company", "club" and so on.
var Known = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(knownTSV), "\n")[1:] {
		kind, names, _ := strings.Cut(line, "\t")
		m[kind] = strings.Split(names, "|")
	}
	for _, name := range m["person"] {
		if n := strings.LastIndexByte(name, ' '); n > 0 && len(name)-n > 3 {
			m["surname"] = append(m["surname"], name[n+1:])
		}
	}
	return m
})

// A phrase is a name in a list, by its words, the list, and what its names name.
type phrase struct {
	words []string
	list  uint8
	names Type
}

// typeOf returns what the names of a kind name.
func typeOf(kind string) Type {
	switch kind {
	case "person", "surname":
		return Person
	case "country":
		return Place
	}
	return Organisation
}

// phrases holds the known names, and the countries of several words, by their first words, the longest first.
var phrases = sync.OnceValue(func() map[string][]phrase {
	m := map[string][]phrase{}
	lists := maps.Clone(Known())
	for name, c := range gazetteer() {
		if c&country != 0 && strings.Contains(name, " ") {
			lists["country"] = append(lists["country"], name)
		}
	}
	for n, kind := range slices.Sorted(maps.Keys(lists)) {
		for _, name := range lists[kind] {
			words := strings.Fields(strings.ReplaceAll(name, "'s", " 's"))
			m[words[0]] = append(m[words[0]], phrase{words, uint8(n + 1), typeOf(kind)})
		}
	}
	for _, list := range m {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.words) - len(a.words) })
	}
	return m
})

// A listing is a known name of several words in a text: how many, and what it
// names.
type listing struct {
	words int
	names Type
}

// known marks the tokens that stand in a known name: the list, and whether the
// name is one word, begins or goes on here.
func (x *extractor) known() {
	x.listed = map[int]listing{}
	all := phrases()
	for i := 0; i < len(x.tokens); {
		n := x.longest(i, all[x.doc.Form(i)])
		if w := x.doc.Word(i); n == 0 && w != x.doc.Form(i) {
			n = x.longest(i, all[w]) // "NATO" in a sentence in capitals
		}
		i += max(n, 1)
	}
}

// longest marks the longest of list that stands at token i and returns how many
// tokens it has, 0 if none stands there.
func (x *extractor) longest(i int, list []phrase) int {
next:
	for _, p := range list {
		for k, w := range p.words {
			if x.doc.Form(i+k) != w && x.doc.Word(i+k) != w {
				continue next
			}
		}
		for k := range p.words {
			at := uint8(2)
			switch {
			case len(p.words) == 1:
				at = 1
			case k > 0:
				at = 3
			}
			x.tokens[i+k].known = p.list<<2 | at
		}
		if len(p.words) > 1 {
			x.listed[i] = listing{len(p.words), p.names}
		}
		return len(p.words)
	}
	return 0
}
