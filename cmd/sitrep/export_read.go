package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/archive"
	"sitrep/pipeline/export"
	"sitrep/pipeline/kafka"
)

// maxLine is more than any record takes: the text of an article is at most 10 MiB.
const maxLine = 64 << 20

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
		x.progress.add(1)
		if err != nil {
			return fmt.Errorf("%s, partition %d, offset %d: %w", raw.Topic, raw.Partition, raw.Offset, err)
		}
		return nil
	}
	for _, s := range spans {
		if err := kafka.Each(ctx, x.config, s, one); err != nil {
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
	p := readProgress{screen: newScreen(stderr)}
	p.every = p.screen.often(false)
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
