package main

import (
	"context"
	"log/slog"
	"os"
	"os/exec"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/metrics"
	"sitrep/pipeline/probe"
)

func runCommand() *cobra.Command {
	s := newService()
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Consume raw articles from Kafka and publish event records",
		Long: `Consumes raw articles and publishes what is found in them: events, one record an
article, and dead letters. The records of an article and its offset are committed in
one transaction, so that each comes out exactly once for those who read committed
records. SIGTERM or Ctrl-C finishes the work in hand and leaves the group.

A new group begins at --from: earliest, latest or a time (2026-01-31T00:00:00Z). When
the topic does not hold the group's offset any more, it ends with an error, unless
--offset-gone says where to go on. --at-least-once is for clusters that do not grant
transactional ids: after a crash records are published again, with the same keys.

The topics must exist, the output topics with a max.message.bytes of
--max-article-bytes and 1 MiB more; --create-topics N makes those that do not.
Passwords come from the environment, SITREP_SASL_PASSWORD and
SITREP_SCHEMA_REGISTRY_PASSWORD, or from files.

--listen serves the page: events as they come and the articles behind them, movements
on a map, dead letters, health. It shows and changes nothing. On other addresses than
this machine's it wants a token (docs/page.md).

--health-listen serves /livez, /readyz, /version and /metrics (docs/metrics.md);
/readyz is 503 with the reason while articles cannot be worked on. What an operator must mend ends the program with exit
code 1 and says what; what may pass by itself is tried again.`,
		Example: `  sitrep run --brokers localhost:9092 --create-topics 6
  SITREP_BROKERS=kafka-1:9093,kafka-2:9093 SITREP_SASL_PASSWORD=… sitrep run --tls --sasl-mechanism scram-sha-512 --sasl-username sitrep`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.check(); err != nil {
				return err
			}
			s.config.Logger = logger()
			measured := metrics.New(build())
			tracer, err := startTracer(cmd.Context(), s.config.Logger)
			if err != nil {
				return err
			}
			defer tracer.Stop()
			process, err := s.schemas.encoded(cmd.Context(), s.format, &s.config, s.limits, watched(&s.decoder, s.limits, measured, tracer))
			if err != nil {
				return err
			}
			if os.Getenv(besideUs) != "" {
				return serveProbe(cmd.Context(), s.config, process)
			}
			beside := probe.New(again, 2*s.limits.Time)
			defer beside.Close()
			s.config.Probe = beside.Kills
			s.config.Health = new(kafka.Health)
			s.config.Committing = tracer.Commit
			measured.Service(&s.config)
			ctx := cmd.Context()
			stop, err := s.health.serve(s.config.Health.Ready, measured, s.config.Logger)
			if err != nil {
				return err
			}
			defer stop()
			if s.listen.address != "" {
				address, stop, err := s.listen.page(ctx, s.config, &s.decoder, s.schemas.registry, s.limits)
				if err != nil {
					return err
				}
				defer stop()
				s.config.Logger.Info("the page is served", "at", address)
			}
			if s.create > 0 {
				if err := kafka.CreateTopics(ctx, s.config, kafka.Specs(s.config.Input, s.config.Topics, s.create, s.limits.Article)...); err != nil {
					return err
				}
			}
			return kafka.Run(ctx, s.config, pipeline.NewPool(s.workers, process))
		},
	}
	s.flags(cmd)
	return cmd
}

// besideUs is set in the environment of the process that articles are tried in: this
// program again, told all that we were told.
const besideUs = "SITREP_BESIDE"

func again() *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	cmd := exec.Command(self, os.Args[1:]...)
	cmd.Env = append(os.Environ(), besideUs+"=1")
	return cmd
}

// serveProbe works on articles that may kill, and publishes nothing.
func serveProbe(ctx context.Context, config kafka.Config, process func(pipeline.Raw) []pipeline.Record) error {
	return probe.Serve(os.Stdin, os.Stdout, func(raw pipeline.Raw) {
		if config.Prepare != nil {
			config.Prepare(ctx, []pipeline.Raw{raw}) // what it lacks becomes a dead letter in the service
		}
		process(raw)
	})
}

// logger writes for people on a terminal and for machines elsewhere.
func logger() *slog.Logger { return newScreen(os.Stderr).logger() }
