package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/backfill"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/probe"
)

// backfillFlags are what a backfill is told.
type backfillFlags struct {
	config   kafka.Config
	security security
	schemas  registryFlags
	values   string // their format
	limits   pipeline.Limits
	decoder  article.Decoder

	format, topic, since, until, dir, shard, job string
	partitions                                   []int
	create, workers                              int
	rate                                         string
	dryRun, json, retract                        bool
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
where the last one was, and nothing comes out twice. From stdin (-) it goes on when
the same input is given again from its beginning. A job that is complete is left
alone. Where files came or changed, or sitrep is another version, the same command is
refused: --job NAME begins another job. Of two processes with the same job the older
one gives up.

With --retract it is a replay by a better extractor: events of these articles that
stand in the topic and are not found any more get tombstones, in the transactions of
the new records. sitrep diff tells beforehand what would change.

--shard 0/4 to 3/4 share one job among four processes.
What is read and how long it will take is shown first; --dry-run ends there.

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, with dead letters or files that
could not be read; 130 interrupted, checkpoint saved.`,
		Example: `  sitrep backfill --brokers localhost:9092 archive/ 2024.jsonl.zst
  sitrep backfill --to-dir out archive.warc.gz
  sitrep backfill --brokers localhost:9092 --from-topic articles.raw --since 2025-01-01T00:00:00Z --to-dir out
  sitrep backfill --brokers localhost:9092 --from-topic articles.raw --retract --job replay-0.6
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
	f.StringVar(&b.job, "job", "", "name of the job (default: a hash of the command)")
	f.StringVar(&b.shard, "shard", "", "work on a part of the input: `i/n`, with i from 0 to n-1")
	f.StringVar(&b.rate, "rate", "", "no more articles a second than `N/s`")
	f.IntVar(&b.workers, "workers", b.workers, "articles extracted at once")
	f.IntVar(&b.config.MaxBatch, "max-batch", b.config.MaxBatch, "articles made durable together")
	f.BoolVar(&b.retract, "retract", false, "write tombstones for events in the topic that are not found any more")
	f.BoolVar(&b.dryRun, "dry-run", false, "show the plan and do nothing")
	f.BoolVar(&b.json, "json", false, "write plan, progress and summary as lines of JSON on stdout")
	b.schemas.flags(f, "for records in Avro or JSON Schema")
	valueFormat(f, &b.values)
	b.security.flags(f)
	limitFlags(cmd, &b.limits)
	decodeFlags(f, &b.decoder)
	return cmd
}

// run makes the job that the flags describe, shows its plan and runs it.
func (b *backfillFlags) run(cmd *cobra.Command, args []string) error {
	ctx, show := cmd.Context(), newShower(cmd, b.json, b.topic != "")
	job, err := b.check(args, show)
	if err != nil {
		return err
	}
	if os.Getenv(besideUs) != "" {
		return serveProbe(ctx, b.config, job.Process)
	}
	in, err := b.input(ctx, cmd, args, show.bad)
	if err != nil {
		return err
	}
	in.plan.Shard = in.shard.String()
	job.Name = cmp.Or(b.job, in.plan.Name())
	job.Plan, job.Parts = in.plan.Hash(), in.parts
	show.plan(job, in, in.estimate(ctx, job))
	if ctx.Err() != nil {
		return exitError{exitInterrupted, errors.New("interrupted before anything was done")}
	}
	if b.dryRun {
		return nil
	}
	if job.Process, err = b.schemas.encoded(ctx, b.values, &b.config, b.limits, job.Process); err != nil {
		return err
	}
	store, done, err := b.open(ctx, job.Name, in)
	if err != nil {
		return err
	}
	defer done()
	beside := probe.New(again, 2*b.limits.Time)
	defer beside.Close()
	job.Store, job.Probe, job.Meter = store, beside.Kills, backfill.NewMeter()
	if b.retract {
		job.Retract = backfill.NewRetraction(b.config, job.Logger, b.schemas.registry.JSON)
	}
	stop := show.progress(job.Meter, in.done)
	err = job.Run(ctx)
	stop()
	return b.ended(ctx, show, job, err)
}

// ended says how the job ended, with the exit code that tells it.
func (b *backfillFlags) ended(ctx context.Context, show *shower, job *backfill.Job, err error) error {
	switch {
	case errors.Is(err, backfill.ErrComplete):
		show.say("job %s is complete already: nothing was done", job.Name)
	case err != nil && ctx.Err() != nil:
		show.summary(job, "interrupted")
		return exitError{exitInterrupted, errors.New("interrupted, checkpoint saved: the same command goes on")}
	case err != nil:
		return err
	}
	show.summary(job, "complete")
	if dead := sum(job.Meter.Snapshot().Tally.Dead); dead+len(show.files) > 0 {
		return exitError{exitDeadLetters, fmt.Errorf("%d dead letters; %d files or directories that are empty or cannot be read", dead, len(show.files))}
	}
	return nil
}

// check makes a job of what needs no look at the world.
func (b *backfillFlags) check(args []string, show *shower) (*backfill.Job, error) {
	job := &backfill.Job{Workers: b.workers, Logger: show.err.logger(), Dead: show.dead}
	job.Process = func(raw pipeline.Raw) []pipeline.Record { return pipeline.ProcessAs(raw, &b.decoder, b.limits) }
	switch {
	case (b.topic == "") == (len(args) == 0):
		return nil, usage("want files, or - for stdin, or --from-topic")
	case len(b.config.Brokers) == 0 && (b.topic != "" || b.dir == ""):
		return nil, usage("no brokers: give --brokers host:port,… or SITREP_BROKERS; or --to-dir")
	case strings.ContainsAny(b.job, "/ \t\n"):
		return nil, usage("--job %q: want a name without blanks and slashes", b.job)
	case b.config.MaxBatch < 1:
		return nil, usage("--max-batch %d: want 1 or more", b.config.MaxBatch)
	case b.retract && b.dir != "":
		return nil, usage("--retract takes back what stands in topics: a directory begins empty, leave --to-dir out")
	case b.retract && b.shard != "":
		return nil, usage("--retract --shard: two texts of one article may be in two shards; share a topic out by --partitions")
	case b.workers < 1:
		return nil, usage("--workers %d: want 1 or more", b.workers)
	}
	var err error
	if job.Rate, err = parseRate(b.rate); err != nil {
		return nil, err
	}
	if job.Rate > 0 {
		b.config.MaxBatch = int(max(1, min(float64(b.config.MaxBatch), job.Rate)))
	}
	if err := b.security.apply(&b.config, os.Getenv("SITREP_SASL_PASSWORD")); err != nil {
		return nil, err
	}
	b.config.MaxMessageBytes, b.config.Logger = b.limits.OutputBytes(), job.Logger
	if err := b.schemas.apply(&b.config, &b.decoder, os.Getenv(registryPassword)); err != nil {
		return nil, err
	}
	if b.dir != "" && b.values != "json" {
		return nil, usage("--value-format %s is for topics, not for --to-dir", b.values)
	}
	return job, b.schemas.can(b.values)
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
