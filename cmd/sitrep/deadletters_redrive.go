package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/deadletters"
	"sitrep/pipeline/probe"
)

// redriveFlags are what a redrive is told.
type redriveFlags struct {
	letterFlags
	job             deadletters.Redrive
	extract, dryRun bool
	rate            string
	limits          pipeline.Limits
	decoder         article.Decoder
	schemas         registryFlags
}

func redriveCommand() *cobra.Command {
	r := &redriveFlags{limits: pipeline.DefaultLimits, job: deadletters.Redrive{MaxAttempts: deadletters.DefaultAttempts, Workers: runtime.GOMAXPROCS(0)}}
	cmd := &cobra.Command{
		Use:   "redrive [TOPIC/PARTITION/OFFSET]...",
		Short: "Send the articles of dead letters again",
		Long: `Sends the articles of open letters to the topic and partition they came from, with
the same key, value and headers, for the service to try again; or with --extract
through extraction here, and what is found to the topics of the service. Flags choose
the letters, or places of letters or articles do.

An article and the note that it was sent are one transaction: a redrive can be stopped
at any moment, the same command goes on where it was, and nothing is sent twice. What
fails again is a new letter, with its attempts counted; letters of --max-attempts are
left alone, and letters that come while a redrive runs are the next one's.

Letters larger than the limit hold the head of their article only: the rest is read from
the topic it came from, while that has it.

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but some of the letters chosen
are still open or failed again; 130 interrupted.`,
		Example: `  sitrep deadletters redrive --brokers localhost:9092 --dry-run
  sitrep deadletters redrive --brokers localhost:9092 --reason too_slow --rate 20/s
  sitrep deadletters redrive --brokers localhost:9092 --extract --max-article-bytes 50000000 --reason too_large`,
		RunE: func(cmd *cobra.Command, args []string) error { return r.run(cmd, args) },
	}
	r.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&r.job.To, "to", "", "send all to this topic (default: each to the one it came from)")
	f.BoolVar(&r.extract, "extract", false, "extract here and publish, instead of sending to a topic of raw articles")
	f.IntVar(&r.job.MaxAttempts, "max-attempts", r.job.MaxAttempts, "leave letters alone whose articles were sent again so often")
	f.StringVar(&r.rate, "rate", "", "no more articles a second than `N/s`")
	f.BoolVar(&r.dryRun, "dry-run", false, "show the plan and do nothing")
	f.StringVar(&r.config.Topics.Events, "events-topic", r.config.Topics.Events, "topic of event records")
	f.StringVar(&r.config.Topics.Articles, "articles-topic", r.config.Topics.Articles, "topic of article records")
	f.IntVar(&r.job.Workers, "workers", r.job.Workers, "articles extracted at once")
	f.StringSliceVar(&r.schemas.urls, "schema-registry", nil, "addresses of a schema registry, for articles in Avro or JSON Schema")
	f.StringVar(&r.schemas.username, "schema-registry-username", "", "user name; the password is in SITREP_SCHEMA_REGISTRY_PASSWORD or a file")
	f.StringVar(&r.schemas.passwordFromFile, "schema-registry-password-file", "", "file of the password")
	limitFlags(cmd, &r.limits)
	decodeFlags(f, &r.decoder)
	return cmd
}

func (r *redriveFlags) run(cmd *cobra.Command, args []string) error {
	if err := r.prepare(args); err != nil {
		return err
	}
	ctx, show := cmd.Context(), newLetterShower(cmd, r.json)
	if r.extract {
		process := func(raw pipeline.Raw) []pipeline.Record { return pipeline.ProcessAs(raw, &r.decoder, r.limits) }
		if os.Getenv(besideUs) != "" {
			return serveProbe(ctx, r.config, process)
		}
		beside := probe.New(again, 2*r.limits.Time)
		defer beside.Close()
		r.job.Extract, r.config.Probe = process, beside.Kills
	}
	r.job.Config, r.job.Filter, r.job.Logger = r.config, r.filter, r.config.Logger
	if r.dryRun {
		plan, err := r.job.Preview(ctx)
		if err != nil {
			return err
		}
		return show.plan(show.out, plan, r.job.MaxAttempts)
	}
	var plan *deadletters.Plan
	r.job.Planned = func(p *deadletters.Plan) { plan = p; show.plan(show.err, p, r.job.MaxAttempts) }
	r.job.Sent, r.job.Left = show.sent, show.left
	stop := show.progress()
	err := r.job.Run(ctx)
	stop()
	switch {
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		show.summary("interrupted", plan)
		return exitError{exitInterrupted, errors.New("interrupted: the same command goes on")}
	case err != nil:
		return err
	}
	return show.summary("done", plan)
}

// prepare completes what the flags say.
func (r *redriveFlags) prepare(args []string) error {
	if err := r.check(args); err != nil {
		return err
	}
	switch {
	case r.extract && r.job.To != "":
		return usage("--extract and --to: want one of them")
	case r.job.MaxAttempts < 1:
		return usage("--max-attempts %d: want 1 or more", r.job.MaxAttempts)
	}
	if r.rate != "" {
		if _, err := fmt.Sscanf(strings.TrimSuffix(r.rate, "/s")+"\n", "%g\n", &r.job.Rate); err != nil || r.job.Rate <= 0 {
			return usage("--rate %q: want a number a second, as 20/s", r.rate)
		}
	}
	r.config.MaxMessageBytes = r.limits.OutputBytes()
	if !r.extract {
		r.config.MaxMessageBytes = 1 << 30 // what came from a topic goes back there
		return nil
	}
	return r.schemas.apply(&r.config, &r.decoder, os.Getenv(registryPassword))
}

// A letterShower tells people and machines how a redrive goes.
type letterShower struct {
	out, err io.Writer
	json     bool
	terminal bool
	began    time.Time

	mu      sync.Mutex
	total   int
	tally   deadletters.Tally
	refused int // when their turn came
}

func newLetterShower(cmd *cobra.Command, json bool) *letterShower {
	f, isFile := cmd.ErrOrStderr().(*os.File)
	return &letterShower{out: cmd.OutOrStdout(), err: cmd.ErrOrStderr(), json: json, terminal: isFile && term.IsTerminal(int(f.Fd())), began: time.Now()}
}

func (s *letterShower) line(kind string, v map[string]any) {
	v["kind"] = kind
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and numbers
	}
	fmt.Fprintf(s.out, "%s\n", data)
}

// refusedNamed is how many letters are named that cannot be sent.
const refusedNamed = 20

func (s *letterShower) plan(w io.Writer, p *deadletters.Plan, most int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.total = len(p.Send)
	if s.json {
		refused := []map[string]string{}
		for _, r := range p.Refused {
			refused = append(refused, map[string]string{"letter": deadletters.Place(r.Letter.At), "from": deadletters.Place(r.Letter.From), "why": r.Why})
		}
		s.line("plan", map[string]any{"what": p.What, "send": len(p.Send), "to": p.To, "resumed": !p.Begun.IsZero(), "sent_before": p.Done,
			"too_many_attempts": p.Worn, "newer": p.Newer, "refused": refused})
		return nil
	}
	var rows [][]string
	add := func(n int, what string) {
		if n > 0 {
			rows = append(rows, []string{fmt.Sprint(n), what})
		}
	}
	for _, to := range slices.Sorted(maps.Keys(p.To)) {
		add(p.To[to], "to be sent to "+safe(to))
	}
	add(p.Done, "sent again already")
	add(p.Worn, fmt.Sprintf("left alone: sent again %s before (--max-attempts)", times(most)))
	add(p.Newer, "left for the next redrive: they came after this one began")
	add(len(p.Refused), "that cannot be sent:")
	var b strings.Builder
	if !p.Begun.IsZero() {
		fmt.Fprintf(&b, "going on with the redrive of %s UTC\n", minute(p.Begun))
	}
	if len(rows) == 0 {
		b.WriteString("no letter is chosen\n")
	}
	b.WriteString(columns(rows, 0))
	for i, r := range p.Refused {
		if i == refusedNamed {
			fmt.Fprintf(&b, "  and %d more\n", len(p.Refused)-i)
			break
		}
		fmt.Fprintf(&b, "  %s: %s\n", safe(deadletters.Place(r.Letter.From)), safe(r.Why))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (s *letterShower) sent(t deadletters.Tally) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tally.Sent += t.Sent
	s.tally.Events += t.Events
	s.tally.Dead += t.Dead
}

func (s *letterShower) left(r deadletters.Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused++
	fmt.Fprintf(s.err, "not sent: %s: %s\n", safe(deadletters.Place(r.Letter.From)), safe(r.Why))
}

// progress shows how far the redrive is until the function it returns is called.
func (s *letterShower) progress() (stop func()) {
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
				s.now()
			}
		}
	}()
	return func() { close(quit); <-ended }
}

func (s *letterShower) now() {
	s.mu.Lock()
	defer s.mu.Unlock()
	took := time.Since(s.began)
	rate := float64(s.tally.Sent) / max(took.Seconds(), 1e-3)
	left := time.Duration(float64(s.total-s.tally.Sent) / max(rate, 1e-3) * float64(time.Second)).Round(time.Second)
	switch text := fmt.Sprintf("%d of %d sent, %.0f/s, %d failed again, %s left", s.tally.Sent, s.total, rate, s.tally.Dead, left); {
	case s.total == 0:
	case s.json:
		s.line("progress", map[string]any{"sent": s.tally.Sent, "of": s.total, "rate": rate, "dead": s.tally.Dead, "eta_seconds": left.Seconds()})
	case s.terminal:
		fmt.Fprintf(s.err, "\r\x1b[K%s", text)
	default:
		fmt.Fprintln(s.err, text)
	}
}

// summary tells what came of it, with the exit code that says so.
func (s *letterShower) summary(how string, p *deadletters.Plan) error {
	if p == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	took := time.Since(s.began)
	extracted := p.To[deadletters.Extraction] > 0
	if s.json {
		s.line("summary", map[string]any{"state": how, "sent": s.tally.Sent, "of": s.total, "events": s.tally.Events, "dead": s.tally.Dead, "seconds": took.Seconds()})
	} else {
		fmt.Fprintf(s.out, "%s: %d of %s sent again in %s", how, s.tally.Sent, plural(s.total, "letter"), took.Round(time.Second/10))
		if extracted {
			fmt.Fprintf(s.out, ", %s, %d failed again", plural(s.tally.Events, "event"), s.tally.Dead)
		}
		fmt.Fprintln(s.out)
	}
	if open := p.Worn + p.Newer + len(p.Refused) + s.refused; open+s.tally.Dead > 0 {
		return exitError{exitDeadLetters, fmt.Errorf("of the letters chosen %d are still open, %d failed again", open, s.tally.Dead)}
	}
	return nil
}
