package syntax

// A view gathers what the features of a word are made of.
type view struct {
	*word
	*tie
	t  uint64 // tag
	tp uint64 // tag and prose's
	ts uint64 // tag and second best
	r  uint64 // role
	wt uint64 // word and tag
}

func (s *state) view(i int32) view {
	w := &s.words[i]
	t := uint64(w.tag)
	return view{w, &s.nodes[i], t, t<<8 | uint64(w.prose), t<<8 | uint64(w.second), uint64(w.role), w.lower*31 + t}
}

// distance returns how far apart a and b are, in classes.
func distance(a, b int32) uint64 {
	switch d := b - a; {
	case d < 0:
		return 9
	case d < 6:
		return uint64(d)
	case d < 10:
		return 6
	}
	return 7
}

// between describes what stands between words a and b: commas, verbs.
func (s *state) between(a, b int32) uint64 {
	if a > s.n || b > s.n || a > b {
		return 1 << 20
	}
	x, y := &s.words[a], &s.words[b]
	verbs := s.words[min(b, s.n-1)].verbs - x.verbs
	return uint64(min(y.commas-x.commas, 3)) | uint64(min(verbs, 2))<<4
}

// moveKeys are the features by which the next move is chosen (after Zhang and
// Nivre 2011).
func (s *state) moveKeys(k *keys) {
	k.n = 0
	is0, is1, is2 := s.top(0), s.top(1), s.top(2)
	ib0, ib1, ib2 := s.ahead(0), s.ahead(1), s.ahead(2)
	s0, s1, s2 := s.view(is0), s.view(is1), s.view(is2)
	b0, b1, b2 := s.view(ib0), s.view(ib1), s.view(ib2)
	b3 := &s.words[s.ahead(3)]
	s0l, s0r, s1l, s1r, b0l := s.view(s0.l1), s.view(s0.r1), s.view(s1.l1), s.view(s1.r1), s.view(b0.l1)
	s0l2, s0r2, s1r2, b0l2 := &s.words[s0.l2], &s.words[s0.r2], &s.words[s1.r2], &s.words[b0.l2]
	f := func(v view) uint64 { return uint64(v.fine) }
	c := func(v view) uint64 { return uint64(v.coarse) }
	t3 := func(a, b, d uint64) uint64 { return a | b<<8 | d<<16 }

	// Words by themselves.
	for _, v := range [...]view{s0, b0} {
		k.add(v.wt, 0, 0)
		k.add(v.lower, 0, 0)
		k.add(v.tp, 0, 0)
		k.add(f(v), v.t, 0)
	}
	for _, v := range [...]view{s1, b1} {
		k.add(v.wt, 0, 0)
		k.add(v.lower, 0, 0)
		k.add(v.tp, 0, 0)
		k.add(f(v), v.t, 0)
	}
	for _, v := range [...]view{s2, b2} {
		k.add(v.lower, v.t, 0)
		k.add(v.tp, c(v), 0)
	}
	k.add(b3.lower, 0, 0)
	k.add(uint64(b3.tag)<<8|uint64(b3.prose), 0, 0)

	// Pairs.
	k.add(s0.wt, b0.wt, 0)
	k.add(s0.wt, b0.t, 0)
	k.add(s0.t, b0.wt, 0)
	k.add(s0.lower, b0.lower, 0)
	k.add(s0.t, b0.t, 0)
	k.add(s0.tp, b0.tp, 0)
	k.add(f(s0), b0.lower, s0.t)
	k.add(s0.lower, f(b0), b0.t)
	k.add(f(s0), f(b0), 0)
	k.add(f(s0), b0.t, s0.t)
	k.add(s0.t, f(b0), b0.t)
	k.add(c(s0), c(b0), s0.t|b0.t<<8)
	k.add(s1.wt, s0.wt, 0)
	k.add(s1.wt, s0.t, 0)
	k.add(s1.t, s0.wt, 0)
	k.add(s1.lower, s0.lower, 0)
	k.add(s1.t, s0.t, 0)
	k.add(s1.tp, s0.tp, 0)
	k.add(f(s1), s0.lower, s1.t)
	k.add(s1.lower, f(s0), s0.t)
	k.add(f(s1), f(s0), 0)
	k.add(c(s1), c(s0), s1.t|s0.t<<8)
	k.add(s1.lower, b0.lower, 0)
	k.add(s1.t, b0.t, 0)
	k.add(s1.lower, b0.t, 0)
	k.add(f(s1), f(b0), 1)
	k.add(b0.lower, b1.lower, 0)
	k.add(b0.t, b1.lower, 0)
	k.add(b0.lower, b1.t, 0)
	k.add(b0.t, b1.t, 0)
	k.add(b0.tp, b1.tp, 0)
	k.add(s0.lower, b1.lower, 0)
	k.add(s0.lower, b1.t, b0.t)

	k.add(s0.ts, b0.ts, 0)
	k.add(s1.ts, s0.ts, 0)
	k.add(b0.ts, b1.ts, 0)
	k.add(s0.ts, s1.t|b0.t<<8, 0)
	k.add(b0.ts, s0.t|b1.t<<8, 0)
	k.add(b1.ts, s0.t|b0.t<<8, 0)

	// Roles.
	k.add(s0.r, s0.t, 0)
	k.add(b0.r, b0.t, 0)
	k.add(s0.r|b0.r<<8, s0.t|b0.t<<8, 0)
	k.add(s0.r|s1.r<<8, s0.t|s1.t<<8, 0)
	k.add(s0.r|s1.r<<8, b0.r, 0)
	k.add(s0.r|s1.r<<8, b0.r, s0.t|s1.t<<8|b0.t<<16)
	k.add(s0.r|s1.r<<8, s2.r, s0.t)
	k.add(s0.r|b0.r<<8, uint64(b1.role), 0)
	k.add(s0.r, s0.t, s1.wt)
	k.add(s0.r, s0.t, b0.wt)
	k.add(b0.r, b0.t, s0.wt)
	k.add(s0.r|s1.r<<8, s0.t|s1.t<<8, s1.rights)
	k.add(s0.r|b0.r<<8, s0.t|b0.t<<8, b0.lefts)

	// Tags in threes and fours.
	k.add(t3(b0.t, b1.t, b2.t), 0, 0)
	k.add(t3(b0.t, b1.t, b2.t), uint64(b3.tag), s0.t)
	k.add(t3(s0.t, b0.t, b1.t), 0, 0)
	k.add(t3(s0.t, b0.t, b1.t), b2.t, 0)
	k.add(t3(s1.t, s0.t, b0.t), 0, 0)
	k.add(t3(s1.t, s0.t, b0.t), b1.t, 0)
	k.add(t3(s2.t, s1.t, s0.t), 0, 0)
	k.add(t3(s2.t, s1.t, s0.t), b0.t, 0)
	k.add(t3(s0.t, s0l.t, b0.t), 0, 0)
	k.add(t3(s0.t, s0r.t, b0.t), 0, 0)
	k.add(t3(s0.t, b0.t, b0l.t), 0, 0)
	k.add(t3(s1.t, s1r.t, s0.t), 0, 0)
	k.add(t3(s1.t, s1l.t, s0.t), 0, 0)
	k.add(t3(s1.t, s0.t, s0l.t), 0, 0)
	k.add(t3(s1.t, s0.t, s0r.t), 0, 0)
	k.add(t3(s1.t, s0.t, b0.t), b0l.t, s0r.t)
	k.add(s1.t, s0.wt, b0.t)
	k.add(s1.wt, s0.t, b0.t)
	k.add(s1.t, s0.t, b0.wt)
	k.add(s0.t, b0.wt, b1.t)
	k.add(s0.wt, b0.t, b1.t)

	// Distance and what stands between.
	d0, d1 := distance(is0, ib0), distance(is1, is0)
	k.add(s0.lower, d0, 0)
	k.add(s0.t, d0, b0.t)
	k.add(b0.lower, d0, 0)
	k.add(s1.lower, d1, 0)
	k.add(s1.t, d1, s0.t)
	k.add(s0.lower, d1, 1)
	g0, g1 := s.between(is0, ib0), s.between(is1, is0)
	m0 := uint64(b0.before)
	r0 := uint64(s.words[min(is0+1, s.n+1)].before)
	k.add(g0, s0.t, b0.t)
	k.add(g1, s1.t, s0.t)
	k.add(m0, s0.t, b0.t)
	k.add(m0, s0.wt, 0)
	k.add(m0, b0.wt, 0)
	k.add(uint64(s0.before), s0.t, s1.t)
	k.add(r0<<8|uint64(s0.before), s0.t, b0.t)
	k.add(uint64(b1.before), b0.t, s0.t)
	k.add(m0<<8|uint64(b1.before), s0.t|b0.t<<8, b1.t)
	k.add(uint64(s0.before)<<8|m0, s1.t|s0.t<<8, b0.t)

	// Numbers and sets of dependents.
	v0l, v0r := uint64(min(s0.nl, 3)), uint64(min(s0.nr, 3))
	v1r := uint64(min(s1.nr, 3))
	vbl := uint64(min(b0.nl, 3))
	k.add(s0.lower, v0r, 0)
	k.add(s0.t, v0r, b0.t)
	k.add(s0.lower, v0l, 1)
	k.add(s0.t, v0l, b0.t)
	k.add(s1.lower, v1r, 2)
	k.add(s1.t, v1r, s0.t)
	k.add(b0.lower, vbl, 0)
	k.add(b0.t, vbl, s0.t)
	k.add(s0.lower, s0.rights, 0)
	k.add(s0.t, s0.rights, b0.t)
	k.add(s0.lower, s0.lefts, 0)
	k.add(s0.t, s0.lefts, b0.t)
	k.add(s1.lower, s1.rights, 0)
	k.add(s1.t, s1.rights, s0.t)
	k.add(s1.t, s1.lefts, s0.t)
	k.add(b0.lower, b0.lefts, 0)
	k.add(b0.t, b0.lefts, s0.t)
	k.add(s0.t|b0.t<<8, s0.lefts, b0.lefts)
	k.add(s0.t|s1.t<<8, s1.lefts|s1.rights, s0.lefts|s0.rights)

	// The dependents.
	for _, v := range [...]view{s0l, s0r, s1l, s1r, b0l} {
		k.add(v.lower, 0, 0)
		k.add(v.t, uint64(v.label), 0)
	}
	k.add(t3(s0.t, s0l.t, uint64(s0l2.tag)), 0, 0)
	k.add(t3(s0.t, s0r.t, uint64(s0r2.tag)), 0, 0)
	k.add(t3(s1.t, s1r.t, uint64(s1r2.tag)), 0, 0)
	k.add(t3(b0.t, b0l.t, uint64(b0l2.tag)), 0, 0)

	// Where a prepositional phrase hangs.
	k.add(s1.lower, b0l.lower, s0.t)
	k.add(s0.lower, b0l.lower, b0.t)
	k.add(f(s0), b0l.lower, f(b0))
	k.add(s1.lower, s0l.lower, s0.t)
	k.add(f(s1), s0l.lower, f(s0))
	k.add(s0.t|s1.t<<8, b0l.lower, b0.t)
	k.add(s0.t|s1.t<<8, s0l.lower, b0.t)
	k.add(f(s1), b0l.lower, f(s0))
	k.add(s0.t|s1.t<<8, s0r.lower, b0.lower)
}

// labelKeys are the features by which the tie of dependent d to head h is named.
func (s *state) labelKeys(k *keys, ih, id int32) {
	k.n = 0
	h, d := s.view(ih), s.view(id)
	side := uint64(0)
	if id > ih {
		side = 1
	}
	dp, dn := s.view(s.beside(id-1)), s.view(s.beside(id+1))
	hp, hn := s.view(s.beside(ih-1)), s.view(s.beside(ih+1))
	dl, dr, hl, hr := s.view(d.l1), s.view(d.r1), s.view(h.l1), s.view(h.r1)
	dl2 := s.view(d.l2)
	siblings := h.lefts
	if side == 1 {
		siblings = h.rights
	}
	gap := distance(min(ih, id), max(ih, id)) | s.between(min(ih, id), max(ih, id))<<8
	pair := h.t | d.t<<8 | side<<16

	k.add(side, 0, 0)
	k.add(h.wt, side, 0)
	k.add(h.tp, side, 0)
	k.add(uint64(h.fine), h.t, side)
	k.add(d.wt, side, 0)
	k.add(d.lower, side, 0)
	k.add(d.tp, side, 0)
	k.add(uint64(d.fine), d.t, side)
	k.add(h.wt, d.wt, side)
	k.add(h.wt, d.t, side)
	k.add(h.t, d.wt, side)
	k.add(h.lower, d.lower, side)
	k.add(pair, 0, 0)
	k.add(pair, uint64(h.prose), uint64(d.prose))
	k.add(pair, uint64(h.coarse), uint64(d.coarse))
	k.add(d.r, side, 0)
	k.add(d.r, pair, 0)
	k.add(d.r, h.r, side)
	k.add(d.r, d.wt, side)
	k.add(d.r, h.wt, side)
	k.add(side, h.ts, d.ts)
	k.add(d.lower, d.ts, side)
	k.add(pair, d.ts, uint64(dl.label))
	k.add(h.lower, uint64(d.fine), side)
	k.add(uint64(h.fine), d.lower, side)
	k.add(uint64(h.fine), uint64(d.fine), pair)
	k.add(pair, gap, 0)
	k.add(d.wt, gap&0xff, side)
	k.add(pair, dl.t, dr.t)
	k.add(pair, dl.lower, 0)
	k.add(pair, dl.lower, dl2.lower)
	k.add(h.lower, dl.lower, side)
	k.add(uint64(h.fine), dl.lower, pair)
	k.add(uint64(d.fine), dl.lower, pair)
	k.add(d.wt, dl.lower, h.t)
	k.add(pair, d.lefts, 0)
	k.add(pair, d.rights, 0)
	k.add(d.lower, d.lefts, side)
	k.add(pair, d.lefts, siblings)
	k.add(pair, siblings, 0)
	k.add(h.lower, siblings, d.t)
	k.add(pair, h.lefts, h.rights)
	k.add(h.lower, h.lefts|h.rights, d.t)
	k.add(pair, dp.t, dn.t)
	k.add(pair, hp.t, hn.t)
	k.add(d.wt, dp.lower, side)
	k.add(d.wt, dn.t, side)
	k.add(pair, dp.lower, 0)
	k.add(pair, dn.lower, 0)
	k.add(pair, hl.t, hr.t)
	k.add(pair, hl.lower, 0)
	k.add(pair, uint64(d.before), uint64(dn.before))
	k.add(pair, uint64(h.before), uint64(hn.before))
	k.add(d.lower, uint64(d.before), side)
}

// beside returns i, or outside where there is no word i.
func (s *state) beside(i int32) int32 {
	if i < 0 || i >= s.n {
		return s.n + 1
	}
	return i
}
