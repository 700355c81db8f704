package troops

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/extractors/countries"
)

// nationalsRule marks counts whose noun is a people: "700 Americans".
const nationalsRule = "number and nationals"

// maxPhrase is the greatest number of tokens between a number and its noun.
const maxPhrase = 10

// phrase reads the noun of q: "500 Iraqi soldiers", "hundreds of U.S. and
// British troops", "one of our brave service members".
func (f *finder) phrase(q quantity) (phrase, bool) {
	p := phrase{first: q.first, head: -1, antecedent: -1, rule: "number and noun"}
	at := q.last
	if f.low(at) == "of" {
		behind := f.afterOf(at)
		if behind == 0 || behind == at+1 && !q.vague && q.high >= 1000 {
			return p, false
		}
		if _, ok := f.quantity(behind); ok { // "3,000 of its 14,000 troops"
			if q.high == 1 {
				return p, false // "he is one of seven soldiers"
			}
			return f.borrowed(p, q, at, behind)
		}
		at, p.rule = behind, "number of noun"
	}
	if w := f.low(at); (w == "member" || w == "man" || w == "person" || w == "strong") && at == q.last && q.high > 1 { // "90,000 member army"
		q.strong = true
		at++
	}
	end := min(f.last, at+maxPhrase)
	for ; at < end; at++ {
		if n, ok := f.headAt(at, q); ok {
			p.head, p.last, p.noun = at, at+1, f.low(at)
			p.what, p.force, p.need = n.what, n.force, n.need
			if n.need == enemy && f.matches(at+1, []string{"of", "war"}) {
				p.last, p.noun = at+3, p.noun+" of war"
			}
			p = f.conjoined(p)
			if body := f.body(q); body >= 0 && p.what == Troops {
				p.first, p.rule = body, "force of number"
				p.mods |= f.modifiersIn(body, q.first)
			}
			return f.judge(p, q)
		}
		mods, ok := f.modifierAt(at, q)
		if !ok || f.startsNext(at, q) {
			break
		}
		if p.mods&ofCountry != 0 && mods&ofCountry != 0 && f.linked(at) {
			mods |= ofCountries
		}
		p.mods |= mods
	}
	if own, ok := f.nationals(p, q, at); ok {
		return own, ok
	}
	if p.mods != 0 && f.startsNext(at, q) { // "five Chilean and six Peruvian soldiers"
		return f.borrowed(p, q, at, at+1)
	}
	return p, false
}

// startsNext reports whether "and" at token i leads to another number.
func (f *finder) startsNext(i int, q quantity) bool {
	if w := f.low(i); w != "and" && w != "or" || i == q.last {
		return false
	}
	_, ok := f.simple(i + 1)
	return ok
}

// borrowed reads a count whose noun is that of the number at token next. end is
// where its own words end.
func (f *finder) borrowed(p phrase, q quantity, end, next int) (phrase, bool) {
	number, ok := f.quantity(next)
	if !ok || f.borrowing {
		return p, false
	}
	f.borrowing = true
	lender, ok := f.phrase(number)
	f.borrowing = false
	if !ok || lender.head < 0 || p.mods != 0 && lender.mods == 0 {
		return p, false
	}
	if p.mods == 0 {
		p.mods = lender.mods
	}
	p.last, p.noun, p.what, p.force, p.need, p.rule = end, lender.noun, lender.what, lender.force, lender.need, "noun of the next number"
	p.force = p.forceBy(p.force)
	return p, true
}

// modifiersIn returns what the words of tokens [first, last) say of the people.
func (f *finder) modifiersIn(first, last int) modifier {
	var mods modifier
	land := -1
	for i := first; i < last; i++ {
		m := f.lex.modifiers[f.low(i)]
		if m == ofUnion && !f.isBody(i) {
			m = 0
		}
		if k := f.countryAt(i); k >= 0 {
			m |= ofCountry
			if land >= 0 && f.found[land].Country != f.found[k].Country {
				m |= ofCountries
			}
			land = k
		}
		mods |= m
	}
	return mods
}

// afterOf returns the token behind "of" and a determiner, 0 when a determiner
// with another meaning stands there ("two of them").
func (f *finder) afterOf(of int) int {
	at := of + 1
	switch f.low(at) {
	case "the", "its", "his", "her", "our", "their", "my", "your", "these", "those", "a":
		at++
	case "them", "us", "whom", "which", "you", "each":
		return 0
	}
	if f.low(at) == "'s" || f.low(at) == "’s" {
		at++
	}
	return at
}

// linked reports whether "and", "or", a comma or a slash stands before token i:
// "U.S. and British troops".
func (f *finder) linked(i int) bool {
	switch f.low(i - 1) {
	case "and", "or", ",", "&", "/":
		return true
	}
	return false
}

// headAt reports whether token i is the head noun of a count.
func (f *finder) headAt(i int, q quantity) (noun, bool) {
	w := f.low(i)
	n, ok := f.lex.nouns[w]
	if !ok && (q.high == 1 || q.strong) {
		n, ok = f.lex.singulars[w]
	}
	if !ok {
		return n, false
	}
	if (w == "dead" || w == "wounded") && !f.isToll(q) {
		return n, false
	}
	next := f.low(i + 1)
	uncounted := n.plural == singular(n.plural) // "personnel", "police", "infantry"
	switch {
	case i+1 >= f.last:
	case n.need == mass && q.strong:
		return n, f.doc.Tag(i+1) != "NN" // not "a 15-member military jury"
	case (next == "'s" || next == "’s" || next == "'" || next == "’") && f.low(q.last) == "of":
		return n, false // "one of the militia's camps"
	case f.isSingular(next) && f.isHead(f.low(i+2), q):
		return n, false // "National Liberation Forces rebel fighters"
	case n.need == mass && !q.strong:
		return n, false
	case f.isHead(next, q), (compounds[next] || compounds[strings.TrimSuffix(next, "s")]) && f.doc.Tag(i+1) != "VBG":
		return n, false // "police officers", "guerrilla fighters", "rebel camps"
	case uncounted && n.force == NonState && f.doc.Tag(i+1) == "JJ":
		return n, false // "Taliban senior leaders"
	case (uncounted || q.high == 1 || q.strong) && f.isNoun(i+1):
		return n, false // "armoured personnel carriers", "one rebel leader"
	}
	return n, n.need != mass || q.strong
}

// isSingular reports whether w is the singular of a noun for troops: "rebel".
func (f *finder) isSingular(w string) bool {
	n, ok := f.lex.singulars[w]
	return ok && n.need == always && n.what == Troops
}

// isToll reports whether a force suffered or inflicted q, so that "dead" behind
// it is a noun.
func (f *finder) isToll(q quantity) bool {
	_, at := f.hedge(q)
	switch f.low(at - 1) {
	case "suffered", "sustained", "inflicted", "suffering", "inflicting", "suffer", "inflict", "sustain", "counted", "its", "their":
		return true
	}
	return false
}

func (f *finder) isHead(w string, q quantity) bool {
	n, ok := f.lex.nouns[w]
	if ok && n.need == loss {
		return w == "casualties" || w == "deaths" || w == "fatalities" || w == "losses" || w == "lives"
	}
	if !ok && (q.high == 1 || q.strong) {
		n, ok = f.lex.singulars[w]
	}
	return ok && (n.need != mass || q.strong)
}

// isNoun reports whether token i goes on a noun phrase: a common noun in lower
// case, or one of capitals in a text of capitals.
func (f *finder) isNoun(i int) bool {
	w := f.doc.Word(i)
	r, _ := utf8.DecodeRuneInString(w)
	tag := f.doc.Tag(i)
	if f.about.upper {
		return tag == "NNS" || tag == "NN"
	}
	return (tag == "NN" || tag == "NNS") && unicode.IsLower(r) && f.lex.cues[f.low(i)] == 0 && !weekdays[f.low(i)]
}

// compounds are nouns that make what stands before them something else than
// people.
var compounds = set("jet plane aircraft camp base position hideout hide-out stronghold vehicle carrier truck convoy bus post checkpoint group attack bombing family house " +
	"home tank ship boat aircraft deployment death-squad training helicopter uniform weapon headquarter station barrack district village")

// closed are words that end a noun phrase, whatever tag capitals give them.
var closed = set("the a an this that these those in on at by with for from to into of since as than who whom which whose where when while after before during because if " +
	"is are was were be been being has have had will would could may might can should do does did not it he she they them his her its their we our there about against between " +
	"through over under out off up down around near within without per including but so then also only")

var weekdays = set("monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight")

// modifierAt reports whether token i may stand between a number and its noun,
// and what it says of the people.
func (f *finder) modifierAt(i int, q quantity) (modifier, bool) {
	w := f.low(i)
	var mods modifier
	known := false
	if m, ok := f.lex.modifiers[w]; ok {
		mods, known = m, true
		if m == ofUnion && !f.isBody(i) {
			mods = 0
		}
	}
	if c := f.countryAt(i); c >= 0 {
		return mods | ofCountry, true
	}
	if n, ok := f.lex.nouns[w]; ok && n.need != mass && !known {
		return f.ofNoun(n), true // "police officers"
	}
	if n, ok := f.lex.singulars[w]; ok && !known {
		return f.ofNoun(n), true // "rebel fighters"
	}
	if known {
		return mods, true
	}
	return 0, f.mayModify(i, q)
}

// ofNoun returns what a noun says of the people when it stands before the head.
func (f *finder) ofNoun(n noun) modifier {
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

// isBody reports whether "Union" or "Nations" at i ends the name of an
// international body.
func (f *finder) isBody(i int) bool {
	switch f.low(i - 1) {
	case "african", "european", "united":
		return true
	}
	return false
}

// countryAt returns the index into found of the country that token i of the
// sentence is in, -1 if there is none.
func (f *finder) countryAt(i int) int {
	if i < f.first || i >= f.last {
		return -1
	}
	return f.country[i-f.first]
}

// mayModify judges an unknown word by its part of speech.
func (f *finder) mayModify(i int, q quantity) bool {
	w := f.low(i)
	if measures[w] || months[w] || weekdays[w] || closed[w] || w == "" {
		return false
	}
	switch w {
	case "more", "other", "additional", "further", "extra", "such", "new", "old", "dead", "suspected", "alleged", "presumed":
		return true
	case "and", "or", ",", "&", "/":
		return i+1 < f.last && i > q.last && f.adjectival(i+1) && f.adjectival(i-1)
	case "(", ")", `"`, "“", "”", "``", "''", "‘":
		return true
	case "including", "according", "when", "while", "after":
		return false
	case "'s", "’s", "'", "’":
		return f.low(q.last) == "of" && i > q.last+2 // "two of the mission's soldiers"
	}
	if c := f.lex.cues[w]; c != 0 && c <= released {
		return f.isParticiple(i)
	}
	switch f.doc.Tag(i) {
	case "JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "VBN", "RB", "RBR":
	case "VBD":
		return f.isParticiple(i)
	case "VBG":
		return f.doc.Tag(i-1) != "NN" && f.doc.Tag(i-1) != "NNS"
	case "NNS":
		return q.high == 1
	default:
		return false
	}
	// The head of another count: "five vehicles", "186 WEAPONS".
	lower := w[len(w)-1] == 's' && len(w) > 3 && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is")
	if lower && q.high > 1 {
		r, _ := utf8.DecodeRuneInString(f.doc.Word(i))
		return unicode.IsUpper(r) && !f.about.upper
	}
	return true
}

// isParticiple reports whether the cue at i stands as an adjective before a
// noun: "three wounded soldiers", not "three killed Monday".
func (f *finder) isParticiple(i int) bool {
	next := f.low(i + 1)
	_, head := f.lex.nouns[next]
	_, mod := f.lex.modifiers[next]
	return head || mod || f.countryAt(i+1) >= 0 || f.doc.Tag(i+1) == "NNS"
}

// adjectival reports whether token i may be a link in "U.S. and British" or
// "well-trained, heavily armed".
func (f *finder) adjectival(i int) bool {
	if f.countryAt(i) >= 0 || f.lex.modifiers[f.low(i)] != 0 {
		return true
	}
	switch f.doc.Tag(i) {
	case "JJ", "VBN", "RB", "VBG", "NNP":
		return true
	}
	return false
}

// conjoined extends a phrase over a second noun that shares its number: "15,000
// sailors and marines".
func (f *finder) conjoined(p phrase) phrase {
	at := p.last
	if w := f.low(at); w != "and" && w != "or" && w != "&" || at+1 >= f.last {
		return p
	}
	for at++; at < min(f.last, p.last+5); at++ {
		n, ok := f.lex.nouns[f.low(at)]
		if ok && n.need != mass && n.need != loss && !f.isHead(f.low(at+1), quantity{}) {
			if f.verbFollows(at + 1) {
				return p
			}
			p.last = at + 1
			if n.what == Others && n.plural != "observers" && n.plural != "police" && n.plural != "policemen" && p.what == Troops {
				p.what = Others
				p.rule += ", mixed"
			}
			if p.what == Troops && n.what == Troops && n.need == always && n.force != p.force && p.need == always {
				p.force = Mixed
			}
			return p
		}
		if f.lex.modifiers[f.low(at)] == 0 && f.countryAt(at) < 0 {
			return p
		}
	}
	return p
}

// verbFollows reports whether a finite verb begins at i, so that what stands
// before it begins a new clause.
func (f *finder) verbFollows(i int) bool {
	switch f.doc.Tag(i) {
	case "VBD", "VBZ", "VBP", "MD":
		for k := i; k < min(f.last, i+3); k++ {
			if c := f.lex.cues[f.low(k)]; c == killed || c == wounded || c == captured {
				return false // "two soldiers and policemen were killed"
			}
		}
		return f.low(i) != "were" && f.low(i) != "are" && f.low(i) != "have" && f.low(i) != "had"
	}
	return false
}

// nationals reads "1,000 Ethiopians": people known only by their country. They
// are troops in "a force of 1,000 Ethiopians".
func (f *finder) nationals(p phrase, q quantity, end int) (phrase, bool) {
	for at := min(end, f.last) - 1; at >= q.last; at-- {
		k := f.countryAt(at)
		if k < 0 || f.found[k].Kind != countries.Demonym {
			continue
		}
		w := f.low(at)
		plural := strings.HasSuffix(w, "s")
		invariant := strings.HasSuffix(w, "ese") || strings.HasSuffix(w, "ish")
		if !plural && !(invariant && at == end-1 && !f.nounFollows(end)) {
			return p, false // "eight Chinese submarines"
		}
		p.head, p.last, p.noun, p.what, p.rule = at, at+1, w, Others, nationalsRule
		if body := f.body(q); body >= 0 {
			p.what, p.rule = Troops, "force of number"
			p.first = body
		}
		return p, true
	}
	return p, false
}
