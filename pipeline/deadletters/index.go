package deadletters

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sort"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

// An Index is what a topic of dead letters holds of the letters that a filter
// chooses, without their articles: some 300 bytes each.
type Index struct {
	Letters []Letter // by partition and offset
	Runs    []Run    // the redrives that the topic tells of, as they began

	owner string // the process that has redriven last
}

// A Run is a redrive, as its notes tell.
type Run struct {
	ID    string
	What  string
	Ends  []int64
	Begun time.Time
	Done  bool

	left   int // letters to be sent when a process began last
	starts int // of processes that found so many, and sent none
}

// Read makes an index of spans, which must be of one topic.
func Read(ctx context.Context, c kafka.Config, spans []kafka.Span, f *Filter) (*Index, error) {
	x := newIndexing(f)
	if err := x.read(ctx, c, spans); err != nil {
		return nil, err
	}
	return x.index(), nil
}

// Fetch returns the record at a place, and false if the topic does not hold it.
func Fetch(ctx context.Context, c kafka.Config, at pipeline.Position) (raw pipeline.Raw, found bool, err error) {
	place := func(offset int64) kafka.Place { return kafka.Place{Offset: offset, IsOffset: true} }
	spans, err := kafka.Spans(ctx, c, at.Topic, place(at.Offset), place(at.Offset+1), at.Partition)
	if err != nil {
		return raw, false, err
	}
	err = kafka.Each(ctx, c, spans[0], func(r pipeline.Raw) error {
		raw, found = r, r.Offset == at.Offset
		return nil
	})
	return raw, found, err
}

// An indexing reads a topic, part for part.
type indexing struct {
	filter  *Filter
	letters map[int][]Letter // by partition
	runs    []Run            // in the order of partition 0, where they are noted
	ended   map[string]bool  // runs
	owner   string
	strings map[string]string
}

func newIndexing(f *Filter) *indexing {
	return &indexing{filter: f, letters: map[int][]Letter{}, ended: map[string]bool{}, strings: map[string]string{}}
}

// read reads spans, which must be behind those that were read before.
func (x *indexing) read(ctx context.Context, c kafka.Config, spans []kafka.Span) error {
	for _, s := range spans {
		if err := kafka.Each(ctx, c, s, x.add); err != nil {
			return err
		}
	}
	return nil
}

// index returns what was read.
func (x *indexing) index() *Index {
	out := &Index{Runs: slices.Clone(x.runs), owner: x.owner}
	for _, partition := range slices.Sorted(maps.Keys(x.letters)) {
		out.Letters = append(out.Letters, x.letters[partition]...)
	}
	for i, r := range out.Runs {
		out.Runs[i].Done = x.ended[r.ID]
	}
	return out
}

func (x *indexing) add(raw pipeline.Raw) error {
	if n, isNote := ParseNote(raw); isNote {
		x.note(n, raw)
		return nil
	}
	if raw.Value == nil {
		return nil
	}
	l := Parse(raw)
	if !x.filter.Match(&l, raw) {
		return nil
	}
	for _, s := range []*string{&l.At.Topic, &l.From.Topic, &l.Reason, &l.Stage, &l.Message} {
		*s = x.once(*s)
	}
	x.letters[raw.Partition] = append(x.letters[raw.Partition], l)
	return nil
}

// once returns s, the same string each time: millions of letters have few.
func (x *indexing) once(s string) string {
	if known, ok := x.strings[s]; ok {
		return known
	}
	x.strings[s] = s
	return s
}

func (x *indexing) note(n Note, raw pipeline.Raw) {
	switch {
	case n.Run == "":
	case n.Letter != nil:
		part := x.letters[raw.Partition]
		i := sort.Search(len(part), func(i int) bool { return part[i].At.Offset >= *n.Letter })
		if i < len(part) && part[i].At.Offset == *n.Letter {
			part[i].Redriven = &Redriven{raw.Time, x.once(n.To)}
		}
	case n.Done:
		x.ended[n.Run] = true
	case n.Ends != nil:
		x.owner = n.By
		i := slices.IndexFunc(x.runs, func(r Run) bool { return r.ID == n.Run })
		if i < 0 {
			i = len(x.runs)
			x.runs = append(x.runs, Run{ID: n.Run, What: n.What, Ends: n.Ends, Begun: raw.Time})
		}
		r := &x.runs[i]
		if r.left != n.Left {
			r.left, r.starts = n.Left, 0
		}
		r.starts++
	}
}

// Open tells letters that nobody has sent again.
func (l *Letter) Open() bool { return l.Redriven == nil }

// Unfinished returns the latest redrive that was asked for in those words, if it has
// begun and not ended.
func (x *Index) Unfinished(what string) (Run, bool) {
	for _, r := range slices.Backward(x.Runs) {
		if r.What == what {
			return r, !r.Done
		}
	}
	return Run{}, false
}

// done tells whether a redrive has ended.
func (x *Index) done(run string) bool {
	return slices.ContainsFunc(x.Runs, func(r Run) bool { return r.ID == run && r.Done })
}

// Spans returns what must be read of the topic to find the letters that f chooses, and
// the notes on them.
func Spans(ctx context.Context, c kafka.Config, topic string, f *Filter) ([]kafka.Span, error) {
	since := kafka.Place{Start: kafka.Earliest}
	if !f.Since.IsZero() {
		since.Start = kafka.Since(f.Since)
	}
	first := map[int]int64{} // places of letters, by partition
	for _, p := range f.Places {
		if p.Topic != topic {
			first = nil
			break
		}
		if known, ok := first[p.Partition]; !ok || p.Offset < known {
			first[p.Partition] = p.Offset
		}
	}
	spans, err := kafka.Spans(ctx, c, topic, since, kafka.Place{Start: kafka.Latest}, slices.Sorted(maps.Keys(first))...)
	if err != nil {
		return nil, fmt.Errorf("read dead letters: %w", err)
	}
	for i, s := range spans {
		spans[i].From = min(max(s.From, first[s.Partition]), s.End)
	}
	return spans, nil
}
