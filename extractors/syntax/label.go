package syntax

import "slices"

// A Label says what a word is to its head: a relation of Universal Dependencies.
type Label uint8

// The labels. Rare ones of the treebanks are counted to the nearest.
const (
	None Label = iota
	Root
	Punct
	Acl
	AclRelcl
	Advcl
	Advmod
	Amod
	Appos
	Aux
	AuxPass
	Case
	Cc
	Ccomp
	Compound
	CompoundPrt
	Conj
	Cop
	Csubj
	Dep
	Det
	Discourse
	Expl
	Fixed
	Flat
	Goeswith
	Iobj
	List
	Mark
	Nmod
	NmodDesc
	NmodPoss
	NmodUnmarked
	Nsubj
	NsubjPass
	Nummod
	Obj
	Obl
	OblAgent
	OblUnmarked
	Parataxis
	Vocative
	Xcomp
	labels // how many there are
)

var labelNames = [labels]string{"", "root", "punct", "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc",
	"ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "dep", "det", "discourse", "expl", "fixed", "flat", "goeswith", "iobj", "list",
	"mark", "nmod", "nmod:desc", "nmod:poss", "nmod:unmarked", "nsubj", "nsubj:pass", "nummod", "obj", "obl", "obl:agent", "obl:unmarked",
	"parataxis", "vocative", "xcomp"}

func (l Label) String() string { return labelNames[l] }

// merged are the rare labels of the treebanks and what they count to.
var merged = map[string]Label{
	"advcl:relcl": Advcl, "cc:preconj": Cc, "csubj:pass": Csubj, "csubj:outer": Csubj, "det:predet": Det, "dislocated": Dep,
	"nsubj:outer": Nsubj, "orphan": Dep, "reparandum": Dep, "obl:tmod": OblUnmarked, "obl:npmod": OblUnmarked, "nmod:npmod": NmodUnmarked,
	"nmod:tmod": NmodUnmarked, "flat:name": Flat, "flat:foreign": Flat,
}

// ParseLabel returns the label with the name that it has in a treebank; Dep for
// one that is not known.
func ParseLabel(name string) Label {
	if l, ok := merged[name]; ok {
		return l
	}
	if i := slices.Index(labelNames[1:], name); i >= 0 {
		return Label(i + 1)
	}
	return Dep
}
