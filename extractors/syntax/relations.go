package syntax

// Subject returns the subject of verb v that stands with it, -1 if none does. Of
// two it is the one that is no relative pronoun: "the town which |rebels| seized".
func (t *Tree) Subject(v int) int {
	subject := -1
	for c := range t.Children(v) {
		if l := t.Label(c); l != Nsubj && l != NsubjPass {
			continue
		}
		if subject < 0 || t.relative(subject) {
			subject = c
		}
	}
	return subject
}

// Object returns the direct object of verb v, -1 if it has none.
func (t *Tree) Object(v int) int { return t.Child(v, Obj) }

// Passive reports whether verb v is passive: "was seized", "the town seized by".
func (t *Tree) Passive(v int) bool {
	if t.Child(v, AuxPass, OblAgent) >= 0 || t.Child(v, NsubjPass) >= 0 && t.Child(v, Nsubj) < 0 {
		return true
	}
	switch t.Label(v) {
	case Acl:
		return t.Tag(v) == tagVBN
	case Conj:
		return t.Tag(v) == tagVBN && t.Child(v, Nsubj, Aux) < 0 && t.Passive(t.Head(v))
	}
	return false
}

// Doer returns who does what verb v says: its subject or, of a passive, the agent;
// without one, whom the sentence makes plain: "They came and |left|", "They want
// to |leave|", "They sent her to |help|", "the men who |left|", "the men |leaving|".
// It is -1 when nobody is named.
func (t *Tree) Doer(v int) int {
	if t.Passive(v) {
		return t.Child(v, OblAgent)
	}
	return t.bearer(v)
}

// Undergoer returns whom what verb v says is done to: its object or, of a passive,
// its subject, understood as by Doer: "the town they |seized|". It is -1 when
// nobody is named.
func (t *Tree) Undergoer(v int) int {
	if t.Passive(v) {
		return t.bearer(v)
	}
	o := t.Object(v)
	if t.Label(v) == AclRelcl && (o < 0 || t.relative(o)) {
		if s := t.Subject(v); s >= 0 && !t.relative(s) {
			return t.Head(v)
		}
	}
	return o
}

// bearer returns the subject of v, or what serves as one.
func (t *Tree) bearer(v int) int {
	if s := t.Subject(v); s >= 0 && !t.relative(s) {
		return s
	}
	h := t.Head(v)
	if h < 0 {
		return -1
	}
	switch t.Label(v) {
	case Acl:
		if t.Tag(v) != tagVB {
			return h
		}
	case AclRelcl:
		return h
	case Xcomp, Advcl:
		if o := t.Child(h, Obj, Iobj); o >= 0 && t.infinitive(v) {
			return o
		}
		return t.bearer(h)
	case Conj:
		if t.Tag(h).verb() {
			return t.bearer(h)
		}
	}
	return -1
}

// infinitive reports whether verb v is one with "to", or a bare one.
func (t *Tree) infinitive(v int) bool {
	return t.Tag(v) == tagVB && t.Child(v, Aux) < 0
}

// relative reports whether i is a relative pronoun.
func (t *Tree) relative(i int) bool {
	switch t.Tag(i) {
	case tagWP, tagWDT:
		return true
	}
	return false
}
