package troops

import (
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

// nationalsRule marks counts whose noun is a people: "700 Danes".
const nationalsRule = "number and nationals"

// maxPhrase is the greatest number of tokens between a number and its noun.
const maxPhrase = 10

// phrase reads the noun of q: "500 Iraqi soldiers", "hundreds of Dutch and
// Belgian troops", "one of our own service members".
func (f *finder) phrase(q quantity) (phrase, bool) {
	p := phrase{first: q.first, head: -1, antecedent: -1, rule: "number and noun"}
	at := q.last
	if f.low(at) == "of" {
		behind, ok := f.afterOf(at)
		if !ok || behind == at+1 && !q.vague && q.high >= 1000 { // "a force of 3,000 of rebels"
			return p, false
		}
		if whole, ok := f.hedged(behind); ok { // "3,000 of its 14,000 troops"
			if q.high == 1 {
				return p, false // "he is one of seven soldiers"
			}
			return f.borrowed(p, q, at, whole.first)
		}
		at, p.rule = behind, "number of noun"
	} else if q.high > 1 && isPerHead(f.low(at)) { // "30,000 member army"
		q.strong = true
		at++
	}
	return f.nounFrom(at, p, q)
}

// isPerHead reports whether w may join a number to the force it is the size of.
func isPerHead(w string) bool { return w == "member" || w == "man" || w == "person" || w == "strong" }

// nounFrom reads modifiers and a noun from token at on.
func (f *finder) nounFrom(at int, p phrase, q quantity) (phrase, bool) {
	for end := min(f.last, at+maxPhrase); at < end; {
		if n, tokens := f.headAt(at, q); tokens > 0 {
			if q.high == 1 && f.is(at+tokens, speech) {
				return p, false // "one soldier said": just somebody
			}
			return f.judge(f.withNoun(p, q, n, at, tokens), q)
		}
		mods, tokens := f.modifierAt(at, q)
		if tokens == 0 || f.startsNext(at, q) {
			break
		}
		if p.mods&ofCountry != 0 && mods&ofCountry != 0 && f.isLinked(at) {
			mods |= ofCountries
		}
		p.mods |= mods
		at += tokens
	}
	if own, ok := f.nationals(p, q, at); ok {
		return own, true
	}
	if at > q.last && !f.tellsFate(at-1) && f.startsNext(at, q) { // "five Chilean and six Peruvian soldiers"
		return f.borrowed(p, q, at, at+1)
	}
	return p, false
}

// tellsFate reports whether token i tells what befell people: "dead", "wounded".
func (f *finder) tellsFate(i int) bool {
	w := f.at(i)
	return w.other.of != none || w.verb.says.isFate()
}

// withNoun gives p the noun n at token at, and what is joined to it.
func (f *finder) withNoun(p phrase, q quantity, n *noun, at, tokens int) phrase {
	p.head, p.last = at+tokens-1, at+tokens
	p.noun, p.what, p.force, p.need, p.fate = f.nounAt(at, tokens), n.what, n.force, n.need, n.fate
	p = f.conjoined(p)
	if first := f.bodyBefore(q); first >= 0 && p.what == Troops {
		p.first, p.rule = first, "force of number"
		p.mods |= f.modifiersIn(first, q.first)
	} else {
		p.mods |= f.modifiersOfBody(q)
	}
	return p
}

// nounAt returns the noun of some tokens in lower case.
func (f *finder) nounAt(at, tokens int) string {
	words := make([]string, tokens)
	for k := range words {
		words[k] = f.low(at + k)
	}
	return strings.Join(words, " ")
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
	p.last, p.noun, p.what, p.force, p.need, p.fate, p.rule = end, lender.noun, lender.what, lender.force, lender.need, lender.fate, "noun of the next number"
	p.force, p.model = p.forceBy(p.force), text.Span{Start: lender.first, End: lender.last}
	return p, true
}

// afterOf returns the token behind "of" and a determiner; not ok where a pronoun
// stands there ("two of them").
func (f *finder) afterOf(of int) (at int, ok bool) {
	switch f.low(of + 1) {
	case "them", "us", "whom", "which", "you", "each", "a", "an":
		return 0, false
	}
	at = of + 1
	if f.is(at, determiner) {
		at++
	}
	if f.isPossessive(at) {
		at++
	}
	return at, true
}

func (f *finder) isPossessive(i int) bool {
	w := f.low(i)
	return w == "'s" || w == "'"
}

// isLinked reports whether "and", "or", a comma or a slash stands before token i:
// "U.S. and British troops".
func (f *finder) isLinked(i int) bool { return isLink(f.low(i - 1)) }

func isLink(w string) bool {
	switch w {
	case "and", "or", ",", "&", "/":
		return true
	}
	return false
}

// headAt returns the noun at token i if it is the head of a count, and its
// number of tokens.
func (f *finder) headAt(i int, q quantity) (*noun, int) {
	n, tokens := f.countable(i, q)
	if tokens == 0 {
		return nil, 0
	}
	next := i + tokens
	uncounted := n.plural == singular(n.plural) // "personnel", "police", "infantry"
	switch {
	case tokens > 1:
		return n, tokens
	case n.need == mass && q.strong && (f.tag(next) != "NN" || f.is(next, land)): // not "a 12-member army jury"
		return n, 1
	case (n.plural == "dead" || n.plural == "wounded") && !f.isSuffered(q),
		n.need == mass && !q.strong,
		n.need == mass && f.tag(next) == "NN",         // "a 12-member army jury"
		f.isPossessive(next) && f.low(q.last) == "of", // "one of the militia's camps"
		f.isSingular(next) && f.isHead(next+1, q),     // "Free State rebel fighters"
		f.isHead(next, q), f.isCompound(next),         // "police officers", "rebel camps"
		uncounted && n.force == NonState && f.tag(next) == "JJ" && f.at(next).other.of == none, // "Taliban senior leaders"
		(uncounted || q.high == 1 || q.strong) && f.isNoun(next),                               // "one rebel leader"
		q.high == 1 && (f.at(next).mods != 0 || f.at(next).singular != nil):                    // "one National Guard soldier"
		return nil, 0
	}
	return n, 1
}

// countable returns the noun at token i and its number of tokens. Of one, or in
// "60-man patrol", it is the singular.
func (f *finder) countable(i int, q quantity) (*noun, int) {
	if w, tokens := f.longest(i, func(w *word) bool { return w.noun != nil }); tokens > 0 && (w.singular == nil || q.high > 1 || q.strong) {
		return w.noun, tokens
	}
	if q.high == 1 || q.strong {
		if w, tokens := f.longest(i, func(w *word) bool { return w.singular != nil }); tokens > 0 {
			return w.singular, tokens
		}
	}
	return nil, 0
}

// isSingular reports whether token i is the singular of a noun for troops: "rebel".
func (f *finder) isSingular(i int) bool {
	n := f.at(i).singular
	return n != nil && n.need == always && n.what == Troops
}

// isSuffered reports whether a force suffered or inflicted q, so that "dead" behind
// it is a noun.
func (f *finder) isSuffered(q quantity) bool {
	_, at := f.hedge(q)
	return f.is(at-1, suffer|inflict) || f.low(at-1) == "its" || f.low(at-1) == "their"
}

func (f *finder) isHead(i int, q quantity) bool {
	n, tokens := f.countable(i, q)
	switch {
	case tokens == 0:
		return false
	case n.need == loss:
		return n.plural != "dead" && n.plural != "wounded"
	}
	return n.need != mass || q.strong
}

// isCompound reports whether token i makes something else of the people before
// it: "rebel camps".
func (f *finder) isCompound(i int) bool {
	if f.tag(i) == "VBG" {
		return false
	}
	single := f.lex.words[strings.TrimSuffix(f.low(i), "s")]
	return f.is(i, compound) || single != nil && single.class&compound != 0
}

// isNoun reports whether token i goes on a noun phrase.
func (f *finder) isNoun(i int) bool {
	tag := f.tag(i)
	w := f.at(i)
	common := f.about.capitals || f.low(i) == f.doc.Word(min(i, len(f.doc.Tokens)-1))
	return (tag == "NN" || tag == "NNS") && common && w.verb.of == none && w.other.of == none && w.class&weekday == 0
}

// conjoined extends a phrase over a second noun that shares its number: "900
// sailors and gunners".
func (f *finder) conjoined(p phrase) phrase {
	at := p.last
	if w := f.low(at); w != "and" && w != "or" && w != "&" {
		return p
	}
	for at++; at < p.last+5; at++ {
		n := f.at(at).noun
		if n != nil && n.need != mass && n.need != loss && !f.isHead(at+1, quantity{}) {
			if f.isNewClause(at + 1) {
				return p
			}
			return p.joinedTo(n, at)
		}
		if f.at(at).mods == 0 && f.countryAt(at) < 0 {
			return p
		}
	}
	return p
}

// joinedTo extends p to the noun n at token at.
func (p phrase) joinedTo(n *noun, at int) phrase {
	p.last = at + 1
	switch {
	case p.what != Troops:
	case n.what == Others && n.plural != "police" && n.plural != "policemen":
		p.what = Others
		p.rule += ", mixed"
	case n.what == Troops && n.need == always && p.need == always && n.force != p.force:
		p.force = Mixed
	}
	return p
}

// isNewClause reports whether the verb at i has the noun before it alone for its
// subject: "killed three soldiers and rebels fled".
func (f *finder) isNewClause(i int) bool {
	switch f.tag(i) {
	case "VBD", "VBZ", "VBP", "MD":
		return !f.is(i, be|have) && f.at(i).verb.of == none
	}
	return false
}

// nationals reads "1,000 Danes": people known only by their country. They are
// troops in "a force of 1,000 Danes".
func (f *finder) nationals(p phrase, q quantity, end int) (phrase, bool) {
	for at := min(end, f.last) - 1; at >= q.last; at-- {
		k := f.countryAt(at)
		if k < 0 || f.found[k].Kind != countries.Demonym {
			continue
		}
		w := f.low(at)
		invariant := strings.HasSuffix(w, "ese") || strings.HasSuffix(w, "ish")
		if !strings.HasSuffix(w, "s") && !(invariant && at == end-1 && !f.nounFollows(end)) {
			return p, false // "eight Chinese submarines"
		}
		p.head, p.last, p.noun, p.what, p.rule = at, at+1, w, Others, nationalsRule
		if first := f.bodyBefore(q); first >= 0 {
			p.first, p.what, p.rule = first, Troops, "force of number"
		}
		return p, true
	}
	return p, false
}
