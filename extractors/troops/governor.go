package troops

// governor reads what is said in front of the count: of the verb whose object it
// is, or of the noun that it hangs on.
func (f *finder) governor(p phrase, q quantity) telling {
	_, start := f.hedge(q)
	start = min(start, p.first)
	var t telling
	including, commas := false, 0
	for i := start - 1; i >= start-reach && f.inside(i); i-- {
		w := f.low(i)
		c := f.cueAt(i)
		if f.is(i, copula) && f.governs(i, start, including) {
			if s, ok := f.leftFor(p); ok {
				return telling{status: s, known: true}
			}
		}
		switch {
		case f.isIncluding(i):
			including = true
		case w == ",":
			commas++
		case w == ";", w == ":", f.opensClause(i):
			return t
		case w == "against" && f.at(i-1).name.of == nominal && f.at(i-1).name.says == Unknown: // "charges against 12 soldiers"
			t.known = true
			return t
		case w == "by" && !f.isRate(i):
			t.agent = commas == 0 && i >= start-3
			return t // "an attack by 300 rebels"
		case w == "with", w == "against", w == "alongside":
			return t
		case c.coming:
			t.coming = t.coming || commas == 0
		case c.of == nominal:
			if f.hangsOn(i, start, including) {
				t.known, t.status = true, c.says
				t.coming = t.coming || f.isComing(i)
				return t
			}
		case c.of == other && c.says.isFate() && (including || f.is(i+1, be)): // "the dead include 12 soldiers", "among the dead were two"
			t.known, t.status = true, c.says
			return t
		case c.of == object || c.of == either:
			if !f.governs(i, start, including) {
				t.coming = t.coming || f.isBecoming(q) && f.isComing(i)
				return t
			}
			t.known, t.status, t.apart = true, f.joinedBefore(i, c), commas > 0
			t.coming = (c.says != Present || f.isBecoming(q)) && (t.coming || f.isComing(i))
			return t
		case c.of == subject && including:
			t.known, t.status = true, c.says
			return t
		case f.isFinite(i):
			t.coming = t.coming || f.isComing(i)
			return t
		}
	}
	return t
}

// isIncluding reports whether the count is told of with others before token i:
// "were killed, including two", "as well as two", "along with two".
func (f *finder) isIncluding(i int) bool {
	switch f.low(i) {
	case "including", "include", "includes", "included", "among":
		return true
	case "as":
		return f.low(i-1) == "well"
	case "with":
		return f.low(i-1) == "along" || f.low(i-1) == "together"
	}
	return false
}

// leftFor returns what a verb that leaves people in a state says of the count:
// "left two soldiers and a guard dead".
func (f *finder) leftFor(p phrase) (Status, bool) {
	for i := p.last; i < p.last+8 && !f.endsClause(i); i++ {
		if c := f.at(i).other; c.says.isFate() {
			return c.says, true
		}
	}
	return Unknown, false
}

// isRate reports whether "by" at i tells how much or when: "by 2,000", "by the
// end of".
func (f *finder) isRate(i int) bool {
	return f.tag(i+1) == "CD" && f.isChange(i) || f.low(i+2) == "end" || f.low(i+1) == "early" || f.low(i+1) == "late"
}

// hangsOn reports whether the count that begins at token start hangs on the noun
// at i: "the deaths of 14", "the withdrawal of an additional 500".
func (f *finder) hangsOn(i, start int, including bool) bool {
	if f.low(i+1) != "of" && !(f.low(i+1) == "in" && f.at(i).name.says == Killed) && !including {
		return false
	}
	for k := i + 1; k < start; k++ {
		if f.isVerb(k) && !including {
			return false
		}
	}
	return true
}

// governs reports whether the verb at i has the count that begins at token start
// for its object: "killed 12", "were killed, including two".
func (f *finder) governs(i, start int, including bool) bool {
	for k := i - 1; k >= i-4; k-- {
		if f.is(k, be) && f.tag(i) != "VBG" {
			return including
		}
		if f.tag(k) != "RB" && !f.is(k, have|adverb) {
			break
		}
	}
	for k := i + 1; k < start; k++ {
		switch w := f.low(k); {
		case f.isFinite(k) && f.at(k).verb.of == none:
			return false // the object of another verb
		case including:
		case f.tag(k) == "IN" && !isTransparent(w):
			return false
		}
	}
	return true
}

// isTransparent reports whether an object may begin behind preposition w:
// "killing in one raid five soldiers", "sent a force of 500".
func isTransparent(w string) bool {
	switch w {
	case "of", "in", "at", "up", "to", "between", "by":
		return true
	}
	return false
}

// joinedBefore is joinedFate for a verb before its object: "killed or wounded 200
// men".
func (f *finder) joinedBefore(i int, c cue) Status {
	if w := f.low(i - 1); w == "or" || w == "and" {
		if d := f.at(i - 2).verb; d.of == object && d.says.isLoss() && c.says.isLoss() && d.says != c.says {
			return Casualties
		}
	}
	return c.says
}
