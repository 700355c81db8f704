package people

import (
	"sitrep/extractors/text"
)

// rolesOf returns for each candidate the roles that the words beside it give, and
// tells each its gender and age.
func (r *reading) rolesOf(all []candidate) [][]Role {
	r.person = make([]int32, len(r.doc.Tokens))
	for i := range r.person {
		r.person[i] = -1
	}
	for n, c := range all {
		for i := c.first; i < c.last; i++ {
			r.person[i] = int32(n)
		}
	}
	r.all = all
	out := make([][]Role, len(all))
	for n := range all {
		c := &all[n]
		s := r.doc.Sentences[r.sentence[c.first]]
		take := func(p phrase) {
			if p.role.class > honorific {
				out[n] = append(out[n], p.role)
			}
			if c.gender == unknown {
				c.gender = p.gender
			}
			if c.age == "" {
				c.age = p.age
			}
		}
		if part := r.part[c.first]; part == text.Author || part == text.Bio {
			c.lead = c.first
			continue
		}
		limit := r.before(c, s.First, take)
		c.lead, c.relative = limit, r.relativeOf(limit, s.First)
		r.apposedBefore(c, s.First, limit, take)
		r.after(c, s.Last, take)
		r.of(c, s.Last, out[n])
		if land := r.owner(limit); land != "" {
			c.home = land
		}
	}
	return out
}
