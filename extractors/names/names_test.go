package names

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"sitrep/extractors/marked"
	"sitrep/extractors/text"
)

func marks(doc *text.Document) (got []marked.Mark) {
	for _, m := range Find(doc) {
		got = append(got, marked.At(doc, m.Span, m.Type.String()))
	}
	return got
}

func TestFind(t *testing.T) {
	for _, sentence := range []string{
		"Gen. [Tesfaye Woldu|PERSON] flew from [Asmara|PLACE] to [Khartoum|PLACE] on Monday.",
		"[Ingrid Solheim-Berg|PERSON], a spokeswoman for the army, said the post near [Vardø|PLACE] was empty.",
		"The [European Union|ORG] sent a letter to President [Marek Dvořák|PERSON].",
		"The carrier [Carl Vinson|MISC] left port.",
		"Everybody went home.",
		"[Olga Petrenko|PERSON] met reporters. [Petrenko|PERSON] was tired, and the [Petrenko|PERSON] family left.",
		"It rained on Monday and in May.",
		"Shares of [Moody|ORG]'s fell, and [Goldman Sachs|ORG] cut its forecast.",
		"REBELS LED BY [PEDRO ALARCON|PERSON] LEFT THE TOWN OF [MONGU|PLACE] ON MONDAY, THE MINISTER SAID.",
		"Former Premier [Aldo Ferri|PERSON] was seen with Gen. [Okello|PERSON].",
		"The destroyer [Hanne Lorentzen|MISC] sailed for [Sri Lanka|PLACE].",
	} {
		marked.Check(t, sentence, marks)
	}
}

// A town is a team in results, and in the report around them, but not where
// something is in it.
func TestTeams(t *testing.T) {
	const report = "[Ashdown|ORG] beat [Millbrook|ORG] in the cup on Saturday.\n\n" +
		"Results of league matches:\n\n[Ashdown|ORG] 3 [Millbrook|ORG] 1\n[Harrow Vale|ORG] 0 [Tilbury|ORG] 0\nKenya 2 Ghana 1\n\n" +
		"The striker scored twice, and fans in [Ashdown|PLACE] sang all night."
	marked.Check(t, report, func(doc *text.Document) (got []marked.Mark) {
		for _, m := range Find(doc) {
			if w := doc.Slice(m.Span); w != "Kenya" && w != "Ghana" {
				got = append(got, marked.At(doc, m.Span, m.Type.String()))
			}
		}
		return got
	})
	// A table of provinces in a report of war is none of teams.
	doc := text.Read("", "Dead and wounded by province:\n\nKandahar 12 4 3\nHelmand 9 2 1\nKunduz 7 7 2\n\nThe army gave the figures.")
	for _, m := range Find(doc) {
		if m.Type == Organisation {
			t.Errorf("%s is a team", doc.Slice(m.Span))
		}
	}
}

// example makes a training example of a marked sentence.
func example(t *testing.T, sentence string) Example {
	t.Helper()
	plain, want := marked.Parse(sentence)
	e := Example{Doc: text.Read("", plain)}
	for _, m := range want {
		first, last := e.Doc.TokensIn(text.Span{Start: m.Start, End: m.End})
		for k := Person; k <= Other; k++ {
			if k.String() == m.Meaning {
				e.Names = append(e.Names, Mention{Type: k, First: first, Last: last})
			}
		}
	}
	return e
}

func TestTrain(t *testing.T) {
	var examples []Example
	for _, sentence := range []string{
		"Minister [Ada Lund|PERSON] went to [Oslo|PLACE].", "Minister [Per Vik|PERSON] went to [Bergen|PLACE].",
		"Minister [Eva Dahl|PERSON] went to [Narvik|PLACE].", "The rain went on.",
	} {
		examples = append(examples, example(t, sentence))
	}
	o := Options{Runs: 2, Epochs: 4, Features: 1000, Seed: 3}
	m := Train(func(int) []Example { return examples }, o)
	var got []string
	for _, n := range m.Find(text.Read("", "Minister Liv Moe went to Hamar.")) {
		got = append(got, n.Type.String())
	}
	if !slices.Equal(got, []string{"PERSON", "PLACE"}) {
		t.Errorf("learned %q", got)
	}

	var first, second bytes.Buffer
	if err := m.Write(&first); err != nil {
		t.Fatal(err)
	}
	if err := Train(func(int) []Example { return examples }, o).Write(&second); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same examples give other bytes")
	}
	if again, err := Load(bytes.NewReader(first.Bytes())); err != nil || !slices.Equal(again.rows, m.rows) {
		t.Errorf("what was written is read as something else: %v", err)
	}
	for _, cut := range []int{0, 5, len(magic), len(magic) + 100, first.Len() - 1} {
		if _, err := Load(bytes.NewReader(first.Bytes()[:cut])); err == nil {
			t.Errorf("a model of %d bytes is read", cut)
		}
	}
}

// All labels of a sequence must be able to stand where they stand.
func TestViterbiKeepsTheOrderOfLabels(t *testing.T) {
	x := newExtractor(text.Read("", "Of The Army Of May And June, The Last."))
	for _, s := range x.doc.Sentences {
		before := label(0)
		for _, l := range weights().decode(x, s) {
			if !l.follows(before) {
				t.Errorf("label %d behind %d", l, before)
			}
			before = l
		}
	}
}

func TestLeavingFeaturesOut(t *testing.T) {
	e := []Example{example(t, "Minister [Ada Lund|PERSON] went to [Oslo|PLACE]."), example(t, "Minister [Per Vik|PERSON] went to [Bergen|PLACE].")}
	count := func(without ...string) int {
		m := Train(func(int) []Example { return e }, Options{Epochs: 4, Features: 1000, Without: without})
		return len(m.rows)
	}
	all := count()
	for _, group := range Groups() {
		if group != "known" && count(group) >= all {
			t.Errorf("without %s no feature is missing", group)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Gen. J. R. al-Din’s “Hope”, U.S.-led, NGOs, \u202eİSTANBUL\u202c 🚀")
	f.Add(strings.Repeat("A", 3000))
	f.Add("REBELS LEFT MONGU ON MONDAY (ELN)\n\ncup league\nA 1 B 2\nC v D\nE 1 2 3\x00")
	f.Fuzz(func(t *testing.T, s string) {
		doc := text.Read("", s)
		last := 0
		for _, m := range Find(doc) {
			if m.Start < last || m.End <= m.Start || m.End > len(s) || m.Type == None || m.First >= m.Last {
				t.Fatalf("name %+v after %d in %q", m, last, s)
			}
			last = m.End
		}
	})
}

// The tagger beside prose's whole reading of the same text: compare the rates.
func BenchmarkBesideProse(b *testing.B) {
	body := strings.Repeat("Gen. Tesfaye Woldu flew from Asmara to Khartoum on Monday. The European Union sent a letter to President Marek Dvořák, "+
		"whose government had asked for more time to answer the questions of the court. ", 40)
	doc := text.Read("", body)
	marked.BesideProse(b, body, marked.Run{Name: "names", Once: func() { Find(doc) }})
}

// Datelines name places, and agencies in brackets.
func TestDatelines(t *testing.T) {
	const rest = " The army left the town on Friday, and nobody was hurt when it did."
	for line, want := range map[string][]Type{"TEL AVIV, MAR 12 (AFP) --": {Place, Organisation}, "SAO PAULO, April 7 -": {Place}, "UNITED NATIONS (AP) _": {Place, Organisation}} {
		var got []Type
		for _, m := range Find(text.Read("", line+rest)) {
			if m.Start < len(line) {
				got = append(got, m.Type)
			}
		}
		if len(got) == 0 || got[0] != want[0] || len(got) > len(want) {
			t.Errorf("%s: %v, want %v", line, got, want)
		}
	}
}
