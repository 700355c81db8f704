package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"sitrep/extractors/syntax"
)

// treebanks are the files of trees that the parser learns from; it is measured
// on others.
var (
	treebanks = []struct{ file, licence string }{
		{"treebank/ewt-train.conllu.gz", "Universal Dependencies English Web Treebank, CC BY-SA 4.0"},
		{"treebank/gum-train.conllu.gz", "Universal Dependencies GUM, its CC BY and public-domain genres"},
	}
	treebanksKept = []string{"ewt-dev", "gum-dev"}
)

func syntaxCommand(eval *string) *cobra.Command {
	o := syntax.Options{
		Runs: 3, Teachers: 2, TagRuns: 3, Epochs: 6, TagEpochs: 6, Folds: 6, Width: 8, Dropout: 0.2, Seed: 1,
		Keep: syntax.Keep{Tags: 110_000, Moves: 600_000, Labels: 250_000},
	}
	dir, withRaw, measure := "extractors/syntax", true, false
	cmd := &cobra.Command{
		Use:   "syntax",
		Short: "Train the parser; writes syntax.model and MODEL.md",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Log = func(format string, args ...any) { fmt.Fprintf(cmd.ErrOrStderr(), format+"\n", args...) }
			examples, origin, err := treesOf(*eval)
			if err != nil {
				return err
			}
			path := filepath.Join(dir, "syntax.model")
			model, err := os.ReadFile(path)
			if !measure {
				if model, err = trainSyntax(examples, *eval, withRaw, o); err == nil {
					err = os.WriteFile(path, model, 0o644)
				}
			}
			if err != nil {
				return err
			}
			var card bytes.Buffer
			if err := describeSyntax(&card, model, *eval, origin, o); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, "MODEL.md"), card.Bytes(), 0o644)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&dir, "output", "o", dir, "directory to write to")
	f.BoolVar(&measure, "measure", measure, "only write MODEL.md for the model that is there")
	f.IntVar(&o.Runs, "runs", o.Runs, "parsers to sum")
	f.IntVar(&o.Teachers, "teachers", o.Teachers, "parsers to sum for each teacher")
	f.IntVar(&o.Epochs, "epochs", o.Epochs, "passes over the data in a run")
	f.BoolVar(&withRaw, "raw", withRaw, "learn from sentences without trees, too")
	f.Uint64Var(&o.Seed, "seed", o.Seed, "of all that is drawn by lot")
	return cmd
}

func trainSyntax(examples []syntax.Example, eval string, withRaw bool, o syntax.Options) ([]byte, error) {
	if !withRaw {
		return syntax.Train(examples, nil, o), nil
	}
	raw, err := rawSentences(eval)
	if err != nil {
		return nil, err
	}
	return syntax.Train(examples, raw, o), nil
}

// treesOf reads the trees to learn from, over our tokens, and tells what became of
// them.
func treesOf(eval string) (examples []syntax.Example, origin string, err error) {
	for _, bank := range treebanks {
		all, err := readAligned(filepath.Join(eval, bank.file))
		if err != nil {
			return nil, "", err
		}
		origin += fmt.Sprintf("%s: %s.\n", bank.file, mapped(all))
		for _, a := range all {
			examples = append(examples, a.Example)
		}
	}
	return examples, origin, nil
}

// readAligned reads a treebank over our tokens.
func readAligned(path string) ([]aligned, error) {
	sentences, err := readTreebank(path)
	if err != nil {
		return nil, err
	}
	all := make([]aligned, len(sentences))
	for i, s := range sentences {
		all[i] = align(s)
	}
	return all, nil
}

// mapped says how many sentences have the treebank's words as tokens.
func mapped(all []aligned) string {
	exact, clean := 0, 0
	for _, a := range all {
		count(&exact, a.exact)
		count(&clean, a.clean)
	}
	return fmt.Sprintf("%d sentences, %d with the treebank's words as tokens, %d with whole words of it", len(all), exact, clean)
}

// describeSyntax writes the model card.
func describeSyntax(w io.Writer, file []byte, eval, origin string, o syntax.Options) error {
	m, err := syntax.Load(file)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, `# The parser

Written by `+"`go run ./cmd/train syntax`"+`; the same data and options give the same bytes.

Linear models over hashed features: a tagger (averaged perceptron, greedy, with prose's tag as a feature); a guess, made the
same way, at each word's label before it is parsed; the moves of an arc-hybrid parser (structured perceptron with a beam
of %d and max-violation updates; %d runs of %d epochs with %.0f %% of the features dropped, summed); the labels of its arcs.
%d KB, SHA-256 %.16x….
Tags and guesses in training are jackknifed (%d folds). Cases that the taggers, or the labels, decide alike nearly every time in
what they learned from are settled: they are looked up and not weighed. Marks are not parsed: they are properties of the words beside them.

Learned from trees over our own tokens, where hyphenated words are whole, and from those raw sentences that two teachers,
one reading from left to right and one from right to left, read alike.
%s

| file | SHA-256 | licence |
| --- | --- | --- |
`, o.Width, o.Runs, o.Epochs, 100*o.Dropout, len(file)/1024, sha256.Sum256(file), o.Folds, origin)
	for _, set := range append(treebanks[:len(treebanks):len(treebanks)], raw...) {
		b, err := os.ReadFile(filepath.Join(eval, set.file))
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "| %s | %.16x… | %s |\n", set.file, sha256.Sum256(b), set.licence)
	}
	fmt.Fprint(w, `
Every raw sentence of a measured set was left out. The classes of words in clusters.tsv come from the vectors glove.6B.50d
(Pennington, Socher and Manning 2014), Public Domain Dedication and License 1.0: `+"`go run ./cmd/train clusters`"+`.

Scores without marks, on trees that were not learned from; "same words" are the sentences whose tokens are the
treebank's words. Core arguments are nsubj, nsubj:pass and obj of verbs. Tags tell auxiliaries from verbs,
conjunctions from prepositions and pronouns from determiners, which the Penn tags do not.

| set | words | tags | UAS | LAS | core arguments F1 |
| --- | --- | --- | --- | --- | --- |
`)
	var sure margins
	for _, name := range treebanksKept {
		all, err := readAligned(filepath.Join(eval, "treebank", name+".conllu.gz"))
		if err != nil {
			return err
		}
		whole, exact := compare(m, all, &sure)
		fmt.Fprintf(w, "| %s | %s |\n| %s, same words | %s |\n", name, whole, name, exact)
	}
	fmt.Fprintf(w, "\n%s", sure)
	_, err = fmt.Fprint(w, `
Bad at: what "and" joins, parataxis, apposition, where a prepositional phrase hangs, speech and chat, addresses and lists.
`)
	return err
}
