package syntax

import (
	"fmt"
	"strings"
	"testing"

	"sitrep/extractors/text"
)

// unmark takes the marks off a sentence and returns what they expect: "<nsubj"
// and "obj>" say that a word hangs by that label on the next verb marked "!", or
// on the one before.
func unmark(sentence string) (plain string, want []string) {
	var words []string
	verb := ""
	var waiting []string
	for _, w := range strings.Fields(sentence) {
		if v, ok := strings.CutSuffix(w, "!"); ok {
			verb = v
			for _, d := range waiting {
				want = append(want, d+" "+verb)
			}
			waiting, w = nil, v
		}
		if d, label, ok := strings.Cut(w, "<"); ok {
			waiting = append(waiting, d+" "+label)
			w = d
		}
		if d, label, ok := strings.Cut(w, ">"); ok {
			want = append(want, d+" "+label+" "+verb)
			w = d
		}
		words = append(words, w)
	}
	return strings.Join(words, " ") + ".", want
}

func TestParse(t *testing.T) {
	p := NewParser()
	var tree Tree
	for _, sentence := range []string{
		"The rebels<nsubj attacked! the town>obj on Friday>obl",
		"Six soldiers<nsubj:pass were killed! by gunmen>obl:agent",
		"The president<nsubj ordered! the army>obj to leave>xcomp",
		"The minister<nsubj said! the troops will return>ccomp",
		"Chad and Niger signed! a treaty>obj",
		"Police<nsubj arrested! twelve men>obj and released! a woman>obj",
		"The town<nsubj:pass was shelled! for days>obl",
		"Her government<nsubj has not sent! any weapons>obj to the border>obl",
	} {
		plain, want := unmark(sentence)
		doc := text.Read("", plain)
		p.Parse(doc, doc.Sentences[0], &tree)
		got := describe(doc, &tree)
		for _, w := range want {
			if !strings.Contains(got, w+"\n") {
				t.Errorf("%s\nwant %s in\n%s", plain, w, got)
			}
		}
	}
}

// describe lists the arcs of a tree: "rebels nsubj attacked".
func describe(doc *text.Document, tree *Tree) string {
	var b strings.Builder
	for i := tree.First; i < tree.Last; i++ {
		fmt.Fprintf(&b, "%s %s %s\n", doc.Word(i), tree.Label(i), doc.Word(tree.Head(i)))
	}
	return b.String()
}

// Who does what to whom, whatever the sentence looks like: doer, verb, undergoer.
func TestDoerAndUndergoer(t *testing.T) {
	p := NewParser()
	var tree Tree
	for _, c := range []struct{ text, verb, doer, undergoer string }{
		{"The rebels attacked the town.", "attacked", "rebels", "town"},
		{"The town was attacked by the rebels.", "attacked", "rebels", "town"},
		{"The rebels crossed the river and attacked the town.", "attacked", "rebels", "town"},
		{"The town which the rebels attacked was empty.", "attacked", "rebels", "town"},
		{"The rebels who attacked the town fled.", "attacked", "rebels", "town"},
		{"The soldiers killed in the town were young.", "killed", "", "soldiers"},
		{"The president ordered the army to attack the town.", "attack", "army", "town"},
		{"The rebels want to attack the town.", "attack", "rebels", "town"},
		{"Chad sent 200 soldiers to guard the bridge.", "guard", "soldiers", "bridge"},
		{"Troops shelled the village, killing six farmers.", "killing", "Troops", "farmers"},
	} {
		doc := text.Read("", c.text)
		p.Parse(doc, doc.Sentences[0], &tree)
		for i := range doc.Tokens {
			if doc.Word(i) != c.verb {
				continue
			}
			if doer, undergoer := doc.Word(tree.Doer(i)), doc.Word(tree.Undergoer(i)); doer != c.doer || undergoer != c.undergoer {
				t.Errorf("%s\n%q %s %q, want %q and %q\n%s", c.text, doer, c.verb, undergoer, c.doer, c.undergoer, describe(doc, &tree))
			}
		}
	}
}

// checkTree tells what is wrong with a tree.
func checkTree(tree *Tree) error {
	roots := 0
	for i := tree.First; i < tree.Last; i++ {
		steps := 0
		for h := i; h >= 0; h = tree.Head(h) {
			if h < tree.First || h >= tree.Last {
				return fmt.Errorf("head %d outside the sentence", h)
			}
			if steps++; steps > tree.Last-tree.First {
				return fmt.Errorf("a cycle above token %d", i)
			}
		}
		if tree.Head(i) < 0 {
			roots++
		}
		if (tree.Label(i) == Root) != (tree.Head(i) < 0) || tree.Label(i) == None {
			return fmt.Errorf("token %d has head %d as %q", i, tree.Head(i), tree.Label(i))
		}
		first, last := tree.Subtree(i)
		for c := range tree.Children(i) {
			f, l := tree.Subtree(c)
			if f < first || l > last || tree.Head(c) != i {
				return fmt.Errorf("token %d does not hold its dependent %d", i, c)
			}
		}
	}
	if n := tree.Last - tree.First; n > 0 && (roots != 1 || tree.Head(tree.Root()) >= 0) {
		return fmt.Errorf("%d roots", roots)
	}
	return nil
}

func FuzzParse(f *testing.F) {
	f.Add("The U.S.-led force, he said, “won't” leave; its chief's aides (two of them) – did: they've gone...")
	f.Add("?!\n\n(((( ... $5 % & 'tis")
	f.Add(strings.Repeat("and the ", 300))
	f.Fuzz(func(t *testing.T, s string) {
		doc := text.Read("", s)
		p := NewParser()
		var tree Tree
		for _, sentence := range doc.Sentences {
			p.Parse(doc, sentence, &tree)
			if err := checkTree(&tree); err != nil {
				t.Fatalf("%v in %q", err, doc.Slice(sentence.Span))
			}
		}
	})
}

func TestParseAllocatesNothing(t *testing.T) {
	doc := text.Read("", news)
	p := NewParser()
	var tree Tree
	parse := func() {
		for _, s := range doc.Sentences {
			p.Parse(doc, s, &tree)
		}
	}
	for range 10 { // until all memory is as large as it must be
		parse()
	}
	if n := testing.AllocsPerRun(5, parse); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
