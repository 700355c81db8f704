package deadletters

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"sitrep/pipeline"
)

// A Filter chooses letters. Fields left empty choose all.
type Filter struct {
	Places     []pipeline.Position // of the letter, or of its article
	Reasons    []string
	Stages     []string
	Topics     []string // that articles came from
	Partitions []int    // of these
	Article    string   // is the article's key, or stands in its bytes
	Since      time.Time
	Until      time.Time // that moment not included
}

// Match tells whether the filter chooses l, read from raw.
func (f *Filter) Match(l *Letter, raw pipeline.Raw) bool {
	return matches(f.Reasons, l.Reason) && matches(f.Stages, l.Stage) && matches(f.Topics, l.From.Topic) &&
		matches(f.Partitions, l.From.Partition) &&
		(len(f.Places) == 0 || slices.Contains(f.Places, l.At) || slices.Contains(f.Places, l.From)) &&
		(f.Since.IsZero() || !l.Time.Before(f.Since)) && (f.Until.IsZero() || l.Time.Before(f.Until)) &&
		(f.Article == "" || string(raw.Key) == f.Article || bytes.Contains(raw.Value, []byte(f.Article)))
}

func matches[T comparable](chosen []T, is T) bool {
	return len(chosen) == 0 || slices.Contains(chosen, is)
}

// String writes the filter as flags, always in the same order: equal filters have
// equal texts.
func (f *Filter) String() string {
	var out []string
	add := func(flag string, values ...string) {
		if values = slices.Sorted(slices.Values(values)); len(values) > 0 {
			out = append(out, flag+" "+strings.Join(values, ","))
		}
	}
	add("--reason", f.Reasons...)
	add("--stage", f.Stages...)
	add("--topic", f.Topics...)
	var partitions, places []string
	for _, p := range f.Partitions {
		partitions = append(partitions, strconv.Itoa(p))
	}
	add("--partition", partitions...)
	if f.Article != "" {
		add("--article", strconv.Quote(f.Article))
	}
	if !f.Since.IsZero() {
		add("--since", f.Since.UTC().Format(time.RFC3339))
	}
	if !f.Until.IsZero() {
		add("--until", f.Until.UTC().Format(time.RFC3339))
	}
	for _, p := range f.Places {
		places = append(places, Place(p))
	}
	slices.Sort(places)
	return strings.Join(append(out, places...), " ")
}
