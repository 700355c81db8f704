package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sitrep/pipeline/deadletters"
	"sitrep/pipeline/kafka"
)

// letterFlags are what the commands on dead letters have in common.
type letterFlags struct {
	config       kafka.Config
	security     security
	filter       deadletters.Filter
	since, until string
	json         bool
}

func deadlettersCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "deadletters",
		Short: "Look at articles that failed, and send them again",
		Long: `Articles that could not be worked on stand in the topic of dead letters, with their
bytes as they came and the reason. A letter is open until it has been sent again; one
that fails again is another letter.`,
		Example: `  sitrep deadletters list --brokers localhost:9092
  sitrep deadletters show --brokers localhost:9092 articles.raw/2/1187
  sitrep deadletters redrive --brokers localhost:9092 --reason too_slow --dry-run`,
	}
	cmd.AddCommand(listLettersCommand(), showLettersCommand(), redriveCommand())
	return cmd
}

func (l *letterFlags) flags(cmd *cobra.Command) {
	l.config.Topics = kafka.DefaultTopics
	f := cmd.Flags()
	f.StringSliceVar(&l.config.Brokers, "brokers", nil, "host:port of brokers, comma separated")
	f.StringVar(&l.config.Topics.DeadLetters, "deadletters-topic", l.config.Topics.DeadLetters, "topic of dead letters")
	f.StringSliceVar(&l.filter.Reasons, "reason", nil, "only letters of these reasons, as too_large,panic")
	f.StringSliceVar(&l.filter.Stages, "stage", nil, "only letters of these stages: read, limit, decode or extract")
	f.StringSliceVar(&l.filter.Topics, "topic", nil, "only articles that came from these topics or files")
	f.IntSliceVar(&l.filter.Partitions, "partition", nil, "only articles that came from these partitions")
	f.StringVar(&l.filter.Article, "article", "", "only articles with this key, or this `text` in their bytes: an id, an address")
	f.StringVar(&l.since, "since", "", "only letters written since then: a time (2026-01-31T00:00:00Z), a day, or 36h for 36 hours ago")
	f.StringVar(&l.until, "until", "", "only letters written before then")
	f.BoolVar(&l.json, "json", false, "print JSON")
	l.security.flags(f)
}

// check completes what the flags say. args are places of letters, or of articles.
func (l *letterFlags) check(args []string) error {
	if len(l.config.Brokers) == 0 {
		return usage("no brokers: give --brokers host:port,… or SITREP_BROKERS")
	}
	var err error
	if l.filter.Since, err = parseWhen(l.since, time.Now()); err != nil {
		return usage("--since: %w", err)
	}
	if l.filter.Until, err = parseWhen(l.until, time.Now()); err != nil {
		return usage("--until: %w", err)
	}
	for _, arg := range args {
		place, err := deadletters.ParsePlace(arg)
		if err != nil {
			return usage("%w", err)
		}
		l.filter.Places = append(l.filter.Places, place)
	}
	for i, stage := range l.filter.Stages {
		l.filter.Stages[i] = strings.ToLower(stage)
	}
	l.config.Logger = logger()
	return l.security.apply(&l.config, os.Getenv("SITREP_SASL_PASSWORD"))
}

// read makes the index of the letters that are chosen.
func (l *letterFlags) read(cmd *cobra.Command) (*deadletters.Index, error) {
	spans, err := deadletters.Spans(cmd.Context(), l.config, l.config.Topics.DeadLetters, &l.filter)
	if err != nil {
		return nil, err
	}
	return deadletters.Read(cmd.Context(), l.config, spans, &l.filter)
}

// parseWhen reads a time, a day in UTC, or how long ago; no text is no time.
func parseWhen(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	if ago, err := time.ParseDuration(s); err == nil && ago > 0 {
		return now.Add(-ago), nil
	}
	return time.Time{}, fmt.Errorf("%q is not a time such as 2026-01-31T00:00:00Z, a day such as 2026-01-31, or 36h for 36 hours ago", s)
}

// reasonWords say what a reason means, and what helps.
var reasonWords = map[string]string{
	"undecodable":       "it is in no form that articles are read in, or broken",
	"too_large":         "it is larger than --max-article-bytes, or --max-unpacked-bytes after decompression, allow",
	"too_deep":          "it has more values one inside the other than --max-depth allows",
	"too_many_elements": "it has more values than --max-elements allows",
	"too_slow":          "it took longer than --max-article-time allows",
	"panic":             "the program failed on it: please report the place that the message names",
	"deadly":            "processes that worked on it died one after the other, of memory most likely",
}

// minute writes a time for lists.
func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

// columns writes rows with their columns aligned, those that right names to the right.
func columns(rows [][]string, right ...int) string {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			gap := strings.Repeat(" ", widths[i]-len([]rune(cell)))
			if slices.Contains(right, i) {
				line.WriteString(gap + cell + "  ")
			} else {
				line.WriteString(cell + gap + "  ")
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}
