package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"sitrep/pipeline"
	"sitrep/pipeline/annotations"
	"sitrep/pipeline/evaluate"
)

// An evaluation is what is scored against annotated articles and what is shown.
type evaluation struct {
	pred, anchor                                             string
	types, renames, gates                                    []string
	units, byType, asJSON, confusions, calibration, metadata bool
	errorCount                                               int
}

func evaluateCommand() *cobra.Command {
	var e evaluation
	cmd := &cobra.Command{
		Use:   "evaluate GOLD...",
		Short: "Score what is extracted against annotated articles",
		Long: `Reads annotated articles (one JSON document a line: id, published, title, text,
spans, events), extracts from their texts, and compares. With --pred it compares
the documents of another file instead. With --metadata it reads each text with
nothing beside it and scores what the text tells of itself.

Precision, recall and F1 are over all documents. A gate that is not reached makes
the exit code 4; --json shows the names that gates use.

--calibration reads the events of one or several files and shows how far the
confidence of events can be believed: how many events were found with a confidence
of 0.8 to 0.9, and what share of them is right. Right is an event
whose type is that of an annotated one of which it names the trigger, one of the
mentions or, failing these, the sentence, each annotated event once (a typed pair);
status, participants, dates and the rest may be wrong.`,
		Example: `  sitrep evaluate gold.jsonl
  sitrep evaluate gold.jsonl --types PERSON,COUNTRY --errors 20
  sitrep evaluate gold.jsonl --types PERSON --map PER=PERSON --min 'PERSON.exact.f1>=0.9'
  sitrep evaluate gold.jsonl --pred other.jsonl --by-type
  sitrep evaluate news.jsonl web.jsonl --calibration
  sitrep evaluate news.jsonl --metadata --errors 20`,
		Args: cobra.MinimumNArgs(1),
		RunE: e.run,
	}
	f := cmd.Flags()
	f.StringVar(&e.pred, "pred", "", "score this file instead of extracting")
	f.StringSliceVar(&e.types, "types", nil, "span types to score (default: all that GOLD has)")
	f.StringSliceVar(&e.renames, "map", nil, "rename span types first, as GPE=PLACE,LOC=PLACE")
	f.BoolVar(&e.units, "units", false, "score counts of units as troop counts too")
	f.BoolVar(&e.byType, "by-type", false, "show events by type")
	f.BoolVar(&e.asJSON, "json", false, "print the figures as JSON")
	f.IntVar(&e.errorCount, "errors", 0, "list the first `N` errors of each kind")
	f.BoolVar(&e.confusions, "confusions", false, "list the kinds of errors over spans: which type was found as which")
	f.BoolVar(&e.metadata, "metadata", false, "score title, day of publication and authors as the text alone tells them")
	f.BoolVar(&e.calibration, "calibration", false, "show the share of events that is right by their confidence")
	f.StringArrayVar(&e.gates, "min", nil, "fail unless a figure is reached, as 'PERSON.exact.f1>=0.9' (repeatable)")
	anchorFlag(cmd, &e.anchor)
	return cmd
}

func (e *evaluation) run(cmd *cobra.Command, args []string) error {
	o, err := e.options()
	if err != nil {
		return err
	}
	gates, err := e.parseGates()
	if err != nil {
		return err
	}
	if len(args) > 1 && !e.calibration {
		return usage("several files: only --calibration takes them together")
	}
	gold, err := readGold(args, e.calibration)
	if err != nil {
		return err
	}
	report, found, err := e.score(gold, o)
	if err != nil {
		return err
	}
	for _, w := range report.Warnings {
		fmt.Fprintln(cmd.ErrOrStderr(), "warning:", w)
	}
	if err := e.write(cmd.OutOrStdout(), report); err != nil {
		return err
	}
	if e.confusions {
		if err := evaluate.WriteConfusions(cmd.OutOrStdout(), evaluate.Confusions(gold, found, o)); err != nil {
			return err
		}
	}
	var missed []error
	for _, g := range gates {
		missed = append(missed, g.Check(report))
	}
	if err := errors.Join(missed...); err != nil {
		return exitError{exitBelowGate, err}
	}
	return nil
}

func (e *evaluation) options() (evaluate.Options, error) {
	o := evaluate.Options{Types: e.types, Units: e.units, Map: map[string]string{}}
	for _, r := range e.renames {
		from, to, ok := strings.Cut(r, "=")
		if !ok || from == "" || to == "" {
			return o, usage("--map %q: want FROM=TO", r)
		}
		o.Map[from] = to
	}
	return o, nil
}

func (e *evaluation) parseGates() ([]evaluate.Gate, error) {
	var out []evaluate.Gate
	for _, g := range e.gates {
		gate, err := evaluate.ParseGate(g)
		if err != nil {
			return nil, usage("--min: %w", err)
		}
		out = append(out, gate)
	}
	return out, nil
}

// score compares gold with what is found in its texts or stands in another file, and
// returns that too.
func (e *evaluation) score(gold []annotations.Document, o evaluate.Options) (report evaluate.Report, found []annotations.Document, err error) {
	by, err := parseAnchor(e.anchor)
	switch {
	case err != nil:
		return report, nil, err
	case e.metadata:
		scores := evaluate.Metadata(gold, tellMetadata(gold))
		report.Metadata = &scores
		return report, nil, nil
	case e.pred != "":
		found, err = readAnnotations(e.pred)
	default:
		found, err = annotate(gold, by)
	}
	if err == nil {
		report, err = evaluate.Score(gold, found, o)
	}
	return report, found, err
}

func (e *evaluation) write(w io.Writer, report evaluate.Report) (err error) {
	if e.asJSON {
		err = report.WriteJSON(w)
	} else {
		err = report.WriteTable(w, e.byType)
	}
	if err == nil && e.errorCount > 0 {
		err = report.WriteErrors(w, e.errorCount)
	}
	if err == nil && e.calibration && report.Events != nil {
		err = evaluate.WriteCalibration(w, report.Events.Calibration())
	}
	return err
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
