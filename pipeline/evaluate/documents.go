package evaluate

import "sitrep/pipeline/annotations"

// documentLevel compares the people and countries of whole documents, over
// those whose gold has them.
func documentLevel(docs []pair) (people, countries *Tally) {
	for _, d := range docs {
		if d.gold.Gold == nil {
			continue
		}
		if people == nil {
			people, countries = &Tally{}, &Tally{}
		}
		people.add(comparePeople(d))
		countries.add(compareCountries(d))
	}
	return people, countries
}

// compareCountries compares ISO codes. A country that the article names only by
// its regions may be found or not.
func compareCountries(d pair) Tally {
	need, free := map[string]bool{}, map[string]bool{}
	for _, c := range d.gold.Gold.Countries {
		if named(c) {
			need[c.ISO] = true
		} else {
			free[c.ISO] = true
		}
	}
	found := map[string]bool{}
	t := Tally{Gold: len(need)}
	for _, s := range d.pred.Spans {
		if s.Type != annotations.Country || s.Value == nil || *s.Value == "" || free[*s.Value] || found[*s.Value] {
			continue
		}
		found[*s.Value] = true
		t.Predicted++
		if need[*s.Value] {
			t.Matched++
		}
	}
	return t
}

func named(c annotations.GoldCountry) bool {
	for _, f := range c.Forms {
		if f.Kind != annotations.KindRegion {
			return true
		}
	}
	return false
}

// comparePeople counts each gold person once who is predicted under any of
// their names. Predictions under several names of one person count once;
// authors may be found or not.
func comparePeople(d pair) Tally {
	people := d.gold.Gold.People
	predicted := predictedNames(d)
	owner, author := map[string]int{}, map[string]bool{}
	var t Tally
	for i, p := range people {
		hit := false
		for _, name := range append([]string{p.Name}, p.Mentions...) {
			name = norm(name)
			hit = hit || predicted[name]
			if _, taken := owner[name]; !taken {
				owner[name] = i
			}
			if p.Author {
				author[name] = true
			}
		}
		if p.Author {
			continue
		}
		t.Gold++
		if hit {
			t.Matched++
		}
	}
	counted := map[int]bool{}
	for name := range predicted {
		i, known := owner[name]
		if author[name] || known && counted[i] {
			continue
		}
		t.Predicted++
		if known {
			counted[i] = true
		}
	}
	return t
}

// predictedNames returns the values of the predicted people, or their texts.
func predictedNames(d pair) map[string]bool {
	at := annotations.NewOffsets(d.gold.Text)
	names := map[string]bool{}
	for _, s := range d.pred.Spans {
		if s.Type != annotations.Person {
			continue
		}
		if s.Value != nil && *s.Value != "" {
			names[norm(*s.Value)] = true
		} else {
			names[norm(at.Slice(s.Start, s.End))] = true
		}
	}
	return names
}
