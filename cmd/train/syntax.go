package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"sitrep/extractors/syntax"
)

func syntaxCommand(eval *string) *cobra.Command {
	o := syntax.Options{Runs: 4, TagEpochs: 6, Epochs: 8, Folds: 5, Exploration: 0.9, Seed: 1, Keep: [3]int{60_000, 1_200_000, 60_000}}
	dir := "extractors/syntax"
	cmd := &cobra.Command{
		Use:   "syntax",
		Short: "Train the parser; writes syntax.model and MODEL.md",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Log = func(format string, args ...any) { fmt.Fprintf(cmd.ErrOrStderr(), format+"\n", args...) }
			var examples []syntax.Example
			for _, name := range []string{"ewt-train", "gum-train"} {
				all, err := readAligned(*eval, name, o.Log)
				if err != nil {
					return err
				}
				for _, a := range all {
					examples = append(examples, a.Example)
				}
			}
			model := syntax.Train(examples, o)
			if err := os.WriteFile(filepath.Join(dir, "syntax.model"), model, 0o644); err != nil {
				return err
			}
			return measure(cmd.OutOrStdout(), model, *eval)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&dir, "output", "o", dir, "directory to write to")
	f.IntVar(&o.Runs, "runs", o.Runs, "models to sum")
	f.IntVar(&o.TagEpochs, "tag-epochs", o.TagEpochs, "passes over the data in a run of the tagger")
	f.IntVar(&o.Epochs, "epochs", o.Epochs, "passes over the data in a run of the parser")
	f.IntVar(&o.Keep[0], "tag-features", o.Keep[0], "features of the tagger to keep")
	f.IntVar(&o.Keep[1], "move-features", o.Keep[1], "features of moves to keep")
	f.IntVar(&o.Keep[2], "label-features", o.Keep[2], "features of labels to keep")
	f.Uint64Var(&o.Seed, "seed", o.Seed, "of all that is drawn by lot")
	return cmd
}

// readAligned reads a treebank over our tokens.
func readAligned(eval, name string, log func(string, ...any)) ([]aligned, error) {
	sentences, err := readTreebank(filepath.Join(eval, "treebank", name+".conllu.gz"))
	if err != nil {
		return nil, err
	}
	all := make([]aligned, len(sentences))
	exact, clean := 0, 0
	for i, s := range sentences {
		all[i] = align(s)
		if all[i].exact {
			exact++
		}
		if all[i].clean {
			clean++
		}
	}
	log("%s: %d sentences; %d have the treebank's words, %d whole words of it", name, len(all), exact, clean)
	return all, nil
}

// measure writes how well model parses the treebanks kept for that.
func measure(w io.Writer, model []byte, eval string) error {
	m, err := syntax.Load(model)
	if err != nil {
		return err
	}
	for _, name := range []string{"ewt-dev", "gum-dev"} {
		all, err := readAligned(eval, name, func(string, ...any) {})
		if err != nil {
			return err
		}
		var whole, exact attachment
		for _, a := range all {
			whole.add(m, a)
			if a.exact {
				exact.add(m, a)
			}
		}
		fmt.Fprintf(w, "| %s | %s |\n| %s, same words | %s |\n", name, whole, name, exact)
	}
	return nil
}
