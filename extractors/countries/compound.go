package countries

import (
	"strings"

	"sitrep/extractors/text"
)

// prefixes are forms of demonyms before a hyphen.
var prefixes = map[string]Code{"Anglo": "GB", "Austro": "AT", "Franco": "FR", "Germano": "DE", "Greco": "GR", "Hispano": "ES", "Indo": "IN", "Israelo": "IL",
	"Italo": "IT", "Luso": "PT", "Perso": "IR", "Russo": "RU", "Sino": "CN", "Syro": "SY", "Turco": "TR", "Turko": "TR"}

// compound finds countries in the parts of token i, a word with hyphens, and
// returns the token to go on from: "Pakistan-administered", "Iraqi-Turkish",
// "pro-Russian", "Hong Kong-flagged", "non-North Korean". A prefix counts beside a
// country only: "Anglo-French" but not "Indo-Pacific".
func (f *finder) compound(i int) (next int) {
	w := f.doc.Word(i)
	if !strings.Contains(w, "-") && !strings.Contains(w, "/") && !strings.Contains(w, "–") {
		return i + 1
	}
	start, next := f.doc.Tokens[i].Start, i+1
	var parts []Mention
	plain := 0
	for at, part := range pieces(w) {
		m := Mention{Span: text.Span{Start: start + at, End: start + at + len(part)}, Rule: "compound"}
		r, first, last := f.part(i, part, at == 0, at+len(part) == len(w))
		switch {
		case r != nil:
			m.Country, m.Kind = r.country, r.kind
			m.dispute(r.dispute)
			if first < i {
				m.Start = f.doc.Tokens[first].Start
			}
			if last > i {
				m.End, next = f.doc.Tokens[last].End, last+1
			}
			plain++
		case at == 0 && prefixes[part] != "":
			m.Country, m.Kind, m.Rule = prefixes[part], Demonym, "compound:prefix"
		default:
			continue
		}
		parts = append(parts, m)
	}
	if plain == 0 {
		return i + 1
	}
	for _, m := range parts {
		f.count(m.Country)
		f.cover(i, next, m)
	}
	return next
}

// part returns what a part of token i means, with the word before it where it is
// the compound's first ("Hong Kong-flagged") and the word behind it where it is
// the last ("non-North Korean"); first and last are the tokens it stands in.
func (f *finder) part(i int, part string, opens, closes bool) (r *reading, first, last int) {
	if opens && i > 0 && f.over[i-1] == -1 {
		if r = f.lists.phrases.get([]string{f.doc.Word(i - 1), part}); r.inCompound() {
			return r, i - 1, i
		}
	}
	if closes {
		if r = f.lists.phrases.get([]string{part, f.doc.Word(i + 1)}); r.inCompound() {
			return r, i, i + 1
		}
	}
	if len(part) > 2 || part == "US" || part == "UK" {
		if r = f.lists.phrases.get([]string{part}); r.inCompound() {
			return r, i, i
		}
	}
	return nil, i, i
}

// inCompound reports whether what r means can be a part of a compound: countries
// and capitals, "US-led", but no towns.
func (r *reading) inCompound() bool {
	return r != nil && r.country != "" && r.kind != Region && !r.tagged
}

// pieces gives the parts of w between hyphens, dashes and slashes, with their
// offsets.
func pieces(w string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		at := 0
		for at <= len(w) {
			n := strings.IndexAny(w[at:], "-/–")
			if n < 0 {
				n = len(w) - at
			}
			if n > 0 && !yield(at, w[at:at+n]) {
				return
			}
			at += n + 1
			for at < len(w) && w[at]&0xc0 == 0x80 {
				at++ // the rest of a dash
			}
		}
	}
}
