package dates

import "sitrep/extractors/text"

// A scanner reads expressions sentence by sentence, from left to right.
type scanner struct {
	doc    *text.Document
	words  map[string]entry
	taken  []text.Span // numbers in them belong to other facts
	pieces []piece
	out    []expression
}

func newScanner(doc *text.Document, taken []text.Span) *scanner {
	return &scanner{doc: doc, words: lexicon(), taken: taken}
}

func (s *scanner) sentence(n int) {
	s.cut(s.doc.Sentences[n])
	first := len(s.out)
	for i := 0; i < len(s.pieces); {
		i = s.read(i)
	}
	found := s.out[first:]
	for k := range found {
		found[k].sentence = n
	}
	s.share(found)
}

// A rule reads what begins at piece i, emits it and returns where it ends; i
// when it finds nothing.
type rule func(s *scanner, i int) int

// read reads what begins at piece i and returns where to go on.
func (s *scanner) read(i int) int { return max(s.begin(i), i+1) }

// begin tries the rules that may begin with piece i, by its kind.
func (s *scanner) begin(i int) int {
	switch s.pieces[i].kind {
	case kindDigits:
		return s.any(i, (*scanner).dayMonth, (*scanner).clockDigits, (*scanner).measure, (*scanner).year)
	case kindClock:
		return s.clockWord(i)
	case kindStamp:
		return s.military(i)
	case kindNumeric:
		return s.numeric(i)
	case kindMonth:
		return s.month(i)
	case kindWeekday:
		return s.weekday(i)
	case kindWeekdays:
		return s.weekdays(i)
	case kindUnits:
		return s.measureless(i)
	case kindUnit:
		return s.unitFirst(i)
	case kindNumber:
		return s.any(i, (*scanner).spelledOut, (*scanner).clockDigits, (*scanner).dayMonth, (*scanner).measure)
	case kindScale:
		return s.measure(i)
	case kindOrdinal:
		return s.any(i, (*scanner).dayMonth, (*scanner).ordinal)
	case kindDecade:
		return s.decade(i)
	case kindQuarter:
		return s.quarter(i)
	case kindSeason:
		return s.season(i)
	case kindPart:
		return s.partAlone(i)
	case kindNoon:
		return s.noon(i)
	case kindDeictic:
		return s.deictic(i)
	case kindToward:
		return s.toward(i)
	case kindVague:
		return s.vague(i)
	case kindOften:
		return s.often(i)
	case kindEvery:
		return s.every(i)
	case kindEra:
		return s.eraFirst(i)
	case kindFiscal:
		return s.fiscal(i)
	case kindFeast:
		return s.feast(i)
	case kindQuote:
		return s.shortYear(i)
	case kindSeveral:
		return s.fewOf(i)
	case kindDefinite:
		return s.definite(i)
	case kindIndefinite:
		return s.any(i, (*scanner).fewOf, (*scanner).measure)
	case kindLong:
		return s.longAgo(i)
	case kindRecent:
		return s.recent(i)
	case kindAt:
		return s.atTime(i)
	}
	return i
}

// any returns the end of the first rule that finds something at i.
func (s *scanner) any(i int, rules ...rule) int {
	for _, rule := range rules {
		if end := rule(s, i); end > i {
			return end
		}
	}
	return i
}

// emit adds e, whose meaning is read and whose last piece is the one before end,
// with the words around it that qualify it. It returns the end.
func (s *scanner) emit(e expression, end int) int {
	e.last = end
	if s.capital(end) && s.at(end).is(bodies) && isDay(e.means) {
		return end // "the 19 April Movement"
	}
	s.qualify(&e)
	s.hedge(&e)
	e.relation = s.relation(e.first)
	e.bare = !s.noun(e.last) || !s.describes(e.first-1)
	s.stretch(&e, e.first)
	s.out = append(s.out, e)
	return e.last
}

// describes reports whether what follows the word at i describes a noun.
func (s *scanner) describes(i int) bool {
	switch s.tag(i) {
	case "DT", "PRP$", "JJ", "POS":
		return true
	}
	return false
}

// stretch makes e begin at piece first.
func (s *scanner) stretch(e *expression, first int) {
	e.first = first
	e.token = s.pieces[first].token
	e.Span = text.Span{Start: s.pieces[first].Start, End: s.pieces[e.last-1].End}
}
