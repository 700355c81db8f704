package evaluate

import (
	"slices"
	"sort"
	"strings"

	"sitrep/pipeline/annotations"
)

// A location is where a gold event can be met: its trigger and mentions, and
// the sentence of each.
type location struct{ triggers, sentences []annotations.Range }

// locate finds the locations of the events of one document.
func locate(events []annotations.Event, text string) []location {
	var sentences []annotations.Range
	for _, e := range events {
		if e.Sentence != nil && e.Sentence.Known() {
			sentences = append(sentences, *e.Sentence)
		}
	}
	split := splitter{text: text}
	out := make([]location, len(events))
	for i, e := range events {
		out[i] = locateEvent(e, sentences, &split)
	}
	return out
}

func locateEvent(e annotations.Event, sentences []annotations.Range, split *splitter) location {
	var l location
	if e.Trigger != nil && e.Trigger.Range().Known() {
		l.triggers = append(l.triggers, e.Trigger.Range())
	}
	for _, m := range e.Mentions {
		if m.Range().Known() {
			l.triggers = append(l.triggers, m.Range())
		}
	}
	without := l.triggers
	if e.Sentence != nil && e.Sentence.Known() {
		l.sentences = append(l.sentences, *e.Sentence)
		without = without[min(1, len(without)):]
	}
	for _, t := range without {
		i := slices.IndexFunc(sentences, func(s annotations.Range) bool { return touch(s, t) })
		if i >= 0 {
			l.sentences = append(l.sentences, sentences[i])
		} else {
			l.sentences = append(l.sentences, split.around(t))
		}
	}
	return l
}

func touch(a, b annotations.Range) bool { return min(a.End, b.End) > max(a.Start, b.Start) }

// weight says how well a predicted event meets l, 0 when it does not. Only its
// trigger counts; without one, its sentence.
func (l location) weight(p annotations.Event) int64 {
	if p.Trigger == nil || !p.Trigger.Range().Known() {
		if p.Sentence != nil && p.Sentence.Known() && touches(*p.Sentence, l.sentences) {
			return bySentence
		}
		return 0
	}
	t := p.Trigger.Range()
	switch {
	case touches(t, l.triggers):
		return byTrigger + l.nearness(t)
	case touches(t, l.sentences):
		return bySentence + l.nearness(t)
	}
	return 0
}

func touches(r annotations.Range, others []annotations.Range) bool {
	return slices.ContainsFunc(others, func(o annotations.Range) bool { return touch(r, o) })
}

// nearness falls from 99 to 0 by one for every two code points between the
// start of r and the nearest trigger's.
func (l location) nearness(r annotations.Range) int64 {
	near := 0
	for _, t := range l.triggers {
		near = max(near, 99-abs(r.Start-t.Start)/2)
	}
	return int64(near)
}

// A splitter cuts a text into stretches that end with a stop and a blank, or
// with an empty line, for triggers that come without their sentence.
type splitter struct {
	text string
	cuts []int // code points, ascending, both ends of the text included; nil before first use
}

// around returns the stretch that holds r; r itself without a text.
func (s *splitter) around(r annotations.Range) annotations.Range {
	if s.text == "" {
		return r
	}
	if s.cuts == nil {
		s.cuts = cuts([]rune(s.text))
	}
	last := len(s.cuts) - 1
	before := sort.SearchInts(s.cuts, r.Start+1) - 1
	after := sort.SearchInts(s.cuts, r.End)
	return annotations.Range{Start: s.cuts[max(before, 0)], End: s.cuts[min(after, last)]}
}

func cuts(text []rune) []int {
	out := []int{0}
	for i := 0; i < len(text); {
		end := stretchEnd(text, i)
		if end == 0 {
			i++
			continue
		}
		out = append(out, end)
		i = end
	}
	return append(out, len(text))
}

// stretchEnd returns where the mark at text[i] ends a stretch: after the blanks
// behind a full stop and its closing quotes, or after an empty line; else 0.
func stretchEnd(text []rune, i int) int {
	j := i + 1
	switch text[i] {
	case '.', '!', '?':
		for j < len(text) && strings.ContainsRune("\"')]”’", text[j]) {
			j++
		}
		if end := skipBlanks(text, j); end > j {
			return end
		}
	case '\n':
		for end := skipBlanks(text, j); end > j; end-- {
			if text[end-1] == '\n' {
				return end
			}
		}
	}
	return 0
}

func skipBlanks(text []rune, i int) int {
	for i < len(text) && blank(text[i]) {
		i++
	}
	return i
}
