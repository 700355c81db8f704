package backfill

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sitrep/pipeline"
)

// Stdin is read once by a process. The same input given again to another goes on at
// the checkpoint, and other input is refused.
func TestStdin(t *testing.T) {
	input, dir := strings.Join(rawLines(0, 100), "\n"), t.TempDir()
	run := func(input string, commits int, passing bool) error {
		store, done := toDir(t, dir)()
		defer done()
		files := &Files{Max: 1 << 20, Paths: []string{"-"}, Stdin: strings.NewReader(input), Batch: 7}
		return job(t, &forgiving{flaky{store, commits, false}, passing}, []Part{files.Part("files")}).Run(t.Context())
	}
	if err := run(input, 4, true); !errors.Is(err, errOnce) {
		t.Errorf("a commit that failed: %v", err)
	}
	if err := run(strings.Replace(input, "1", "x", 1), 1000, false); !errors.Is(err, errChanged) {
		t.Errorf("other input: %v", err)
	}
	if err := run(input, 1000, false); err != nil {
		t.Error(err)
	}
	if n := strings.Count(read(t, dir), "\n"); n != 2*90+10+3 {
		t.Errorf("%d lines", n)
	}
}

// forgiving fails as flaky does, and says that it may pass.
type forgiving struct {
	flaky
	passing bool
}

func (f *forgiving) Passing(error) bool { return f.passing }

// An estimate is measured: on the first articles, worked on as the job does.
func TestEstimate(t *testing.T) {
	files := archiveOf(t)
	worked := 0
	j := &Job{Workers: 1, Process: func(raw pipeline.Raw) []pipeline.Record { worked++; return process(raw) }}
	e := files.Estimate(t.Context(), j)
	if e.Articles != 150 || e.Sampled != 150 || worked != 151 || e.Time <= 0 {
		t.Errorf("%+v, worked on %d", e, worked)
	}
	files.Shard = Shard{1, 3}
	j.Rate = 10
	if e := files.Estimate(t.Context(), j); e.Articles != 50 || e.Time.Seconds() < 4.9 || e.Time.Seconds() > 5.1 {
		t.Errorf("a third at 10/s: %+v", e)
	}
	if e := (&Files{Max: 1, Paths: []string{"-"}}).Estimate(t.Context(), j); e != (Estimate{}) {
		t.Errorf("stdin: %+v", e)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if e := files.Estimate(ended, j); e != (Estimate{}) {
		t.Errorf("interrupted: %+v", e)
	}
}
