package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"sitrep/pipeline/doctor"
	"sitrep/pipeline/kafka"
)

func topicsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "topics",
		Short: "Create, list or check the topics of the service",
		Example: `  sitrep topics create --brokers localhost:9092
  sitrep topics create --dry-run --topic-replicas 3
  sitrep topics check --config sitrep.yaml`,
	}
	cmd.AddCommand(topicsCreateCommand(), topicsListCommand(), topicsCheckCommand())
	return cmd
}

// topicsSubcommand is one of the commands; run gets the settings, checked.
func topicsSubcommand(use, short, long, example string, run func(*cobra.Command, *service) error) *cobra.Command {
	s := newService()
	cmd := &cobra.Command{
		Use: use, Short: short, Long: long, Example: example,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.check(); err != nil {
				return err
			}
			return run(cmd, s)
		},
	}
	s.topicFlags(cmd)
	return cmd
}

func topicsCreateCommand() *cobra.Command {
	var partitions, replicas int
	var dryRun bool
	cmd := topicsSubcommand("create", "Create those of the topics that do not exist",
		`Creates the topic of raw articles and the three that sitrep writes, with the policies
that they need; those that exist are left as they are. Then all four are checked.

--dry-run contacts nobody and prints the commands of Kafka's own tools that do the
same, for who may not create topics to send to who may.

Exit codes: 0 done, and all is well; 1 failed, or a topic is not as it must be; 2 wrong
settings.`,
		`  sitrep topics create --brokers localhost:9092 --topic-partitions 12
  sitrep topics create --dry-run --config sitrep.yaml`,
		func(cmd *cobra.Command, s *service) error {
			specs := kafka.Specs(s.config.Input, s.config.Topics, partitions, s.limits.Article)
			for i := range specs {
				specs[i].Replication = replicas
				if dryRun {
					fmt.Fprintln(cmd.OutOrStdout(), doctor.CreateCommand(s.examined(), specs[i]))
				}
			}
			if dryRun {
				return nil
			}
			return createTopics(cmd, s, specs)
		})
	cmd.Flags().IntVar(&partitions, "topic-partitions", 6, "`N` partitions of each topic; 0: the brokers' default")
	cmd.Flags().IntVar(&replicas, "topic-replicas", 0, "`N` replicas of each partition; 0: the brokers' default")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "print commands that do it, and contact nobody")
	return cmd
}

// createTopics makes those of the topics that are missing, says which, and checks all.
func createTopics(cmd *cobra.Command, s *service, specs []kafka.TopicSpec) error {
	before, err := doctor.Topics(cmd.Context(), s.examined())
	if err != nil {
		return err
	}
	s.config.Logger = logger()
	if err := kafka.CreateTopics(cmd.Context(), s.config, specs...); err != nil {
		return fmt.Errorf("%w\nwith --dry-run come commands for somebody who may create them", err)
	}
	for _, t := range before {
		if t.State == doctor.Missing {
			fmt.Fprintf(cmd.OutOrStdout(), "created %s\n", t.Name)
		}
	}
	return checkTopics(cmd, s, false)
}

func topicsCheckCommand() *cobra.Command {
	var asJSON bool
	cmd := topicsSubcommand("check", "Check the topics and their policies",
		`Says of each topic whether it is there and as the service needs it, with the command
that mends it. It changes nothing; sitrep doctor looks at everything else too.

Exit codes: 0 well; 1 not well; 2 wrong settings.`,
		"  sitrep topics check --brokers localhost:9092",
		func(cmd *cobra.Command, s *service) error { return checkTopics(cmd, s, asJSON) })
	cmd.Flags().BoolVar(&asJSON, "json", false, "write a line of JSON for each finding")
	return cmd
}

func checkTopics(cmd *cobra.Command, s *service, asJSON bool) error {
	show := newFindings(cmd.OutOrStdout(), asJSON)
	doctor.ExamineTopics(cmd.Context(), s.examined(), show.tell)
	return show.end(cmd)
}

func topicsListCommand() *cobra.Command {
	var asJSON bool
	cmd := topicsSubcommand("list", "List the topics of the service as they are",
		"Shows the topics with their partitions, replicas and policies.",
		"  sitrep topics list --brokers localhost:9092",
		func(cmd *cobra.Command, s *service) error {
			topics, err := doctor.Topics(cmd.Context(), s.examined())
			if err != nil {
				return err
			}
			if asJSON {
				enc := json.NewEncoder(cmd.OutOrStdout())
				for _, t := range topics {
					if err := enc.Encode(t); err != nil {
						return err
					}
				}
				return nil
			}
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
			fmt.Fprintln(w, "TOPIC\tFOR\tSTATE\tPARTITIONS\tREPLICAS\tPOLICY\tKEPT\tMAX RECORD")
			for _, t := range topics {
				fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%s\t%s\t%s\n", t.Name, t.For, t.State, t.Partitions, t.Replicas, dash(t.Policy), dash(t.Kept), dash(t.MaxRecord))
			}
			return w.Flush()
		})
	cmd.Flags().BoolVar(&asJSON, "json", false, "write a line of JSON for each topic")
	return cmd
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
