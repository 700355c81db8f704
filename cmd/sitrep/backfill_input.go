package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/archive"
	"sitrep/pipeline/backfill"
	"sitrep/pipeline/kafka"
)

// A backfillInput is what a job reads.
type backfillInput struct {
	plan     backfill.Plan
	parts    []backfill.Part
	shard    backfill.Shard
	what     []string // for people, in lines
	output   string   // for people
	estimate func(context.Context, *backfill.Job) backfill.Estimate
	// done returns what part of the input has been done, 0 to 1, or less when
	// nobody can tell.
	done func(backfill.Snapshot) float64
}

func (b *backfillFlags) input(ctx context.Context, cmd *cobra.Command, args []string, bad func(error)) (*backfillInput, error) {
	in := &backfillInput{plan: backfill.Plan{
		Options: fmt.Sprintf("%s %v %s %+v", b.format, b.limits.Article, b.decoder.Mapping.String(), b.decoder.Limits),
		Version: pipeline.Version(), Outputs: []string{"files"},
	}}
	if b.retract {
		in.plan.Options += " retract"
	}
	in.output = b.dir
	if b.dir == "" {
		in.plan.Outputs = []string{b.config.Topics.Events, b.config.Topics.Articles, b.config.Topics.DeadLetters}
		in.output = "topics " + strings.Join(in.plan.Outputs, ", ")
		if b.values != "json" {
			in.output += ", in " + b.values
			in.plan.Outputs = append(in.plan.Outputs, b.values)
		}
	}
	if b.retract {
		in.output += ", retracting what is not found any more"
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

func (b *backfillFlags) fileInput(cmd *cobra.Command, args []string, in *backfillInput, bad func(error)) error {
	format, err := archive.ParseFormat(b.format)
	if err != nil {
		return usage("--format: %w", err)
	}
	files := &backfill.Files{Format: format, Max: b.limits.Article, Stdin: cmd.InOrStdin(), Paths: args, Shard: in.shard, Batch: b.config.MaxBatch, Bad: bad}
	paths, sizes := files.Sizes(bad)
	if len(paths) == 0 {
		return errors.New("there is no file to read")
	}
	in.plan.Paths = args
	var bytes int64
	for i, path := range paths {
		in.plan.Files = append(in.plan.Files, backfill.PlannedFile{Path: path, Size: sizes[i]})
		bytes += sizes[i]
	}
	in.what = []string{fmt.Sprintf("%d files, %s", len(paths), inBytes(bytes))}
	in.parts = []backfill.Part{files.Part(b.config.Topics.Articles)}
	in.estimate = files.Estimate
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
	in.what = []string{fmt.Sprintf("topic %s, %d partitions, %d records at most", b.topic, len(spans), topic.Records())}
	for _, s := range spans {
		in.what = append(in.what, fmt.Sprintf("partition %d: offsets %d to %d, that one not included", s.Partition, s.From, s.End))
	}
	in.parts, in.estimate = topic.Parts(), topic.Estimate
	in.done = func(s backfill.Snapshot) float64 {
		return float64(s.Tally.Raw*max(1, in.shard.Of)) / float64(max(1, topic.Records()))
	}
	return nil
}
