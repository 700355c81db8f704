package main

import (
	"fmt"
	"strings"
	"testing"
)

// A sentence of our own, with a contraction and a word that the treebank cuts at
// its hyphens.
const treebank = `# text = They didn't see the two-storey house.
1	They	they	PRON	PRP	_	4	nsubj	_	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	see	see	VERB	VB	_	0	root	_	_
5	the	the	DET	DT	_	9	det	_	_
6	two	two	NUM	CD	_	8	nummod	_	SpaceAfter=No
7	-	-	PUNCT	HYPH	_	6	punct	_	SpaceAfter=No
8	storey	storey	NOUN	NN	_	9	compound	_	_
9	house	house	NOUN	NN	_	4	obj	_	SpaceAfter=No
10	.	.	PUNCT	.	_	4	punct	_	_

`

func TestAlign(t *testing.T) {
	all, err := parseTreebank(strings.NewReader(treebank))
	if err != nil || len(all) != 1 {
		t.Fatalf("%d sentences, %v", len(all), err)
	}
	a := align(all[0])
	var got strings.Builder
	for i, h := range a.Heads {
		fmt.Fprintf(&got, "%s %s %s %s\n", a.Doc.Word(i), a.Tags[i], a.Labels[i], a.Doc.Word(h))
	}
	want := `They PRP nsubj see
did VBD-AUX aux see
n't RB advmod see
see VB root 
the DT det house
two-storey NN compound house
house NN obj see
. PUNCT punct see
`
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
	if a.exact || !a.clean {
		t.Errorf("exact %t, clean %t: a word of ours is three of the treebank's", a.exact, a.clean)
	}
}
