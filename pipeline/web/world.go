package web

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"sitrep/extractors/countries"
	"sitrep/extractors/events"
	"sitrep/extractors/places"
)

// A world is what the page needs to know before any event: the words of its filters,
// and a map of where people live.
type world struct {
	Types     []string `json:"types"`
	Statuses  []string `json:"statuses"`
	Countries []land   `json:"countries"`
	Width     int      `json:"width"` // of the map
	Height    int      `json:"height"`
	Dots      string   `json:"dots"` // a path of points, one for each spot with a town
	Lines     string   `json:"lines"`
}

// A land is a country and the middle of its people on the map; 0, 0 if we know no
// town there.
type land struct {
	Code string  `json:"code"`
	Name string  `json:"name"`
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
}

// The map: 1000 wide, from Antarctica's coast to the north of Greenland.
const (
	mapWidth = 1000.0
	north    = 80.0
	south    = -57.0
	spacing  = 5.2 // of dots
)

// theWorld is made once, of the towns that the extractors know.
var theWorld = sync.OnceValue(func() *world {
	w := &world{Types: events.Types(), Statuses: events.Statuses(), Width: mapWidth}
	_, bottom := project(south, 0)
	w.Height = int(math.Ceil(bottom))
	spots := map[[2]int]bool{}
	middles := map[string]*middle{}
	for p := range places.Towns() {
		if p.Latitude > south && p.Latitude < north {
			spots[spotOf(project(p.Latitude, p.Longitude))] = true
		}
		if middles[p.Country] == nil {
			middles[p.Country] = &middle{}
		}
		middles[p.Country].add(&p)
	}
	w.Dots, w.Lines = dots(spots), graticule()
	for _, c := range countries.All() {
		l := land{Code: string(c), Name: c.Name()}
		if m := middles[l.Code]; m != nil {
			l.X, l.Y = project(m.where())
		}
		w.Countries = append(w.Countries, l)
	}
	slices.SortFunc(w.Countries, func(a, b land) int { return strings.Compare(a.Name, b.Name) })
	return w
})

// project places a point of the globe on the map, by the Natural Earth projection
// (Šavrič, Jenny, Patterson, Petrovič and Hurni 2011).
func project(latitude, longitude float64) (x, y float64) {
	x, y = naturalEarth(latitude, longitude)
	right, _ := naturalEarth(0, 180)
	_, top := naturalEarth(north, 0)
	scale := mapWidth / (2 * right)
	return round(mapWidth/2 + scale*x), round(scale * (top - y))
}

func naturalEarth(latitude, longitude float64) (x, y float64) {
	φ, λ := latitude*math.Pi/180, longitude*math.Pi/180
	φ2 := φ * φ
	φ4 := φ2 * φ2
	x = λ * (0.8707 - 0.131979*φ2 + φ4*(-0.013791+φ4*(0.003971*φ2-0.001529*φ4)))
	y = φ * (1.007226 + φ2*(0.015085+φ4*(-0.044475+0.028874*φ2-0.005916*φ4)))
	return x, y
}

func round(x float64) float64 { return math.Round(x*10) / 10 }

// spotOf returns the dot that a point of the map belongs to: dots stand in rows, each
// shifted against the next by half a step.
func spotOf(x, y float64) [2]int {
	line := int(math.Round(y / (spacing * math.Sqrt(3) / 2)))
	return [2]int{line, int(math.Round(x/spacing - float64(line&1)/2))}
}

func dots(spots map[[2]int]bool) string {
	var list [][2]int
	for s := range spots {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	var b strings.Builder
	for _, s := range list {
		fmt.Fprintf(&b, "M%.4g %.4gh0", (float64(s[1])+float64(s[0]&1)/2)*spacing, float64(s[0])*spacing*math.Sqrt(3)/2)
	}
	return b.String()
}

// graticule draws meridians and parallels, 30 degrees apart.
func graticule() string {
	var b strings.Builder
	for longitude := -180.0; longitude <= 180; longitude += 30 {
		for latitude := south; latitude <= north; latitude += 5 {
			point(&b, latitude == south, latitude, longitude)
		}
		point(&b, false, north, longitude)
	}
	for latitude := -30.0; latitude <= 60; latitude += 30 {
		point(&b, true, latitude, -180)
		point(&b, false, latitude, 180)
	}
	return b.String()
}

func point(b *strings.Builder, first bool, latitude, longitude float64) {
	x, y := project(latitude, longitude)
	command := 'L'
	if first {
		command = 'M'
	}
	fmt.Fprintf(b, "%c%.4g %.4g", command, x, y)
}

// A middle sums up the places of people on the globe.
type middle struct{ x, y, z float64 }

func (m *middle) add(p *places.Place) {
	φ, λ := p.Latitude*math.Pi/180, p.Longitude*math.Pi/180
	people := float64(p.Population + 1)
	m.x += people * math.Cos(φ) * math.Cos(λ)
	m.y += people * math.Cos(φ) * math.Sin(λ)
	m.z += people * math.Sin(φ)
}

func (m *middle) where() (latitude, longitude float64) {
	return math.Atan2(m.z, math.Hypot(m.x, m.y)) * 180 / math.Pi, math.Atan2(m.y, m.x) * 180 / math.Pi
}
