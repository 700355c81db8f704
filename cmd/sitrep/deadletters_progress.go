package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"sitrep/pipeline/deadletters"
)

// A letterShower tells people and machines how a redrive goes.
type letterShower struct {
	out   io.Writer
	err   *screen
	json  bool
	began time.Time

	mu      sync.Mutex
	total   int
	tally   deadletters.Tally
	refused int // when their turn came
}

func newLetterShower(cmd *cobra.Command, json bool) *letterShower {
	return &letterShower{out: cmd.OutOrStdout(), err: newScreen(cmd.ErrOrStderr()), json: json, began: time.Now()}
}

func (s *letterShower) line(kind string, v map[string]any) { writeObject(s.out, kind, v) }

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
	return s.err.again(s.json, s.now)
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
	case s.err.terminal:
		s.err.show(text)
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
		fmt.Fprintf(s.out, "%s: %d of %s sent again in %s", how, s.tally.Sent, counted(s.total, "letter"), took.Round(time.Second/10))
		if extracted {
			fmt.Fprintf(s.out, ", %s, %d failed again", counted(s.tally.Events, "event"), s.tally.Dead)
		}
		fmt.Fprintln(s.out)
	}
	if open := p.Worn + p.Newer + len(p.Refused) + s.refused; open+s.tally.Dead > 0 {
		return exitError{exitDeadLetters, fmt.Errorf("of the letters chosen %d are still open, %d failed again", open, s.tally.Dead)}
	}
	return nil
}
