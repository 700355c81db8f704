// Package config brings together what a command is told by its flags, by the
// environment and by a file of YAML, in this order of precedence. It knows no setting
// by name: every flag is a setting, a variable of the environment and a key of the
// file, all named alike. It runs nothing.
package config

import (
	"errors"
	"regexp"
	"strings"

	"github.com/spf13/pflag"
)

// A Command is one that settings are for.
type Command struct {
	Path  string // as it is called: "run", "deadletters list"
	Flags *pflag.FlagSet
}

// has returns the flag that a key sets, nil if there is none.
func (c Command) has(key string) *pflag.Flag {
	if key == "help" || key == "config" || key == "version" {
		return nil
	}
	return c.Flags.Lookup(key)
}

// in tells whether a section of a file, "" being all of it, speaks to c.
func (c Command) in(section string) bool {
	return section == "" || c.Path == section || strings.HasPrefix(c.Path, section+" ")
}

// A Fault is something wrong with a setting.
type Fault struct {
	At  string // file:line:column, or the name of a variable
	Err error
}

func (f *Fault) Error() string { return f.At + ": " + f.Err.Error() }
func (f *Fault) Unwrap() error { return f.Err }

// Variable returns the variable of the environment that sets key: SITREP_MAX_BATCH
// for max-batch.
func Variable(key string) string {
	return "SITREP_" + strings.ToUpper(strings.ReplaceAll(key, "-", "_"))
}

// Apply sets the flags of running that its command line left alone: from the
// environment, else from file, which may be nil. all are the commands whose keys the
// file may have. The error is of every Fault.
func Apply(running Command, all []Command, file *File, lookup func(string) (string, bool)) error {
	var faults []error
	running.Flags.VisitAll(func(f *pflag.Flag) {
		switch value, found := lookup(Variable(f.Name)); {
		case f.Changed:
			setOrigin(f, "--"+f.Name)
		case found && f.Name != "help":
			setOrigin(f, Variable(f.Name))
			if err := running.Flags.Set(f.Name, value); err != nil {
				_ = f.Value.Set(f.DefValue) // some become zero, which would be a second fault
				faults = append(faults, &Fault{Variable(f.Name), err})
			}
		}
	})
	if file != nil {
		faults = append(faults, file.apply(running, all)...)
	}
	return errors.Join(faults...)
}

const originKey = "sitrep_origin"

func setOrigin(f *pflag.Flag, origin string) {
	if f.Annotations == nil {
		f.Annotations = map[string][]string{}
	}
	f.Annotations[originKey] = []string{origin}
}

// Origin returns where Apply found the value of a flag: file:line:column, a variable
// of the environment, the flag itself; or "default".
func Origin(f *pflag.Flag) string {
	if origin := f.Annotations[originKey]; len(origin) > 0 {
		return origin[0]
	}
	return "default"
}

var flagName = regexp.MustCompile(`--([a-z][a-z0-9-]*)`)

// Locate puts before each of the errors in err where the flag was set that it names
// first, unless that was on the command line.
func Locate(flags *pflag.FlagSet, err error) error {
	if err == nil {
		return nil
	}
	located := Each(err)
	for i, e := range located {
		located[i] = locate(flags, e)
	}
	return errors.Join(located...)
}

func locate(flags *pflag.FlagSet, err error) error {
	name := flagName.FindStringSubmatch(err.Error())
	if name == nil || errors.As(err, new(*Fault)) {
		return err
	}
	f := flags.Lookup(name[1])
	if f == nil || Origin(f) == "default" || strings.HasPrefix(Origin(f), "--") {
		return err
	}
	return &Fault{Origin(f), err}
}

// Each returns the errors that were joined to make err.
func Each(err error) []error {
	if err == nil {
		return nil
	}
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) || errors.Join(joined.Unwrap()...).Error() != err.Error() { // it says more than its parts
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, Each(e)...)
	}
	return all
}
