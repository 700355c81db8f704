package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"sitrep/pipeline/config"
)

// A remark is what lint has to say of one thing.
type remark struct {
	Level   string `json:"level"` // error or warning
	At      string `json:"at,omitempty"`
	Message string `json:"message"`
}

func lintCommand() *cobra.Command {
	s := newService()
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Check the settings of a run, without a network",
		Long: `Checks what run would be told if it were started like this, here: flags, environment
and the file of settings, with the keys in it that are for other commands. It says all
that run would refuse, and what is allowed but doubtful. Files of passwords and
certificates are read; nothing is contacted (see sitrep doctor for that).

Exit codes: 0 nothing wrong, or warnings only; 2 errors.`,
		Example: `  sitrep lint --config sitrep.yaml
  SITREP_CONFIG=sitrep.yaml sitrep lint --json | jq -r 'select(.level == "error").message'`,
		Args:              cobra.NoArgs,
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil }, // what it would refuse is told with the rest
		RunE: func(cmd *cobra.Command, _ []string) error {
			remarks := s.lint(cmd)
			if err := writeRemarks(cmd.OutOrStdout(), remarks, asJSON); err != nil {
				return err
			}
			if errs := countErrors(remarks); errs > 0 {
				return exitError{exitUsage, fmt.Errorf("%s, %s", counted(errs, "error"), counted(len(remarks)-errs, "warning"))}
			}
			if !asJSON {
				fmt.Fprintf(cmd.OutOrStdout(), "ok: sitrep run would start with these settings (%s)\n", counted(len(remarks), "warning"))
			}
			return nil
		},
	}
	s.flags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "write a line of JSON for each remark")
	return cmd
}

// lint returns all that can be said of what s is told.
func (s *service) lint(cmd *cobra.Command) []remark {
	var remarks []remark
	say := func(level string, err error) {
		for _, e := range config.Each(config.Locate(cmd.Flags(), err)) {
			r := remark{Level: level, Message: e.Error()}
			if f := new(config.Fault); errors.As(e, &f) {
				r.At, r.Message = f.At, f.Err.Error()
			}
			remarks = append(remarks, r)
		}
	}
	configured := configure(cmd)
	say("error", configured)
	checked := s.check()
	if configured != nil && len(s.config.Brokers) == 0 {
		checked = withoutBrokers(checked)
	}
	say("error", checked)
	for _, doubt := range s.doubts(time.Now()) {
		say("warning", errors.New(doubt))
	}
	unused := config.Unused(os.Environ(), commands(cmd.Root()))
	for _, name := range slices.Sorted(maps.Keys(unused)) {
		say("warning", &config.Fault{At: name, Err: fmt.Errorf("no setting has this name: did you mean %s?", unused[name])})
	}
	return remarks
}

// withoutBrokers leaves out that there are none: the file that may name them could
// not be read.
func withoutBrokers(err error) error {
	return errors.Join(slices.DeleteFunc(config.Each(err), func(e error) bool { return errors.Is(e, errNoBrokers) })...)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func countErrors(remarks []remark) int {
	n := 0
	for _, r := range remarks {
		if r.Level == "error" {
			n++
		}
	}
	return n
}

func writeRemarks(w io.Writer, remarks []remark, asJSON bool) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, r := range remarks {
		var err error
		if asJSON {
			err = enc.Encode(r)
		} else if r.At == "" {
			_, err = fmt.Fprintf(w, "%s: %s\n", r.Level, r.Message)
		} else {
			_, err = fmt.Fprintf(w, "%s: %s: %s\n", r.At, r.Level, r.Message)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
