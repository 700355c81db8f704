package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/pipeline/diff"
	"sitrep/pipeline/kafka"
)

// A differ compares two runs.
type differ struct {
	config   kafka.Config
	security security
	schemas  registryFlags
	ignore   []string
	examples int
	json     bool
	gates    [4]gate
}

func diffCommand() *cobra.Command {
	d := &differ{gates: [4]gate{{name: "lost"}, {name: "gained"}, {name: "changed"}, {name: "unread"}}}
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Compare what two runs have found: events gained, lost and changed",
		Long: `Compares two runs over the same articles: two versions, or two configurations. Each
side is a file or directory of records, as extract and backfill write them (packed with
gzip or zstd, too), - for stdin, or topics:

  topic:sitrep.events.v1,sitrep.articles.v1?since=2026-01-01T00:00:00Z&until=latest

since and until are times at which records were written, or offsets; the end is fixed
when it begins, only committed records are read, and no group is joined.

Of several records of one event the last counts. Where the records of articles are
there too, events that their article does not list are left out, and so are articles
that one side alone has read. An event whose trigger or type is another is changed,
and not lost and gained, where it is clearly the same.

Any number of events can be compared: beyond 64 MiB a side they are sorted by article
in files in TMPDIR.

Exit codes: 0 compared, whatever was found; 2 wrong usage; 3 compared, but some lines
were no records; 4 more was lost, gained or changed than a --max allows.`,
		Example: `  sitrep diff old.jsonl new.jsonl
  sitrep diff --ignore confidence,rule --examples 10 run-a/ run-b/
  sitrep diff --max-lost 1% --max-changed 5% old/ new/
  sitrep diff --json old/ new/ | jq 'select(.kind == "lost") | .event.evidence.text'
  sitrep diff --brokers localhost:9092 topic:sitrep.events.v1,sitrep.articles.v1 new/`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if d.json && !cmd.Flags().Changed("examples") {
				d.examples = -1
			}
			return d.run(cmd, args)
		},
	}
	f := cmd.Flags()
	f.IntVar(&d.examples, "examples", 3, "show so many of each kind, -1 for all (default with --json: all)")
	f.StringSliceVar(&d.ignore, "ignore", nil, "fields in which a difference does not count: "+strings.Join(diff.Fields(), ", "))
	f.BoolVar(&d.json, "json", false, "write lines of JSON: a line a difference, the summary last")
	for i := range d.gates[:3] {
		g := &d.gates[i]
		f.Var(g, "max-"+g.name, "exit with 4 if more events are "+g.name+": a number, or a share of OLD's events as `1%`")
	}
	f.Var(&d.gates[3], "max-unread", "exit with 4 if OLD alone has read more articles: a number, or a share as `1%`")
	f.StringSliceVar(&d.config.Brokers, "brokers", nil, "host:port of brokers, comma separated")
	d.security.flags(f)
	d.schemas.flags(f, "for records in Avro")
	return cmd
}

func (d *differ) run(cmd *cobra.Command, args []string) error {
	for _, name := range d.ignore {
		if !slices.Contains(diff.Fields(), name) {
			return usage("--ignore %q: want some of %s", name, strings.Join(diff.Fields(), ", "))
		}
	}
	if args[0] == "-" && args[1] == "-" {
		return usage("stdin can be one side only")
	}
	if err := d.security.apply(&d.config, os.Getenv("SITREP_SASL_PASSWORD")); err != nil {
		return err
	}
	if err := d.schemas.open(os.Getenv(registryPassword)); err != nil {
		return err
	}
	var sides [2]*side
	screen := newScreen(cmd.ErrOrStderr())
	for i, arg := range args {
		var err error
		if sides[i], err = newSide(arg, d.config, d.schemas.registry); err != nil {
			return err
		}
		defer sides[i].close()
	}
	for _, s := range sides {
		if err := s.read(cmd.Context(), cmd.InOrStdin(), screen); err != nil {
			return err
		}
	}
	show := &diffShower{out: cmd.OutOrStdout(), json: d.json, most: d.examples}
	summary, err := d.compare(sides[0], sides[1], show)
	if err != nil {
		return err
	}
	if err := show.summary(args, summary); err != nil {
		return err
	}
	return d.ended(summary, sides)
}

// compare joins the sides, both of which come sorted by article.
func (d *differ) compare(older, newer *side, show *diffShower) (*diff.Summary, error) {
	sum := diff.NewSummary()
	for both, err := range join(older, newer) {
		if err != nil {
			return nil, err
		}
		a, b := &both[0], &both[1]
		if !a.Read || !b.Read {
			sum.AddOnly(a, b)
			continue
		}
		pairs, changed := diff.Events(a.Events, b.Events, d.ignore...), diff.Changed(a, b)
		sum.Add(a, b, pairs, changed)
		if err := show.article(a.ID, pairs, changed); err != nil {
			return nil, err
		}
	}
	return sum, nil
}

func (d *differ) ended(sum *diff.Summary, sides [2]*side) error {
	var failed []string
	e := sum.Events
	for i, x := range [4]struct {
		n, of int
		what  string
	}{{e.Lost, e.Old, "events"}, {e.Gained, e.Old, "events"}, {e.Changed, e.Old, "events"}, {sum.OnlyOld, sum.Compared + sum.OnlyOld, "articles"}} {
		if g := d.gates[i]; g.fails(x.n, x.of) {
			failed = append(failed, fmt.Sprintf("%d of %d %s are %s: more than --max-%s %s", x.n, x.of, x.what, g.name, g.name, g.text))
		}
	}
	if len(failed) > 0 {
		return exitError{exitBelowGate, fmt.Errorf("%s", strings.Join(failed, "; "))}
	}
	if bad := sides[0].bad + sides[1].bad; bad > 0 {
		return exitError{exitDeadLetters, fmt.Errorf("%d lines were no records of events or articles", bad)}
	}
	return nil
}

// A gate is how many events may be lost, gained or changed.
type gate struct {
	name, text string
	most       float64
	share      bool
}

func (g *gate) String() string { return g.text }

// Type is how pflag calls it.
func (g *gate) Type() string { return "limit" }

// Set reads "10" or "0.5%".
func (g *gate) Set(text string) error {
	number, share := strings.CutSuffix(text, "%")
	most, err := strconv.ParseFloat(number, 64)
	if err != nil || !(most >= 0) {
		return fmt.Errorf("want a number, or a share as 1%%")
	}
	g.text, g.most, g.share = text, most, share
	return nil
}

func (g *gate) fails(n, of int) bool {
	most := g.most
	if g.share {
		most *= float64(of) / 100
	}
	return g.text != "" && float64(n) > most
}
