package troops

// apart returns the counts of people and units, and those of materiel, and marks
// in each those that say again what an earlier one said: "the 500 trainees".
func (f *finder) apart() (people, materiel []Count) {
	type key struct {
		low, high Bound
		what      What
	}
	first := map[key]int{} // index into f.counts
	at := make([]int, len(f.counts))
	for i, c := range f.counts {
		list := &people
		if c.What.IsMateriel() {
			list = &materiel
		}
		at[i] = len(*list)
		k := key{c.Min, c.Max, c.What}
		if j, seen := first[k]; !seen {
			first[k] = i
		} else if f.isRepeat(j, i) {
			c.Same = at[j]
		}
		*list = append(*list, c)
	}
	return people, materiel
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
	switch f.doc.Lower(f.ends[i].first - 1) {
	case "the", "those", "these", "all":
		return true
	case "another", "other", "additional", "further":
		return false
	}
	apart := f.ends[i].sentence != f.ends[j].sentence
	alike := a.Status == b.Status || a.Status == Unknown || b.Status == Unknown || a.Status.isInPlace() && b.Status.isInPlace()
	return apart && alike && max(b.Min, b.Max) >= 20 && !b.Elliptical
}
