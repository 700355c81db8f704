package names

import "sitrep/extractors/places"

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
			at := uint8(2)
			switch {
			case length == 1:
				at = 1
			case k > 0:
				at = 3
			}
			x.tokens[i+k].place = size(found)<<2 | at
		}
		i += max(length, 1)
	}
}

// size is how large the largest of the places is, in steps.
func size(found places.Matches) uint8 {
	for p := range found.All() {
		switch {
		case p.Region():
			return 4
		case p.Population >= 300_000:
			return 3
		case p.Population >= 30_000:
			return 2
		}
		break
	}
	return 1
}
