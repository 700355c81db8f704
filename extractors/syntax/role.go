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
	cases: func(k *keys, words []word, i int) {
		k.n = 0
		w := &words[i]
		k.add(0, w.wt(), 0, 0)
		k.add(1, w.wt(), at(words, i-1).r(), 0)
		k.add(2, w.wt(), at(words, i+1).t(), 0)
	},
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

	k.add(0, t, 0, 0)
	k.add(1, wt, 0, 0)
	k.add(2, uint64(w.fine), t, 0)
	k.add(3, t, uint64(w.second), uint64(w.prose))
	k.add(4, around, 0, 0)
	k.add(5, around, tp2, tn2)
	k.add(6, t|tn<<8|tn2<<16, tn3, 0)
	k.add(7, t|tp<<8|tp2<<16, tp3, 0)
	k.add(8, t|tn<<8|tn2<<16, r, 0)
	k.add(9, wt, tp, 0)
	k.add(10, wt, tn, 0)
	k.add(11, wt, tn, tn2)
	k.add(12, wt, tp, tn)
	k.add(13, p.lower, t, 0)
	k.add(14, n.lower, t, 0)
	k.add(15, p2.lower, t, tp)
	k.add(16, n2.lower, t, tn)
	k.add(17, p.lower, wt, 0)
	k.add(18, n.lower, wt, 0)
	k.add(19, p.lower, n.lower, t)
	k.add(20, p2.lower, p.lower, t)
	k.add(21, n.lower, n2.lower, t)
	k.add(22, uint64(p.fine), uint64(w.fine), t)
	k.add(23, uint64(w.fine), uint64(n.fine), t)
	k.add(24, uint64(p2.coarse), uint64(w.coarse), around)
	k.add(25, t, r, r2)
	k.add(26, wt, r, 0)
	k.add(27, wt, r, r2)
	k.add(28, t, r, tn)
	k.add(29, around, r, r2)
	k.add(30, uint64(w.fine), r, t)
	k.add(31, t, sofar, 0)
	k.add(32, wt, sofar, 0)
	k.add(33, t, sofar, r)
	k.add(34, around, sofar, 0)
	k.add(35, t, sofar, marks)
	k.add(36, t, marks, tn)
	k.add(37, t, marks, tp)
	k.add(38, wt, marks, 0)
	k.add(39, t, verbs<<4|left, 0)
	k.add(40, around, verbs<<4|left, sofar)
	k.add(41, wt, verbs<<4|left, 0)
	k.add(42, t, verbs<<4|left, uint64(words[0].tag))
	k.add(43, t, words[0].lower, sofar)
}
