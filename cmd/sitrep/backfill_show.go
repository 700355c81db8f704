package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/backfill"
)

// deadNamed is how many dead letters are named.
const deadNamed = 50

// A shower tells people how a backfill goes on stderr, and machines on stdout.
type shower struct {
	out  io.Writer
	err  *screen
	json bool

	topic bool            // the input is one
	files map[string]bool // what was said of files and directories
	named int             // dead letters
}

func newShower(cmd *cobra.Command, json, topic bool) *shower {
	return &shower{out: cmd.OutOrStdout(), err: newScreen(cmd.ErrOrStderr()), json: json, topic: topic, files: map[string]bool{}}
}

func (s *shower) say(format string, args ...any) { fmt.Fprintf(s.err, format+"\n", args...) }

// object writes v as a line for machines.
func (s *shower) object(kind string, v map[string]any) { writeObject(s.out, kind, v) }

// bad names what is wrong with a file or a directory, once.
func (s *shower) bad(err error) {
	if !s.files[err.Error()] {
		s.files[err.Error()] = true
		s.say("%v", err)
	}
}

// dead names a dead letter, unless there are many.
func (s *shower) dead(r pipeline.Record) {
	s.named++
	h := headers(r)
	switch {
	case s.named == deadNamed+1:
		s.say("more dead letters are not named here")
	case s.named <= deadNamed:
		s.say("%s: %s: %s", s.place(h["__connect.errors.topic"], h["__connect.errors.partition"], h["__connect.errors.offset"]), r.Kind, h["__connect.errors.exception.message"])
	}
}

// place writes where an article was: "archive/2024.jsonl:17", "articles.raw/3:17".
func (s *shower) place(topic, partition, offset string) string {
	if s.topic {
		topic += "/" + partition
	}
	return topic + ":" + offset
}

func (s *shower) plan(job *backfill.Job, in *backfillInput, e backfill.Estimate) {
	if s.json {
		s.object("plan", map[string]any{"job": job.Name, "input": in.what, "output": in.output, "shard": in.shard.String(), "workers": job.Workers,
			"articles": e.Articles, "seconds": e.Time.Seconds(), "sampled": e.Sampled})
		return
	}
	s.say("job       %s", strings.TrimSpace(job.Name+" "+in.shard.String()))
	s.say("input     %s", strings.Join(in.what, "\n          "))
	s.say("output    %s", in.output)
	if e.Sampled == 0 {
		s.say("estimate  none: there is nothing of which a sample can be read before")
		return
	}
	s.say("estimate  about %d articles, %s with %d workers, as a sample of %d was measured", e.Articles, rounded(e.Time), job.Workers, e.Sampled)
}

// progress shows how far the job is until the function it returns is called.
func (s *shower) progress(m *backfill.Meter, done func(backfill.Snapshot) float64) (stop func()) {
	return s.err.again(s.json, func() {
		shot := m.Snapshot()
		s.snapshot(shot, min(done(shot), 1))
	})
}

// snapshot shows how far the job is: done of 1, or less than 0 when nobody can tell.
func (s *shower) snapshot(shot backfill.Snapshot, done float64) {
	events, dead := sum(shot.Tally.Events), sum(shot.Tally.Dead)
	left := shot.Left(done)
	if s.json {
		v := map[string]any{"raw": shot.Tally.Raw, "rate": shot.Rate(), "events": events, "dead": dead}
		if left > 0 {
			v["done"], v["eta_seconds"] = done, left.Seconds()
		}
		s.object("progress", v)
		return
	}
	text := fmt.Sprintf("%d articles, %.0f/s, %d events, %d dead", shot.Tally.Raw, shot.Rate(), events, dead)
	if left > 0 {
		text = fmt.Sprintf("%3.0f %%  %s, %s left", 100*done, text, rounded(left))
	}
	if s.err.terminal {
		s.err.show(text)
		return
	}
	s.say("%s", text)
}

// summary tells what has come out, of all runs of the job.
func (s *shower) summary(job *backfill.Job, how string) {
	shot, peak := job.Meter.Snapshot(), peakMemory()
	slow, place := shot.Slowest, ""
	if slow.Time > 0 {
		place = s.place(slow.Position.Topic, fmt.Sprint(slow.Position.Partition), fmt.Sprint(slow.Position.Offset))
	}
	if s.json {
		s.object("summary", map[string]any{"job": job.Name, "state": how, "raw": shot.Tally.Raw, "articles": shot.Tally.Articles, "events": shot.Tally.Events,
			"dead": shot.Tally.Dead, "retracted": shot.Tally.Retracted, "left_alone": shot.Tally.Passed, "overtaken": job.Retract.Overtaken(), "bad_files": len(s.files), "raw_now": shot.Raw, "seconds": shot.Elapsed.Seconds(), "rate": shot.Rate(),
			"slowest": place, "slowest_seconds": slow.Time.Seconds(), "peak_bytes": peak})
		return
	}
	fmt.Fprintf(s.out, "%s: %d raw records, %d of them now in %s (%.0f/s)\n", how, shot.Tally.Raw, shot.Raw, rounded(shot.Elapsed), shot.Rate())
	s.counts("articles", shot.Tally.Articles)
	s.counts("events", shot.Tally.Events)
	if job.Retract != nil {
		fmt.Fprintf(s.out, "retracted: %d\n", shot.Tally.Retracted)
		if n := job.Retract.Overtaken(); n > 0 {
			fmt.Fprintf(s.out, "revised meanwhile: %d articles, of which the older text came out last: replay again, under another --job, --since this one began\n", n)
		}
	}
	if shot.Tally.Passed > 0 {
		fmt.Fprintf(s.out, "left alone, for something newer stands in the topics: %d articles\n", shot.Tally.Passed)
	}
	s.counts("dead letters", shot.Tally.Dead)
	if place != "" {
		fmt.Fprintf(s.out, "slowest article: %s, %s\n", place, slow.Time.Round(time.Millisecond))
	}
	if peak > 0 {
		fmt.Fprintf(s.out, "peak memory: %s\n", inBytes(peak))
	}
}

func (s *shower) counts(what string, counts map[string]int) {
	fmt.Fprintf(s.out, "%s: %d\n", what, sum(counts))
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(s.out, "  %-22s %d\n", name, counts[name])
	}
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// rounded leaves as much of d as people want to know.
func rounded(d time.Duration) time.Duration {
	if d < 10*time.Second {
		return d.Round(time.Second / 10)
	}
	return d.Round(time.Second)
}

// inBytes writes a size for people.
func inBytes(n int64) string {
	units := []string{"B", "kB", "MB", "GB", "TB"}
	x, i := float64(n), 0
	for x >= 1000 && i < len(units)-1 {
		x, i = x/1000, i+1
	}
	return fmt.Sprintf("%.3g %s", x, units[i])
}

// peakMemory returns the most memory that this process has taken, in bytes, where
// the system tells it: on Linux.
func peakMemory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var kib int64
	_, at, _ := strings.Cut(string(status), "VmHWM:")
	if _, err := fmt.Sscan(at, &kib); err != nil {
		return 0
	}
	return kib << 10
}
