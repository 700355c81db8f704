package main

import (
	"context"
	"errors"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/deadletters"
	"sitrep/pipeline/probe"
)

// redriveFlags are what a redrive is told.
type redriveFlags struct {
	letterFlags
	job             deadletters.Redrive
	extract, dryRun bool
	rate, values    string
	limits          pipeline.Limits
	decoder         article.Decoder
	schemas         registryFlags
}

func redriveCommand() *cobra.Command {
	r := &redriveFlags{limits: pipeline.DefaultLimits, job: deadletters.Redrive{MaxAttempts: deadletters.DefaultAttempts, Workers: runtime.GOMAXPROCS(0)}}
	cmd := &cobra.Command{
		Use:   "redrive [TOPIC/PARTITION/OFFSET]...",
		Short: "Send the articles of dead letters again",
		Long: `Sends the articles of open letters to the topic and partition they came from, with
the same key, value and headers, for the service to try again; or with --extract
through extraction here, and what is found to the topics of the service. Flags choose
the letters, or places of letters or articles do.

An article and the note that it was sent are one transaction: a redrive can be stopped
at any moment, the same command goes on where it was, and nothing is sent twice. What
fails again is a new letter, with its attempts counted; letters of --max-attempts are
left alone, and letters that come while a redrive runs are the next one's.

Letters larger than the limit hold the head of their article only: the rest is read from
the topic it came from, while that has it.

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but some of the letters chosen
are still open or failed again; 130 interrupted.`,
		Example: `  sitrep deadletters redrive --brokers localhost:9092 --dry-run
  sitrep deadletters redrive --brokers localhost:9092 --reason too_slow --rate 20/s
  sitrep deadletters redrive --brokers localhost:9092 --extract --max-article-bytes 50000000 --reason too_large`,
		RunE: func(cmd *cobra.Command, args []string) error { return r.run(cmd, args) },
	}
	r.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&r.job.To, "to", "", "send all to this topic (default: each to the one it came from)")
	f.BoolVar(&r.extract, "extract", false, "extract here and publish, instead of sending to a topic of raw articles")
	f.IntVar(&r.job.MaxAttempts, "max-attempts", r.job.MaxAttempts, "leave letters alone whose articles were sent again so often")
	f.StringVar(&r.rate, "rate", "", "no more articles a second than `N/s`")
	f.BoolVar(&r.dryRun, "dry-run", false, "show the plan and do nothing")
	f.StringVar(&r.config.Topics.Events, "events-topic", r.config.Topics.Events, "topic of event records")
	f.StringVar(&r.config.Topics.Articles, "articles-topic", r.config.Topics.Articles, "topic of article records")
	f.IntVar(&r.job.Workers, "workers", r.job.Workers, "articles extracted at once")
	r.schemas.flags(f, "for records in Avro or JSON Schema")
	valueFormat(f, &r.values)
	limitFlags(cmd, &r.limits)
	decodeFlags(f, &r.decoder)
	return cmd
}

func (r *redriveFlags) run(cmd *cobra.Command, args []string) error {
	if err := r.prepare(args); err != nil {
		return err
	}
	ctx, show := cmd.Context(), newLetterShower(cmd, r.json)
	if r.extract {
		process := func(raw pipeline.Raw) []pipeline.Record { return pipeline.ProcessAs(raw, &r.decoder, r.limits) }
		if os.Getenv(besideUs) != "" {
			return serveProbe(ctx, r.config, process)
		}
		beside := probe.New(again, 2*r.limits.Time)
		defer beside.Close()
		r.job.Extract, r.config.Probe = process, beside.Kills
	}
	r.config.Logger = show.err.logger()
	r.job.Config, r.job.Filter, r.job.Logger = r.config, r.filter, r.config.Logger
	if r.dryRun {
		plan, err := r.job.Preview(ctx)
		if err != nil {
			return err
		}
		return show.plan(show.out, plan, r.job.MaxAttempts)
	}
	if r.extract {
		var err error
		if r.job.Extract, err = r.schemas.encoded(ctx, r.values, &r.config, r.limits, r.job.Extract); err != nil {
			return err
		}
	}
	return r.send(ctx, show)
}

// send runs the redrive, and says how it ended with the exit code that tells it.
func (r *redriveFlags) send(ctx context.Context, show *letterShower) error {
	var plan *deadletters.Plan
	r.job.Planned = func(p *deadletters.Plan) { plan = p; show.plan(show.err, p, r.job.MaxAttempts) }
	r.job.Sent, r.job.Left = show.sent, show.left
	stop := show.progress()
	err := r.job.Run(ctx)
	stop()
	switch {
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		show.summary("interrupted", plan)
		return exitError{exitInterrupted, errors.New("interrupted: the same command goes on")}
	case err != nil:
		return err
	}
	return show.summary("done", plan)
}

// prepare completes what the flags say.
func (r *redriveFlags) prepare(args []string) error {
	if err := r.check(args); err != nil {
		return err
	}
	switch {
	case r.extract && r.job.To != "":
		return usage("--extract and --to: want one of them")
	case r.job.MaxAttempts < 1:
		return usage("--max-attempts %d: want 1 or more", r.job.MaxAttempts)
	}
	var err error
	if r.job.Rate, err = parseRate(r.rate); err != nil {
		return err
	}
	r.config.MaxMessageBytes = r.limits.OutputBytes()
	if !r.extract {
		r.config.MaxMessageBytes = 1 << 30 // what came from a topic goes back there
		return nil
	}
	if err := r.schemas.apply(&r.config, &r.decoder, os.Getenv(registryPassword)); err != nil {
		return err
	}
	return r.schemas.can(r.values)
}
