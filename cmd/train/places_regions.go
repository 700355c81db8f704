package main

import (
	"maps"
	"math"
	"slices"
	"strings"

	"sitrep/extractors/places"
)

// settle finds for each of GeoNames' regions the one of ISO 3166-2, puts its
// code in the towns, and gives the regions their people and middle.
func (a *atlas) settle() {
	found := map[string]*region{}
	stated := pairs(statedRegions)
	for key, votes := range a.stateNames() {
		if found[key] = a.regions[stated[key]]; found[key] == nil {
			country, _, _ := strings.Cut(key, ".")
			found[key] = a.match(country, most(votes))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(found)) {
		if r := found[key]; r != nil {
			r.known = true
			r.call(core(most(a.stateNames()[key])))
		}
	}
	for i := range a.towns {
		t := &a.towns[i]
		r := found[t.Country+"."+t.Admin]
		t.Admin = ""
		if r != nil {
			t.Admin = r.code
			r.hold(t)
		}
	}
}

// stateNames gives, by GeoNames' code of a region, how many of its towns are said
// to lie in a region of which name.
func (a *atlas) stateNames() map[string]map[string]int {
	if a.named == nil {
		a.named = map[string]map[string]int{}
		for _, t := range a.towns {
			key := t.Country + "." + t.Admin
			if state := a.states[spot(t.Country, t.Latitude, t.Longitude)]; state != "" {
				if a.named[key] == nil {
					a.named[key] = map[string]int{}
				}
				a.named[key][state]++
			}
		}
	}
	return a.named
}

// most returns the name that has most votes, the first by letters of several.
func most(votes map[string]int) string {
	best := ""
	for name, n := range votes {
		if n > votes[best] || n == votes[best] && name < best {
			best = name
		}
	}
	return best
}

// call adds a name to those of the region unless it has it.
func (r *region) call(name string) {
	if !slices.ContainsFunc(r.names, func(n string) bool { return places.Key(n) == places.Key(name) }) {
		r.names = append(r.names, name)
	}
}

// hold counts a town's people as the region's.
func (r *region) hold(t *town) {
	if t.Population == 0 {
		return
	}
	latitude, longitude, people := t.Latitude*math.Pi/180, t.Longitude*math.Pi/180, float64(t.Population)
	r.people += t.Population
	r.x += people * math.Cos(latitude) * math.Cos(longitude)
	r.y += people * math.Cos(latitude) * math.Sin(longitude)
	r.z += people * math.Sin(latitude)
}

// middle returns the middle of the region's people, in degrees.
func (r *region) middle() (latitude, longitude float64) {
	return math.Atan2(r.z, math.Hypot(r.x, r.y)) * 180 / math.Pi, math.Atan2(r.y, r.x) * 180 / math.Pi
}

// match returns the region of ISO 3166-2 whose name is most like name.
func (a *atlas) match(country, name string) *region {
	var best *region
	top := 0.7
	for _, code := range a.codes() {
		r := a.regions[code]
		if r.country != country {
			continue
		}
		for _, n := range r.names {
			score := alike(core(n), core(name))
			if r.below {
				score -= 0.01
			}
			if score > top {
				best, top = r, score
			}
		}
	}
	return best
}

// codes returns the codes of the regions, sorted.
func (a *atlas) codes() []string { return slices.Sorted(maps.Keys(a.regions)) }

// kinds are words that say what sort of region it is.
var kinds = set("province district region governorate oblast oblast' voblast raion department prefecture county state municipality republic autonomous territory " +
	"parish canton emirate division federal capital city area administrative special zone krai kray okrug wilaya viloyati velayat shaar gorod obl. provincia departamento region's")

// core returns name without the words that say what sort of region it is and
// without "of" and "the".
func core(name string) string {
	var out []string
	for w := range strings.FieldsSeq(name) {
		if low := strings.ToLower(w); !kinds[low] && low != "of" && low != "the" {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return name
	}
	return strings.Join(out, " ")
}

// directions are the words that tell regions of one name apart, by their first letter.
var directions = map[string]byte{"north": 'n', "northern": 'n', "nord": 'n', "norte": 'n', "south": 's', "southern": 's', "sud": 's', "sur": 's',
	"east": 'e', "eastern": 'e', "west": 'w', "western": 'w', "ouest": 'w', "central": 'c', "upper": 'u', "lower": 'l', "national": 'a',
	"northeast": 'N', "northwest": 'W', "southeast": 'E', "southwest": 'S'}

// direction returns the first letters of the directions in the words of key.
func direction(key string) string {
	var out []byte
	for w := range strings.FieldsSeq(key) {
		if d := directions[w]; d > 0 {
			out = append(out, d)
		}
	}
	return string(out)
}

// alike tells how much two names share, by their pairs of letters: 1 all, 0 none.
func alike(a, b string) float64 {
	a, b = places.Key(a), places.Key(b)
	if a == b {
		return 1
	}
	if direction(a) != direction(b) {
		return 0
	}
	pairs := map[string]int{}
	for i := range len(a) - 1 {
		pairs[a[i:i+2]]++
	}
	shared := 0
	for i := range len(b) - 1 {
		if p := b[i : i+2]; pairs[p] > 0 {
			pairs[p]--
			shared++
		}
	}
	return 2 * float64(shared) / float64(max(1, len(a)+len(b)-2))
}
