package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/extractors/events"
	"sitrep/pipeline"
	"sitrep/pipeline/annotations"
	"sitrep/pipeline/evaluate"
)

// confidenceSets are annotated with events, or hold none.
var confidenceSets = []string{"dev/events.jsonl", "dev/web.jsonl", "dev/web_noevents.jsonl"}

func confidenceCommand(eval *string) *cobra.Command {
	folds, measure := 10, false
	path := "extractors/events/confidence.tsv"
	cmd := &cobra.Command{
		Use:   "confidence",
		Short: "Fit the confidence of events; writes confidence.tsv",
		Long: `Finds the events of the annotated articles and fits how likely each is right, in a typed
pair as sitrep evaluate counts them, to the signs that speak for it.

Printed is how well the fit tells what it did not see: each article is judged by weights
fitted to the other folds, so that no sentence of it was known.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			articles, err := judgedEvents(*eval)
			if err != nil {
				return err
			}
			if err := crossValidate(cmd.OutOrStdout(), articles, folds); err != nil || measure {
				return err
			}
			return os.WriteFile(path, []byte(fit(articles).table()), 0o644)
		},
	}
	cmd.Flags().IntVar(&folds, "folds", folds, "how many parts the articles are split into")
	cmd.Flags().BoolVar(&measure, "measure", false, "only measure, write nothing")
	cmd.Flags().StringVar(&path, "out", path, "file of the weights")
	return cmd
}

// A found is an event that was found, and whether it is right.
type found struct {
	signs events.Signs
	evaluate.Forecast
}

// judgedEvents finds the events of each article and judges them.
func judgedEvents(eval string) ([][]found, error) {
	var out [][]found
	for _, set := range confidenceSets {
		f, err := os.Open(filepath.Join(eval, set))
		if err != nil {
			return nil, err
		}
		docs, err := annotations.Read(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", set, err)
		}
		for _, d := range docs {
			one, err := judge(d)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", set, err)
			}
			out = append(out, one)
		}
	}
	return out, nil
}

// judge finds the events of one article and compares them with those annotated.
func judge(gold annotations.Document) ([]found, error) {
	a, err := pipeline.ArticleOf(gold)
	if err != nil {
		return nil, err
	}
	reading := pipeline.Examine(a, pipeline.ByPublication)
	scores, err := evaluate.Events([]annotations.Document{gold}, []annotations.Document{reading.Annotations()})
	if err != nil {
		return nil, err
	}
	var out []found
	for i := range reading.Facts.Events {
		if e := &reading.Facts.Events[i]; e.Trigger.Start >= reading.Doc.Body {
			out = append(out, found{e.Signs(), scores.Forecasts[len(out)]})
		}
	}
	return out, nil
}

// crossValidate prints how confidence fits in articles that the weights were not fitted to.
func crossValidate(w io.Writer, articles [][]found, folds int) error {
	var unseen []evaluate.Forecast
	for fold := range folds {
		var learn, test [][]found
		for i, a := range articles {
			if i%folds == fold {
				test = append(test, a)
			} else {
				learn = append(learn, a)
			}
		}
		l := fit(learn)
		for _, a := range test {
			for _, f := range a {
				unseen = append(unseen, evaluate.Forecast{Confidence: l.confidence(f.signs), Right: f.Right})
			}
		}
	}
	fmt.Fprintf(w, "articles that the weights were not fitted to, %d folds\n", folds)
	c := evaluate.Calibrate(unseen)
	if err := evaluate.WriteCalibration(w, c); err != nil {
		return err
	}
	base := c.All.Right.Ratio()
	fmt.Fprintf(w, "always saying %.2f would score %.3f; a right event is placed before a wrong one in %.3f of pairs\n", base, base*(1-base), ranking(unseen))
	return nil
}

// ranking returns the share of pairs of a right and a wrong forecast in which the right has
// the higher confidence; a tie is half a pair.
func ranking(list []evaluate.Forecast) float64 {
	good, all := 0.0, 0.0
	for _, a := range list {
		for _, b := range list {
			switch {
			case !a.Right || b.Right:
				continue
			case a.Confidence > b.Confidence:
				good++
			case a.Confidence == b.Confidence:
				good += 0.5
			}
			all++
		}
	}
	return good / max(all, 1)
}

// table writes weights as the extractor reads them.
func (l logistic) table() string {
	var b strings.Builder
	b.WriteString("sign\tweight\n")
	fmt.Fprintf(&b, "start\t%.2f\n", l.start)
	for i, name := range events.SignNames() {
		if l.weights[i] >= 0.005 {
			fmt.Fprintf(&b, "%s\t%.2f\n", name, l.weights[i])
		}
	}
	return b.String()
}
