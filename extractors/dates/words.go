package dates

// noun reports whether the word at i is a common noun.
func (s *scanner) noun(i int) bool {
	t := s.tag(i)
	return t == "NN" || t == "NNS"
}

// joins reports whether what stands at i joins two dates of a list or range.
func (s *scanner) joins(i int) bool {
	switch s.at(i).kind {
	case kindDash, kindSlash:
		return true
	}
	return s.is(i, "and", "or", "to", "until", "till", "through")
}

func (s *scanner) possessive(i int) bool { return s.is(i, "'s", "'") && s.at(i).glued }

// ends reports whether no more is said of what stands before i.
func (s *scanner) ends(i int) bool {
	return !s.is(i, "of", "before", "after", "that", "when", "ended", "ending", "-") && !s.noun(i)
}

// closes reports whether nothing follows at i that a preposition before it could
// be about.
func (s *scanner) closes(i int) bool {
	return i >= len(s.pieces) || s.at(i).kind == kindComma || s.is(i, ".", ";", ":", ")", "\"", "”", "''", "and", "but")
}

// currency reports whether the word at i is a sign of money.
func (s *scanner) currency(i int) bool {
	return s.is(i, "$", "£", "€", "¥", "#", "us$", "no", "c$")
}

// titled reports whether the words from i to j are capitalised where a sentence would
// not do it, as in the name of a programme: "on This Week", "in USA Today".
func (s *scanner) titled(i, j int) bool {
	if s.shouted(i) || s.headline() {
		return false
	}
	for k := i + 1; k < j; k++ {
		if s.capital(k) && s.at(k).kind != kindMonth {
			return true
		}
	}
	return s.capital(i) && j == i+1 && s.capital(i-1) && s.tag(i-1) == "NNP"
}

// headline reports whether most words of the sentence are capitalised.
func (s *scanner) headline() bool {
	capitals, words := 0, 0
	for i := range s.pieces {
		if c := s.pieces[i].low[0]; c >= 'a' && c <= 'z' {
			words++
			if s.capital(i) {
				capitals++
			}
		}
	}
	return capitals*2 > words
}

// shouted reports whether the word at i is all in capitals.
func (s *scanner) shouted(i int) bool {
	p := s.at(i)
	return p.End-p.Start > 1 && s.doc.Text[p.Start+1] >= 'A' && s.doc.Text[p.Start+1] <= 'Z'
}
