package troops

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/extractors/countries"
)

// modifierAt reports what token i says of the people when it stands between a
// number and its noun, and the number of its tokens; 0 when it cannot stand there.
func (f *finder) modifierAt(i int, q quantity) (modifier, int) {
	w, tokens := f.longest(i, func(w *word) bool { return w.mods != 0 })
	var mods modifier
	switch {
	case tokens > 0:
		mods = w.mods
	case w.noun != nil && w.noun.need != mass: // "police officers"
		mods, tokens = w.noun.asModifier(), 1
	case w.singular != nil && f.tag(i) != "JJ": // "rebel fighters"
		mods, tokens = w.singular.asModifier(), 1
	}
	if f.countryAt(i) >= 0 {
		return mods | ofCountry, max(tokens, 1)
	}
	if tokens == 0 && f.mayModify(i, q) {
		tokens = 1
	}
	return mods, tokens
}

// asModifier returns what a noun says of the people when it stands before the
// head.
func (n *noun) asModifier() modifier {
	switch {
	case n.what == Others:
		return civil
	case n.need != always || n.what != Troops:
		return 0
	case n.force == NonState:
		return ofGroup
	case n.force == Multinational:
		return ofNations
	}
	return ofForce
}

// modifiersIn returns what the words of tokens [first, last) say of the people.
func (f *finder) modifiersIn(first, last int) modifier {
	var mods modifier
	land := -1
	for i := first; i < last; i++ {
		w, _ := f.longest(i, func(w *word) bool { return w.mods != 0 })
		mods |= w.mods
		if k := f.countryAt(i); k >= 0 {
			mods |= ofCountry
			if land >= 0 && f.found[land].Country != f.found[k].Country {
				mods |= ofCountries
			}
			land = k
		}
	}
	return mods
}

// mayModify judges an unknown word by its part of speech.
func (f *finder) mayModify(i int, q quantity) bool {
	w := f.low(i)
	if w == "" || f.is(i, measure|month|weekday) {
		return false
	}
	switch w {
	case "more", "other", "additional", "further", "extra", "such", "new", "old", "dead", "suspected", "alleged", "presumed":
		return true
	case "and", "or", ",", "&", "/":
		return i > q.last && f.isAdjectival(i-1) && f.isAdjectival(i+1)
	case "(", ")", `"`, "“", "”", "``", "''":
		return true
	case "including", "according":
		return false
	case "'s", "'":
		return f.low(q.last) == "of" && i > q.last+2 || f.doc.Word(i) == "‘" // "two of the mission's soldiers"
	}
	if f.is(i, closed) {
		return false
	}
	if c := f.at(i).verb; c.of != none && c.says.isFate() {
		return f.isParticiple(i)
	}
	switch f.tag(i) {
	case "JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "VBN", "RB", "RBR":
		return q.high == 1 || !f.isPlural(i)
	case "VBD":
		return f.isParticiple(i)
	case "VBG":
		return f.tag(i-1) != "NN" && f.tag(i-1) != "NNS"
	case "NNS":
		return q.high == 1
	}
	return false
}

// isPlural reports whether token i looks like the head of another count: "five
// wells", not "five Rangers scouts".
func (f *finder) isPlural(i int) bool {
	w := f.low(i)
	if len(w) < 4 || w[len(w)-1] != 's' || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(f.doc.Word(i))
	return f.about.capitals || !unicode.IsUpper(r)
}

// isParticiple reports whether the verb at i stands as an adjective before a
// noun: "three wounded soldiers", not "three killed Monday".
func (f *finder) isParticiple(i int) bool {
	next := f.at(i + 1)
	return next.noun != nil || next.mods != 0 || f.countryAt(i+1) >= 0 || f.tag(i+1) == "NNS"
}

// isAdjectival reports whether token i may be a link in "U.S. and British" or
// "well-trained, heavily armed".
func (f *finder) isAdjectival(i int) bool {
	if k := f.countryAt(i); k >= 0 {
		return f.found[k].Kind != countries.Demonym || !strings.HasSuffix(f.low(i), "s") // not "50 Danes, mostly soldiers"
	}
	if f.at(i).mods != 0 {
		return true
	}
	switch f.tag(i) {
	case "JJ", "VBN", "RB", "VBG", "NNP":
		return true
	}
	return false
}

// nounFollows reports whether the number at hand counts what begins at i.
func (f *finder) nounFollows(i int) bool {
	w := f.at(i)
	if w.class&(weekday|closed) != 0 || w.verb.of != none && w.verb.says.isFate() {
		return false
	}
	switch f.tag(i) {
	case "NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "$", "VBG":
		return true
	}
	return false
}
