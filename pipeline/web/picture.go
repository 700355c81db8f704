package web

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"time"

	"sitrep/pipeline/problem"
)

// A picture sums up the events that pass a filter.
type picture struct {
	Events   int               `json:"events"`
	Arcs     []arc             `json:"arcs"`
	Unit     string            `json:"unit"` // of bars: day, week, month or year
	Bars     []bar             `json:"bars"`
	Earlier  int               `json:"earlier"`  // events before the first bar
	Undated  int               `json:"undated"`  // events without any day
	Timeline []json.RawMessage `json:"timeline"` // rows, the newest day first; only where a country is asked for
}

// An arc is the movement of forces between two countries. Reports of one event count
// once.
type arc struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Real   int    `json:"real"`   // events that occurred or go on
	Told   int    `json:"told"`   // that are planned, ordered, threatened, denied…
	Most   int64  `json:"most"`   // the largest number of troops in one of them; 0 where none is told
	Stated bool   `json:"stated"` // that the text names both ends in at least one; else one end is the country whose forces they are
}

// A bar is a span of days, by its first, and how many events of each type are in it.
type bar struct {
	Day   string         `json:"day"`
	Types map[string]int `json:"types"`
}

const (
	maxBars     = 90
	maxTimeline = 300
)

// pictured sums up events.
func pictured(list []*event, country bool) picture {
	p := picture{Events: len(list), Arcs: arcs(list), Timeline: []json.RawMessage{}}
	dated := slices.DeleteFunc(slices.Clone(list), func(e *event) bool { return e.first == "" })
	p.Undated = len(list) - len(dated)
	slices.SortStableFunc(dated, func(a, b *event) int { return cmp.Compare(b.first, a.first) })
	p.Unit, p.Bars, p.Earlier = bars(dated)
	if country {
		for _, e := range dated[:min(len(dated), maxTimeline)] {
			p.Timeline = append(p.Timeline, e.row)
		}
	}
	return p
}

func arcs(list []*event) []arc {
	type ends struct{ from, to string }
	type report struct {
		ends
		key, status string
	}
	all := map[ends]*arc{}
	counted := map[report]bool{}
	for _, e := range list {
		from, to, stated := movement(e)
		if from == to || from == "" || to == "" {
			continue
		}
		a := all[ends{from, to}]
		if a == nil {
			a = &arc{From: from, To: to}
			all[ends{from, to}] = a
		}
		a.Most, a.Stated = max(a.Most, e.troops), a.Stated || stated
		r := report{ends{from, to}, e.key, e.status} // a key does not tell where from and to
		if counted[r] && e.key != "" {
			continue
		}
		counted[r] = true
		if e.status == "occurred" || e.status == "ongoing" {
			a.Real++
		} else {
			a.Told++
		}
	}
	out := []arc{}
	for _, a := range all {
		out = append(out, *a)
	}
	slices.SortFunc(out, func(a, b arc) int {
		return cmp.Or(cmp.Compare(b.Real, a.Real), cmp.Compare(b.Told, a.Told), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out
}

// movement returns where forces move from and to, and whether the text names both
// countries. Forces that are sent come from their own country where no other is named,
// and those withdrawn go home: "Canada will move 250 troops to Latvia".
func movement(e *event) (from, to string, stated bool) {
	from, to = e.origin, e.goal
	if from != "" && to != "" || len(e.actors) != 1 {
		return from, to, from != "" && to != ""
	}
	switch e.kind {
	case "deploy":
		from = cmp.Or(from, e.actors[0])
	case "withdraw":
		to = cmp.Or(to, e.actors[0])
	}
	return from, to, false
}

// bars counts events, which are sorted with the newest first, by the shortest unit with
// which most of them fit. The few that are long before the others are told of in a
// number: history that an article recalls.
func bars(list []*event) (unit string, out []bar, earlier int) {
	if len(list) == 0 {
		return "day", []bar{}, 0
	}
	newest, oldest := list[0].first, list[(len(list)-1)*95/100].first
	for _, unit = range []string{"day", "week", "month", "year"} {
		if steps(unit, startOf(unit, oldest), newest) < maxBars {
			break
		}
	}
	begin := startOf(unit, oldest)
	byDay := map[string]*bar{}
	for _, e := range list {
		start := startOf(unit, e.first)
		if start < begin {
			earlier++
			continue
		}
		if byDay[start] == nil {
			byDay[start] = &bar{start, map[string]int{}}
		}
		byDay[start].Types[e.kind]++
	}
	for _, start := range slices.Sorted(maps.Keys(byDay)) {
		out = append(out, *byDay[start])
	}
	return unit, out, earlier
}

// startOf returns the first day of the week, month or year of a day.
func startOf(unit, day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	switch unit {
	case "week":
		t = t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	case "month":
		t = t.AddDate(0, 0, 1-t.Day())
	case "year":
		t = t.AddDate(0, 0, 1-t.YearDay())
	}
	return t.Format(time.DateOnly)
}

// steps returns how many units lie between two days.
func steps(unit, from, to string) int {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return 0
	}
	switch unit {
	case "month":
		return 12*(b.Year()-a.Year()) + int(b.Month()) - int(a.Month())
	case "year":
		return b.Year() - a.Year()
	}
	days := int(b.Sub(a).Hours() / 24)
	if unit == "week" {
		return days / 7
	}
	return days
}

func (s *Server) picture(w http.ResponseWriter, r *http.Request) {
	by, err := parseFilter(r.URL.Query())
	if err != nil {
		problem.Write(w, http.StatusBadRequest, err.Error())
		return
	}
	give(w, pictured(s.feed.all(by), by.country != ""))
}
