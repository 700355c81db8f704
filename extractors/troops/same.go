package troops

// repeats marks the counts that say again what an earlier one said: "the 500
// trainees".
func (f *finder) repeats() {
	type key struct {
		low, high Bound
		what      What
	}
	first := map[key]int{}
	for i := range f.counts {
		c := &f.counts[i]
		k := key{c.Min, c.Max, c.What}
		j, seen := first[k]
		if !seen {
			first[k] = i
			continue
		}
		if f.isRepeat(j, i) {
			c.Same = j
		}
	}
}

// isRepeat reports whether count i repeats count j of the same number: it is
// pointed at ("the", "these", "all"), or the number is too large and too much
// alike for chance.
func (f *finder) isRepeat(j, i int) bool {
	a, b := f.counts[j], f.counts[i]
	if a.Nationality != b.Nationality && a.Nationality != "" && b.Nationality != "" || a.Force != b.Force {
		return false
	}
	if f.ends[j].number.vague || f.ends[i].number.vague {
		return false
	}
	switch f.low(f.ends[i].first - 1) {
	case "the", "those", "these", "all":
		return true
	case "another", "other", "additional", "further":
		return false
	}
	apart := f.ends[i].sentence != f.ends[j].sentence
	alike := a.Status == b.Status || a.Status == Unknown || b.Status == Unknown || a.Status.inPlace() && b.Status.inPlace()
	return apart && alike && max(b.Min, b.Max) >= 20 && !b.Elliptical
}

// moved reports whether s tells that people are sent, kept or brought home.
func (s Status) moved() bool { return s.inPlace() || s == Planned || s == Withdrawn }

// inPlace reports whether s only says where people are.
func (s Status) inPlace() bool { return s == Present || s == Deployed || s == Arriving }
