package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/archive"
	"sitrep/pipeline/article"
	"sitrep/pipeline/backfill"
	"sitrep/pipeline/kafka"
)

// backfillFlags are what a backfill is told.
type backfillFlags struct {
	config   kafka.Config
	security security
	schemas  registryFlags
	limits   pipeline.Limits
	decoder  article.Decoder

	format, topic, since, until, dir, shard, job string
	partitions                                   []int
	create, workers                              int
	rate                                         string
	dryRun, json                                 bool
}

func backfillCommand() *cobra.Command {
	b := &backfillFlags{limits: pipeline.DefaultLimits, workers: runtime.GOMAXPROCS(0), config: kafka.Config{Topics: kafka.DefaultTopics, MaxBatch: 256}}
	cmd := &cobra.Command{
		Use:   "backfill [FILE|DIRECTORY|-]...",
		Short: "Run an archive of files, or a part of a topic, through extraction",
		Long: `Publishes for an archive what the service would have published: from files (as
extract reads them) or from a topic (--from-topic), to the topics of the service, or
to files (--to-dir). It joins no consumer group and moves no offset of the service.

It can be stopped at any moment, by Ctrl-C or otherwise: the same command goes on
where the last one was, and nothing comes out twice. A job is known by --job, or by
its inputs, options and version; one that is complete is left alone. Files must stay
as they are until it is. Of two processes with the same job the older one gives up.

--shard 0/4 to 3/4 share one job among four processes.
What is read and what it will take is shown first; --dry-run ends there.

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, with dead letters or files that
could not be read; 130 interrupted, checkpoint saved.`,
		Example: `  sitrep backfill --brokers localhost:9092 archive/ 2024.jsonl.zst
  sitrep backfill --to-dir out archive.warc.gz
  sitrep backfill --brokers localhost:9092 --from-topic articles.raw --since 2025-01-01T00:00:00Z --to-dir out
  sitrep backfill --brokers localhost:9092 --rate 200/s --job history --dry-run archive/`,
		RunE: func(cmd *cobra.Command, args []string) error { return b.run(cmd, args) },
	}
	f := cmd.Flags()
	f.StringSliceVar(&b.config.Brokers, "brokers", nil, "host:port of brokers, comma separated")
	f.StringVarP(&b.format, "format", "f", "auto", "format of the files: auto, json, jsonl, text, html, xml or warc")
	f.StringVar(&b.topic, "from-topic", "", "read this topic instead of files")
	f.StringVar(&b.since, "since", "earliest", "where to begin in the topic: earliest, an offset or a time (2026-01-31T00:00:00Z)")
	f.StringVar(&b.until, "until", "latest", "where to end in the topic, that one not included: latest (now), an offset or a time")
	f.IntSliceVar(&b.partitions, "partitions", nil, "partitions of the topic to read (default: all)")
	f.StringVar(&b.dir, "to-dir", "", "write events.jsonl, articles.jsonl and deadletters.jsonl to this directory instead of topics")
	f.StringVar(&b.config.Topics.Events, "events-topic", b.config.Topics.Events, "topic of event records")
	f.StringVar(&b.config.Topics.Articles, "articles-topic", b.config.Topics.Articles, "topic of article records")
	f.StringVar(&b.config.Topics.DeadLetters, "deadletters-topic", b.config.Topics.DeadLetters, "topic of dead letters")
	f.IntVar(&b.create, "create-topics", 0, "first create the output topics that do not exist, with `N` partitions")
	f.StringVar(&b.job, "job", "", "name of the job (default: made from what it reads and writes)")
	f.StringVar(&b.shard, "shard", "", "work on a part of the input: `i/n`, with i from 0 to n-1")
	f.StringVar(&b.rate, "rate", "", "no more articles a second than `N/s`")
	f.IntVar(&b.workers, "workers", b.workers, "articles extracted at once")
	f.IntVar(&b.config.MaxBatch, "max-batch", b.config.MaxBatch, "articles made durable together")
	f.BoolVar(&b.dryRun, "dry-run", false, "show the plan and do nothing")
	f.BoolVar(&b.json, "json", false, "write plan, progress and summary as lines of JSON on stdout")
	f.StringSliceVar(&b.schemas.urls, "schema-registry", nil, "addresses of a schema registry, for articles in Avro or JSON Schema")
	f.StringVar(&b.schemas.username, "schema-registry-username", "", "user name; the password is in SITREP_SCHEMA_REGISTRY_PASSWORD or a file")
	f.StringVar(&b.schemas.passwordFromFile, "schema-registry-password-file", "", "file of the password")
	b.security.flags(f)
	limitFlags(cmd, &b.limits)
	decodeFlags(f, &b.decoder)
	return cmd
}

// run makes the job that the flags describe, shows its plan and runs it.
func (b *backfillFlags) run(cmd *cobra.Command, args []string) error {
	job, err := b.check(args)
	if err != nil {
		return err
	}
	ctx, show := cmd.Context(), newShower(cmd, b.json)
	bad := newComplaints(cmd.ErrOrStderr())
	in, err := b.input(ctx, cmd, args, bad)
	if err != nil {
		return err
	}
	job.Process = func(raw pipeline.Raw) []pipeline.Record { return pipeline.ProcessAs(raw, &b.decoder, b.limits) }
	in.plan.Shard = in.shard.String()
	if job.Name == "" {
		job.Name = in.plan.Name()
	}
	job.Plan, job.Parts = in.plan.Hash(), in.parts
	show.plan(job.Name, in, b.workers, in.estimate(ctx, b.workers, job.Process))
	if b.dryRun || ctx.Err() != nil {
		return ctx.Err()
	}
	store, done, err := b.open(ctx, job.Name, in)
	if err != nil {
		return err
	}
	defer done()
	job.Store, job.Workers, job.Dead = store, b.workers, bad.dead
	job.Meter, job.Logger = backfill.NewMeter(), logger()
	stop := show.progress(job.Meter, in.done)
	err = job.Run(ctx)
	stop()
	return b.ended(ctx, show, job, bad, err)
}

// ended says how the job ended, with the exit code that tells it.
func (b *backfillFlags) ended(ctx context.Context, show *shower, job *backfill.Job, bad *complaints, err error) error {
	dead := 0
	for _, n := range job.Meter.Snapshot().Tally.Dead {
		dead += n
	}
	switch {
	case errors.Is(err, backfill.ErrComplete):
		show.say("job %s is complete already: nothing was done", job.Name)
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		show.summary(job, "interrupted")
		return exitError{exitInterrupted, errors.New("interrupted, checkpoint saved: the same command goes on")}
	case err != nil:
		return err
	}
	show.summary(job, "complete")
	if dead+bad.files > 0 {
		return exitError{exitDeadLetters, fmt.Errorf("%d dead letters, %d files that could not be read to their end", dead, bad.files)}
	}
	return nil
}

// check makes a job of what needs no look at the world.
func (b *backfillFlags) check(args []string) (*backfill.Job, error) {
	job := &backfill.Job{Name: b.job}
	switch {
	case (b.topic == "") == (len(args) == 0):
		return nil, usage("want files, or - for stdin, or --from-topic")
	case len(b.config.Brokers) == 0 && (b.topic != "" || b.dir == ""):
		return nil, usage("no brokers: give --brokers host:port,… or SITREP_BROKERS; or --to-dir")
	case strings.ContainsAny(b.job, "/ \t\n"):
		return nil, usage("--job %q: want a name without blanks and slashes", b.job)
	case b.config.MaxBatch < 1:
		return nil, usage("--max-batch %d: want 1 or more", b.config.MaxBatch)
	}
	if b.rate != "" {
		if _, err := fmt.Sscanf(strings.TrimSuffix(b.rate, "/s")+"\n", "%g\n", &job.Rate); err != nil || job.Rate <= 0 {
			return nil, usage("--rate %q: want a number a second, as 200/s", b.rate)
		}
		b.config.MaxBatch = max(1, min(b.config.MaxBatch, int(job.Rate)))
	}
	if err := b.security.apply(&b.config, os.Getenv("SITREP_SASL_PASSWORD")); err != nil {
		return nil, err
	}
	b.config.MaxMessageBytes, b.config.Logger = b.limits.OutputBytes(), logger()
	return job, b.schemas.apply(&b.config, &b.decoder, os.Getenv("SITREP_SCHEMA_REGISTRY_PASSWORD"))
}

// A backfillInput is what a job reads.
type backfillInput struct {
	plan     backfill.Plan
	parts    []backfill.Part
	shard    backfill.Shard
	what     string // for people
	estimate func(context.Context, int, func(pipeline.Raw) []pipeline.Record) backfill.Estimate
	// done returns what part of the input has been done, 0 to 1, or less when
	// nobody can tell.
	done func(backfill.Snapshot) float64
}

func (b *backfillFlags) input(ctx context.Context, cmd *cobra.Command, args []string, bad *complaints) (*backfillInput, error) {
	in := &backfillInput{plan: backfill.Plan{
		Options: fmt.Sprintf("%s %v %s %+v", b.format, b.limits.Article, b.decoder.Mapping.String(), b.decoder.Limits),
		Version: pipeline.Version(), Outputs: []string{"files"},
	}}
	if b.dir == "" {
		in.plan.Outputs = []string{b.config.Topics.Events, b.config.Topics.Articles, b.config.Topics.DeadLetters}
	}
	var err error
	if b.shard != "" {
		if in.shard, err = backfill.ParseShard(b.shard); err != nil {
			return nil, usage("--shard: %w", err)
		}
	}
	if b.topic != "" {
		return in, b.topicInput(ctx, in)
	}
	return in, b.fileInput(cmd, args, in, bad)
}

func (b *backfillFlags) fileInput(cmd *cobra.Command, args []string, in *backfillInput, bad *complaints) error {
	format, err := archive.ParseFormat(b.format)
	if err != nil {
		return usage("--format: %w", err)
	}
	files := &backfill.Files{Format: format, Max: b.limits.Article, Stdin: cmd.InOrStdin(), Paths: args, Shard: in.shard, Batch: b.config.MaxBatch, Bad: bad.file}
	paths, sizes := files.Sizes(bad.file)
	if len(paths) == 0 {
		return errors.New("no file can be read")
	}
	var bytes int64
	for i, path := range paths {
		in.plan.Files = append(in.plan.Files, backfill.PlannedFile{Path: path, Size: sizes[i]})
		bytes += sizes[i]
	}
	in.what = fmt.Sprintf("%d files, %s", len(paths), inBytes(bytes))
	in.parts = []backfill.Part{files.Part(b.config.Topics.Articles)}
	in.estimate = func(ctx context.Context, workers int, process func(pipeline.Raw) []pipeline.Record) backfill.Estimate {
		return files.Estimate(ctx, bytes, workers, process)
	}
	in.done = func(backfill.Snapshot) float64 {
		if bytes == 0 || slices.Contains(paths, "-") {
			return -1
		}
		return float64(files.Consumed()) / float64(bytes)
	}
	return nil
}

func (b *backfillFlags) topicInput(ctx context.Context, in *backfillInput) error {
	since, err := kafka.ParsePlace(b.since)
	if err != nil {
		return usage("--since: %w", err)
	}
	until, err := kafka.ParsePlace(b.until)
	if err != nil {
		return usage("--until: %w", err)
	}
	spans, err := kafka.Spans(ctx, b.config, b.topic, since, until, b.partitions...)
	if err != nil {
		return err
	}
	b.config.Input = b.topic
	topic := &backfill.Topic{Config: b.config, Spans: spans, Shard: in.shard}
	in.plan.Topic, in.plan.Since, in.plan.Until, in.plan.Partitions = b.topic, b.since, b.until, b.partitions
	in.what = fmt.Sprintf("topic %s, %d partitions, %d records", b.topic, len(spans), topic.Records())
	in.parts, in.estimate = topic.Parts(), topic.Estimate
	in.done = func(s backfill.Snapshot) float64 {
		return float64(s.Tally.Raw*max(1, in.shard.Of)) / float64(max(1, topic.Records()))
	}
	return nil
}

// open returns where the job publishes, and how to close it.
func (b *backfillFlags) open(ctx context.Context, name string, in *backfillInput) (backfill.Store, func(), error) {
	if b.dir != "" {
		dir, err := backfill.OpenDir(b.dir, in.shard)
		if err != nil {
			return nil, nil, err
		}
		return dir, dir.Close, nil
	}
	if b.create > 0 {
		specs := kafka.Specs("", b.config.Topics, b.create, b.limits.Article)[1:] // the outputs
		if err := kafka.CreateTopics(ctx, b.config, specs...); err != nil {
			return nil, nil, err
		}
	}
	topics, err := backfill.OpenTopics(ctx, b.config, name, in.shard)
	if err != nil {
		return nil, nil, err
	}
	return topics, topics.Close, nil
}

// complaints names on stderr what is bad in the input, each file once and a number
// of dead letters.
type complaints struct {
	out   io.Writer
	seen  map[string]bool
	files int
	named int
}

const deadNamed = 50

func newComplaints(out io.Writer) *complaints { return &complaints{out: out, seen: map[string]bool{}} }

func (c *complaints) file(err error) {
	if c.seen[err.Error()] {
		return
	}
	c.seen[err.Error()] = true
	c.files++
	fmt.Fprintf(c.out, "%v\n", err)
}

func (c *complaints) dead(r pipeline.Record) {
	c.named++
	h := headers(r)
	switch {
	case c.named == deadNamed+1:
		fmt.Fprintln(c.out, "more dead letters are not named here")
	case c.named <= deadNamed:
		fmt.Fprintf(c.out, "%s:%s: %s: %s\n", h["__connect.errors.topic"], h["__connect.errors.offset"],
			strings.TrimPrefix(h["__connect.errors.exception.class.name"], "sitrep."), h["__connect.errors.exception.message"])
	}
}
