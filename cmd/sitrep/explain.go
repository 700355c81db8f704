package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"sitrep/pipeline"
	"sitrep/pipeline/explain"
)

func explainCommand() *cobra.Command {
	var page, color string
	in := newInput()
	cmd := &cobra.Command{
		Use:   "explain [FILE|DIRECTORY|-]...",
		Short: "Show what is found in articles, and why",
		Long: `Reads articles as extract does and shows each with what is found in it marked in
its text; then for every event the sentence, the trigger, the rule, and which words
fill which role; then what was weighed as an event and dropped, and why; then the
people, countries, places, dates and counts, each with the rule that found it, what
it was resolved to, and what was left open for which reason.

On a terminal marks are colours; elsewhere, and where NO_COLOR is set, they are
brackets: [Iraq|actor]. With --html the same becomes a page in one file, which
needs no network and no script.

What cannot be read is named on stderr, the rest goes on, and the exit code is 3.`,
		Example: `  sitrep explain article.txt
  sitrep explain --color always articles.jsonl | less -R
  curl -s https://example.org/news | sitrep explain -f html --html why.html`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if page != "" {
				return explainPage(cmd, in, args, page)
			}
			look, err := terminal(cmd.OutOrStdout(), color, os.LookupEnv)
			if err != nil {
				return err
			}
			return in.each(cmd, args, cmd.OutOrStdout(), func(r *pipeline.Reading) ([]byte, error) {
				var b bytes.Buffer
				err := look.Write(&b, r)
				return b.Bytes(), err
			})
		},
	}
	cmd.Flags().StringVar(&page, "html", "", "write a page of HTML to this file, - for stdout, instead of text")
	cmd.Flags().StringVar(&color, "color", "auto", "colours: auto, always or never")
	in.flags(cmd)
	return cmd
}

// explainPage writes the page to a file, which appears when it is whole.
func explainPage(cmd *cobra.Command, in *input, args []string, path string) error {
	if path == "-" {
		return writePage(cmd, in, args, cmd.OutOrStdout())
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".sitrep-*.html")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	failed := writePage(cmd, in, args, f)
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if e := (exitError{}); failed != nil && !(errors.As(failed, &e) && e.code == exitDeadLetters) {
		return failed
	}
	return errors.Join(failed, os.Rename(f.Name(), path))
}

// writePage writes the page; that some articles could not be read makes it no less
// whole.
func writePage(cmd *cobra.Command, in *input, args []string, out io.Writer) error {
	if err := explain.Head(out); err != nil {
		return err
	}
	failed := in.each(cmd, args, out, func(r *pipeline.Reading) ([]byte, error) {
		var b bytes.Buffer
		err := explain.Section(&b, r)
		return b.Bytes(), err
	})
	return errors.Join(failed, explain.Foot(out))
}

// terminal returns how text is shown on out: in colours and as wide as the terminal, if
// it is one. COLUMNS tells the width, and NO_COLOR (no-color.org), as TERM=dumb, turns colours
// off; the flag --color goes before them.
func terminal(out io.Writer, color string, lookup func(string) (string, bool)) (explain.Terminal, error) {
	var t explain.Terminal
	f, isFile := out.(*os.File)
	isTerminal := isFile && term.IsTerminal(int(f.Fd()))
	if isTerminal {
		t.Columns, _, _ = term.GetSize(int(f.Fd()))
	}
	if s, ok := lookup("COLUMNS"); ok {
		if n, err := strconv.Atoi(s); err == nil && n > 0 {
			t.Columns = n
		}
	}
	switch color {
	case "always":
		t.Color = true
	case "never":
	case "auto":
		no, _ := lookup("NO_COLOR")
		kind, _ := lookup("TERM")
		t.Color = isTerminal && no == "" && kind != "dumb"
	default:
		return t, usage("--color %q: want auto, always or never", color)
	}
	return t, nil
}
