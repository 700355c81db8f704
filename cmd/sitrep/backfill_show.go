package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"sitrep/pipeline/backfill"
)

// A shower tells people how a backfill goes on stderr, and machines on stdout.
type shower struct {
	out, err io.Writer
	json     bool
	terminal bool
}

func newShower(cmd *cobra.Command, json bool) *shower {
	f, isFile := cmd.ErrOrStderr().(*os.File)
	return &shower{cmd.OutOrStdout(), cmd.ErrOrStderr(), json, isFile && term.IsTerminal(int(f.Fd()))}
}

// line writes v for machines.
func (s *shower) line(kind string, v map[string]any) {
	v["kind"] = kind
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and numbers
	}
	fmt.Fprintf(s.out, "%s\n", data)
}

func (s *shower) say(format string, args ...any) { fmt.Fprintf(s.err, format+"\n", args...) }

func (s *shower) plan(name string, in *backfillInput, workers int, e backfill.Estimate) {
	if s.json {
		s.line("plan", map[string]any{"job": name, "input": in.what, "outputs": in.plan.Outputs, "shard": in.shard.String(),
			"articles": e.Articles, "seconds": e.Time.Seconds(), "sampled": e.Sampled, "workers": workers})
		return
	}
	s.say("job       %s %s", name, in.shard)
	s.say("input     %s", in.what)
	s.say("output    %s", strings.Join(in.plan.Outputs, ", "))
	if e.Sampled > 0 {
		s.say("estimate  about %d articles, %s with %d workers, after a sample of %d", e.Articles, e.Time.Round(time.Second), workers, e.Sampled)
	} else {
		s.say("estimate  none: no sample can be read")
	}
}

// progress shows how far the job is until the function it returns is called.
func (s *shower) progress(m *backfill.Meter, done func(backfill.Snapshot) float64) (stop func()) {
	every := 30 * time.Second
	if s.terminal && !s.json {
		every = time.Second / 2
	}
	quit, ended := make(chan bool), make(chan bool)
	go func() {
		defer close(ended)
		t := time.NewTicker(every)
		defer t.Stop()
		for {
			select {
			case <-quit:
				if s.terminal && !s.json {
					fmt.Fprint(s.err, "\r\x1b[K")
				}
				return
			case <-t.C:
				shot := m.Snapshot()
				s.snapshot(shot, min(done(shot), 1))
			}
		}
	}()
	return func() { close(quit); <-ended }
}

func (s *shower) snapshot(shot backfill.Snapshot, done float64) {
	events, dead := sum(shot.Tally.Events), sum(shot.Tally.Dead)
	eta := time.Duration(0)
	if done > 0 {
		left := (1 - done) / done * float64(shot.Tally.Raw)
		eta = time.Duration(left / max(shot.Rate(), 1e-3) * float64(time.Second)).Round(time.Second)
	}
	if s.json {
		s.line("progress", map[string]any{"raw": shot.Tally.Raw, "rate": shot.Rate(), "done": done, "events": events, "dead": dead, "eta_seconds": eta.Seconds()})
		return
	}
	text := fmt.Sprintf("%d articles, %.0f/s, %d events, %d dead", shot.Tally.Raw, shot.Rate(), events, dead)
	if done >= 0 {
		text = fmt.Sprintf("%3.0f %%  %s, %s left", 100*done, text, eta)
	}
	if s.terminal {
		fmt.Fprintf(s.err, "\r\x1b[K%s", text)
	} else {
		s.say("%s", text)
	}
}

// summary tells what has come out, of all runs of the job.
func (s *shower) summary(job *backfill.Job, how string) {
	shot := job.Meter.Snapshot()
	slow := shot.Slowest
	place := ""
	if slow.Time > 0 {
		place = fmt.Sprintf("%s:%d", slow.Position.Topic, slow.Position.Offset)
	}
	if s.json {
		s.line("summary", map[string]any{"job": job.Name, "state": how, "raw": shot.Tally.Raw, "articles": shot.Tally.Articles, "events": shot.Tally.Events,
			"dead": shot.Tally.Dead, "seconds": shot.Elapsed.Seconds(), "rate": shot.Rate(), "slowest": place, "slowest_seconds": slow.Time.Seconds()})
		return
	}
	fmt.Fprintf(s.out, "%s: %d raw records, of these %d in %s now (%.0f/s)\n", how, shot.Tally.Raw, shot.Raw, shot.Elapsed.Round(time.Second/10), shot.Rate())
	s.counts("articles", shot.Tally.Articles)
	s.counts("events", shot.Tally.Events)
	s.counts("dead letters", shot.Tally.Dead)
	if place != "" {
		fmt.Fprintf(s.out, "slowest article: %s, %s\n", place, slow.Time.Round(time.Millisecond))
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

// inBytes writes a size for people.
func inBytes(n int64) string {
	units := []string{"B", "kB", "MB", "GB", "TB"}
	x, i := float64(n), 0
	for x >= 1000 && i < len(units)-1 {
		x, i = x/1000, i+1
	}
	return fmt.Sprintf("%.3g %s", x, units[i])
}
