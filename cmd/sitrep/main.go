// Sitrep turns news articles into structured event records.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
)

// The exit codes; 0 is success.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitDeadLetters = 3
	exitBelowGate   = 4
	exitInterrupted = 130
)

// An exitError ends the process with a code.
type exitError struct {
	code int
	error
}

func (e exitError) Unwrap() error { return e.error }

func usage(format string, args ...any) error {
	return exitError{exitUsage, fmt.Errorf(format, args...)}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := root().ExecuteContext(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "sitrep:", err)
		os.Exit(exitCode(ctx, err))
	}
}

func exitCode(ctx context.Context, err error) int {
	var e exitError
	switch {
	case errors.As(err, &e):
		return e.code
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitFailed
}

func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sitrep",
		Short: "Turn news articles into structured event records",
		Long: `Sitrep reads news articles and works out who did what to whom, where, when and
with how many. It runs as a service between Kafka topics, or over files.

Every flag can also be set in the environment, --max-batch as SITREP_MAX_BATCH, and in
a file of YAML that --config names, as max-batch: 500. The command line goes first,
then the environment, then the file. See: sitrep config, sitrep lint.

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but some articles became
dead letters; 4 an evaluation below a gate, or a diff beyond a limit; 130 interrupted.`,
		Example: `  sitrep demo
  sitrep extract -o table article.txt
  sitrep run --brokers localhost:9092`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return configure(cmd) },
	}
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%w%s\nsee: %s --help", err, meantFlag(cmd, err), cmd.CommandPath())
	})
	cmd.PersistentFlags().String("config", "", "`FILE` of settings, in YAML")
	cmd.AddCommand(demoCommand(), runCommand(), serveCommand(), backfillCommand(), diffCommand(), deadlettersCommand(), extractCommand(), explainCommand(), evaluateCommand(), schemaCommand(), exportCommand(), versionCommand())
	cmd.AddCommand(configCommand(), lintCommand(), doctorCommand(), topicsCommand())
	wrap(cmd)
	return cmd
}

// wrap makes all commands say what is wrong with their arguments alike, and where a
// setting is from that they refuse.
func wrap(cmd *cobra.Command) {
	if cmd.HasSubCommands() && !cmd.Runnable() {
		cmd.Args, cmd.RunE = cobra.ArbitraryArgs, choose
	}
	for _, c := range cmd.Commands() {
		wrap(c)
		if check := c.Args; check != nil {
			c.Args = func(cmd *cobra.Command, args []string) error {
				if err := check(cmd, args); err != nil {
					return usage("%w\nsee: %s --help", err, cmd.CommandPath())
				}
				return nil
			}
		}
		if run := c.RunE; run != nil {
			c.RunE = func(cmd *cobra.Command, args []string) error { return locate(cmd, run(cmd, args)) }
		}
	}
}

// choose is what a command does that only has others below it.
func choose(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	cmd.SuggestionsMinimumDistance = 2
	meant := ""
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		meant = ": did you mean " + near[0] + "?"
	}
	return usage("no command %q%s\nsee: %s --help", args[0], meant, cmd.CommandPath())
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version of the program and of what it writes",
		Example: "  sitrep version",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			b := build()
			revision := ""
			if b.Revision != "" {
				revision = ", commit " + b.Revision
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "sitrep %s%s, %s\nextractor %s, schema version %d\n", b.Version, revision, b.Go, pipeline.Version(), b.Schema)
			return err
		},
	}
}
