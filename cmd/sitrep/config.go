package main

import (
	"encoding/json"
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"sitrep/pipeline/config"
)

// configure sets the flags of cmd that its command line leaves alone, from the
// environment and the file of settings.
func configure(cmd *cobra.Command) error {
	if !hasSettings(cmd) {
		return nil
	}
	file, err := settingsFile(cmd)
	if err == nil {
		err = config.Apply(settingsOf(cmd), commands(cmd.Root()), file, os.LookupEnv)
	}
	if err != nil {
		return exitError{exitUsage, err}
	}
	return nil
}

// hasSettings is false for commands that must work whatever the settings are, such as
// version and those of cobra.
func hasSettings(cmd *cobra.Command) bool {
	switch name := cmd.Name(); {
	case cmd.HasSubCommands(), cmd.HasParent() && cmd.Parent().Name() == "completion", strings.HasPrefix(name, "__"):
		return false
	case name == "version" || name == "help":
		return false
	}
	return cmd.Runnable()
}

// settingsFile reads the file that --config or the environment names; nil without one.
func settingsFile(cmd *cobra.Command) (*config.File, error) {
	name, from := os.Getenv("SITREP_CONFIG"), "SITREP_CONFIG"
	if flag := cmd.Flag("config"); flag.Changed {
		name, from = flag.Value.String(), "--config"
	}
	if name == "" {
		return nil, nil
	}
	file, err := config.Read(name)
	if os.IsNotExist(err) || os.IsPermission(err) {
		return nil, usage("%s: %w", from, err)
	}
	return file, err
}

// locate says of each wrong setting where it is from.
func locate(cmd *cobra.Command, err error) error {
	var exit exitError
	if errors.As(err, &exit) && exit.code == exitUsage {
		return exitError{exitUsage, config.Locate(cmd.Flags(), err)}
	}
	return err
}

func settingsOf(cmd *cobra.Command) config.Command {
	path := strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name())
	return config.Command{Path: strings.TrimSpace(path), Flags: cmd.Flags()}
}

// meantFlag says more of a flag that cmd does not have.
func meantFlag(cmd *cobra.Command, err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	return config.Meant(settingsOf(cmd), unknown.GetSpecifiedName())
}

// commands returns those that a file of settings may have keys of.
func commands(root *cobra.Command) []config.Command {
	var all []config.Command
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		if hasSettings(cmd) {
			all = append(all, settingsOf(cmd))
		}
		for _, c := range cmd.Commands() {
			walk(c)
		}
	}
	walk(root)
	return all
}

func configCommand() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "config [-o table|yaml|json] [COMMAND [FLAG]...]",
		Short: "Show every setting of a command and where it is from",
		Long: `Shows what a command would be told if it were started like this, here: each setting,
its value, and whether it is from the command line, the environment, the file of
settings or the default. COMMAND is run if left out. Secrets are masked.

With -o yaml it writes a file for --config that gives the same, with what every
setting means; secrets are not in it. Nothing is checked beyond the form of values:
see sitrep lint.`,
		Example: `  sitrep config
  sitrep config run --config sitrep.yaml --max-batch 500
  sitrep config -o yaml run --brokers kafka-1:9092 > sitrep.yaml`,
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil }, // its own flags are no settings
		RunE: func(cmd *cobra.Command, args []string) error {
			of, err := asTold(cmd, args)
			if err != nil {
				return err
			}
			values := config.Values(of, os.LookupEnv)
			switch out := cmd.OutOrStdout(); output {
			case "table":
				return config.WriteTable(out, values)
			case "yaml":
				return config.WriteYAML(out, of.Path, values)
			case "json":
				enc := json.NewEncoder(out)
				enc.SetIndent("", "  ")
				return enc.Encode(values)
			}
			return usage("--output %q: want table, yaml or json", output)
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "table", "table, yaml or json")
	cmd.Flags().SetInterspersed(false) // what follows the command's name is for it
	return cmd
}

// asTold returns the settings of the command that args call, as it would be told them.
func asTold(cmd *cobra.Command, args []string) (config.Command, error) {
	if len(args) == 0 {
		args = []string{"run"}
	}
	target, rest, err := cmd.Root().Find(args)
	if err != nil || target.HasSubCommands() {
		return config.Command{}, usage("no command %q: sitrep --help has them", strings.Join(args, " "))
	}
	if target != cmd && cmd.Flag("config").Changed {
		rest = append([]string{"--config=" + cmd.Flag("config").Value.String()}, rest...)
	}
	if err := target.ParseFlags(rest); err != nil {
		return config.Command{}, target.FlagErrorFunc()(target, err)
	}
	return settingsOf(target), configure(target)
}
