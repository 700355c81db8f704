package troops

// reach is how many tokens from a count a rule looks for what is told of it.
const reach = 18

// A telling is what a text says of the people of a count on one side of it.
type telling struct {
	status  Status
	known   bool // something is said; Unknown then is something that is no status
	coming  bool // it is still to be
	loose   bool // another count stands between
	subject bool // the count is the subject of a finite verb
	apart   bool // a comma stands between
	firm    bool // where people already are, whatever else is told
	past    bool // the verb is in the past
	agent   bool // the count does what is told, behind "by"
}

// status returns what the text says of the people of a count.
func (f *finder) status(p phrase, q quantity) Status {
	if s := f.within(p, q); s != Unknown {
		return s.of(p.what)
	}
	right, left := f.predicate(p), f.governor(p, q)
	told := p.choose(right, left)
	switch {
	case p.fate == Unknown && (p.rule == sizeRule || p.what == Troops && p.rule != totalRule && f.isBecoming(q)):
		return told.sized(f.isFrom(q))
	case told.known && !(told.status == Present && p.force == Multinational):
		return told.settled().of(p.what)
	case p.what == Others || p.what.IsMateriel():
		return Unknown
	case p.antecedent >= 0 && p.rule == partRule: // "four of them seriously"
		return f.counts[p.antecedent].Status
	case told.coming && (p.force != NonState || q.strong):
		return Planned
	case p.force == Multinational:
		return Deployed
	}
	return Present
}

// choose weighs what stands on either side of a count, and its noun. What
// befalls people goes before where they are; what is still to be colours it.
func (p phrase) choose(right, left telling) telling {
	fate := telling{status: p.fate, known: p.fate != Unknown}
	if right.subject && left.apart {
		left.known = false // "after losing the town, 500 men fled"
	}
	if right.subject && left.agent {
		right = telling{} // "the raid by 20 rebels was foiled"
	}
	switch {
	case fate.known && p.fate != Captured:
		return fate
	case right.isFate() && !right.loose && !(p.fate == Captured && right.status == Captured):
		return right
	case left.isFate():
		return left
	case fate.known:
		return fate
	case right.isFate():
		return right
	case right.firm:
		return right
	case right.known && (!left.known || left.status == Present || left.status == Unknown):
		right.coming = right.coming || left.coming && !right.past && right.status != Present
		return right
	case left.known:
		return left
	}
	return telling{coming: right.coming || left.coming && !right.past}
}

// sized returns the status of the size of a force: what it becomes may be planned.
func (t telling) sized(from bool) Status {
	switch {
	case t.known && t.status == Withdrawn: // "cut its troops by 1,000"
		return Withdrawn
	case t.coming && !from:
		return Planned
	}
	return Present
}

// isBecoming reports whether q is what a force grows or shrinks to or from: "cut
// its presence to 300 soldiers".
func (f *finder) isBecoming(q quantity) bool {
	_, at := f.hedge(q)
	w := f.low(at - 1)
	return (w == "to" || w == "from") && f.isChange(at-1) && (!f.isVerb(at-2) || f.is(at-2, size))
}

func (f *finder) isFrom(q quantity) bool {
	_, at := f.hedge(q)
	if f.low(at-1) == "the" {
		at--
	}
	return f.low(at-1) == "from"
}

func (t telling) isFate() bool { return t.known && t.status.isFate() }

// settled returns the status told: where people will be is planned, what befalls
// them and that they leave is not.
func (t telling) settled() Status {
	if t.coming && t.status.isInPlace() {
		return Planned
	}
	return t.status
}

// isFate reports whether s befalls people, one by one.
func (s Status) isFate() bool { return Killed <= s && s <= Destroyed }

// isInPlace reports whether s only says where people are.
func (s Status) isInPlace() bool { return s == Present || s == Deployed || s == Arriving }

// of returns s as it is said of what is counted: tanks are not killed, and an
// army that is destroyed has casualties.
func (s Status) of(what What) Status {
	switch {
	case what.IsMateriel() && (s == Killed || s == Wounded || s == Casualties || s == Missing):
		return Unknown
	case !what.IsMateriel() && s == Destroyed:
		return Casualties
	}
	return s
}

// within reads the words inside the count: "22 dead guerrillas".
func (f *finder) within(p phrase, q quantity) Status {
	for i := q.last; i < p.head; i++ {
		w := f.at(i)
		switch {
		case w.other.says.isFate():
			return w.other.says
		case w.verb.of == object && w.verb.says.isFate() && (f.tag(i) == "VBN" || f.tag(i) == "VBD" || f.tag(i) == "JJ"):
			return w.verb.says
		}
	}
	return Unknown
}

// isLoss reports whether s is a loss to those who suffer it.
func (s Status) isLoss() bool { return Killed <= s && s <= Missing }
