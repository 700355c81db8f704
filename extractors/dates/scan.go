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
	case digits:
		return s.any(i, (*scanner).dayMonth, (*scanner).clockDigits, (*scanner).measure, (*scanner).year)
	case clockTime:
		return s.clockWord(i)
	case stamp:
		return s.military(i)
	case numeric:
		return s.numeric(i)
	case month:
		return s.month(i)
	case weekday:
		return s.weekday(i)
	case weekdays:
		return s.weekdays(i)
	case unitsWord:
		return s.measureless(i)
	case unitWord:
		return s.unitFirst(i)
	case number:
		return s.any(i, (*scanner).spelledOut, (*scanner).clockDigits, (*scanner).dayMonth, (*scanner).measure)
	case scale:
		return s.measure(i)
	case ordinal:
		return s.any(i, (*scanner).dayMonth, (*scanner).ordinal)
	case decade:
		return s.decade(i)
	case quarter:
		return s.quarter(i)
	case season:
		return s.season(i)
	case part:
		return s.partAlone(i)
	case noon:
		return s.noon(i)
	case deictic:
		return s.deictic(i)
	case toward:
		return s.toward(i)
	case vague:
		return s.vague(i)
	case often:
		return s.often(i)
	case every:
		return s.every(i)
	case era:
		return s.eraFirst(i)
	case fiscal:
		return s.fiscal(i)
	case feast:
		return s.feast(i)
	case quote:
		return s.shortYear(i)
	case several:
		return s.fewOf(i)
	case definite:
		return s.definite(i)
	case indefinite:
		return s.any(i, (*scanner).fewOf, (*scanner).measure)
	case long:
		return s.longAgo(i)
	case recent:
		return s.recent(i)
	case at:
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
	if s.bodies(end) && isDay(e.means) {
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

// bodies reports whether at i the noun stands of bodies that are called by a day.
func (s *scanner) bodies(i int) bool {
	return s.capital(i) && s.is(i, "movement", "brigade", "brigades", "front", "martyrs", "alliance", "group", "battalion", "organization")
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
