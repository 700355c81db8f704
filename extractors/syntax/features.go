package syntax

func (w *word) t() uint64  { return uint64(w.tag) }
func (w *word) tp() uint64 { return uint64(w.tag)<<8 | uint64(w.prose) }
func (w *word) ts() uint64 { return uint64(w.tag)<<8 | uint64(w.second) }
func (w *word) wt() uint64 { return w.lower*31 + uint64(w.tag) }
func (w *word) r() uint64  { return uint64(w.role) }
func (w *word) f() uint64  { return uint64(w.fine) }
func (w *word) c() uint64  { return uint64(w.coarse) }
func (w *word) m() uint64  { return uint64(w.before) }

// tags2 and tags3 are the tags of words side by side.
func tags2(a, b *word) uint64    { return a.t() | b.t()<<8 }
func tags3(a, b, c *word) uint64 { return a.t() | b.t()<<8 | c.t()<<16 }

// roles2 are the roles of two words.
func roles2(a, b *word) uint64 { return a.r() | b.r()<<8 }

// word returns word i, or what is outside.
func (s *state) word(i int32) *word { return &s.words[min(i, s.n+1)] }

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
// Nivre 2011). They come in groups by what they look at, so that what was added up
// for a word, or for words that met before, need not be again. Here all stand in the
// order of their templates, of which learning leaves some out by their places.
func (s *state) moveKeys(k *keys) {
	k.n = 0
	s0, s1, s2, b0 := s.top(0), s.top(1), s.top(2), s.ahead(0)
	s.nextKeys(k, b0)
	s.topKeys(k, s0)
	s.secondKeys(k, s1)
	s.thirdKeys(k, s2)
	s.acrossKeys(k, s0, b0)
	s.belowKeys(k, s1, s0)
	s.aroundKeys(k, s1, s0, b0)
	s.threeKeys(k, s2, s1, s0, b0)
	s.topFamilyKeys(k, s0)
	s.secondFamilyKeys(k, s1)
	s.nextFamilyKeys(k, b0)
	s.acrossFamilyKeys(k, s0, b0)
	s.belowFamilyKeys(k, s1, s0)
	s.aroundFamilyKeys(k, s1, s0, b0)
	k.inOrder()
}

// nextKeys look at the next word i and those after it.
func (s *state) nextKeys(k *keys, i int32) {
	b0, b1, b2, b3 := s.word(i), s.word(i+1), s.word(i+2), s.word(i+3)
	k.add(4, b0.wt(), 0, 0)
	k.add(5, b0.lower, 0, 0)
	k.add(6, b0.tp(), 0, 0)
	k.add(7, b0.f(), b0.t(), 0)
	k.add(12, b1.wt(), 0, 0)
	k.add(13, b1.lower, 0, 0)
	k.add(14, b1.tp(), 0, 0)
	k.add(15, b1.f(), b1.t(), 0)
	k.add(18, b2.lower, b2.t(), 0)
	k.add(19, b2.tp(), b2.c(), 0)
	k.add(20, b3.lower, 0, 0)
	k.add(21, b3.tp(), 0, 0)
	k.add(48, b0.lower, b1.lower, 0)
	k.add(49, b0.t(), b1.lower, 0)
	k.add(50, b0.lower, b1.t(), 0)
	k.add(51, b0.t(), b1.t(), 0)
	k.add(52, b0.tp(), b1.tp(), 0)
	k.add(57, b0.ts(), b1.ts(), 0)
	k.add(62, b0.r(), b0.t(), 0)
	k.add(74, tags3(b0, b1, b2), 0, 0)
	k.add(105, b0.m(), b0.wt(), 0)
}

// topKeys, secondKeys and thirdKeys look at word i on top of the stack, or below it.
func (s *state) topKeys(k *keys, i int32) {
	w := s.word(i)
	k.add(0, w.wt(), 0, 0)
	k.add(1, w.lower, 0, 0)
	k.add(2, w.tp(), 0, 0)
	k.add(3, w.f(), w.t(), 0)
	k.add(61, w.r(), w.t(), 0)
}

func (s *state) secondKeys(k *keys, i int32) {
	w := s.word(i)
	k.add(8, w.wt(), 0, 0)
	k.add(9, w.lower, 0, 0)
	k.add(10, w.tp(), 0, 0)
	k.add(11, w.f(), w.t(), 0)
}

func (s *state) thirdKeys(k *keys, i int32) {
	w := s.word(i)
	k.add(16, w.lower, w.t(), 0)
	k.add(17, w.tp(), w.c(), 0)
}

// acrossKeys look at the top of the stack, i, and the next word, j.
func (s *state) acrossKeys(k *keys, i, j int32) {
	s0, b0, b1, b2, b3 := s.word(i), s.word(j), s.word(j+1), s.word(j+2), s.word(j+3)
	k.add(22, s0.wt(), b0.wt(), 0)
	k.add(23, s0.wt(), b0.t(), 0)
	k.add(24, s0.t(), b0.wt(), 0)
	k.add(25, s0.lower, b0.lower, 0)
	k.add(26, s0.t(), b0.t(), 0)
	k.add(27, s0.tp(), b0.tp(), 0)
	k.add(28, s0.f(), b0.lower, s0.t())
	k.add(29, s0.lower, b0.f(), b0.t())
	k.add(30, s0.f(), b0.f(), 0)
	k.add(31, s0.f(), b0.t(), s0.t())
	k.add(32, s0.t(), b0.f(), b0.t())
	k.add(33, s0.c(), b0.c(), tags2(s0, b0))
	k.add(53, s0.lower, b1.lower, 0)
	k.add(54, s0.lower, b1.t(), b0.t())
	k.add(55, s0.ts(), b0.ts(), 0)
	k.add(59, b0.ts(), tags2(s0, b1), 0)
	k.add(60, b1.ts(), tags2(s0, b0), 0)
	k.add(63, roles2(s0, b0), tags2(s0, b0), 0)
	k.add(68, roles2(s0, b0), b1.r(), 0)
	k.add(70, s0.r(), s0.t(), b0.wt())
	k.add(71, b0.r(), b0.t(), s0.wt())
	k.add(75, tags3(b0, b1, b2), b3.t(), s0.t())
	k.add(76, tags3(s0, b0, b1), 0, 0)
	k.add(77, tags3(s0, b0, b1), b2.t(), 0)
	k.add(93, s0.t(), b0.wt(), b1.t())
	k.add(94, s0.wt(), b0.t(), b1.t())
	d, g := distance(i, j), s.between(i, j)
	after := s.word(min(i+1, s.n+1)).m()
	k.add(95, s0.lower, d, 0)
	k.add(96, s0.t(), d, b0.t())
	k.add(97, b0.lower, d, 0)
	k.add(101, g, s0.t(), b0.t())
	k.add(103, b0.m(), s0.t(), b0.t())
	k.add(104, b0.m(), s0.wt(), 0)
	k.add(107, after<<8|s0.m(), s0.t(), b0.t())
	k.add(108, b1.m(), b0.t(), s0.t())
	k.add(109, b0.m()<<8|b1.m(), tags2(s0, b0), b1.t())
}

// belowKeys look at the two words on top of the stack.
func (s *state) belowKeys(k *keys, i, j int32) {
	s1, s0 := s.word(i), s.word(j)
	k.add(34, s1.wt(), s0.wt(), 0)
	k.add(35, s1.wt(), s0.t(), 0)
	k.add(36, s1.t(), s0.wt(), 0)
	k.add(37, s1.lower, s0.lower, 0)
	k.add(38, s1.t(), s0.t(), 0)
	k.add(39, s1.tp(), s0.tp(), 0)
	k.add(40, s1.f(), s0.lower, s1.t())
	k.add(41, s1.lower, s0.f(), s0.t())
	k.add(42, s1.f(), s0.f(), 0)
	k.add(43, s1.c(), s0.c(), tags2(s1, s0))
	k.add(56, s1.ts(), s0.ts(), 0)
	k.add(64, roles2(s0, s1), tags2(s0, s1), 0)
	k.add(69, s0.r(), s0.t(), s1.wt())
	d, g := distance(i, j), s.between(i, j)
	k.add(98, s1.lower, d, 0)
	k.add(99, s1.t(), d, s0.t())
	k.add(100, s0.lower, d, 1)
	k.add(102, g, s1.t(), s0.t())
	k.add(106, s0.m(), s0.t(), s1.t())
}

// aroundKeys look at the two words on top of the stack and the next word.
func (s *state) aroundKeys(k *keys, is1, is0, ib0 int32) {
	s1, s0, b0, b1 := s.word(is1), s.word(is0), s.word(ib0), s.word(ib0+1)
	k.add(44, s1.lower, b0.lower, 0)
	k.add(45, s1.t(), b0.t(), 0)
	k.add(46, s1.lower, b0.t(), 0)
	k.add(47, s1.f(), b0.f(), 1)
	k.add(58, s0.ts(), tags2(s1, b0), 0)
	k.add(65, roles2(s0, s1), b0.r(), 0)
	k.add(66, roles2(s0, s1), b0.r(), tags3(s0, s1, b0))
	k.add(78, tags3(s1, s0, b0), 0, 0)
	k.add(79, tags3(s1, s0, b0), b1.t(), 0)
	k.add(90, s1.t(), s0.wt(), b0.t())
	k.add(91, s1.wt(), s0.t(), b0.t())
	k.add(92, s1.t(), s0.t(), b0.wt())
	k.add(110, s0.m()<<8|b0.m(), tags2(s1, s0), b0.t())
}

// threeKeys look at the three words on top of the stack and the next word.
func (s *state) threeKeys(k *keys, is2, is1, is0, ib0 int32) {
	s2, s1, s0, b0 := s.word(is2), s.word(is1), s.word(is0), s.word(ib0)
	k.add(67, roles2(s0, s1), s2.r(), s0.t())
	k.add(80, tags3(s2, s1, s0), 0, 0)
	k.add(81, tags3(s2, s1, s0), b0.t(), 0)
}

// What follows looks at the words that hang on those: topFamilyKeys and
// secondFamilyKeys at those of word i on top of the stack, or below it, and
// nextFamilyKeys at those of the next word.

func (s *state) topFamilyKeys(k *keys, i int32) {
	w, n := s.word(i), &s.nodes[i]
	l, r := s.word(n.l1), s.word(n.r1)
	k.add(111, w.lower, number(n.nr), 0)
	k.add(113, w.lower, number(n.nl), 1)
	k.add(119, w.lower, n.rights, 0)
	k.add(121, w.lower, n.lefts, 0)
	k.add(130, l.lower, 0, 0)
	k.add(131, l.t(), uint64(s.nodes[n.l1].label), 0)
	k.add(132, r.lower, 0, 0)
	k.add(133, r.t(), uint64(s.nodes[n.r1].label), 0)
	k.add(140, tags3(w, l, s.word(n.l2)), 0, 0)
	k.add(141, tags3(w, r, s.word(n.r2)), 0, 0)
}

func (s *state) secondFamilyKeys(k *keys, i int32) {
	w, n := s.word(i), &s.nodes[i]
	l, r := s.word(n.l1), s.word(n.r1)
	k.add(115, w.lower, number(n.nr), 2)
	k.add(123, w.lower, n.rights, 0)
	k.add(134, l.lower, 0, 0)
	k.add(135, l.t(), uint64(s.nodes[n.l1].label), 0)
	k.add(136, r.lower, 0, 0)
	k.add(137, r.t(), uint64(s.nodes[n.r1].label), 0)
	k.add(142, tags3(w, r, s.word(n.r2)), 0, 0)
}

func (s *state) nextFamilyKeys(k *keys, i int32) {
	w, n := s.word(i), &s.nodes[i]
	l := s.word(n.l1)
	k.add(117, w.lower, number(n.nl), 0)
	k.add(126, w.lower, n.lefts, 0)
	k.add(138, l.lower, 0, 0)
	k.add(139, l.t(), uint64(s.nodes[n.l1].label), 0)
	k.add(143, tags3(w, l, s.word(n.l2)), 0, 0)
}

// acrossFamilyKeys look at the families of the top of the stack, i, and the next word, j.
func (s *state) acrossFamilyKeys(k *keys, i, j int32) {
	s0, b0, n0, nb := s.word(i), s.word(j), &s.nodes[i], &s.nodes[j]
	s0l, b0l := s.word(n0.l1), s.word(nb.l1)
	k.add(73, roles2(s0, b0), tags2(s0, b0), nb.lefts)
	k.add(82, tags3(s0, s0l, b0), 0, 0)
	k.add(83, tags3(s0, s.word(n0.r1), b0), 0, 0)
	k.add(84, tags3(s0, b0, b0l), 0, 0)
	k.add(112, s0.t(), number(n0.nr), b0.t())
	k.add(114, s0.t(), number(n0.nl), b0.t())
	k.add(118, b0.t(), number(nb.nl), s0.t())
	k.add(120, s0.t(), n0.rights, b0.t())
	k.add(122, s0.t(), n0.lefts, b0.t())
	k.add(127, b0.t(), nb.lefts, s0.t())
	k.add(128, tags2(s0, b0), n0.lefts, nb.lefts)
	k.add(145, s0.lower, b0l.lower, b0.t()) // where a prepositional phrase hangs
	k.add(146, s0.f(), b0l.lower, b0.f())
}

// belowFamilyKeys look at the families of the two words on top of the stack.
func (s *state) belowFamilyKeys(k *keys, i, j int32) {
	s1, s0, n1, n0 := s.word(i), s.word(j), &s.nodes[i], &s.nodes[j]
	s0l := s.word(n0.l1)
	k.add(72, roles2(s0, s1), tags2(s0, s1), n1.rights)
	k.add(85, tags3(s1, s.word(n1.r1), s0), 0, 0)
	k.add(86, tags3(s1, s.word(n1.l1), s0), 0, 0)
	k.add(87, tags3(s1, s0, s0l), 0, 0)
	k.add(88, tags3(s1, s0, s.word(n0.r1)), 0, 0)
	k.add(116, s1.t(), number(n1.nr), s0.t())
	k.add(124, s1.t(), n1.rights, s0.t())
	k.add(125, s1.t(), n1.lefts, s0.t())
	k.add(129, tags2(s0, s1), n1.lefts|n1.rights, n0.lefts|n0.rights)
	k.add(147, s1.lower, s0l.lower, s0.t()) // where a prepositional phrase hangs
	k.add(148, s1.f(), s0l.lower, s0.f())
}

// aroundFamilyKeys look at the families of all three, for where a prepositional phrase
// hangs.
func (s *state) aroundFamilyKeys(k *keys, is1, is0, ib0 int32) {
	s1, s0, b0 := s.word(is1), s.word(is0), s.word(ib0)
	s0l, s0r, b0l := s.word(s.nodes[is0].l1), s.word(s.nodes[is0].r1), s.word(s.nodes[ib0].l1)
	k.add(89, tags3(s1, s0, b0), b0l.t(), s0r.t())
	k.add(144, s1.lower, b0l.lower, s0.t())
	k.add(149, tags2(s0, s1), b0l.lower, b0.t())
	k.add(150, tags2(s0, s1), s0l.lower, b0.t())
	k.add(151, s1.f(), b0l.lower, s0.f())
	k.add(152, tags2(s0, s1), s0r.lower, b0.lower)
}

// number counts n dependents, up to three.
func number(n uint8) uint64 { return uint64(min(n, 3)) }

// caseKeys are the cases that may settle the label of the tie of dependent d to head h.
func (s *state) caseKeys(k *keys, ih, id int32) {
	k.n = 0
	h, d, nd := s.word(ih), s.word(id), &s.nodes[id]
	side := uint64(0)
	if id > ih {
		side = 1
	}
	pair := tags2(h, d) | side<<16 | d.r()<<24
	k.add(0, pair, 0, 0)
	k.add(1, pair, d.lower, 0)
	k.add(2, pair, h.f(), nd.lefts)
	k.add(3, pair, h.lower, nd.lefts)
}

// labelKeys are the features by which the tie of dependent d to head h is named.
func (s *state) labelKeys(k *keys, ih, id int32) {
	k.n = 0
	h, d, nh, nd := s.word(ih), s.word(id), &s.nodes[ih], &s.nodes[id]
	side, siblings := uint64(0), nh.lefts
	if id > ih {
		side, siblings = 1, nh.rights
	}
	dp, dn := s.word(s.beside(id-1)), s.word(s.beside(id+1))
	hp, hn := s.word(s.beside(ih-1)), s.word(s.beside(ih+1))
	dl, dr, dl2 := s.word(nd.l1), s.word(nd.r1), s.word(nd.l2)
	hl, hr := s.word(nh.l1), s.word(nh.r1)
	gap := distance(min(ih, id), max(ih, id)) | s.between(min(ih, id), max(ih, id))<<8
	pair := tags2(h, d) | side<<16

	k.add(0, side, 0, 0)
	k.add(1, h.wt(), side, 0)
	k.add(2, h.tp(), side, 0)
	k.add(3, h.f(), h.t(), side)
	k.add(4, d.wt(), side, 0)
	k.add(5, d.lower, side, 0)
	k.add(6, d.tp(), side, 0)
	k.add(7, d.f(), d.t(), side)
	k.add(8, h.wt(), d.wt(), side)
	k.add(9, h.wt(), d.t(), side)
	k.add(10, h.t(), d.wt(), side)
	k.add(11, h.lower, d.lower, side)
	k.add(12, pair, 0, 0)
	k.add(13, pair, uint64(h.prose), uint64(d.prose))
	k.add(14, pair, h.c(), d.c())
	k.add(15, d.r(), side, 0)
	k.add(16, d.r(), pair, 0)
	k.add(17, d.r(), h.r(), side)
	k.add(18, d.r(), d.wt(), side)
	k.add(19, d.r(), h.wt(), side)
	k.add(20, side, h.ts(), d.ts())
	k.add(21, d.lower, d.ts(), side)
	k.add(22, pair, d.ts(), uint64(s.nodes[nd.l1].label))
	k.add(23, h.lower, d.f(), side)
	k.add(24, h.f(), d.lower, side)
	k.add(25, h.f(), d.f(), pair)
	k.add(26, pair, gap, 0)
	k.add(27, d.wt(), gap&0xff, side)
	k.add(28, pair, dl.t(), dr.t())
	k.add(29, pair, dl.lower, 0)
	k.add(30, pair, dl.lower, dl2.lower)
	k.add(31, h.lower, dl.lower, side)
	k.add(32, h.f(), dl.lower, pair)
	k.add(33, d.f(), dl.lower, pair)
	k.add(34, d.wt(), dl.lower, h.t())
	k.add(35, pair, nd.lefts, 0)
	k.add(36, pair, nd.rights, 0)
	k.add(37, d.lower, nd.lefts, side)
	k.add(38, pair, nd.lefts, siblings)
	k.add(39, pair, siblings, 0)
	k.add(40, h.lower, siblings, d.t())
	k.add(41, pair, nh.lefts, nh.rights)
	k.add(42, h.lower, nh.lefts|nh.rights, d.t())
	k.add(43, pair, dp.t(), dn.t())
	k.add(44, pair, hp.t(), hn.t())
	k.add(45, d.wt(), dp.lower, side)
	k.add(46, d.wt(), dn.t(), side)
	k.add(47, pair, dp.lower, 0)
	k.add(48, pair, dn.lower, 0)
	k.add(49, pair, hl.t(), hr.t())
	k.add(50, pair, hl.lower, 0)
	k.add(51, pair, d.m(), dn.m())
	k.add(52, pair, h.m(), hn.m())
	k.add(53, d.lower, d.m(), side)
}

// beside returns i, or outside where there is no word i.
func (s *state) beside(i int32) int32 {
	if i < 0 || i >= s.n {
		return s.n + 1
	}
	return i
}
