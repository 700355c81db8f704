package people

import "sitrep/extractors/text"

// rolesOf returns for each candidate the roles that the words beside it give, and
// tells each its gender, age and home.
func (r *reading) rolesOf(all []candidate) [][]Role {
	r.place(all)
	out := make([][]Role, len(all))
	for n := range all {
		c := &all[n]
		c.lead = c.first
		if part := r.part[c.first]; part == text.Author || part == text.Bio {
			continue
		}
		s := r.doc.Sentences[r.sentence[c.first]]
		take := func(p phrase) {
			if p.role.class > honorific {
				out[n] = append(out[n], p.role)
			}
			c.learn(&p)
		}
		c.lead = r.before(c, s.First, take)
		r.apposedBefore(c, s.First, take)
		r.after(c, s.Last, take)
		r.of(c, s.Last, out[n])
		c.relative = r.relativeOf(c.lead, s.First)
		if land := r.owner(c.lead); land != "" {
			c.home = land
		}
	}
	return out
}

// place notes which candidate each token is part of.
func (r *reading) place(all []candidate) {
	r.all = all
	r.person = make([]int32, len(r.doc.Tokens))
	for i := range r.person {
		r.person[i] = -1
	}
	for n, c := range all {
		for i := c.first; i < c.last; i++ {
			r.person[i] = int32(n)
		}
	}
}

// learn takes what p tells of the person, unless it is known.
func (c *candidate) learn(p *phrase) {
	if c.gender == unknown {
		c.gender = p.gender
	}
	if c.age == "" {
		c.age = p.age
	}
}
