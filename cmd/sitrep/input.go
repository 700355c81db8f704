package main

import (
	"bufio"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/archive"
	"sitrep/pipeline/article"
)

// An input is how a command reads articles from files, directories and stdin.
type input struct {
	format, anchor string
	workers        int
	limits         pipeline.Limits
	decoder        article.Decoder
}

func newInput() *input {
	return &input{workers: runtime.GOMAXPROCS(0), limits: pipeline.DefaultLimits}
}

func (in *input) flags(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&in.format, "format", "f", "auto", "format of the input: auto, json, jsonl, text, html, xml or warc")
	cmd.Flags().IntVar(&in.workers, "workers", in.workers, "articles extracted at once")
	anchorFlag(cmd, &in.anchor)
	limitFlags(cmd, &in.limits)
	decodeFlags(cmd.Flags(), &in.decoder)
}

// each examines every article that args name, stdin without any, and writes to out
// what render makes of it, in the order of the input. What cannot be read is named on
// stderr, and makes the error at the end.
func (in *input) each(cmd *cobra.Command, args []string, out io.Writer, render func(*pipeline.Reading) ([]byte, error)) error {
	by, err := parseAnchor(in.anchor)
	if err != nil {
		return err
	}
	return in.decoded(cmd, args, out, func(_ pipeline.Position, a article.Article) ([]byte, error) {
		return render(pipeline.Examine(a, by))
	})
}

// decoded is each before anything but the decoder has looked at an article.
func (in *input) decoded(cmd *cobra.Command, args []string, out io.Writer, render func(pipeline.Position, article.Article) ([]byte, error)) error {
	if len(args) == 0 {
		args = []string{"-"}
	}
	f, err := archive.ParseFormat(in.format)
	if err != nil {
		return usage("--format: %w", err)
	}
	src, err := archive.NewSource(f, in.limits.Article, cmd.InOrStdin(), args...)
	if err != nil {
		return err
	}
	sink := &printer{out: bufio.NewWriter(out), err: cmd.ErrOrStderr()}
	pool := pipeline.NewPool(in.workers, func(raw pipeline.Raw) []pipeline.Record {
		return pipeline.Guard(raw, in.limits, func(raw pipeline.Raw) ([]pipeline.Record, error) {
			a, err := in.decoder.Decode(raw.Value, raw.Shape)
			if err != nil {
				return nil, err
			}
			value, err := render(raw.Position, a)
			return []pipeline.Record{{Stream: pipeline.Articles, Value: value}}, err
		})
	})
	if err := pool.Run(cmd.Context(), src, sink); err != nil {
		return err
	}
	if sink.dead > 0 {
		return exitError{exitDeadLetters, fmt.Errorf("%d of %d articles could not be read", sink.dead, sink.articles)}
	}
	return cmd.Context().Err()
}
