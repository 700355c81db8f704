package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/pipeline/export"
	"sitrep/pipeline/kafka"
)

// An exporting is one run of the command.
type exporting struct {
	config         kafka.Config
	security       security
	schemas        registryFlags
	format, output string
	filter         export.Filter
	progress       readProgress
}

func exportCommand() *cobra.Command {
	x := exporting{config: kafka.Config{Topics: kafka.DefaultTopics}}
	cmd := &cobra.Command{
		Use:   "export [FILE|DIRECTORY|-]...",
		Short: "Write the current events to Parquet, CSV or JSON Lines",
		Long: `Writes events as they stand: of several records of one event the last, none that a
tombstone took back, and none that the last record of its article does not list any
more. They are read from files of records, as extract writes them, in their order,
from stdin or, with --brokers, from the topics of events and articles: committed
records alone, each partition to where it ends at the start, in JSON or, with
--schema-registry, in Avro. No group is joined and no offset moved. Days are those of
publication, and an article without one is in no range of days.

In CSV, lists and what is nested are JSON. In Parquet, days and times are typed, and
lists and structs are Parquet's own. JSON Lines are the records as published. A file
stands there whole or, when it could not be written, not at all. Until all have been
read the events take room where TMPDIR says, a fraction of what they take in topics.

A line of a file that is no record is named on stderr, the rest goes on, and the exit
code is 3. In a topic it ends the export.`,
		Example: `  sitrep extract news/ | sitrep export -o events.parquet
  sitrep export --brokers localhost:9092 --since 2025-05-01 --until 2025-05-31 -o may.csv
  sitrep export --type deploy,withdraw --country IQ records.jsonl.gz`,
		RunE: func(cmd *cobra.Command, args []string) error { return x.run(cmd, args) },
	}
	f := cmd.Flags()
	f.StringVarP(&x.output, "output", "o", "-", "file to write; - is stdout")
	f.StringVar(&x.format, "format", "", "parquet, csv or jsonl (default: by the name of the file, else jsonl)")
	f.StringVar(&x.filter.Since, "since", "", "only what was published on this day (2026-01-31) or later")
	f.StringVar(&x.filter.Until, "until", "", "only what was published on this day or earlier")
	f.StringSliceVar(&x.filter.Types, "type", nil, "only events of these types")
	f.StringSliceVar(&x.filter.Statuses, "status", nil, "only events of these statuses")
	f.StringSliceVar(&x.filter.Countries, "country", nil, "only events in, by, against, from or to these countries (ISO codes)")
	f.Float64Var(&x.filter.MinConfidence, "min-confidence", 0, "only events of at least this confidence, 0 to 1")
	f.StringVar(&x.config.Topics.Events, "events-topic", x.config.Topics.Events, "topic of event records")
	f.StringVar(&x.config.Topics.Articles, "articles-topic", x.config.Topics.Articles, "topic of article records")
	f.StringSliceVar(&x.config.Brokers, "brokers", nil, "host:port of brokers, comma separated")
	x.security.flags(f)
	x.schemas.flags(f, "for topics in Avro")
	return cmd
}

func (x *exporting) run(cmd *cobra.Command, args []string) error {
	open, err := x.writer()
	if err != nil {
		return err
	}
	if err := x.check(args); err != nil {
		return err
	}
	events, err := export.NewSelection("")
	if err != nil {
		return err
	}
	defer events.Close()
	bad, err := x.read(cmd, args, events)
	if err != nil {
		return err
	}
	var stats export.Stats
	err = writeOutput(cmd.OutOrStdout(), x.output, func(out io.Writer) (err error) {
		w := open(out)
		if stats, err = events.Write(cmd.Context(), w, x.filter); err != nil {
			return err
		}
		return w.Close()
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(cmd.ErrOrStderr(), stats)
	if bad > 0 {
		return exitError{exitDeadLetters, fmt.Errorf("not read as records: %d", bad)}
	}
	return nil
}

// writer returns what makes the writer of the format asked for.
func (x *exporting) writer() (func(io.Writer) export.Writer, error) {
	name := x.format
	if name == "" {
		name = strings.TrimPrefix(filepath.Ext(x.output), ".")
	}
	switch name {
	case "parquet":
		return export.Parquet, nil
	case "csv":
		return export.CSV, nil
	case "jsonl", "ndjson", "":
		return export.Lines, nil
	}
	return nil, usage("format %q: want --format parquet, csv or jsonl", name)
}

func (x *exporting) check(args []string) error {
	for i, c := range x.filter.Countries {
		x.filter.Countries[i] = strings.ToUpper(c)
	}
	if err := x.filter.Check(); err != nil {
		return exitError{exitUsage, err}
	}
	if len(x.config.Brokers) > 0 && len(args) > 0 {
		return usage("give files or --brokers (SITREP_BROKERS), not both")
	}
	if err := x.schemas.open(os.Getenv(registryPassword)); err != nil {
		return err
	}
	return x.security.apply(&x.config, os.Getenv("SITREP_SASL_PASSWORD"))
}
