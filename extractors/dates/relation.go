package dates

// relations of what is dated to the date by the word before it.
var relations = map[string]Relation{"since": Since, "from": Since, "starting": Since, "beginning": Since, "effective": Since, "until": Until, "till": Until, "by": Until,
	"through": Until, "ending": Until, "before": Before, "pre": Before, "after": After, "following": After, "post": After, "during": Within, "within": Within, "throughout": Within,
	"over": Within, "between": Since}

// relation reads the words before piece i: "since", "from … to", "between … and",
// "prior to".
func (s *scanner) relation(i int) Relation {
	j := i - 1
	if s.at(j).kind == kindDefinite || s.at(j).kind == kindDash && s.is(j-1, "pre", "post") {
		j--
	}
	if r, ok := relations[s.low(j)]; ok {
		return r
	}
	switch {
	case s.is(j, "to") && s.is(j-1, "prior"):
		return Before
	case s.is(j, "to", "and") || s.at(j).kind == kindDash:
		return s.closing(j)
	}
	return On
}

// closing reads whether a date behind the word at i ends a range: "from May to July",
// "1957-58".
func (s *scanner) closing(i int) Relation {
	if len(s.out) == 0 {
		return On
	}
	prev := &s.out[len(s.out)-1]
	if prev.last != i || prev.Start < s.pieces[0].Start {
		return On
	}
	if s.at(i).kind == kindDash || s.is(i, "to") {
		if prev.relation == On {
			prev.relation = Since
		}
		return Until
	}
	if prev.relation == Since && s.is(prev.first-1, "between") || s.is(prev.first-2, "between") {
		return Until
	}
	return On
}
