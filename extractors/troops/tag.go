package troops

import "strings"

// tag returns the part of speech of token i. The tagger takes most of a sentence
// in capitals for names; there the tables and the endings of words must do.
func (f *finder) tag(i int) string {
	switch {
	case !f.inside(i):
		return ""
	case f.about.capitals:
		return f.tagInCapitals(i)
	}
	return f.doc.Tag(i)
}

func (f *finder) tagInCapitals(i int) string {
	w, word := f.low(i), f.at(i)
	switch {
	case !isLetter(w[0]), f.countryAt(i) >= 0:
		return f.doc.Tag(i)
	case word.class&be != 0, word.class&have != 0:
		return "VBD"
	case modals[w]:
		return "MD"
	case tags[w] != "":
		return tags[w]
	case units[w] > 0, vagueWords[w] != [2]int{}:
		return "CD"
	case word.mods != 0:
		return "JJ"
	case word.noun != nil && !(word.verb.of != none && (word.verb.says.isFate() || f.is(i-1, be|have|adverb))):
		return "NNS"
	case word.name.of != none && f.low(i+1) == "of":
		return "NN"
	case strings.HasSuffix(w, "ing"):
		return "VBG"
	case strings.HasSuffix(w, "ed"), word.verb.of != none:
		return "VBD"
	case strings.HasSuffix(w, "ly"):
		return "RB"
	case strings.HasSuffix(w, "s"):
		return "NNS"
	}
	return "NN"
}

var (
	modals = map[string]bool{"will": true, "would": true, "could": true, "may": true, "might": true, "should": true, "shall": true, "can": true, "must": true}

	// tags are those of small words that stand in for their kind.
	tags = map[string]string{
		"the": "DT", "a": "DT", "an": "DT", "this": "DT", "that": "DT", "these": "DT", "those": "DT",
		"of": "IN", "in": "IN", "at": "IN", "by": "IN", "for": "IN", "from": "IN", "with": "IN", "on": "IN", "near": "IN", "into": "IN", "after": "IN", "during": "IN", "as": "IN",
		"to": "TO", "and": "CC", "or": "CC", "but": "CC", "he": "PRP", "they": "PRP", "it": "PRP", "who": "WP", "which": "WDT", "when": "WRB", "where": "WRB",
		"his": "PRP$", "her": "PRP$", "its": "PRP$", "their": "PRP$", "not": "RB", "more": "JJR", "less": "JJR", "fewer": "JJR", "many": "JJ", "than": "IN",
	}
)
