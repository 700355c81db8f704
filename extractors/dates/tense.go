package dates

import (
	"strings"

	"sitrep/extractors/text"
)

// A direction says where the wording looks from the time of telling.
type direction uint8

const (
	openEnded direction = iota
	past
	future
	settled // will be, and so cannot have been
)

// A reach is how far from a date the verb is looked for, in tokens.
const reach = 30

// tense tells the direction of what a date belongs to: by the verb that stands
// nearest before it, else by the first behind it.
func tense(doc *text.Document, sentence text.Sentence, first, last int) direction {
	if d := beside(doc, first); d != openEnded {
		return d
	}
	v := verbs{doc, sentence}
	for i := first - 1; i >= sentence.First && first-i < reach; i-- {
		if doc.Word(i) == ";" {
			break
		}
		if d := v.at(&i); d != openEnded {
			return d
		}
	}
	for i := last; i < sentence.Last && i-last < reach; i++ {
		switch tag := doc.Tag(i); {
		case tag == "MD":
			return modals[doc.Lower(i)]
		case tag == "VBD", tag == "VBZ" && doc.Lower(i) == "has", doc.Lower(i) == "have":
			return past
		}
	}
	return openEnded
}

// beside reads words just before a date that look forward or back by themselves: "due
// Friday", "scheduled for Monday", "expires Nov. 21", "since May".
func beside(doc *text.Document, i int) direction {
	for j := i - 1; j >= i-3; j-- {
		switch w := doc.Lower(j); {
		case w == "since":
			return past
		case cues()[w]&aheadBehind != 0:
			return settled
		case w != "for" && w != "on" && w != "by" && w != "at" && w != "in" && w != "the" && w != "of" && w != "to" && w != "early" && w != "late" && w != "as" && w != "until":
			return openEnded
		}
	}
	return openEnded
}

// modals are the verbs whose action is to come: "wo" and "ca" stand before "n't".
var modals = map[string]direction{"will": settled, "'ll": settled, "shall": settled, "wo": settled, "would": future, "could": future, "may": future, "might": future,
	"should": future, "must": future, "can": future, "ca": future, "'d": future}

// verbs reads verb groups of a sentence.
type verbs struct {
	doc      *text.Document
	sentence text.Sentence
}

// at tells the direction of the verb at *i, and moves *i to the first word of its
// group.
func (v verbs) at(i *int) direction {
	doc := v.doc
	switch w := doc.Lower(*i); doc.Tag(*i) {
	case "MD":
		return modals[w]
	case "VBD":
		if t := doc.Tag(*i - 1); t == "VBZ" || t == "VBP" {
			return openEnded // "stays shut"
		}
		if cues()[w]&schedules != 0 {
			return future
		}
		return past
	case "VBN":
		return v.participle(i)
	case "VB":
		return v.infinitive(i)
	case "VBG":
		j := v.back(*i - 1)
		if w := doc.Lower(j); w == "are" || w == "is" || w == "'re" || w == "'s" {
			if cues()[doc.Lower(*i)]&governs != 0 {
				return future
			}
		}
	case "VBZ", "VBP":
		if cues()[w]&governs != 0 && doc.Lower(*i+1) == "to" || cues()[w]&bySchedule != 0 {
			return future
		}
	}
	return openEnded
}

// back passes over adverbs, from i on backwards.
func (v verbs) back(i int) int {
	for i >= v.sentence.First && (v.doc.Tag(i) == "RB" || v.doc.Lower(i) == "n't") {
		i--
	}
	return i
}

// participle reads "had left", "will be held", "is expected", "issued" (on Friday).
func (v verbs) participle(i *int) direction {
	expected := cues()[v.doc.Lower(*i)]&governs != 0
	if cues()[v.doc.Lower(*i)]&schedules != 0 {
		return future
	}
	j := v.back(*i - 1)
	for {
		switch w := v.doc.Lower(j); w {
		case "be", "been", "being", "get", "getting":
			j = v.back(j - 1)
			continue
		case "have":
			if k := v.back(j - 1); v.doc.Tag(k) == "MD" {
				*i = k
				return past // "could have left"
			}
			*i = j
			return past
		case "has", "had", "'ve":
			*i = j
			return past
		case "was", "were":
			*i = j
			if expected {
				return openEnded
			}
			return past
		case "is", "are", "'s", "'re":
			*i = j
			if expected {
				return future
			}
			return openEnded
		case "to":
			*i = j + 1
			return v.infinitive(i)
		}
		if v.doc.Tag(j) == "MD" {
			*i = j
			return modals[v.doc.Lower(j)]
		}
		if t := v.doc.Tag(j); expected || t == "VBZ" || t == "VBP" {
			return openEnded
		}
		return past
	}
}

// infinitive reads "will leave", "is to leave", "plans to leave", "ordered the army to
// leave".
func (v verbs) infinitive(i *int) direction {
	j := v.back(*i - 1)
	if v.doc.Tag(j) == "MD" {
		*i = j
		return modals[v.doc.Lower(j)]
	}
	if v.doc.Lower(j) == "do" || v.doc.Lower(j) == "did" || v.doc.Lower(j) == "does" {
		*i = j
		if v.doc.Lower(j) == "did" {
			return past
		}
		return openEnded
	}
	if v.doc.Lower(j) != "to" {
		return openEnded
	}
	for k := j - 1; k >= v.sentence.First && j-k < 8; k-- {
		w := v.doc.Lower(k)
		switch {
		case cues()[w]&governs != 0:
			return future
		case w == "is" || w == "are" || w == "was" || w == "were":
			if v.back(j-1) == k {
				return future // "is to leave"
			}
			return openEnded
		case strings.HasPrefix(v.doc.Tag(k), "VB") || v.doc.Tag(k) == "MD" || w == ",":
			return openEnded
		}
	}
	return openEnded
}
