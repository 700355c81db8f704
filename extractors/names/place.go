package names

import "sitrep/extractors/places"

// A placing says how large the place is whose name a token stands in, and where
// in the name the token stands; 0 is none.
type placing uint8

// The sizes of places.
const (
	small placing = 1 + iota // fewer people than 30,000
	middling
	large // 300,000 people and more
	region
)

func (p placing) size() placing { return p >> 2 }

// places marks the tokens that stand in the name of a town or region.
func (x *extractor) places() {
	var words [4]string
	for i := 0; i < len(x.tokens); {
		if !x.tokens[i].capital {
			i++
			continue
		}
		n := 0
		for n < len(words) && i+n < len(x.tokens) {
			words[n] = x.doc.Form(i + n)
			n++
		}
		found, length := places.Longest(words[:n])
		for k := range length {
			at := placing(2)
			switch {
			case length == 1:
				at = 1
			case k > 0:
				at = 3
			}
			x.tokens[i+k].place = sizeOf(found)<<2 | at
		}
		i += max(length, 1)
	}
}

// sizeOf returns the size of the largest of the places found.
func sizeOf(found places.Matches) placing {
	for p := range found.All() {
		switch {
		case p.Region():
			return region
		case p.Population >= 300_000:
			return large
		case p.Population >= 30_000:
			return middling
		}
		break
	}
	return small
}
