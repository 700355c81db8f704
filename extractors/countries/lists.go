package countries

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"sitrep/extractors/places"
)

var (
	//go:embed countries.tsv
	countriesTSV string
	//go:embed ambiguous.tsv
	ambiguousTSV string
	//go:embed traps.tsv
	trapsTSV string
	//go:embed areas.tsv
	areasTSV string
	//go:embed disputes.tsv
	disputesTSV string
	//go:embed states.tsv
	statesTSV string
)

// A reading is what a name in the lists means.
type reading struct {
	country Code // "" of a trap, which names no country
	kind    Kind
	place   bool
	tagged  bool   // only where the tagger sees a place: "Jersey"; of a seat, where the text names the country
	others  []Code // further lands of that name: Congo
	site    places.Place
	dispute *dispute
}

// trap reports whether the name holds a country's and means something else.
func (r *reading) trap() bool { return r.country == "" && r.dispute == nil }

// A dispute is about land that several countries claim.
type dispute struct {
	holder Code
	claims []Code
}

// lists is what the tables say.
type lists struct {
	names         map[Code]string
	phrases       words[reading]      // by words as written
	shouted       words[reading]      // by lower-case words, for text in capitals
	states        words[places.Place] // regions by the abbreviations that follow a town: "Ga."
	disputed      map[string]*dispute // by region of ISO 3166-2, or country and "-" for all of it
	groups        words[alias]
	shoutedGroups words[alias]
}

var tables = sync.OnceValue(func() *lists {
	l := &lists{names: map[Code]string{}, disputed: map[string]*dispute{}}
	l.readTraps()
	l.readAmbiguous()
	l.readCountries()
	l.readDisputes()
	l.readAreas()
	l.readStates()
	l.readGroups()
	return l
})

// add puts a name into the lists; where two tables have it, the first read wins.
func (l *lists) add(name string, r reading) {
	name, r.tagged = strings.CutPrefix(name, "?")
	w := split(name)
	l.phrases.add(w, &r)
	if len(name) > 3 || strings.Contains(name, ".") {
		l.shouted.add(lower(w), &r)
	}
}

func (l *lists) readTraps() {
	for _, f := range rows(trapsTSV, 1) {
		l.add(f[0], reading{})
	}
}

var kinds = map[string]Kind{"name": Name, "demonym": Demonym, "capital": Capital, "region": Region}

func (l *lists) readAmbiguous() {
	for _, f := range rows(ambiguousTSV, 3) {
		all, kind := codes(f[2]), kinds[f[1]]
		for _, n := range items(f[0]) {
			l.add(n, reading{country: all[0], kind: kind, place: kind != Demonym, others: all[1:]})
		}
	}
}

func (l *lists) readCountries() {
	for _, f := range rows(countriesTSV, 5) {
		code := Code(f[0])
		for i, n := range items(f[1]) {
			if i == 0 {
				l.names[code] = strings.TrimPrefix(n, "?")
			}
			l.add(n, reading{country: code, kind: Name, place: true})
		}
		for _, n := range items(f[2]) {
			l.add(n, reading{country: code, kind: Demonym})
		}
		for _, n := range items(f[3]) {
			r := reading{country: code, kind: Capital, place: true}
			for _, p := range places.Lookup(strings.TrimPrefix(n, "?")) {
				if p.Country == f[0] && !p.Region() {
					r.site = p
					break
				}
			}
			l.add(n, r)
		}
		for _, n := range items(f[4]) {
			l.add(n, reading{country: code, kind: Capital})
		}
	}
}

// readDisputes marks the names that the lists have already, as "Western Sahara",
// and adds the others.
func (l *lists) readDisputes() {
	for _, f := range rows(disputesTSV, 7) {
		d := &dispute{claims: codes(f[3])}
		if f[2] != "-" {
			d.holder = Code(f[2])
		}
		for _, region := range items(f[4]) {
			l.disputed[region] = d
		}
		for _, n := range items(f[0]) {
			w := split(n)
			if r := l.phrases.get(w); r != nil {
				r.dispute = d
				continue
			}
			l.add(n, reading{country: Code(f[1]), kind: Region, place: true, site: area(n, f[1], f[5], f[6]), dispute: d})
		}
	}
}

func (l *lists) readAreas() {
	for _, f := range rows(areasTSV, 4) {
		for _, n := range items(f[1]) {
			l.add(n, reading{country: Code(f[0]), kind: Region, place: true, site: area(n, f[0], f[2], f[3])})
		}
	}
}

// area is a place of our own lists, which GeoNames has no id of here.
func area(name, country, latitude, longitude string) places.Place {
	lat, _ := strconv.ParseFloat(latitude, 64)
	lon, _ := strconv.ParseFloat(longitude, 64)
	return places.Place{Name: name, Country: country, Latitude: lat, Longitude: lon}
}

func (l *lists) readStates() {
	for _, f := range rows(statesTSV, 3) {
		for _, p := range places.Lookup(f[1]) {
			if p.Region() && p.Code() == f[0] {
				for _, n := range items(f[2]) {
					l.states.add(split(n), &p)
				}
			}
		}
	}
}
