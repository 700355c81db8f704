package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"sitrep/pipeline/doctor"
)

func doctorCommand() *cobra.Command {
	s := newService()
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check that a run would work: brokers, topics, permissions, group, registry, clock",
		Long: `Looks at the cluster as run would see it, told the same: whether brokers answer, also
those that the cluster names; encryption and user; versions; the four topics, their
replicas and policies; what we may do; the group and its lag; the schema registry;
the clocks. Every line begins with ✓ (well), ! (works, but may not be meant so),
✗ (must be mended) or ? (could not be looked at), then comes the cause, and below it
what mends it, often a command.

It changes nothing on the cluster. Settings are checked first, as by lint.

Exit codes: 0 a run would work; 1 something must be mended; 2 wrong settings.`,
		Example: `  sitrep doctor --brokers localhost:9092
  sitrep doctor --config sitrep.yaml --json | jq 'select(.level != "ok")'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.check(); err != nil {
				return err
			}
			show := newFindings(cmd.OutOrStdout(), asJSON)
			doctor.Examine(cmd.Context(), s.examined(), show.tell)
			return show.end(cmd)
		},
	}
	s.flags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "write a line of JSON for each finding")
	return cmd
}

// examined is what the doctor is told of the service.
func (s *service) examined() doctor.Config {
	return doctor.Config{
		Kafka: s.config, MaxArticle: s.limits.Article, Username: s.security.username,
		Registry: s.schemas.urls, RegistryUsername: s.schemas.username, RegistryPassword: s.schemas.password,
	}
}

// findings are shown as they come, and counted.
type findings struct {
	out   io.Writer
	json  *json.Encoder // nil: for people
	count map[doctor.Level]int
}

func newFindings(out io.Writer, asJSON bool) *findings {
	f := &findings{out: out, count: map[doctor.Level]int{}}
	if asJSON {
		f.json = json.NewEncoder(out)
		f.json.SetEscapeHTML(false)
	}
	return f
}

var signs = map[doctor.Level]string{doctor.OK: "✓", doctor.Unknown: "?", doctor.Warning: "!", doctor.Failed: "✗"}

func (f *findings) tell(found doctor.Finding) {
	f.count[found.Level]++
	if f.json != nil {
		f.json.Encode(found)
		return
	}
	about := found.About
	if about != "" {
		about = " " + about
	}
	fmt.Fprintf(f.out, "%s %s%s: %s\n", signs[found.Level], found.Check, about, found.Says)
	if found.Fix != "" {
		fmt.Fprintf(f.out, "    %s\n", found.Fix)
	}
}

// end sums up.
func (f *findings) end(cmd *cobra.Command) error {
	if err := cmd.Context().Err(); err != nil {
		return err
	}
	rest := counted(f.count[doctor.Warning], "warning")
	if n := f.count[doctor.Unknown]; n > 0 {
		rest += fmt.Sprintf(", %d not looked at", n)
	}
	if n := f.count[doctor.Failed]; n > 0 {
		return fmt.Errorf("%s failed, %s", counted(n, "check"), rest)
	}
	if f.json == nil {
		fmt.Fprintf(f.out, "all well (%s)\n", rest)
	}
	return nil
}
