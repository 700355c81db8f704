package backfill

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"sitrep/pipeline"
	"sitrep/pipeline/archive"
)

// An Estimate is measured on a sample: the first articles of the input, worked on as
// the job will. The zero Estimate says that nothing could be measured.
type Estimate struct {
	Sampled  int
	Articles int64
	Time     time.Duration
}

// Bounds of a sample. More is read than is worked on, to tell how many articles
// there are in a file.
const (
	sampleBytes   = 8 << 20
	sampleRecords = 256
	sampleTime    = time.Second
)

// Estimate measures what j will take for the files. What is read once has none.
func (f *Files) Estimate(ctx context.Context, j *Job) Estimate {
	files, sizes := f.Sizes(func(error) {})
	if slices.ContainsFunc(files, once) {
		return Estimate{}
	}
	src, err := archive.NewSource(f.Format, f.Max, nil, files...)
	if err != nil {
		return Estimate{}
	}
	raws, n, whole := sample(ctx, src.Read)
	if consumed := src.Consumed(); !whole && consumed > 0 {
		var bytes int64
		for _, size := range sizes {
			bytes += size
		}
		n = max(n, int64(float64(n)*float64(bytes)/float64(consumed)))
	}
	return j.estimate(ctx, raws, n, f.Shard)
}

// Estimate measures what j will take for the topic.
func (t *Topic) Estimate(ctx context.Context, j *Job) Estimate {
	var raws []pipeline.Raw
	for _, part := range t.Parts() {
		src, err := part.Open(ctx, part.First)
		if err != nil {
			return Estimate{}
		}
		raws, _, _ = sample(ctx, func(ctx context.Context) ([]pipeline.Raw, error) {
			step, err := src.Next(ctx)
			return step.Raws, err
		})
		src.Close()
		if len(raws) > 0 {
			break
		}
	}
	return j.estimate(ctx, raws, t.Records(), t.Shard)
}

// sample returns the first records, how many it has read beyond them too, and whether
// those are all.
func sample(ctx context.Context, read func(context.Context) ([]pipeline.Raw, error)) (first []pipeline.Raw, n int64, whole bool) {
	for size := 0; size < sampleBytes; {
		raws, err := read(ctx)
		if err != nil {
			return first, n, errors.Is(err, io.EOF)
		}
		n += int64(len(raws))
		first = append(first, raws[:min(len(raws), sampleRecords-len(first))]...)
		for _, raw := range raws {
			size += len(raw.Value)
		}
	}
	return first, n, false
}

// estimate works on raws for a while, of as many articles as there are in all shards.
func (j *Job) estimate(ctx context.Context, raws []pipeline.Raw, articles int64, shard Shard) Estimate {
	if len(raws) == 0 {
		return Estimate{}
	}
	articles /= int64(max(1, shard.Of))
	j.Process(raws[0]) // the first waits for models to be read
	start, n := time.Now(), 0
	var g errgroup.Group
	g.SetLimit(max(1, j.Workers))
	for _, raw := range raws {
		if n > 0 && time.Since(start) > sampleTime || ctx.Err() != nil {
			break
		}
		n++
		g.Go(func() error { j.Process(raw); return nil })
	}
	_ = g.Wait() // they return none
	seconds := time.Since(start).Seconds() / float64(max(1, n)) * float64(articles)
	if j.Rate > 0 {
		seconds = max(seconds, float64(articles)/j.Rate)
	}
	return Estimate{n, articles, time.Duration(seconds * float64(time.Second))}
}
