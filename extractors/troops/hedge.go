package troops

// bounds returns the bounds and comparator of q, from the words around it and
// those behind its noun, which ends at token end.
func (f *finder) bounds(q quantity, end int) (low, high Bound, cmp Comparator) {
	cmp, _ = f.hedge(q)
	for _, at := range [...]int{q.last, end} {
		if after := f.hedgeAfter(at); after != Exact {
			cmp = after
		}
	}
	if q.plus {
		cmp = AtLeast
	}
	switch {
	case q.ranged:
		return q.low, q.high, Range
	case cmp == AtLeast:
		return q.low, Open, AtLeast
	case q.vague:
		return q.low, q.high, Approx
	case cmp == AtMost:
		return Open, q.high, AtMost
	}
	return q.low, q.high, cmp
}

// hedge returns what stands before q says of it, and the first token of that.
func (f *finder) hedge(q quantity) (Comparator, int) {
	at := q.first
	for range 3 { // "up to another 500", "just 500"
		if !isFiller(f.low(at - 1)) {
			break
		}
		at--
	}
	for _, h := range f.lex.hedges[f.low(at-1)] {
		first := at - len(h.words)
		if f.matches(first, h.words) && f.qualifies(h, first) {
			return h.cmp, first
		}
	}
	return f.shared(q), at
}

// hedged reads the number that begins at token i, or behind a hedge that does.
func (f *finder) hedged(i int) (quantity, bool) {
	for k := i; k <= i+3; k++ {
		if q, ok := f.quantity(k); ok {
			_, start := f.hedge(q)
			return q, start <= i
		}
	}
	return quantity{}, false
}

// isFiller reports whether w may stand between a hedge and its number.
func isFiller(w string) bool {
	switch w {
	case "just", "only", "well", "another", "additional", "further", "extra", "remaining", "initial", "first", "other", "all", "current", "present":
		return true
	}
	return false
}

// qualifies rejects words that are no hedges where they stand: "took over 500
// posts", "will number more 500", "take it up to 500" that sets a size.
func (f *finder) qualifies(h hedge, first int) bool {
	before := first - 1
	switch h.words[0] {
	case "up": // "takes their strength up to 500": not a bound
		return !f.isRaised(first)
	case "more": // "killed more 80 fighters", with "than" left out
		return len(h.words) > 1 || f.tag(before) == "VBD" || f.tag(before) == "VBG" || f.tag(before) == "VBN"
	case "over":
		return f.low(before) != "took" && f.low(before) != "take"
	}
	return true
}

// isRaised reports whether "up to" at i tells how large a force becomes.
func (f *finder) isRaised(i int) bool {
	if f.low(i) != "up" || f.low(i-1) == "of" || f.low(i-1) == "by" || f.isVerb(i-1) {
		return false
	}
	for k := i - 2; k >= i-8; k-- {
		if f.is(k, size|strength) && f.tag(k) != "VB" {
			return true
		}
	}
	return false
}

// shared returns Approx for the second number of "about 1,200 troops and 300
// guards": a hedge on a round number covers the next one.
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
