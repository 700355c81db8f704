package events

import (
	_ "embed"
	"strings"
	"sync"

	"sitrep/extractors/countries"
)

//go:embed known.tsv
var knownTSV string

// A known is a leader, force or office of state that everybody knows, so that texts
// do not say whose it is: "Royal Navy".
type known struct {
	kind    Kind
	country countries.Code
}

var knowns = sync.OnceValue(func() map[string]known {
	m := map[string]known{}
	for _, f := range rows(knownTSV, 3) {
		for _, name := range strings.Split(f[2], "|") {
			m[strings.TrimPrefix(name, "~")] = known{kinds(f[0]), countries.Code(f[1])}
		}
	}
	return m
})

// maxKnown is how many words a known body's name has at most.
const maxKnown = 4

// know gives p the country of the known leader, force or office that it names, or that
// stands first in it: "|CIA| officers".
func (r *reader) know(p *phrase) {
	if p.country != "" {
		return
	}
	if p.person >= 0 {
		p.country = knowns()[p.name].country
		return
	}
	start := p.first
	if r.doc.Tag(start) == "DT" {
		start++
	}
	for last := min(p.last, start+maxKnown); last > start; last-- {
		name := strings.Join(strings.Fields(r.doc.Slice(r.doc.Covering(start, last))), " ")
		k, ok := knowns()[strings.ReplaceAll(name, "’", "'")]
		if !ok || k.kind == Person {
			continue
		}
		p.country = k.country
		if last == p.last && p.kind&political == 0 {
			p.kind = k.kind
		}
		return
	}
}
