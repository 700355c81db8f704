package troops

// predicate reads what is said behind the count: of its verb, or else of what
// hangs on its noun ("troops based in the south").
func (f *finder) predicate(p phrase) telling {
	if t, ok := f.besides(p.last); ok {
		return t
	}
	r := reading{finder: f, from: p.last}
	for i := p.last; i < p.last+reach && !r.done && !f.endsClause(i); {
		g, ok := f.groupAt(i)
		switch {
		case !ok || f.tag(i) == "VBG" && f.tag(i-1) == "IN": // "by attacking"
			r.word(i)
			i++
			continue
		case f.low(i) == "to" && !r.chain:
			r.purpose(i, g)
		default:
			r.verb(g)
		}
		i = g.last
	}
	return r.result()
}

// A reading is what has been read behind a count.
type reading struct {
	*finder
	from     int     // the token behind the count
	told     telling // so far
	hangs    bool    // the next verb hangs on the noun: "who"
	relative bool    // a relative clause has begun
	reduced  bool    // the last verb may be a participle that hangs on the noun
	chain    bool    // the last verb says more with the next: "are expected to"
	coming   bool    // the verb before a chain tells of what is to be
	loose    bool    // another count has begun
	done     bool
}

// word reads token i, which is no verb.
func (r *reading) word(i int) {
	r.hangs = r.hangs || r.isRelative(i)
	r.relative = r.relative || r.hangs
	if r.startsCount(i) {
		r.loose = true
		r.done = r.told.known
	}
}

// purpose reads an infinitive: "70 men to be sent". Elsewhere it tells why
// something is done to the people, not of them: "sent 600 men to guard the port".
func (r *reading) purpose(i int, g verbGroup) {
	if r.relative && !r.told.known { // "whose tours were extended to guard the polls will return"
		return
	}
	if i == r.from {
		r.told, _ = r.said(g)
	}
	r.done = true
}

// verb reads a verb group.
func (r *reading) verb(g verbGroup) {
	here, chain := r.said(g)
	r.reduced = r.isReduced(g)
	here.loose, here.coming = r.loose, here.coming || r.coming
	here.subject = g.finite && !r.hangs && !r.reduced
	here.past = r.tag(g.head) == "VBD" && !here.coming
	switch {
	case here.known && here.subject || here.isFate():
		r.told, r.done = here, true
	case here.known && !r.told.known:
		r.told = here
	case r.is(g.head, speech): // "500 men, the army said, were sent"
	case chain:
		r.coming = here.coming
	case here.subject:
		r.told.subject, r.told.past, r.done = true, here.past, true
		r.told.coming = r.told.coming || here.coming
	}
	r.hangs = r.hangs && chain
	r.chain = chain
}

func (r *reading) result() telling {
	if !r.done {
		r.told.coming = r.told.coming || r.coming
		r.told.subject = r.told.subject || r.reduced // there was no other verb
	}
	return r.told
}

// isReduced reports whether g may be a participle that hangs on a noun: "two men
// known as soldiers".
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
	case "in", "on": // "in captivity", "on death row"
		for k := i + 1; k < i+5 && f.tag(k) != "IN" && !f.isVerb(k); k++ {
			if w, tokens := f.longest(k, func(w *word) bool { return w.other.says.isFate() }); tokens > 0 {
				return telling{status: w.other.says, known: true}, true
			}
		}
		return telling{}, false
	}
	c := f.at(i).other
	return telling{status: c.says, known: true}, c.of == other && !c.coming
}

// said returns what a verb group says of its subject. chain tells that the verb
// behind it says more: "are expected to", "were sent and".
func (f *finder) said(g verbGroup) (t telling, chain bool) {
	t.coming = g.coming
	switch {
	case g.negated:
		return t, false
	case f.is(g.head, be|have):
		return f.saidOf(g)
	}
	c := f.cueAt(g.head)
	if after := f.at(g.last).other; after.says.isFate() && f.is(g.head, copula) { // "went missing", "were left dead"
		t.known, t.status = true, after.says
		return t, false
	}
	if c.coming {
		t.coming = true
		return t, true
	}
	if f.is(g.head, suffer) {
		return f.suffered(g), false
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

// suffered reads "suffered serious injuries", "faced two charges".
func (f *finder) suffered(g verbGroup) telling {
	for i := g.last; i < g.last+5; i++ {
		if c := f.at(i).name; c.of == nominal && (c.says.isFate() || c.says == Unknown) {
			return telling{status: c.says, known: true}
		}
	}
	return telling{coming: g.coming}
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
		if v := f.at(i).verb; f.low(i-1) == "the" && v.says.isFate() { // "are among the injured"
			c = cue{of: other, says: v.says}
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
	if isLink(f.low(i + 1)) {
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
