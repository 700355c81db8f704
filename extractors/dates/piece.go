package dates

import (
	"strings"

	"sitrep/extractors/text"
)

// A piece is what dates are read from: a token, or, where a hyphen or slash
// joins words of dates, each word and mark in it ("mid-March", "1957-58").
type piece struct {
	text.Span
	token int    // the token that it is, or is a part of
	low   string // in lower case, without the point of an abbreviation
	glued bool   // no blank stands before it
	entry
}

// cut makes the pieces of a sentence.
func (s *scanner) cut(sentence text.Sentence) {
	s.pieces = s.pieces[:0]
	for len(s.taken) > 0 && s.taken[0].End <= sentence.Start {
		s.taken = s.taken[1:]
	}
	for t := sentence.First; t < sentence.Last; t++ {
		s.token(t)
	}
}

func (s *scanner) token(t int) {
	span, low := s.doc.Tokens[t].Span, s.doc.Lower(t)
	if isNumeric(low) {
		s.add(piece{Span: span, token: t, low: low, entry: entry{kind: kindNumeric}})
		return
	}
	if !strings.ContainsAny(low, "-/") || len(low) != span.Len() || lexicon()[low].kind != kindPlain {
		s.add(s.word(t, span, low))
		return
	}
	for at := 0; at < len(low); {
		n := strings.IndexAny(low[at:], "-/")
		if n == 0 {
			n = 1
		} else if n < 0 {
			n = len(low) - at
		}
		s.add(s.word(t, text.Span{Start: span.Start + at, End: span.Start + at + n}, low[at:at+n]))
		at += n
	}
}

func (s *scanner) add(p piece) {
	if n := len(s.pieces); n > 0 {
		p.glued = s.pieces[n-1].End == p.Start
	}
	for _, taken := range s.taken {
		if taken.Start >= p.End {
			break
		}
		if taken.Overlaps(p.Span) {
			p.entry = entry{}
		}
	}
	s.pieces = append(s.pieces, p)
}

// word returns the piece that a word or mark is.
func (s *scanner) word(t int, span text.Span, low string) piece {
	p := piece{Span: span, token: t, low: low}
	c := low[0]
	switch {
	case c >= 'a' && c <= 'z':
		if n := len(low) - 1; low[n] == '.' && n > 1 && strings.IndexByte(low, '.') == n {
			p.low = low[:n]
		}
		p.entry = s.words[p.low]
		if p.kind == kindPlain {
			p.entry = quarterOf(p.low)
		}
	case c >= '0' && c <= '9':
		if p.entry = numeral(low); p.kind == kindPlain {
			p.entry = s.words[low] // 9/11
		}
	case c == ',':
		p.kind = kindComma
	case c == '/':
		p.kind = kindSlash
	case c == '-' || low == "–" || low == "—":
		p.kind = kindDash
	case c == '\'':
		p.kind = kindQuote
	}
	return p
}

// nothing stands beyond the ends of a sentence.
var nothing piece

func (s *scanner) at(i int) *piece {
	if i < 0 || i >= len(s.pieces) {
		return &nothing
	}
	return &s.pieces[i]
}

// low returns the word at i.
func (s *scanner) low(i int) string { return s.at(i).low }

// is reports whether the word at i is one of words.
func (s *scanner) is(i int, words ...string) bool {
	low := s.at(i).low
	for _, w := range words {
		if low == w {
			return true
		}
	}
	return false
}

// tag returns the part of speech of the token at i.
func (s *scanner) tag(i int) string {
	if i < 0 || i >= len(s.pieces) {
		return ""
	}
	return s.doc.Tag(s.pieces[i].token)
}

// capital reports whether the word at i begins with a capital letter.
func (s *scanner) capital(i int) bool {
	if i < 0 || i >= len(s.pieces) {
		return false
	}
	c := s.doc.Text[s.pieces[i].Start]
	return c >= 'A' && c <= 'Z'
}
