package main

import (
	"math/rand/v2"
	"slices"
	"strings"

	"sitrep/extractors/names"
	"sitrep/pipeline/annotations"
)

// vary writes articles anew with other names of the same type, so that what is
// learned is how names stand in a sentence rather than whom the news of a few
// years wrote of. The same seed gives the same texts.
func vary(examples []names.Example, share float64, seed uint64) []names.Example {
	rng := rand.New(rand.NewPCG(seed, 2))
	given, surnames, towns := names.Words("G", "ND"), names.Words("S", "ND"), names.Words("Cc", "ND")
	// Two in five names are nowhere listed: made of the halves of two others.
	pick := func(list []string) string {
		word := list[rng.IntN(len(list))]
		if other := list[rng.IntN(len(list))]; rng.IntN(5) < 2 {
			if made := word[:len(word)/2] + strings.ToLower(other[len(other)/2:]); valid(made) {
				return made
			}
		}
		return word
	}
	var out []names.Example
	for _, e := range examples {
		if rng.Float64() >= share || !slices.ContainsFunc(e.Names, func(n names.Mention) bool { return n.Type == names.Person || n.Type == names.Place }) {
			continue
		}
		known := map[string]string{} // the same name stays the same
		var b strings.Builder
		var d annotations.Document
		at := 0
		shout := rng.IntN(12) == 0
		write := func(s string) {
			if shout {
				s = strings.ToUpper(s)
			}
			b.WriteString(s)
		}
		for _, n := range e.Names {
			span := e.Doc.Covering(n.First, n.Last)
			write(e.Doc.Text[at:span.Start])
			at = span.End
			old := e.Doc.Slice(span)
			fresh, ok := known[old]
			if !ok {
				fresh = old
				switch words := n.Last - n.First; {
				case n.Type == names.Person && words == 1:
					fresh = pick(surnames)
				case n.Type == names.Person:
					first := pick(given)
					switch rng.IntN(8) {
					case 0:
						first = first[:1] + "."
						if first[0] >= 0x80 {
							first = "A."
						}
					case 1:
						first += " " + pick(given)[:1] + "."
						if !valid(first) {
							first = pick(given)
						}
					}
					fresh = first + " " + pick(surnames)
					if rng.IntN(10) == 0 {
						fresh += "-" + pick(surnames)
					}
				case n.Type == names.Place && words == 1 && !names.IsCountry(old):
					fresh = pick(towns)
				}
				known[old] = fresh
			}
			start := b.Len()
			write(fresh)
			d.Spans = append(d.Spans, annotations.Span{Start: start, End: b.Len(), Type: n.Type.String()})
		}
		write(e.Doc.Text[at:])
		d.Text = b.String()
		toCodePoints(&d)
		out = append(out, example(d))
	}
	return out
}

func valid(s string) bool { return strings.ToValidUTF8(s, "") == s }

// toCodePoints turns the offsets of d's spans from bytes.
func toCodePoints(d *annotations.Document) {
	offsets := annotations.NewOffsets(d.Text)
	for i := range d.Spans {
		d.Spans[i].Start, d.Spans[i].End = offsets.CodePoint(d.Spans[i].Start), offsets.CodePoint(d.Spans[i].End)
	}
}
