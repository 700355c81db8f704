package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"sitrep/pipeline"
	"sitrep/pipeline/annotations"
	"sitrep/pipeline/evaluate"
)

func evaluateCommand() *cobra.Command {
	var pred, anchor string
	var types, renames, gates []string
	var units, byType, asJSON, confusions, calibration, metadata bool
	var errorCount int
	cmd := &cobra.Command{
		Use:   "evaluate GOLD...",
		Short: "Score what is extracted against annotated articles",
		Long: `Reads annotated articles (one JSON document a line: id, published, title, text,
spans, events), extracts from their texts, and compares. With --pred it compares
the documents of another file instead. With --metadata it reads each text with
nothing beside it and scores what the text tells of itself.

Precision, recall and F1 are over all documents. A gate that is not reached makes
the exit code 4; --json shows the names that gates use.

--calibration reads the events of one or several files and shows how far the confidence of events can be believed: how many events
were found with a confidence of 0.8 to 0.9, and what share of them is right. Right is an
event whose type is that of an annotated one of which it names the trigger, one of the
mentions or, failing these, the sentence, each annotated event once (a typed pair);
status, participants, dates and the rest may be wrong.`,
		Example: `  sitrep evaluate gold.jsonl
  sitrep evaluate gold.jsonl --types PERSON,COUNTRY --errors 20
  sitrep evaluate gold.jsonl --types PERSON --map PER=PERSON --min 'PERSON.exact.f1>=0.9'
  sitrep evaluate gold.jsonl --pred other.jsonl --by-type
  sitrep evaluate news.jsonl web.jsonl --calibration
  sitrep evaluate news.jsonl --metadata --errors 20`,
		Args: cobra.MinimumNArgs(1),
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
			if len(args) > 1 && !calibration {
				return usage("several files: only --calibration takes them together")
			}
			gold, err := readGold(args, calibration)
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
			if err == nil && calibration && report.Events != nil {
				err = evaluate.WriteCalibration(cmd.OutOrStdout(), report.Events.Calibration())
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
	f.BoolVar(&confusions, "confusions", false, "list the kinds of errors over spans: which type was found as which")
	f.BoolVar(&metadata, "metadata", false, "score title, day of publication and authors as the text alone tells them")
	f.BoolVar(&calibration, "calibration", false, "show the share of events that is right by their confidence")
	f.StringArrayVar(&gates, "min", nil, "fail unless a figure is reached, as 'PERSON.exact.f1>=0.9' (repeatable)")
	anchorFlag(cmd, &anchor)
	return cmd
}

// readGold reads documents from all paths, and leaves out their spans where only their
// events are asked for.
func readGold(paths []string, events bool) ([]annotations.Document, error) {
	var out []annotations.Document
	for _, path := range paths {
		docs, err := readAnnotations(path)
		if err != nil {
			return nil, err
		}
		out = append(out, docs...)
	}
	for i := range out {
		if events {
			out[i].Spans = nil
		}
	}
	return out, nil
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
			a, err := pipeline.ArticleOf(d)
			if err != nil {
				return err
			}
			out[i] = pipeline.Examine(a, by).Annotations()
			return out[i].Check()
		})
	}
	return out, g.Wait()
}
