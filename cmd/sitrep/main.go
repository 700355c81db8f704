// Sitrep turns news articles into structured event records.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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

Every flag can also be set in the environment: --max-batch is SITREP_MAX_BATCH.

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but some articles became
dead letters; 4 an evaluation below a gate; 130 interrupted.`,
		Example: `  sitrep demo
  sitrep extract -o table article.txt
  sitrep run --brokers localhost:9092`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return fromEnvironment(cmd.Flags(), os.LookupEnv) },
	}
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%w\nsee: %s --help", err, cmd.CommandPath())
	})
	cmd.AddCommand(demoCommand(), runCommand(), serveCommand(), extractCommand(), explainCommand(), evaluateCommand(), versionCommand())
	for _, c := range cmd.Commands() {
		if check := c.Args; check != nil {
			c.Args = func(cmd *cobra.Command, args []string) error {
				if err := check(cmd, args); err != nil {
					return usage("%w\nsee: %s --help", err, cmd.CommandPath())
				}
				return nil
			}
		}
	}
	return cmd
}

// fromEnvironment sets the flags that the command line left alone from
// SITREP_ and their names in capitals.
func fromEnvironment(flags *pflag.FlagSet, lookup func(string) (string, bool)) error {
	var failed error
	flags.VisitAll(func(f *pflag.Flag) {
		name := "SITREP_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value, ok := lookup(name)
		if f.Changed || !ok || f.Name == "help" || failed != nil {
			return
		}
		if err := flags.Set(f.Name, value); err != nil {
			failed = usage("%s=%q: %w", name, value, err)
		}
	})
	return failed
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
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "sitrep %s%s, %s\nextractor %s, schema version %d\n", b.Version, revision, b.Go, b.Extractor, b.Schema)
			return err
		},
	}
}
