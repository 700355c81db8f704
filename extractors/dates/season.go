package dates

// season reads "the spring of 1780", "summer 2007", "in autumn".
func (s *scanner) season(i int) int {
	p := s.at(i)
	n := &named{unit: seasons, month: p.n}
	end := s.yearOf(n, i+1)
	if end == i+1 && !s.seasonAlone(i) {
		return i
	}
	return s.emit(expression{first: i, means: n, rule: "season"}, end)
}

// seasonAlone reports whether the word at i, with no year beside it, is a season:
// "fall" and "spring" are other things too.
func (s *scanner) seasonAlone(i int) bool {
	if s.is(i+1, "of") || s.capital(i) && s.is(i-1, "the") && s.tag(i+1) == "NNP" {
		return false
	}
	the := s.is(i-1, "the") || s.at(i-1).kind == kindEarly
	if s.low(i) == "fall" {
		return the && s.is(i-2, "in", "by", "this", "during", "since", "until", "throughout")
	}
	return the && !s.noun(i+1) || s.is(i-1, "in", "by", "since", "until", "during", "through", "over", "mid") || s.joins(i-1) && s.at(i-2).kind == kindSeason
}
