package troops

// endsClause reports whether what stands from i on is no longer said of what
// stands before.
func (f *finder) endsClause(i int) bool {
	switch f.low(i) {
	case "", ";", ":", "”", "''", "but", "when", "where", "while", "after", "before", "because", "although", "though", "since", "if":
		return true
	case "as": // not "as hostages"
		return f.tag(i+1) != "NN" && f.tag(i+1) != "NNS"
	}
	return false
}

func (f *finder) isRelative(i int) bool {
	switch f.low(i) {
	case "who", "which", "that", "whom", "whose":
		return true
	}
	return false
}

func (f *finder) startsCount(i int) bool { return f.tag(i) == "CD" || f.low(i) == "several" }

// opensClause reports whether token i begins the clause that the count is in, so
// that nothing before it governs the count.
func (f *finder) opensClause(i int) bool {
	switch f.low(i) {
	case "but", "where", "when", "while", "because", "although", "though", "which", "who", "whose", "whom":
		return true
	case "that":
		return f.tag(i) != "DT"
	case "as":
		return f.low(i+1) != "well" // "as well as"
	}
	return f.is(i, speech)
}

// isComing reports whether the verb at i is still to be: "will send", "plans to
// deploy", "approved sending".
func (f *finder) isComing(i int) bool {
	for k := i - 1; k >= i-8; k-- {
		switch w := f.low(k); {
		case w == "", w == ",", w == ";":
			return false
		case f.tag(k) == "MD", f.cueAt(k).coming:
			return true
		case f.tag(k) == "VBD" && !f.is(k, be|have):
			return false
		}
	}
	return false
}

// isFinite reports whether token i is a finite verb in the past or of the third
// person, not an adjective that looks like one ("the improvised device").
func (f *finder) isFinite(i int) bool {
	switch f.tag(i) {
	case "VBD":
		return !f.is(i, be|have) && f.tag(i-1) != "DT" && f.tag(i+1) != "NN"
	case "VBZ":
		return !f.is(i, be|have)
	}
	return false
}
