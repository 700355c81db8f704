package troops

// hedges are the words before a number that qualify it, longest first.
var hedges = []struct {
	words []string
	cmp   Comparator
}{
	{[]string{"no", "more", "than"}, AtMost}, {[]string{"no", "fewer", "than"}, AtLeast}, {[]string{"no", "less", "than"}, AtLeast},
	{[]string{"not", "more", "than"}, AtMost}, {[]string{"not", "fewer", "than"}, AtLeast}, {[]string{"not", "less", "than"}, AtLeast},
	{[]string{"as", "many", "as"}, AtMost}, {[]string{"as", "few", "as"}, AtLeast}, {[]string{"in", "excess", "of"}, AtLeast},
	{[]string{"a", "minimum", "of"}, AtLeast}, {[]string{"a", "maximum", "of"}, AtMost},
	{[]string{"more", "than"}, AtLeast}, {[]string{"greater", "than"}, AtLeast}, {[]string{"less", "than"}, AtMost}, {[]string{"fewer", "than"}, AtMost},
	{[]string{"at", "least"}, AtLeast}, {[]string{"at", "most"}, AtMost}, {[]string{"up", "to"}, AtMost}, {[]string{"upwards", "of"}, AtLeast}, {[]string{"upward", "of"}, AtLeast},
	{[]string{"close", "to"}, Approx}, {[]string{"somewhere", "around"}, Approx},
	{[]string{"about"}, Approx}, {[]string{"around"}, Approx}, {[]string{"some"}, Approx}, {[]string{"nearly"}, Approx}, {[]string{"almost"}, Approx},
	{[]string{"approximately"}, Approx}, {[]string{"roughly"}, Approx}, {[]string{"estimated"}, Approx}, {[]string{"perhaps"}, Approx}, {[]string{"maybe"}, Approx},
	{[]string{"approaching"}, Approx}, {[]string{"circa"}, Approx}, {[]string{"over"}, AtLeast}, {[]string{"above"}, AtLeast}, {[]string{"exceeding"}, AtLeast},
	{[]string{"under"}, AtMost}, {[]string{"below"}, AtMost}, {[]string{"more"}, AtLeast}, {[]string{"~"}, Approx},
	{[]string{">"}, AtLeast}, {[]string{"<"}, AtMost},
}

// bounds returns the bounds and comparator of q, from the words around it and
// those behind its noun, which ends at token end.
func (f *finder) bounds(q quantity, end int) (low, high Bound, cmp Comparator) {
	cmp, _ = f.hedge(q)
	for _, at := range [...]int{q.last, end} {
		if after := f.hedgeAfter(at); after != Exact {
			cmp = after
		}
	}
	switch {
	case q.ranged:
		return q.low, q.high, Range
	case q.vague && cmp == AtLeast:
		return q.low, Open, AtLeast
	case q.vague:
		return q.low, q.high, Approx
	case cmp == AtLeast:
		return q.low, Open, AtLeast
	case cmp == AtMost:
		return Open, q.high, AtMost
	}
	return q.low, q.high, cmp
}

// hedge returns what stands before q says of it, and the first token of that.
func (f *finder) hedge(q quantity) (Comparator, int) {
	at := q.first
	for range 3 { // "up to another 500", "just 500"
		switch f.low(at - 1) {
		case "just", "only", "well", "another", "additional", "further", "extra", "remaining", "initial", "first", "other", "all":
			at--
			continue
		}
		break
	}
	for _, h := range hedges {
		n := len(h.words)
		if at-n < f.first || !f.matches(at-n, h.words) {
			continue
		}
		if len(h.words) == 1 && !f.isHedge(h.words[0], at) {
			continue
		}
		return h.cmp, at - n
	}
	return f.shared(q), at
}

// isHedge rejects "over" in "took over 500 posts" and "around" as a place.
func (f *finder) isHedge(w string, at int) bool {
	switch w {
	case "more":
		return f.doc.Tag(at-2) == "VBD" || f.doc.Tag(at-2) == "VBG" || f.doc.Tag(at-2) == "VBN"
	case "over":
		return f.low(at-2) != "took" && f.low(at-2) != "take"
	}
	return true
}

// shared returns Approx for the second number of "about 3,500 troops and 600
// peacekeepers": a hedge on a round number covers the next one.
func (f *finder) shared(q quantity) Comparator {
	n := len(f.counts)
	if n == 0 || f.low(q.first-1) != "and" || q.high < 100 || q.high%50 != 0 {
		return Exact
	}
	if prior := f.ends[n-1]; prior.last == q.first-1 && f.counts[n-1].Comparator == Approx && !prior.number.vague {
		return Approx
	}
	return Exact
}

// hedgeAfter reads "500 or so", "500 or more", "500 odd".
func (f *finder) hedgeAfter(i int) Comparator {
	switch f.low(i) {
	case "or":
		switch f.low(i + 1) {
		case "so", "thereabouts":
			return Approx
		case "more":
			return AtLeast
		case "less", "fewer":
			return AtMost
		}
	case "+", "plus":
		return AtLeast
	case "odd", "-odd":
		return Approx
	}
	return Exact
}

func (f *finder) matches(i int, words []string) bool {
	for k, w := range words {
		if f.low(i+k) != w {
			return false
		}
	}
	return true
}

// bodies are the words in "a force of 3,000" that belong to the count.
var bodies = set("force army garrison militia")

// sizes are bodies whose number of people may stand alone: "a brigade of 3,500".
var sizes = set("force army garrison militia contingent brigade division regiment battalion detachment mission corps legion")

// body returns the first token of "Libyan force of" before q, -1 when q is not
// the size of a body.
func (f *finder) body(q quantity) int {
	_, at := f.hedge(q)
	if f.low(at-1) != "of" || !bodies[f.low(at-2)] || at-2 < f.first {
		return -1
	}
	first := at - 2
	for first-1 >= f.first && first > at-6 && f.lex.modifiers[f.low(first-1)]&(ofForce|ofNations|ofUnion) != 0 {
		first--
	}
	for first-1 >= f.first && first > at-8 && f.countryAt(first-1) >= 0 && f.doc.Tag(first-1) != "POS" {
		first--
	}
	if f.low(first-1) == "african" {
		first--
	}
	return first
}
