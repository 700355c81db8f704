package syntax

import "sitrep/extractors/text"

// A role is a guess, from the words around it, at what a word is to its head: a
// label, with some told apart by the side of the head. It lets the parser look
// further than its stack and the next words.
type role uint8

// Roles that are no labels: those that mostly stand on the other side.
const (
	oblBefore = role(labels) + iota
	advmodAfter
	advclBefore
	nsubjAfter
	objBefore
	roles
)

// roleOf returns the role of word i of g.
func roleOf(g *gold, i int) role {
	l, after := g.labels[i], g.heads[i] < int32(i)
	switch {
	case l == Obl && !after:
		return oblBefore
	case l == Advmod && after:
		return advmodAfter
	case l == Advcl && !after:
		return advclBefore
	case l == Nsubj && after:
		return nsubjAfter
	case l == Obj && !after:
		return objBefore
	}
	return role(l)
}

// rootBefore is added to word.sofar once a word is taken for the root.
const rootBefore = 1 << 6

// guessing gives words their roles.
var guessing = task{
	from: int(Root), to: int(roles),
	features: roleKeys,
	gold:     func(g *gold, i int) int { return int(roleOf(g, i)) },
	set: func(words []word, i, best, _ int) {
		w := &words[i]
		w.role = role(best)
		w.sofar = at(words, i-1).sofar
		if w.tag.verb() {
			w.sofar = w.sofar&rootBefore | uint8(best)
		}
		if Label(best) == Root {
			w.sofar |= rootBefore
		}
	},
}

// roleKeys are the features of word i, whose tags and the roles before it are
// known.
func roleKeys(k *keys, _ *text.Document, words []word, i int) {
	k.n = 0
	w, p, p2, p3 := &words[i], at(words, i-1), at(words, i-2), at(words, i-3)
	n, n2, n3 := at(words, i+1), at(words, i+2), at(words, i+3)
	t, tp, tp2, tp3 := uint64(w.tag), uint64(p.tag), uint64(p2.tag), uint64(p3.tag)
	tn, tn2, tn3 := uint64(n.tag), uint64(n2.tag), uint64(n3.tag)
	r, r2 := uint64(p.role), uint64(p2.role)
	marks := uint64(w.before)<<8 | uint64(n.before)
	sofar := uint64(p.sofar)
	verbs := uint64(min(p.verbs, 3))
	left := uint64(min(words[len(words)-1].verbs-w.verbs, 3))
	wt := w.lower*31 + t
	around := tp | t<<8 | tn<<16

	k.add(t, 0, 0)
	k.add(wt, 0, 0)
	k.add(uint64(w.fine), t, 0)
	k.add(t, uint64(w.second), uint64(w.prose))
	k.add(around, 0, 0)
	k.add(around, tp2, tn2)
	k.add(t|tn<<8|tn2<<16, tn3, 0)
	k.add(t|tp<<8|tp2<<16, tp3, 0)
	k.add(t|tn<<8|tn2<<16, r, 0)
	k.add(wt, tp, 0)
	k.add(wt, tn, 0)
	k.add(wt, tn, tn2)
	k.add(wt, tp, tn)
	k.add(p.lower, t, 0)
	k.add(n.lower, t, 0)
	k.add(p2.lower, t, tp)
	k.add(n2.lower, t, tn)
	k.add(p.lower, wt, 0)
	k.add(n.lower, wt, 0)
	k.add(p.lower, n.lower, t)
	k.add(p2.lower, p.lower, t)
	k.add(n.lower, n2.lower, t)
	k.add(uint64(p.fine), uint64(w.fine), t)
	k.add(uint64(w.fine), uint64(n.fine), t)
	k.add(uint64(p2.coarse), uint64(w.coarse), around)
	k.add(t, r, r2)
	k.add(wt, r, 0)
	k.add(wt, r, r2)
	k.add(t, r, tn)
	k.add(around, r, r2)
	k.add(uint64(w.fine), r, t)
	k.add(t, sofar, 0)
	k.add(wt, sofar, 0)
	k.add(t, sofar, r)
	k.add(around, sofar, 0)
	k.add(t, sofar, marks)
	k.add(t, marks, tn)
	k.add(t, marks, tp)
	k.add(wt, marks, 0)
	k.add(t, verbs<<4|left, 0)
	k.add(around, verbs<<4|left, sofar)
	k.add(wt, verbs<<4|left, 0)
	k.add(t, verbs<<4|left, uint64(words[0].tag))
	k.add(t, words[0].lower, sofar)
}
