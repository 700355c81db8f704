package diff

import (
	"maps"
	"slices"
)

// A Row counts the events of one type. A changed event is counted in the row of its
// old type.
type Row struct {
	Old     int `json:"old"`
	New     int `json:"new"`
	Same    int `json:"same"`
	Changed int `json:"changed"`
	Gained  int `json:"gained"`
	Lost    int `json:"lost"`
}

// Add adds the counts of another row.
func (r *Row) Add(o Row) {
	r.Old, r.New, r.Same = r.Old+o.Old, r.New+o.New, r.Same+o.Same
	r.Changed, r.Gained, r.Lost = r.Changed+o.Changed, r.Gained+o.Gained, r.Lost+o.Lost
}

// A Run is what one side has.
type Run struct {
	Articles int            `json:"articles"` // of which there are records
	Events   int            `json:"events"`   // current ones
	Stale    int            `json:"stale"`    // that their articles do not list
	Replaced int            `json:"replaced"` // records that later ones replace
	Versions map[string]int `json:"versions"` // articles read by each version
}

// A Summary counts differences.
type Summary struct {
	Old Run `json:"old"`
	New Run `json:"new"`
	// Articles of which one run alone has a record, and their events: they are not
	// compared.
	OnlyOld       int `json:"articles_only_old"`
	OnlyNew       int `json:"articles_only_new"`
	EventsOnlyOld int `json:"events_only_old"`
	EventsOnlyNew int `json:"events_only_new"`

	Compared      int                       `json:"articles_compared"`
	Events        Row                       `json:"events"`
	Reweighed     int                       `json:"changed_in_confidence_or_rule_alone"`
	Types         map[string]Row            `json:"types"`
	Fields        map[string]int            `json:"changed_by_field"`          // changed events by field
	Turns         map[string]map[string]int `json:"turns"`                     // of types and statuses: "occurred → planned"
	ArticleFields map[string]int            `json:"articles_changed_by_field"` // changed articles by field
}

// NewSummary returns an empty one.
func NewSummary() *Summary {
	return &Summary{Old: Run{Versions: map[string]int{}}, New: Run{Versions: map[string]int{}}, Types: map[string]Row{},
		Fields: map[string]int{}, Turns: map[string]map[string]int{}, ArticleFields: map[string]int{}}
}

// turning are the fields whose values are so few that they are counted.
var turning = []string{"type", "status"}

func (r *Run) add(a *Article) {
	if a.fields != nil || len(a.Events) > 0 {
		r.Articles++
		r.Versions[a.Version()]++
	}
	r.Events += len(a.Events)
	r.Stale += a.Stale
	r.Replaced += a.Replaced
}

// Add counts an article that both runs have read.
func (s *Summary) Add(older, newer *Article, pairs []Pair, changed []string) {
	s.Old.add(older)
	s.New.add(newer)
	s.Compared++
	for _, name := range changed {
		s.ArticleFields[name]++
	}
	for _, p := range pairs {
		s.pair(p)
	}
}

// AddOnly counts an article that one run alone has read; the other Article is empty.
func (s *Summary) AddOnly(older, newer *Article) {
	s.Old.add(older)
	s.New.add(newer)
	if older.Read {
		s.OnlyOld++
		s.EventsOnlyOld += len(older.Events)
	} else {
		s.OnlyNew++
		s.EventsOnlyNew += len(newer.Events)
	}
}

func (s *Summary) pair(p Pair) {
	switch {
	case p.New == nil:
		s.row(p.Old.Type, Row{Old: 1, Lost: 1})
	case p.Old == nil:
		s.row(p.New.Type, Row{New: 1, Gained: 1})
	default:
		was := Row{Old: 1, Same: 1}
		if len(p.Differ) > 0 {
			was = Row{Old: 1, Changed: 1}
		}
		s.row(p.Old.Type, was)
		s.row(p.New.Type, Row{New: 1})
	}
	if len(p.Differ) > 0 && !slices.ContainsFunc(p.Differ, func(d Difference) bool { return d.Field != "confidence" && d.Field != "rule" }) {
		s.Reweighed++
	}
	for _, d := range p.Differ {
		s.Fields[d.Field]++
		if slices.Contains(turning, d.Field) {
			if s.Turns[d.Field] == nil {
				s.Turns[d.Field] = map[string]int{}
			}
			s.Turns[d.Field][d.Old+" → "+d.New]++
		}
	}
}

func (s *Summary) row(kind string, n Row) {
	r := s.Types[kind]
	r.Add(n)
	s.Types[kind] = r
	s.Events.Add(n)
}

// Most returns the keys of counts, the largest first.
func Most(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
}
