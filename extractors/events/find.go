package events

import (
	"sitrep/extractors/syntax"
	"sitrep/extractors/text"
)

// Find returns the events that the news parts of doc report, in the order of
// their triggers; when doc is about sport, culture, business or the like, only
// those of sentences that name somebody political. Facts are those that the other
// extractors found in doc.
func Find(doc *text.Document, found Found) []Event {
	return find(newGate(doc, found), newReader(doc, found))
}

func find(g *gate, r *reader) []Event {
	doc := r.doc
	var all []*Event
	for n, s := range doc.Sentences {
		if !isNews(doc, s) {
			r.skip(s.First, s.Last, Aside, doc.RoleAt(doc.Tokens[s.First].Start).String())
			continue
		}
		if !g.admits(n) {
			r.skip(s.First, s.Last, OffTopic, g.topic)
			continue
		}
		r.note(s)
		if r.mayHold(s) {
			for _, e := range r.read(s) {
				e.sentence, e.StatusWord, e.signs = n, r.statusWord(e), r.signs(e, g.sentences[n].evidence)
				all = append(all, e)
			}
		}
		r.remember(s)
	}
	events := merge(doc, all)
	recall(events)
	r.episodes(events)
	rate(events)
	return events
}

// read finds the events of one sentence.
func (r *reader) read(s text.Sentence) []*Event {
	r.open(s)
	for i := r.sentence.First; i < s.Last; i++ {
		if f := r.facts[i]; f.person >= 0 || f.group >= 0 || f.date >= 0 && r.doc.Tag(i) == "NNP" || r.inName(i) {
			r.skip(i, i+1, PartOfName, "")
			continue
		}
		e, next := r.trigger(i)
		if e != nil {
			r.triggers = append(r.triggers, e)
			i = next - 1
		}
	}
	r.dates()
	r.casualties()
	r.places()
	return r.settle()
}

func (r *reader) trigger(i int) (*Event, int) {
	if r.verbal(i) {
		if e, next := r.verb(i); e != nil {
			return e, next
		}
	}
	if e, next := r.noun(i); e != nil {
		return e, next
	}
	return r.present(i), i + 1
}

// inName reports whether the capitalised word at i is inside a longer name
// ("Operation Desert Strike", "Strike Force").
func (r *reader) inName(i int) bool {
	if i == r.sentence.First || r.doc.Tag(i) != "NNP" {
		return false
	}
	return r.doc.Tag(i-1) == "NNP" && r.facts[i-1].country < 0 || r.doc.Tag(i+1) == "NNP" && r.facts[i+1].country < 0 && r.facts[i+1].person < 0
}

// remember keeps what the next sentence may speak of by pronouns.
func (r *reader) remember(s text.Sentence) {
	if r.sentence.Span != s.Span {
		return
	}
	var named, subjects []*phrase
	for _, p := range r.phrases {
		if p == nil || p.kind&political == 0 || p.country == "" && p.person < 0 && p.name == "" {
			continue
		}
		named = append(named, p)
		if l := r.tree.Label(p.head); l == syntax.Nsubj || l == syntax.NsubjPass {
			subjects = append(subjects, p)
		}
	}
	if len(named) > 0 {
		r.last = append(subjects, named...)
	}
}
