package main

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/metrics"
	"sitrep/pipeline/probe"
	"sitrep/pipeline/registry"
	"sitrep/pipeline/trace"
)

func runCommand() *cobra.Command {
	config := kafka.Config{Group: "sitrep", Input: "articles.raw", Topics: kafka.DefaultTopics, MaxBatch: 1000, MaxBytes: 64 << 20}
	limits := pipeline.DefaultLimits
	workers := runtime.GOMAXPROCS(0)
	var security security
	var from, gone string
	var decoder article.Decoder
	var schemas registryFlags
	var create int
	var health healthFlags
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

--health-listen serves /livez, /readyz, /version and /metrics (docs/metrics.md);
/readyz is 503 with the reason while articles cannot be worked on. What an operator must mend ends the program with exit
code 1 and says what; what may pass by itself is tried again.`,
		Example: `  sitrep run --brokers localhost:9092 --create-topics 6
  SITREP_BROKERS=kafka-1:9093,kafka-2:9093 SITREP_SASL_PASSWORD=… sitrep run --tls --sasl-mechanism scram-sha-512 --sasl-username sitrep`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(config.Brokers) == 0 {
				return usage("no brokers: give --brokers host:port,… or SITREP_BROKERS")
			}
			if err := security.apply(&config, os.Getenv("SITREP_SASL_PASSWORD")); err != nil {
				return err
			}
			if err := startAt(&config, from, gone); err != nil {
				return err
			}
			if err := schemas.apply(&config, &decoder, os.Getenv(registryPassword)); err != nil {
				return err
			}
			if os.Getenv(besideUs) != "" {
				return serveProbe(cmd.Context(), config, func(raw pipeline.Raw) []pipeline.Record { return pipeline.ProcessAs(raw, &decoder, limits) })
			}
			beside := probe.New(again, 2*limits.Time)
			defer beside.Close()
			config.Probe = beside.Kills
			config.MaxMessageBytes = limits.OutputBytes()
			config.Logger = logger()
			config.Health = new(kafka.Health)
			measured := metrics.New(build())
			measured.Service(&config)
			tracer, err := trace.Start(cmd.Context(), build().Version, config.Logger)
			if err != nil {
				return exitError{exitUsage, err}
			}
			defer tracer.Stop()
			if tracer != nil {
				config.Committing = tracer.Commit
			}
			ctx := cmd.Context()
			stop, err := health.serve(config.Health.Ready, measured, config.Logger)
			if err != nil {
				return err
			}
			defer stop()
			if create > 0 {
				if err := kafka.CreateTopics(ctx, config, kafka.Specs(config.Input, config.Topics, create, limits.Article)...); err != nil {
					return err
				}
			}
			return kafka.Run(ctx, config, pipeline.NewPool(workers, watched(&decoder, limits, measured, tracer)))
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&config.Brokers, "brokers", nil, "host:port of brokers, comma separated")
	f.StringVar(&config.Group, "group", config.Group, "consumer group")
	f.StringVar(&config.Input, "input", config.Input, "topic of raw articles")
	f.StringVar(&config.Topics.Events, "events-topic", config.Topics.Events, "topic of event records")
	f.StringVar(&config.Topics.Articles, "articles-topic", config.Topics.Articles, "topic of article records")
	f.StringVar(&config.Topics.DeadLetters, "deadletters-topic", config.Topics.DeadLetters, "topic of dead letters")
	f.StringVar(&from, "from", "earliest", "where a new group begins: earliest, latest or a time")
	f.StringVar(&gone, "offset-gone", "", "where to go on when the group's offset is not in the topic any more: earliest, latest or a time")
	f.BoolVar(&config.AtLeastOnce, "at-least-once", false, "publish without transactions")
	f.IntVar(&config.MaxBatch, "max-batch", config.MaxBatch, "articles of a partition made durable together at most")
	f.DurationVar(&config.SessionTimeout, "session-timeout", 10*time.Second, "how long the group waits for a member that has fallen silent")
	f.DurationVar(&config.StartTimeout, "start-timeout", 10*time.Second, "how long brokers and topics are waited for at the start")
	f.Int64Var(&config.MaxBytes, "max-bytes", config.MaxBytes, "bytes of input in memory at once")
	f.IntVar(&create, "create-topics", 0, "first create the topics that do not exist, with `N` partitions")
	f.IntVar(&workers, "workers", workers, "articles extracted at once")
	health.flags(f)
	security.flags(f)
	f.StringSliceVar(&schemas.urls, "schema-registry", nil, "addresses of a schema registry, for articles in Avro or JSON Schema")
	f.StringVar(&schemas.username, "schema-registry-username", "", "user name; the password is in SITREP_SCHEMA_REGISTRY_PASSWORD or a file")
	f.StringVar(&schemas.passwordFromFile, "schema-registry-password-file", "", "file of the password")
	limitFlags(cmd, &limits)
	decodeFlags(f, &decoder)
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

// startAt sets where c begins, and goes on when its offset is gone.
func startAt(c *kafka.Config, from, gone string) error {
	var err error
	if c.From, err = kafka.ParseStart(from); err != nil {
		return usage("--from: %w", err)
	}
	if gone == "" {
		return nil
	}
	start, err := kafka.ParseStart(gone)
	if err != nil {
		return usage("--offset-gone: %w", err)
	}
	c.OffsetGone = &start
	return nil
}

type registryFlags struct {
	urls                       []string
	username, passwordFromFile string
}

const registryPassword = "SITREP_SCHEMA_REGISTRY_PASSWORD"

// apply lets schemas be fetched before articles are decoded by them.
func (r registryFlags) apply(c *kafka.Config, d *article.Decoder, password string) error {
	if len(r.urls) == 0 {
		if r.username != "" {
			return usage("--schema-registry-username wants --schema-registry")
		}
		return nil
	}
	password, err := secret(password, registryPassword, r.passwordFromFile, "--schema-registry-password-file")
	if err != nil {
		return exitError{exitUsage, err}
	}
	schemas, err := registry.New(r.urls, r.username, password)
	if err != nil {
		return usage("--schema-registry: %w", err)
	}
	c.Prepare, d.Schemas = schemas.Prepare, schemas
	return nil
}

// logger writes for people on a terminal and for machines elsewhere.
func logger() *slog.Logger {
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		return slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, nil))
}
