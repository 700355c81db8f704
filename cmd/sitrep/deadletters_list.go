package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"sitrep/pipeline/deadletters"
)

func listLettersCommand() *cobra.Command {
	var l letterFlags
	var all bool
	var every string
	cmd := &cobra.Command{
		Use:   "list [TOPIC/PARTITION/OFFSET]...",
		Short: "Count dead letters by reason, source and time",
		Long: `Counts the letters that nobody has sent again, by reason and stage, by where the
articles came from, and by the time they were written. Times are UTC. The last
article of each kind is named by its place, which show takes, with what was wrong.`,
		Example: `  sitrep deadletters list --brokers localhost:9092
  sitrep deadletters list --brokers localhost:9092 --since 24h --topic articles.raw --json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if every != "" && every != deadletters.Hourly && every != deadletters.Daily {
				return usage("--by %q: want hour or day", every)
			}
			if err := l.check(args); err != nil {
				return err
			}
			x, err := l.read(cmd)
			if err != nil {
				return err
			}
			s := deadletters.Summarize(x, l.config.Topics.DeadLetters, all, every)
			if l.json {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(s)
			}
			return writeSummary(cmd.OutOrStdout(), s, all)
		},
	}
	l.flags(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "count those too that were sent again")
	cmd.Flags().StringVar(&every, "by", "", "count by hour or day (default: by what fits)")
	return cmd
}

// messageWidth is how much of a message stands in a list.
const messageWidth = 100

func writeSummary(w io.Writer, s deadletters.Summary, all bool) error {
	var b strings.Builder
	kind := "open "
	if all {
		kind = ""
	}
	fmt.Fprintf(&b, "%s: %s, %d sent again (times are UTC)\n", s.Topic, counted(s.Letters, kind+"letter"), s.Redriven)
	if s.Letters > 0 {
		b.WriteString("\n" + reasonTable(s.Reasons))
		rows := [][]string{{"FROM", "LETTERS"}}
		for _, from := range s.Sources {
			rows = append(rows, []string{safe(from.Topic), strconv.Itoa(from.Letters)})
		}
		b.WriteString("\n" + columns(rows, 1))
		b.WriteString("\n" + timeTable(s))
	}
	for _, r := range s.Begun {
		fmt.Fprintf(&b, "\nA redrive of %s has not ended: sitrep deadletters redrive %s goes on.\n", minute(r.Begun), r.What)
	}
	text := b.String()
	if f, isFile := w.(*os.File); isFile {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			text = narrow(text, width)
		}
	}
	_, err := io.WriteString(w, text)
	return err
}

// narrow cuts the lines of text to a width.
func narrow(text string, width int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(clip(strings.TrimSuffix(line, "\n"), width) + "\n")
	}
	return b.String()
}

// reasonTable has two lines a reason: the second is what the last of them says.
func reasonTable(groups []deadletters.Group) string {
	again := 0
	rows := [][]string{{"REASON", "STAGE", "LETTERS", "FIRST", "LAST", "LAST ARTICLE"}}
	for _, g := range groups {
		again += g.Again
		rows = append(rows, []string{safe(g.Reason), safe(g.Stage), strconv.Itoa(g.Letters), minute(g.First), minute(g.Last), safe(g.Example)})
	}
	var b strings.Builder
	i := -1 // the first line is the head
	for line := range strings.Lines(columns(rows, 2)) {
		b.WriteString(line)
		if i >= 0 {
			b.WriteString("    " + clip(safe(groups[i].Message), messageWidth) + "\n")
		}
		i++
	}
	if again > 0 {
		fmt.Fprintf(&b, "%d of them failed again after they were sent again.\n", again)
	}
	return b.String()
}

// timeTable shows letters by hour or day, with bars.
func timeTable(s deadletters.Summary) string {
	const longest = 40
	most := 0
	for _, slot := range s.Times {
		most = max(most, slot.Letters)
	}
	layout := "2006-01-02 15:04"
	if s.Every == deadletters.Daily {
		layout = time.DateOnly
	}
	rows := [][]string{{strings.ToUpper(s.Every), "LETTERS"}}
	for _, slot := range s.Times {
		bar := strings.Repeat("█", max(1, slot.Letters*longest/most))
		rows = append(rows, []string{slot.From.Format(layout), strconv.Itoa(slot.Letters), bar})
	}
	return columns(rows, 1)
}

// clip cuts s to n characters.
func clip(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return s
}
