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
	case p.rule == sizeRule && p.fate == Unknown, f.isBecoming(q):
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
	return (w == "to" || w == "from") && f.isChange(at-1) && !f.isVerb(at-2)
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

// predicate reads what is said behind the count: of its verb, or else of what
// hangs on its noun ("troops based in the south").
func (f *finder) predicate(p phrase) telling {
	if t, ok := f.besides(p.last); ok {
		return t
	}
	var t telling
	hangs, reduced, chain, coming, loose := false, false, false, false, false
	for i := p.last; i < p.last+reach && !f.endsClause(i); {
		g, ok := f.groupAt(i)
		if !ok || f.tag(i) == "VBG" && f.tag(i-1) == "IN" {
			hangs = hangs || f.isRelative(i)
			loose = loose || f.startsCount(i)
			if loose && t.known {
				return t
			}
			i++
			continue
		}
		if f.low(i) == "to" && !chain { // "45,000 men to be sent", "sent 600 men to guard the port"
			if i == p.last {
				t, _ = f.said(g)
			}
			return t
		}
		reduced = f.isReduced(g)
		var here telling
		i = g.last
		here, chain = f.said(g)
		here.loose, here.coming = loose, here.coming || coming
		here.subject = g.finite && !hangs && !reduced
		switch {
		case here.known && here.subject || here.isFate():
			here.past = f.tag(g.head) == "VBD" && !here.coming
			return here
		case here.known && !t.known:
			t = here
		case f.is(g.head, speech): // "500 men, the army said, were sent"
		case chain:
			coming = here.coming
		case here.subject:
			t.coming, t.subject, t.past = t.coming || here.coming, true, f.tag(g.head) == "VBD" && !here.coming
			return t
		}
		hangs = hangs && chain
	}
	t.coming = t.coming || coming
	t.subject = t.subject || reduced // there was no other verb
	return t
}

// isReduced reports whether g may be a participle that hangs on a noun: "two men
// identified as soldiers".
func (f *finder) isReduced(g verbGroup) bool {
	return !g.be && !g.have && !g.coming && (f.tag(g.head) == "VBN" || f.tag(g.head) == "VBD" && f.at(g.head).verb.of == object && !f.hasObject(g.last))
}

// besides reads words right behind a count that need no verb: "12 dead", "300
// troops home", "500 men still in the city", "two soldiers' release".
func (f *finder) besides(i int) (telling, bool) {
	if f.isPossessive(i) {
		c := f.at(i + 1).name
		return telling{status: c.says, known: true}, c.of == nominal
	}
	switch f.low(i) {
	case "already", "now", "still", "currently":
		return telling{status: Present, known: true, firm: true}, f.tag(i+1) == "IN"
	case "in":
		return telling{status: f.at(i + 1).other.says, known: true}, f.at(i + 1).other.says.isFate() // "in captivity"
	}
	c := f.at(i).other
	return telling{status: c.says, known: true}, c.of == other && !c.coming
}

// said returns what a verb group says of its subject. chain tells that the verb
// behind it says more: "are expected to", "were sent and".
func (f *finder) said(g verbGroup) (t telling, chain bool) {
	t.coming = g.coming
	if f.is(g.head, be|have) {
		return f.saidOf(g)
	}
	c := f.cueAt(g.head)
	if after := f.at(g.last).other; after.says.isFate() && f.is(g.head, copula) { // "went missing", "were left dead"
		t.known, t.status = true, after.says
		return t, false
	}
	if f.at(g.head).other.coming {
		t.coming = true
		return t, true
	}
	chain = f.low(g.last) == "to" || f.low(g.last) == "and" && f.isVerb(g.last+1)
	if c.of == none || c.of == nominal || !f.isUndergone(g.head, c, g.be) {
		return t, chain
	}
	t.known, t.status = true, f.joinedFate(g.head, c)
	if c.says == Present {
		t.coming = false // "will remain"
	}
	return t, chain
}

// saidOf returns what the words behind a form of "be" say: "are missing", "will be
// home", "are ready to".
func (f *finder) saidOf(g verbGroup) (t telling, chain bool) {
	t.coming = g.coming
	for i := g.last; i < g.last+4; i++ {
		c := f.at(i).other
		if c.coming {
			t.coming = true
			return t, true
		}
		if c.of == other {
			t.known, t.status = true, c.says
			return t, false
		}
	}
	return t, f.low(g.last) == "to"
}

// joinedFate returns the status of the cue at i, joined with one that follows:
// "killed or wounded".
func (f *finder) joinedFate(i int, c cue) Status {
	if w := f.low(i + 1); w == "or" || w == "and" {
		next := i + 2
		for f.is(next, adverb) {
			next++
		}
		if d := f.at(next).verb; d.of == object && d.says.isLoss() && c.says.isLoss() && d.says != c.says && !f.hasObject(next+1) {
			return Casualties
		}
	}
	return c.says
}

// isLoss reports whether s is a loss to those who suffer it.
func (s Status) isLoss() bool { return Killed <= s && s <= Missing }

// endsClause reports whether what stands from i on is no longer said of what
// stands before.
func (f *finder) endsClause(i int) bool {
	switch f.low(i) {
	case "", ";", ":", "”", "''", "but", "when", "where", "while", "after", "before", "because", "although", "though", "since", "if":
		return true
	case "as":
		return f.low(i+1) != "part"
	}
	return false
}

func (f *finder) isRelative(i int) bool {
	switch f.low(i) {
	case "who", "which", "that", "whom":
		return true
	}
	return false
}

func (f *finder) startsCount(i int) bool { return f.tag(i) == "CD" || f.low(i) == "several" }

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
		case isIncluding(w), w == "well" && f.low(i+1) == "as":
			including = true
		case w == ",":
			commas++
		case w == ";", w == ":", f.opensClause(i):
			return t
		case w == "against" && f.at(i-1).name.of == nominal && f.at(i-1).name.says == Unknown: // "charges against 12 soldiers"
			t.known = true
			return t
		case w == "by" && !f.isRate(i):
			t.agent = true
			return t // "an attack by 300 rebels"
		case w == "with" && f.low(i-1) != "along" && f.low(i-1) != "together", w == "against", w == "alongside":
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

func isIncluding(w string) bool {
	switch w {
	case "including", "include", "includes", "included", "among":
		return true
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

// opensClause reports whether token i begins the clause that the count is in, so
// that nothing before it governs the count.
func (f *finder) opensClause(i int) bool {
	switch f.low(i) {
	case "but", "where", "when", "while", "because", "although", "though", "which", "who", "whose", "whom":
		return true
	case "that":
		return f.tag(i) != "DT"
	case "as": // not "as well as"
		return f.low(i-1) != "well" && f.low(i+1) != "well"
	}
	return f.is(i, speech)
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
			return including || f.low(i+1) == "along" || f.low(i+1) == "with"
		}
		if f.tag(k) != "RB" && !f.is(k, have|adverb) {
			break
		}
	}
	for k := i + 1; k < start; k++ {
		switch w := f.low(k); {
		case f.isFinite(k) && f.at(k).verb.of == none:
			return false // the object of another verb
		case including, w == "along", w == "together", w == "with" && (f.low(k-1) == "along" || f.low(k-1) == "together"):
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

// isComing reports whether the verb at i is still to be: "will send", "plans to
// deploy", "approved sending".
func (f *finder) isComing(i int) bool {
	for k := i - 1; k >= i-8; k-- {
		switch w := f.low(k); {
		case w == "", w == ",", w == ";":
			return false
		case f.tag(k) == "MD", f.at(k).other.coming:
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
