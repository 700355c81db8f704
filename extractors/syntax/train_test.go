package syntax

import (
	"bytes"
	"strings"
	"testing"

	"sitrep/extractors/text"
)

// example makes a training example of lines "word head label upos xpos", heads
// counted from 1.
func example(t *testing.T, lines string) Example {
	t.Helper()
	var words []string
	var e Example
	for line := range strings.Lines(lines) {
		f := strings.Fields(line)
		words = append(words, f[0])
		e.Heads = append(e.Heads, int(f[1][0])-'1')
		e.Labels = append(e.Labels, ParseLabel(f[2]))
		e.Tags = append(e.Tags, ParseTag(f[4], f[3]))
	}
	e.Doc = text.Read("", strings.Join(words, " "))
	if len(e.Doc.Tokens) != len(words) {
		t.Fatalf("%d tokens of %d words", len(e.Doc.Tokens), len(words))
	}
	return e
}

var lessons = []string{
	"Rebels 2 nsubj NOUN NNS\nattacked 0 root VERB VBD\ntowns 2 obj NOUN NNS\n. 2 punct PUNCT .\n",
	"Soldiers 2 nsubj NOUN NNS\nguarded 0 root VERB VBD\nbridges 2 obj NOUN NNS\n. 2 punct PUNCT .\n",
	"Farmers 2 nsubj NOUN NNS\nsold 0 root VERB VBD\nthe 4 det DET DT\ncrops 2 obj NOUN NNS\n. 2 punct PUNCT .\n",
	"The 2 det DET DT\npilots 3 nsubj NOUN NNS\nbombed 0 root VERB VBD\nbarracks 3 obj NOUN NNS\n. 3 punct PUNCT .\n",
}

func TestTrain(t *testing.T) {
	var examples []Example
	for range 3 { // so that each feature occurs more than once, in each fold
		for _, l := range lessons {
			examples = append(examples, example(t, l))
		}
	}
	raw := []*text.Document{text.Read("", "Pilots guarded the towns."), text.Read("", "?"), text.Read("", "")}
	o := Options{Runs: 2, Teachers: 1, TagRuns: 2, Epochs: 8, TagEpochs: 4, Folds: 2, Width: 4, Dropout: 0.1, Seed: 3, Keep: Keep{1000, 1000, 1000}}
	file := Train(examples, raw, o)
	m, err := Load(file)
	if err != nil {
		t.Fatal(err)
	}
	doc := text.Read("", "The rebels guarded the barracks.")
	var tree Tree
	m.Parser().Parse(doc, doc.Sentences[0], &tree)
	want := "The det rebels\nrebels nsubj guarded\nguarded root \nthe det barracks\nbarracks obj guarded\n. punct barracks\n"
	if got := describe(doc, &tree); got != want {
		t.Errorf("learned\n%s", got)
	}
	if !bytes.Equal(file, Train(examples, raw, o)) {
		t.Error("the same examples give other bytes")
	}
	for _, cut := range []int{0, 5, len(magic), len(magic) + 3, len(file) / 2, len(file) - 1} {
		if _, err := Load(file[:cut]); err == nil {
			t.Errorf("a model of %d bytes is read", cut)
		}
	}
}

// Each move that costs nothing leads on to the right tree.
func TestTheOracleFindsTheTree(t *testing.T) {
	for _, l := range lessons {
		e := example(t, l)
		g := e.gold()
		var s state
		s.begin(g.words)
		for _, m := range g.way() {
			s.apply(m, Dep)
		}
		for d, h := range g.heads {
			if s.nodes[d].head != h {
				t.Errorf("%s: word %d hangs on %d, want %d", e.Doc.Text, d, s.nodes[d].head, h)
			}
		}
	}
}

// Read from its end and again from its end, a tree is what it was.
func TestReversed(t *testing.T) {
	e := example(t, lessons[3])
	g := e.gold()
	again := g.reversed().reversed()
	for i, w := range body(g.words) {
		v := again.words[i]
		if v.token != w.token || v.before != w.before || v.commas != w.commas || again.heads[i] != g.heads[i] || again.labels[i] != g.labels[i] {
			t.Errorf("word %d: %+v, want %+v", i, v, w)
		}
	}
}
