// Package diff compares what two runs have found in the same articles: which events
// came, which went, and which are told otherwise. It reads records that others have
// gathered, and knows neither files nor topics.
package diff

import (
	"cmp"
	"slices"

	"sitrep/pipeline"
)

// A Pair is one event in two runs: New is nil if it is lost, Old if it is gained.
type Pair struct {
	Old, New *pipeline.EventRecord
	Differ   []Difference // of an event that both have
}

// Events pairs the events of one article, those of the old run in their order and
// then what the new one has gained. Ignored are names of fields that do not count.
//
// Events with one id are the same. Of the others those are paired first that are
// likest, as long as they are clearly one event: see likeness. Where ids differ
// this takes the product of both numbers, in an article's rest alone.
func Events(older, newer []pipeline.EventRecord, ignored ...string) []Pair {
	partner := byID(older, newer)
	taken := make([]bool, len(newer))
	for _, j := range partner {
		if j >= 0 {
			taken[j] = true
		}
	}
	for _, c := range candidates(older, newer, partner, taken) {
		if partner[c.i] < 0 && !taken[c.j] {
			partner[c.i], taken[c.j] = c.j, true
		}
	}
	var out []Pair
	for i, j := range partner {
		p := Pair{Old: &older[i]}
		if j >= 0 {
			p.New = &newer[j]
			p.Differ = differences(p.Old, p.New, ignored)
		}
		out = append(out, p)
	}
	for j := range newer {
		if !taken[j] {
			out = append(out, Pair{New: &newer[j]})
		}
	}
	return out
}

// byID returns for each event of older which of newer has its id, or -1.
func byID(older, newer []pipeline.EventRecord) []int {
	at := make(map[string]int, len(newer))
	for j := range newer {
		at[newer[j].EventID] = j
	}
	partner := make([]int, len(older))
	for i := range older {
		j, ok := at[older[i].EventID]
		if !ok {
			j = -1
		}
		partner[i] = j
	}
	return partner
}

// A candidate is an event of each run that may be one.
type candidate struct {
	i, j     int
	like     likeness
	distance int // between the triggers
}

func candidates(older, newer []pipeline.EventRecord, partner []int, taken []bool) (all []candidate) {
	for i := range older {
		if partner[i] >= 0 {
			continue
		}
		for j := range newer {
			if taken[j] {
				continue
			}
			if like := likenessOf(&older[i], &newer[j]); like != unlike {
				distance := older[i].Trigger.Start - newer[j].Trigger.Start
				all = append(all, candidate{i, j, like, max(distance, -distance)})
			}
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.like, b.like), cmp.Compare(a.distance, b.distance), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	return all
}

// A likeness says why two events with different ids are one, the surest first.
type likeness uint8

const (
	moved       likeness = iota // the same words of the same type elsewhere: the text around them has changed
	sameTrigger                 // another type
	overlapping                 // another cut of the trigger: "pulled", "pulled out"
	sameMatter                  // one type in one sentence, and one of those who take part: "a [car bomb] [exploded]"
	toldAgain                   // what was a mention is the trigger now, or the reverse, and one of those who take part
	unlike
)

func likenessOf(a, b *pipeline.EventRecord) likeness {
	switch {
	case a.Type == b.Type && a.Trigger.Text == b.Trigger.Text && a.Evidence.Text == b.Evidence.Text && a.Evidence.Text != "":
		return moved
	case a.Trigger == b.Trigger:
		return sameTrigger
	case overlap(a.Trigger, b.Trigger):
		return overlapping
	case a.Type != b.Type || !sameParty(a, b):
		return unlike
	case overlap(a.Evidence, b.Evidence):
		return sameMatter
	case mentioned(a.Trigger, b.Mentions) || mentioned(b.Trigger, a.Mentions):
		return toldAgain
	}
	return unlike
}

func overlap(a, b pipeline.SpanRecord) bool {
	return a.Field == b.Field && a.Start < b.End && b.Start < a.End
}

func mentioned(trigger pipeline.SpanRecord, mentions []pipeline.SpanRecord) bool {
	return slices.ContainsFunc(mentions, func(m pipeline.SpanRecord) bool { return overlap(trigger, m) })
}

// sameParty reports whether an actor, or a target, takes part in both; or nobody in
// either.
func sameParty(a, b *pipeline.EventRecord) bool {
	if len(a.Actors)+len(b.Actors)+len(a.Targets)+len(b.Targets) == 0 {
		return true
	}
	return inBoth(a.Actors, b.Actors) || inBoth(a.Targets, b.Targets)
}

func inBoth(a, b []pipeline.ParticipantRecord) bool {
	return slices.ContainsFunc(a, func(x pipeline.ParticipantRecord) bool {
		return slices.ContainsFunc(b, func(y pipeline.ParticipantRecord) bool {
			return overlap(x.SpanRecord, y.SpanRecord) || x.Name == y.Name || x.Country != nil && y.Country != nil && *x.Country == *y.Country
		})
	})
}
