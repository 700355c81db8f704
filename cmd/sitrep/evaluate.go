package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"sitrep/extractors/dates"
	"sitrep/pipeline"
	"sitrep/pipeline/annotations"
	"sitrep/pipeline/evaluate"
)

func evaluateCommand() *cobra.Command {
	var pred, anchor string
	var types, renames, gates []string
	var units, byType, asJSON, confusions, metadata bool
	var errorCount int
	cmd := &cobra.Command{
		Use:   "evaluate GOLD",
		Short: "Score what is extracted against annotated articles",
		Long: `Reads annotated articles (one JSON document a line: id, published, title, text,
spans, events), extracts from their texts, and compares. With --pred it compares
the documents of another file instead. With --metadata it reads each text with
nothing beside it and scores what the text tells of itself.

Precision, recall and F1 are over all documents. A gate that is not reached makes
the exit code 4; --json shows the names that gates use.`,
		Example: `  sitrep evaluate gold.jsonl
  sitrep evaluate gold.jsonl --types PERSON,COUNTRY --errors 20
  sitrep evaluate gold.jsonl --types PERSON --map PER=PERSON --min 'PERSON.exact.f1>=0.9'
  sitrep evaluate gold.jsonl --pred other.jsonl --by-type
  sitrep evaluate gold.jsonl --metadata --errors 20`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			by, err := parseAnchor(anchor)
			if err != nil {
				return err
			}
			o := evaluate.Options{Types: types, Units: units, Map: map[string]string{}}
			for _, r := range renames {
				from, to, ok := strings.Cut(r, "=")
				if !ok || from == "" || to == "" {
					return usage("--map %q: want FROM=TO", r)
				}
				o.Map[from] = to
			}
			var bounds []evaluate.Gate
			for _, g := range gates {
				gate, err := evaluate.ParseGate(g)
				if err != nil {
					return usage("--min: %w", err)
				}
				bounds = append(bounds, gate)
			}
			gold, err := readAnnotations(args[0])
			if err != nil {
				return err
			}
			var found []annotations.Document
			var report evaluate.Report
			switch {
			case metadata:
				scores := evaluate.Metadata(gold, tellMetadata(gold))
				report.Metadata = &scores
			case pred != "":
				found, err = readAnnotations(pred)
			default:
				found, err = annotate(gold, by)
			}
			if err == nil && !metadata {
				report, err = evaluate.Score(gold, found, o)
			}
			if err != nil {
				return err
			}
			for _, w := range report.Warnings {
				fmt.Fprintln(cmd.ErrOrStderr(), "warning:", w)
			}
			if asJSON {
				err = report.WriteJSON(cmd.OutOrStdout())
			} else {
				err = report.WriteTable(cmd.OutOrStdout(), byType)
			}
			if err == nil && errorCount > 0 {
				err = report.WriteErrors(cmd.OutOrStdout(), errorCount)
			}
			if err == nil && confusions {
				err = evaluate.WriteConfusions(cmd.OutOrStdout(), evaluate.Confusions(gold, found, o))
			}
			if err != nil {
				return err
			}
			var missed []error
			for _, g := range bounds {
				missed = append(missed, g.Check(report))
			}
			if err := errors.Join(missed...); err != nil {
				return exitError{exitBelowGate, err}
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&pred, "pred", "", "score this file instead of extracting")
	f.StringSliceVar(&types, "types", nil, "span types to score (default: all that GOLD has)")
	f.StringSliceVar(&renames, "map", nil, "rename span types first, as GPE=PLACE,LOC=PLACE")
	f.BoolVar(&units, "units", false, "score counts of units as troop counts too")
	f.BoolVar(&byType, "by-type", false, "show events by type")
	f.BoolVar(&asJSON, "json", false, "print the figures as JSON")
	f.IntVar(&errorCount, "errors", 0, "list the first `N` errors of each kind")
	f.BoolVar(&metadata, "metadata", false, "score title, day of publication and authors as the text alone tells them")
	f.BoolVar(&confusions, "confusions", false, "list the kinds of errors over spans: which type was found as which")
	f.StringArrayVar(&gates, "min", nil, "fail unless a figure is reached, as 'PERSON.exact.f1>=0.9' (repeatable)")
	anchorFlag(cmd, &anchor)
	return cmd
}

func readAnnotations(path string) ([]annotations.Document, error) {
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

// annotate extracts from the texts of gold.
func annotate(gold []annotations.Document, by pipeline.Anchoring) ([]annotations.Document, error) {
	out := make([]annotations.Document, len(gold))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range gold {
		g.Go(func() error {
			a := pipeline.Article{GivenID: d.ID, Body: d.Text}
			if d.Title != nil {
				a.Title = *d.Title
			}
			if d.Published != nil {
				stamp, err := dates.ParseStamp(*d.Published)
				if err != nil {
					return fmt.Errorf("document %s: published: %w", d.ID, err)
				}
				a.Published = stamp
			}
			out[i] = pipeline.Examine(a, by).Annotations()
			return out[i].Check()
		})
	}
	return out, g.Wait()
}
