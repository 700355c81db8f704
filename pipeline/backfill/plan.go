package backfill

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/archive"
)

// A Plan is what decides what comes out of a job: another plan is another job.
type Plan struct {
	Files []PlannedFile `json:"files,omitempty"`

	Topic      string `json:"topic,omitempty"`
	Since      string `json:"since,omitempty"`
	Until      string `json:"until,omitempty"`
	Partitions []int  `json:"partitions,omitempty"`

	Outputs []string `json:"outputs"`
	Options string   `json:"options"` // all that changes what is read in an article
	Version string   `json:"version"` // of the extractor and its models
	Shard   string   `json:"shard,omitempty"`
}

// A PlannedFile is a file as it was when the job began.
type PlannedFile struct {
	Path string `json:"path"`
	Size int64  `json:"size"`
}

// Hash identifies the plan.
func (p Plan) Hash() string {
	data, err := json.Marshal(p)
	if err != nil {
		panic(err) // strings and numbers
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// Name is what the job is called when nobody names it; its shards have one name.
func (p Plan) Name() string {
	p.Shard = ""
	return p.Hash()
}

// Bounds of the sample that an estimate is made from.
const (
	sampleRecords = 64
	sampleTime    = time.Second
)

// An Estimate is made from a short sample at the beginning of the input.
type Estimate struct {
	Sampled  int
	Articles int64
	Time     time.Duration
}

// Estimate reads and processes the first articles of the files, of so many bytes
// together. Stdin cannot be read twice and has none.
func (f *Files) Estimate(ctx context.Context, bytes int64, workers int, process func(pipeline.Raw) []pipeline.Record) Estimate {
	files := archive.Files(f.Paths, func(error) {})
	for _, path := range files {
		if path == "-" {
			return Estimate{}
		}
	}
	src, err := archive.NewSource(f.Format, f.Max, nil, files...)
	if err != nil {
		return Estimate{}
	}
	sampled, took, whole := sample(ctx, src.Read, process)
	articles := int64(sampled)
	if consumed := src.Consumed(); !whole && consumed > 0 {
		articles = max(articles, int64(float64(sampled)*float64(bytes)/float64(consumed)))
	}
	return estimate(sampled, took, articles, f.Shard, workers)
}

// Estimate reads and processes the first articles of the topic.
func (t *Topic) Estimate(ctx context.Context, workers int, process func(pipeline.Raw) []pipeline.Record) Estimate {
	var sampled int
	var took time.Duration
	for _, part := range t.Parts() {
		src, err := part.Open(ctx, part.First)
		if err != nil {
			break
		}
		sampled, took, _ = sample(ctx, func(ctx context.Context) ([]pipeline.Raw, error) {
			step, err := src.Next(ctx)
			return step.Raws, err
		}, process)
		src.Close()
		if sampled > 0 {
			break
		}
	}
	return estimate(sampled, took, t.Records(), t.Shard, workers)
}

// Records returns how many records the spans hold at most.
func (t *Topic) Records() (n int64) {
	for _, s := range t.Spans {
		n += s.End - s.From
	}
	return n
}

func estimate(sampled int, took time.Duration, articles int64, shard Shard, workers int) Estimate {
	if sampled == 0 {
		return Estimate{}
	}
	articles /= int64(max(1, shard.Of))
	each := float64(took) / float64(sampled) / float64(max(1, workers))
	return Estimate{sampled, articles, time.Duration(float64(articles) * each)}
}

// sample processes records one by one, and tells whether those were all.
func sample(ctx context.Context, read func(context.Context) ([]pipeline.Raw, error), process func(pipeline.Raw) []pipeline.Record) (n int, took time.Duration, whole bool) {
	for n < sampleRecords && took < sampleTime {
		raws, err := read(ctx)
		if err != nil {
			return n, took, errors.Is(err, io.EOF)
		}
		for _, raw := range raws {
			start := time.Now()
			process(raw)
			took += time.Since(start)
			n++
		}
	}
	return n, took, false
}
