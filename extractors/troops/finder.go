package troops

import (
	"sort"
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

// A finder looks for counts, sentence by sentence.
type finder struct {
	doc    *text.Document
	found  []countries.Mention
	lex    *lexicon
	counts []Count
	ends   []extent // of counts, in tokens

	first, last int     // tokens of the sentence
	priorFirst  int     // the first token of the one before
	about       setting // what the sentence speaks of
	prior       setting // and the one before
	here        []int   // indices into found, of the sentence
	country     []int   // by token of the sentence: index into found, or -1
	nextMention int
	fallback    countries.Code // the country that the document is about
	fallbackSet bool
	borrowing   bool // reading the phrase that lends its noun to another
}

// An extent is the tokens of a count and where its number begins.
type extent struct {
	first, last int
	number      quantity
	sentence    int // first token of its sentence
}

// A setting says what a sentence speaks of.
type setting struct {
	military, police, civilians, aircraft, nations, rebels, battle, upper bool
}

func newFinder(doc *text.Document, found []countries.Mention) *finder {
	return &finder{doc: doc, found: found, lex: words()}
}

func (f *finder) low(i int) string { return f.doc.Lower(i) }

// sentence finds the counts of sentence n.
func (f *finder) sentence(n int) {
	s := f.doc.Sentences[n]
	f.priorFirst = f.first
	f.first, f.last = s.First, s.Last
	f.prior = f.about
	f.mentionsIn(s.Span)
	f.about = f.setting()
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

// near returns the mentions of the sentence around offset: no rule looks at
// more, so that a page without a full stop costs no more than another.
func (f *finder) near(offset int) []int {
	const before, behind = 40, 10
	at := sort.Search(len(f.here), func(n int) bool { return f.found[f.here[n]].Start >= offset })
	return f.here[max(0, at-before):min(len(f.here), at+behind)]
}

func (f *finder) setting() setting {
	var s setting
	letters, lower := 0, 0
	for i := f.first; i < f.last; i++ {
		w := f.low(i)
		if len(w) > 3 && w[0] >= 'a' && w[0] <= 'z' {
			letters++
			if f.doc.Word(i)[1] >= 'a' {
				lower++
			}
		}
		s.battle = s.battle || battles[w]
		switch w {
		case "police", "policemen", "policeman":
			s.police = true
		case "civilian", "civilians", "people", "villagers", "residents", "women", "children":
			s.civilians = true
		case "aircraft", "jet", "jets", "planes", "plane", "warplanes", "bombers", "helicopters", "squadron", "squadrons":
			s.aircraft = true
		}
		if m := f.lex.modifiers[w]; m&ofNations != 0 && w != "peacekeeping" || m == ofUnion && f.isBody(i) {
			s.nations = true
		}
		if n, ok := f.lex.nouns[w]; ok && n.what == Troops && n.need == always && n.force == NonState || f.lex.modifiers[w]&ofGroup != 0 {
			s.rebels = true
		}
		if n, ok := f.lex.nouns[w]; ok && n.need == always && n.what != Others || f.lex.military[w] || f.lex.modifiers[w]&(ofGroup|ofNations) != 0 {
			s.military = true
		}
		if (w == "members" || w == "member") && f.low(i-1) == "service" {
			s.military = true
		}
		if (w == "forces" || w == "force") && (f.low(i-1) == "armed" || f.low(i-1) == "security" || f.low(i-1) == "air" || f.countryAt(i-1) >= 0) {
			s.military = true
		}
	}
	s.upper = letters > 3 && lower*8 < letters
	return s
}

// countAt looks for a count whose number begins at token i and returns where to
// look next.
func (f *finder) countAt(i int) int {
	q, ok := f.quantity(i)
	if !ok {
		return i + 1
	}
	if f.isNoCount(q) {
		return q.last
	}
	if p, ok := f.phrase(q); ok {
		f.add(q, p)
		return max(p.last, q.last)
	}
	if p, ok := f.understood(q); ok {
		f.add(q, p)
		return max(p.last, q.last)
	}
	return q.last
}

// A phrase is a number with its noun, in tokens [first, last).
type phrase struct {
	first, last int
	head        int // token of the noun, -1 when understood
	noun        string
	what        What
	force       Force
	need        need
	mods        modifier
	antecedent  int // index of the count whose noun is understood, or -1
	rule        string
}

func (f *finder) add(q quantity, p phrase) {
	low, high, cmp := f.bounds(q, p.last)
	if len(f.ends) > 0 && f.ends[len(f.ends)-1].last > p.first {
		p.first = q.first
	}
	c := Count{
		Span: f.doc.Covering(p.first, p.last), What: p.what, Min: low, Max: high, Comparator: cmp,
		Noun: p.noun, Force: p.force, Elliptical: p.head < 0, Same: -1, Rule: p.rule,
	}
	c.Status = f.status(p, q, c)
	if p.need == enemy && c.Status == Released {
		c.What = Others // an exchange is of soldiers and others alike
	}
	c.Nationality, c.NationalityRule = f.nationality(p, q, c)
	f.counts = append(f.counts, c)
	f.ends = append(f.ends, extent{p.first, p.last, q, f.first})
}

// isNoCount reports whether the number is a year, a date, money, a measure or a
// label: what stands around it says so.
func (f *finder) isNoCount(q quantity) bool {
	before, after := f.low(q.first-1), f.low(q.last)
	switch {
	case q.first > f.first && moneyMarks[before], measures[after] && !q.strong:
		return true
	case q.bare && q.high == q.low && 1000 <= q.low && q.low < 2100 && f.isYear(before, after):
		return true
	case q.bare && q.high <= 31 && (months[before] || months[after]):
		return true
	case q.bare && q.first > f.first && labels[before]:
		return true
	case q.high == 1 && q.first > f.first && pronouns[before] && after != "of":
		return true
	}
	return false
}

// isYear reports whether a number of four digits is a year there.
func (f *finder) isYear(before, after string) bool {
	return yearMarks[before] || months[before] || after == "," || strings.HasPrefix(after, "-")
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

var (
	moneyMarks = set("$ £ € ¥ us$ a$ c$ rs usd eur gbp")
	measures   = set("% percent pct per percentage km kms kilometers kilometres kilometer kilometre miles mile meters metres meter metre feet foot " +
		"yards inches acres hectares tons tonnes kg kilograms pounds dollars euros pesos rupees pct mph gmt am pm a.m p.m a.m. p.m. " +
		"years year months month weeks week days day hours hour minutes minute seconds times degrees points barrels dlrs " +
		"o'clock am. pm. cents yen marks francs thirds quarters-")
	months = set("january february march april may june july august september october november december jan jan. feb feb. mar. apr apr. jun. jul. " +
		"aug aug. sep sep. sept sept. oct oct. nov nov. dec dec.")
	pronouns  = set("no any every some each this that which the another number") // before "one"
	yearMarks = set("in since by until till from during of early late mid before after through and year , ( - –")
	battles   = set("battle battles battlefield siege besieged besieging campaign campaigns garrisoned front rearguard cavalry skirmish skirmishes commander commanders facing fleet retreated routed outnumbered")
	labels    = set("no no. nos. number detachment highway route brigade division battalion regiment resolution article unit section chapter page flight building room " +
		"channel cadena phase tank type corps group task squadron paragraph # protocol mark model grade class aged age il mig tu su boeing airbus")
)
