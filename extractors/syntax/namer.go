package syntax

// A namer labels arcs. What it found for the same arc under the same circumstances it
// keeps.
type namer struct {
	table   *table
	settled *settled
	keys    keys
	lanes   lanes
	met     [namerPlaces]circumstances
	labels  [namerPlaces]Label
}

const namerPlaces = 256

// circumstances are all that the label of an arc depends on.
type circumstances struct {
	h, d                int32 // h+1, so that nothing is none
	hl, hr, dl, dl2, dr int32
	label               Label  // of dl
	lefts, rights       uint64 // of h
	dlefts, drights     uint64
}

// begin forgets the sentence before.
func (n *namer) begin() { n.met = [namerPlaces]circumstances{} }

// name returns the label of the tie of dependent d to head h.
func (n *namer) name(s *state, h, d int32) Label {
	a, b := &s.nodes[h], &s.nodes[d]
	c := circumstances{h + 1, d, a.l1, a.r1, b.l1, b.l2, b.r1, s.nodes[b.l1].label, a.lefts, a.rights, b.lefts, b.rights}
	i := (uint64(h)<<16 | uint64(d)) * mix1 >> 56 & (namerPlaces - 1)
	if n.met[i] != c {
		n.met[i], n.labels[i] = c, n.find(s, h, d)
	}
	return n.labels[i]
}

func (n *namer) find(s *state, h, d int32) Label {
	s.caseKeys(&n.keys, h, d)
	if class := n.settled.class(n.keys.all()); class > 0 {
		return Label(class)
	}
	label, _ := n.weigh(s, h, d)
	return label
}

// weigh returns the label that most speaks for, and whether no other is near.
func (n *namer) weigh(s *state, h, d int32) (label Label, clearly bool) {
	s.labelKeys(&n.keys, h, d)
	n.lanes.sum(n.table, &n.keys)
	best, _, lead := n.lanes.best(int(Acl), int(labels))
	return Label(best), lead >= doubt
}
