package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/archive"
	"sitrep/pipeline/export"
	"sitrep/pipeline/kafka"
)

// maxLine is more than any record takes: the text of an article is at most 10 MiB.
const maxLine = 64 << 20

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

// read takes all records, and returns how many lines were none.
func (x *exporting) read(cmd *cobra.Command, args []string, events *export.Selection) (bad int, err error) {
	x.progress = newReadProgress(cmd.ErrOrStderr())
	defer x.progress.screen.show("")
	if len(x.config.Brokers) > 0 {
		return 0, x.readTopics(cmd.Context(), events)
	}
	if len(args) == 0 {
		args = []string{"-"}
	}
	src, err := archive.NewSource(archive.Lines, maxLine, cmd.InOrStdin(), args...)
	if err != nil {
		return 0, err
	}
	err = x.all(cmd.Context(), src, func(raw pipeline.Raw) error {
		err := raw.Fault
		if err == nil {
			err = events.Line(raw.Value)
		}
		if err != nil {
			bad++
			fmt.Fprintf(x.progress.screen, "%s:%d: %v\n", raw.Topic, raw.Offset, err)
		}
		return nil
	})
	return bad, err
}

// readTopics takes the end of the articles first: an event that an article lists was
// committed with it, so that it is before the end of the events.
func (x *exporting) readTopics(ctx context.Context, events *export.Selection) error {
	events.Complete = true
	articles, err := x.spans(ctx, x.config.Topics.Articles)
	if err != nil {
		return err
	}
	all, err := x.spans(ctx, x.config.Topics.Events)
	if err != nil {
		return err
	}
	err = x.each(ctx, pipeline.Events, all, events.Event)
	if err != nil {
		return err
	}
	return x.each(ctx, pipeline.Articles, articles, func(key string, value []byte) error {
		var a struct {
			EventIDs []string `json:"event_ids"`
		}
		if value != nil {
			if err := json.Unmarshal(value, &a); err != nil {
				return err
			}
		}
		events.Article(key, a.EventIDs)
		return nil
	})
}

// spans returns all that a topic holds at the moment.
func (x *exporting) spans(ctx context.Context, topic string) ([]kafka.Span, error) {
	spans, err := kafka.Spans(ctx, x.config, topic, kafka.Place{Start: kafka.Earliest}, kafka.Place{Start: kafka.Latest})
	for _, s := range spans {
		x.progress.total += s.End - s.From
	}
	return spans, err
}

// each gives take the records of spans, their values as JSON.
func (x *exporting) each(ctx context.Context, stream pipeline.Stream, spans []kafka.Span, take func(key string, value []byte) error) error {
	one := func(raw pipeline.Raw) error {
		value, err := x.schemas.registry.JSON(ctx, stream, raw.Value)
		if err == nil {
			err = take(string(raw.Key), value)
		}
		if err != nil {
			return fmt.Errorf("%s, partition %d, offset %d: %w", raw.Topic, raw.Partition, raw.Offset, err)
		}
		return nil
	}
	for _, s := range spans {
		records := kafka.OpenRange(x.config, s, s.From)
		err := x.all(ctx, records, one)
		records.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// all gives take the records of a source.
func (x *exporting) all(ctx context.Context, src pipeline.Source, take func(pipeline.Raw) error) error {
	for {
		raws, err := src.Read(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, raw := range raws {
			if err := take(raw); err != nil {
				return err
			}
		}
		x.progress.add(len(raws))
	}
}

// readProgress tells people how many records have been read.
type readProgress struct {
	screen *screen
	every  time.Duration
	next   time.Time
	read   int64
	total  int64 // 0 when nobody can tell
}

func newReadProgress(stderr io.Writer) readProgress {
	p := readProgress{screen: newScreen(stderr), every: everyLine}
	if p.screen.terminal {
		p.every = everyLive
	}
	p.next = time.Now().Add(p.every)
	return p
}

func (p *readProgress) add(n int) {
	p.read += int64(n)
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(p.every)
	text := fmt.Sprintf("%d records read", p.read)
	if p.total > 0 {
		text += fmt.Sprintf(", %d %%", 100*p.read/p.total)
	}
	if p.screen.terminal {
		p.screen.show(text)
		return
	}
	fmt.Fprintln(p.screen, text)
}
