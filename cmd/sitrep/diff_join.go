package main

import (
	"cmp"
	"iter"

	"sitrep/pipeline/diff"
)

// all yields the articles in the order of their ids.
func (s *side) all() iter.Seq2[diff.Article, error] {
	return func(yield func(diff.Article, error) bool) {
		var id string
		var records []diff.Record
		gather := func() bool {
			if len(records) == 0 {
				return true
			}
			a, err := diff.Gather(id, records)
			a.Read = a.Read || len(a.Events) > 0
			records = nil
			return yield(a, err) && err == nil
		}
		for item, err := range s.sorted.Sorted() {
			if err != nil {
				yield(diff.Article{}, err)
				return
			}
			if item.Key != id && !gather() {
				return
			}
			id = item.Key
			if n, r := unnumbered(id, item.Value); s.gone[cmp.Or(r.EventID, id)] < n { // no tombstone came behind it
				records = append(records, r)
			}
		}
		gather()
	}
}

// join yields each article as both sides have it. Of a side without any records of
// articles nobody knows which it has read: all.
func join(older, newer *side) iter.Seq2[[2]diff.Article, error] {
	return func(yield func([2]diff.Article, error) bool) {
		nextOld, stopOld := iter.Pull2(older.all())
		defer stopOld()
		nextNew, stopNew := iter.Pull2(newer.all())
		defer stopNew()
		a, errA, moreA := nextOld()
		b, errB, moreB := nextNew()
		for moreA || moreB {
			if err := cmp.Or(errA, errB); err != nil {
				yield([2]diff.Article{}, err)
				return
			}
			both := [2]diff.Article{{Read: !older.articles}, {Read: !newer.articles}}
			takeA, takeB := moreA && (!moreB || a.ID <= b.ID), moreB && (!moreA || b.ID <= a.ID)
			if takeA {
				both[0], both[1].ID = a, a.ID
			}
			if takeB {
				both[1] = b
				both[0].ID = b.ID
			}
			if takeA {
				a, errA, moreA = nextOld()
			}
			if takeB {
				b, errB, moreB = nextNew()
			}
			if !yield(both, nil) {
				return
			}
		}
	}
}
