package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"sitrep/extractors/names"
	"sitrep/extractors/text"
	"sitrep/pipeline/annotations"
	"sitrep/pipeline/evaluate"
)

// Of the sets, those that the tagger learns from, with their licences, and those
// that nothing may be learned from because they measure.
var (
	learned = []struct {
		file, licence string
		read          func(path string) ([]annotations.Document, error)
		times         int
	}{
		{"train/gmb.jsonl", "Groningen Meaning Bank: texts in the public domain, \"freely available for research purposes\"; the copy's own licence is not verified", read, 1},
		{"dev/wikigold.jsonl", "CC BY 4.0 as usually stated, not verified", read, 3},
		{"treebank/gum-train.conllu.gz", "GUM: annotations CC BY 4.0, texts CC BY or in the public domain", readGUM, 2},
	}
	measured = []string{"articles_gold", "events", "troops_sentences", "web", "web_noevents", "conll2003", "ieer", "timebank", "aquaint", "te3_platinum", "articles_dated", "gmb"}
)

func namesCommand(eval *string) *cobra.Command {
	o := names.Options{Runs: 10, Epochs: 5, Features: 450_000, Seed: 1}
	times := 50
	dir := "extractors/names"
	cmd := &cobra.Command{
		Use:   "names",
		Short: "Train the tagger of names; writes names.model and MODEL.md",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Log = func(run, epoch, wrong, sentences int) {
				fmt.Fprintf(cmd.ErrOrStderr(), "run %d, epoch %d: %d of %d sentences wrong\n", run+1, epoch+1, wrong, sentences)
			}
			examples, err := examplesOf(*eval)
			if err != nil {
				return err
			}
			m := names.Train(func(run int) []names.Example { return slices.Concat(examples, fill(times, o.Seed+uint64(run))) }, o)
			var model, card bytes.Buffer
			if err := m.Write(&model); err != nil {
				return err
			}
			if err := describe(&card, m, model.Bytes(), *eval, times, o); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(dir, "names.model"), model.Bytes(), 0o644); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, "MODEL.md"), card.Bytes(), 0o644)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&dir, "output", "o", dir, "directory to write to")
	f.IntVar(&o.Runs, "runs", o.Runs, "models to sum")
	f.IntVar(&o.Epochs, "epochs", o.Epochs, "passes over the data in a run")
	f.IntVar(&o.Features, "features", o.Features, "features to keep")
	f.StringSliceVar(&o.Without, "without", nil, "groups of features to leave out, of "+strings.Join(names.Groups(), ", "))
	f.Uint64Var(&o.Seed, "seed", o.Seed, "of all that is drawn by lot")
	f.IntVar(&times, "filled", times, "how often a run sees each sentence of templates.txt, with other names each time")
	return cmd
}

// examplesOf reads the texts to learn from.
func examplesOf(eval string) ([]names.Example, error) {
	skip, err := measuredSentences(eval)
	if err != nil {
		return nil, err
	}
	var all []names.Example
	for n, set := range learned {
		docs, err := set.read(filepath.Join(eval, set.file))
		if err != nil {
			return nil, err
		}
		examples := make([]names.Example, len(docs))
		for i, d := range docs {
			examples[i] = example(d)
			examples[i].Times = set.times
			untitle(&examples[i])
		}
		if n == 0 {
			agree(examples)
		}
		all = append(all, without(examples, skip)...)
	}
	return all, nil
}

func read(path string) ([]annotations.Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	docs, err := annotations.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return docs, nil
}

// normal is a sentence without case, blanks and signs.
func normal(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func measuredSentences(eval string) (map[string]bool, error) {
	out := map[string]bool{}
	for _, set := range measured {
		docs, err := read(filepath.Join(eval, "dev", set+".jsonl"))
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			doc := text.Read("", d.Text)
			for _, s := range doc.Sentences {
				if n := normal(doc.Slice(s.Span)); len(n) > 20 {
					out[n] = true
				}
			}
		}
	}
	return out, nil
}

// without leaves out the texts that have one of the sentences.
func without(examples []names.Example, sentences map[string]bool) []names.Example {
	var out []names.Example
next:
	for _, e := range examples {
		for _, s := range e.Doc.Sentences {
			if sentences[normal(e.Doc.Slice(s.Span))] {
				continue next
			}
		}
		out = append(out, e)
	}
	return out
}

var types = map[string]names.Type{"PERSON": names.Person, "PER": names.Person, "GPE": names.Place, "LOC": names.Place, "PLACE": names.Place,
	"ORG": names.Organisation, "NORP": names.Other, "MISC": names.Other}

// example aligns the spans of d with the tokens of its text.
func example(d annotations.Document) names.Example {
	doc := text.Read("", d.Text)
	at := annotations.NewOffsets(d.Text)
	e := names.Example{Doc: doc}
	last := 0
	for _, s := range d.Spans {
		t := types[s.Type]
		if t == names.None {
			continue
		}
		span := text.Span{Start: at.Byte(s.Start), End: at.Byte(s.End)}
		first, end := doc.TokensIn(span)
		for end > first && (doc.Tag(end-1) == "POS" || doc.Tokens[end-1].Start >= span.End) {
			end--
		}
		if first < last || first >= end {
			continue
		}
		e.Names = append(e.Names, names.Mention{Type: t, First: first, Last: end})
		last = end
	}
	return e
}

// describe writes the model card.
func describe(w io.Writer, m *names.Model, model []byte, eval string, times int, o names.Options) error {
	fmt.Fprintf(w, `# The tagger of names

Written by `+"`go run ./cmd/train names`"+`; the same data and options give the same bytes.

An averaged structured perceptron (Collins 2002) over the tokens of extractors/text: %d runs of %d epochs, summed,
%d KB, SHA-256 %.16x…. Beside the texts below each run sees the sentences of cmd/train/templates.txt %d times,
with names drawn by lot.
It gives PERSON, PLACE, ORG and MISC; its raw names are then made consistent over a document
(consistent.go). People and countries have rules of their own behind it: the scores of the whole are in docs/accuracy.md.

Learned from:

| file | SHA-256 | licence |
| --- | --- | --- |
`, o.Runs, o.Epochs, len(model)/1024, sha256.Sum256(model), times)
	for _, set := range learned {
		raw, err := os.ReadFile(filepath.Join(eval, set.file))
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "| %s | %.16x… | %s |\n", set.file, sha256.Sum256(raw), set.licence)
	}
	fmt.Fprint(w, `
Every text with a sentence of a measured set was left out.

Scores of the names alone (exact F1 / relaxed F1), on sets that were not learned from:

| set | PERSON | PLACE | ORG |
| --- | --- | --- | --- |
`)
	for _, set := range []string{"conll2003", "ieer", "gmb", "articles_gold", "web"} {
		r, err := score(m, filepath.Join(eval, "dev", set+".jsonl"))
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "| %s |", set)
		for _, t := range []string{"PERSON", "PLACE", "ORG"} {
			exact, _ := r.Lookup(t + ".exact.f1")
			relaxed, _ := r.Lookup(t + ".relaxed.f1")
			if relaxed == 0 { // the set has no such names
				fmt.Fprint(w, " |")
				continue
			}
			fmt.Fprintf(w, " %.3f / %.3f |", exact, relaxed)
		}
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprint(w, `
Bad at: companies, clubs and papers that no list holds (taken for persons or missed), tables and forms, works of art,
headlines whose every word is large, text in capitals, where names are told by the lists of words alone. The lists of
well-known names and the templates are our own; they were written by people who had seen the misses on the development
half. GMB's own marks are a silver standard: its persons hold titles, which the tagger leaves out (hence its PERSON here).
`)
	return err
}

func score(m *names.Model, path string) (evaluate.Report, error) {
	gold, err := read(path)
	if err != nil {
		return evaluate.Report{}, err
	}
	pred := make([]annotations.Document, len(gold))
	for i, d := range gold {
		doc := text.Read("", d.Text)
		at := annotations.NewOffsets(d.Text)
		pred[i] = annotations.Document{ID: d.ID}
		for _, n := range m.Find(doc) {
			pred[i].Spans = append(pred[i].Spans, annotations.Span{Start: at.CodePoint(n.Start), End: at.CodePoint(n.End), Type: n.Type.String(), Text: doc.Slice(n.Span)})
		}
	}
	return evaluate.Score(gold, pred, evaluate.Options{Types: []string{"PERSON", "PLACE", "ORG"}, Map: map[string]string{"PER": "PERSON", "LOC": "PLACE", "GPE": "PLACE"}})
}
