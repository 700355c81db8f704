package troops

import (
	"sitrep/extractors/countries"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// A finder looks for counts, sentence by sentence.
type finder struct {
	doc    *text.Document
	found  []countries.Mention
	places []Place
	lex    *lexicon
	words  []*word // by token of the document
	counts []Count
	ends   []extent // of counts, in tokens

	first, last int     // tokens of the sentence
	priorFirst  int     // the first token of the one before
	about       setting // what the sentence speaks of
	prior       setting // and the one before
	here        []int   // indices into found, of the sentence
	country     []int   // by token of the sentence: index into found, or -1
	nextMention int
	subject     func() countries.Code // the country that the document is about
	borrowing   bool                  // reading the phrase that lends its noun to another
}

// An extent is the tokens of a count and where its number stands.
type extent struct {
	first, last int
	number      quantity
	sentence    int // first token of its sentence
}

func newFinder(doc *text.Document, named []names.Mention, found []countries.Mention) *finder {
	f := &finder{doc: doc, found: found, places: placesIn(found, named), lex: tables(), words: make([]*word, len(doc.Tokens)), subject: subjectOf(found)}
	for i := range doc.Tokens {
		if f.words[i] = f.lex.words[doc.Lower(i)]; f.words[i] == nil {
			f.words[i] = &unknownWord
		}
	}
	return f
}

var unknownWord word

// sentence finds the counts of sentence n.
func (f *finder) sentence(n int) {
	s := f.doc.Sentences[n]
	f.priorFirst = f.first
	f.first, f.last = s.First, s.Last
	f.mentionsIn(s.Span)
	f.prior, f.about = f.about, f.setting()
	for i := f.first; i < f.last; {
		i = f.countAt(i)
	}
}

// mentionsIn collects the countries of the sentence.
func (f *finder) mentionsIn(s text.Span) {
	f.here = f.here[:0]
	for f.nextMention < len(f.found) && f.found[f.nextMention].Start < s.Start {
		f.nextMention++
	}
	for k := f.nextMention; k < len(f.found) && f.found[k].Start < s.End; k++ {
		f.here = append(f.here, k)
	}
	f.country = f.country[:0]
	for i := f.first; i < f.last; i++ {
		f.country = append(f.country, -1)
	}
	at := f.first
	for _, k := range f.here {
		for at < f.last && f.doc.Tokens[at].End <= f.found[k].Start {
			at++
		}
		for i := at; i < f.last && f.doc.Tokens[i].Start < f.found[k].End; i++ {
			f.country[i-f.first] = k
		}
	}
}

// inside reports whether token i is one of the sentence. No rule looks beyond
// it: what is asked of other tokens is answered as of a word that nobody knows.
func (f *finder) inside(i int) bool { return f.first <= i && i < f.last }

// at returns what the tables say of token i.
func (f *finder) at(i int) *word {
	if !f.inside(i) {
		return &unknownWord
	}
	return f.words[i]
}

// is reports whether token i is of class c.
func (f *finder) is(i int, c class) bool { return f.at(i).class&c != 0 }

// low returns token i in lower case.
func (f *finder) low(i int) string {
	if !f.inside(i) {
		return ""
	}
	return f.doc.Lower(i)
}

// longest returns the longest entry at token i that has what is asked for, and
// the number of its tokens; 0 when there is none.
func (f *finder) longest(i int, has func(*word) bool) (*word, int) {
	w := f.at(i)
	for _, e := range w.longer {
		if has(e.word) && f.matches(i+1, e.rest) {
			return e.word, 1 + len(e.rest)
		}
	}
	if has(w) {
		return w, 1
	}
	return w, 0
}

func (f *finder) matches(i int, words []string) bool {
	for k, w := range words {
		if f.low(i+k) != w {
			return false
		}
	}
	return true
}

// countryAt returns the index into found of the country that token i is in, -1
// if there is none.
func (f *finder) countryAt(i int) int {
	if !f.inside(i) {
		return -1
	}
	return f.country[i-f.first]
}

// countAt looks for a count whose number begins at token i and returns where to
// look next.
func (f *finder) countAt(i int) int {
	q, ok := f.quantity(i)
	if !ok {
		return i + 1
	}
	if f.isLabel(q) {
		return q.last
	}
	p, ok := f.phrase(q)
	if !ok {
		p, ok = f.understood(q)
	}
	if !ok {
		return q.last
	}
	f.add(q, p)
	return max(p.last, q.last)
}

// A phrase is a number with its noun, in tokens [first, last).
type phrase struct {
	first, last int
	head        int // token of the noun, -1 when understood
	noun        string
	what        What
	force       Force
	need        need
	fate        Status // what the noun tells
	mods        modifier
	antecedent  int       // index of the count whose noun is understood, or -1
	model       text.Span // tokens of the phrase that lends its noun, if any
	rule        string
}

func (f *finder) add(q quantity, p phrase) {
	if n := len(f.ends); n > 0 && f.ends[n-1].last > p.first {
		p.first = q.first
	}
	c := Count{Span: f.doc.Covering(p.first, p.last), What: p.what, Noun: p.noun, Force: p.force, Elliptical: p.head < 0, Same: -1, Rule: p.rule}
	if _, n := f.named(p.first, p.last); n > 1 && c.Force == State {
		c.Force = Multinational
	}
	c.Min, c.Max, c.Comparator = f.bounds(q, p.last)
	c.Status = f.status(p, q)
	if p.need == enemy && c.Status == Released {
		c.What = Others // an exchange is of soldiers and others alike
	}
	c.Nationality, c.NationalityRule = f.nationality(p, c)
	if c.Nationality == "" && c.Force == State && c.What == Troops && f.about.nations {
		c.Force = Multinational
	}
	c.Place = f.place(p, c)
	c.Status = c.abroad()
	f.counts = append(f.counts, c)
	f.ends = append(f.ends, extent{p.first, p.last, q, f.first})
}
