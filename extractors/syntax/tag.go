package syntax

import "slices"

// A Tag is a part of speech of the Penn Treebank, as in the English treebanks of
// Universal Dependencies. Three are divided: auxiliaries from other verbs,
// subordinating conjunctions from prepositions, and "this" that stands alone
// from "this" before a noun.
type Tag uint8

// tagNames are the tags. The first stands for marks, which are not tagged.
var tagNames = [...]string{"PUNCT", "$", "ADD", "CC", "CD", "DT", "DT-PRON", "EX", "FW", "GW", "IN", "IN-SCONJ", "JJ", "JJR", "JJS",
	"LS", "MD", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VB-AUX", "VBD",
	"VBD-AUX", "VBG", "VBG-AUX", "VBN", "VBN-AUX", "VBP", "VBP-AUX", "VBZ", "VBZ-AUX", "WDT", "WP", "WP$", "WRB"}

const tags = len(tagNames)

// The tags of what is no word: beyond the sentence, and the root above it.
const (
	tagNone Tag = Tag(tags) + iota
	tagRoot
)

func (t Tag) String() string { return tagNames[t] }

// ParseTag returns the tag for a treebank's language-specific and universal part
// of speech.
func ParseTag(xpos, upos string) Tag {
	switch {
	case upos == "AUX" && xpos[0] == 'V':
		xpos += "-AUX"
	case upos == "SCONJ" && xpos == "IN":
		xpos += "-SCONJ"
	case xpos == "AFX":
		xpos = "JJ"
	case upos == "PRON" && xpos == "DT":
		xpos += "-PRON"
	}
	return Tag(max(0, slices.Index(tagNames[:], xpos)))
}

var (
	tagVB  = ParseTag("VB", "VERB")
	tagVBN = ParseTag("VBN", "VERB")
	tagWP  = ParseTag("WP", "PRON")
	tagWDT = ParseTag("WDT", "PRON")
)

// verb reports whether t is a verb that is no auxiliary.
func (t Tag) verb() bool {
	return t >= tagVB && int(t) < tags && tagNames[t][0] == 'V' && len(tagNames[t]) <= 3
}

// The tags that prose's model gives, by number.
var proseTags = func() map[string]uint8 {
	m := map[string]uint8{}
	for i, t := range []string{"CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NN", "NNP", "NNPS", "NNS", "PDT", "POS",
		"PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "$"} {
		m[t] = uint8(i + 1)
	}
	return m
}()
