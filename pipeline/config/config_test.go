package config

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"
)

// paths is a flag like --mapping.
type paths map[string]string

func (p paths) String() string             { return fmt.Sprint(map[string]string(p)) }
func (p paths) Type() string               { return "field=path" }
func (p paths) Entries() map[string]string { return p }
func (p paths) Set(s string) error {
	field, path, ok := strings.Cut(s, "=")
	if !ok || field == "subtitle" {
		return fmt.Errorf("no field %q", field)
	}
	p[field] = path
	return nil
}

// program returns two commands, as cmd/sitrep has them.
func program() (run Command, all []Command) {
	run = Command{"run", pflag.NewFlagSet("run", pflag.ContinueOnError)}
	run.Flags.StringSlice("brokers", nil, "where brokers are")
	run.Flags.String("group", "sitrep", "consumer group")
	run.Flags.Int("max-batch", 1000, "articles at once")
	run.Flags.Duration("session-timeout", 10*time.Second, "how long")
	run.Flags.Bool("tls", false, "encrypt")
	run.Flags.Float64("rate", 0, "articles a second")
	run.Flags.String("sasl-password-file", "", "file of the password")
	run.Flags.Var(paths{}, "mapping", "where fields stand")
	list := Command{"letters list", pflag.NewFlagSet("list", pflag.ContinueOnError)}
	list.Flags.Int("max-batch", 10, "letters at once")
	list.Flags.Bool("json", false, "for machines")
	list.Flags.Bool("run", false, "a key that is a command too")
	return run, []Command{run, list}
}

func apply(t *testing.T, text string, env map[string]string, args ...string) (Command, []string) {
	t.Helper()
	run, all := program()
	if err := run.Flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	file, err := parse("s.yaml", strings.NewReader(text))
	if err == nil {
		err = Apply(run, all, file, func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	}
	var faults []string
	for _, e := range Each(err) {
		faults = append(faults, e.Error())
	}
	return run, faults
}

// The stronger one wins, and each value knows where it is from.
func TestPrecedence(t *testing.T) {
	const text = `
brokers: [a:1, "b:2,c:3"]
group: of the file
max-batch: 3
session-timeout: 30s
rate: 2
letters:
  max-batch: 7
run:
  max-batch: 4
mapping: {title: data.head, body: data.text}
`
	run, faults := apply(t, text, map[string]string{"SITREP_SESSION_TIMEOUT": "40s", "SITREP_GROUP": "of the environment"}, "--group", "of the flag")
	if faults != nil {
		t.Fatal(faults)
	}
	for name, want := range map[string][2]string{
		"brokers":         {`[a:1,"b:2,c:3"]`, "s.yaml:2:1"},
		"group":           {"of the flag", "--group"},
		"max-batch":       {"4", "s.yaml:10:14"},
		"session-timeout": {"40s", "SITREP_SESSION_TIMEOUT"},
		"tls":             {"false", "default"},
		"rate":            {"2", "s.yaml:6:7"},
		"mapping":         {"map[body:data.text title:data.head]", "s.yaml:11:1"},
	} {
		f := run.Flags.Lookup(name)
		if got := [2]string{f.Value.String(), Origin(f)}; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// Each fault has its place, and all are told at once.
func TestFaults(t *testing.T) {
	for text, want := range map[string][]string{
		"borkers: x":                       {`s.yaml:1:1: unknown key "borkers": did you mean brokers?`},
		"\n\nMaxBatch: 1":                  {`s.yaml:3:1: unknown key "MaxBatch": did you mean max-batch?`},
		"zebra: 1":                         {`s.yaml:1:1: unknown key "zebra": sitrep config -o yaml lists all`},
		"config: x":                        {`s.yaml:1:1: unknown key "config"`},
		"max-batch: many":                  {`s.yaml:1:12: max-batch: want a whole number, not "many"`},
		"max-batch: 1.5":                   {`s.yaml:1:12: max-batch: want a whole number, not "1.5"`},
		"max-batch: 99999999999999999999":  {`s.yaml:1:12: max-batch: want a whole number`},
		"session-timeout: 10":              {`s.yaml:1:18: session-timeout: want a duration, as 10s, not "10"`},
		"tls: yes please":                  {`s.yaml:1:6: tls: want true or false, not "yes please"`},
		"group: [a]":                       {`s.yaml:1:8: group: want a text, not a list`},
		"group:":                           {`s.yaml:1:7: group: want a text, not nothing`},
		"brokers: {a: b}":                  {`s.yaml:1:10: brokers: want a list, as [a, b], not a map`},
		"brokers: [a:1, [b:2]]":            {`s.yaml:1:16: brokers: want a list of single values, not a list in it`},
		"mapping: {subtitle: x}":           {`s.yaml:1:11: mapping: no field "subtitle"`},
		"mapping: {title: [x]}":            {`s.yaml:1:18: mapping: title: want a single value, not a list`},
		"mapping: {title: x, title: y}":    {`s.yaml:1:21: mapping: "title" stands in line 1 already`},
		"group: a\ngroup: b":               {`s.yaml:2:1: key "group" stands in line 1 already`},
		"letters:\n  group: a":             {`s.yaml:2:3: sitrep letters has no setting "group"; sitrep run has`},
		"letters: 3":                       {`s.yaml:1:10: letters is a command: want settings of it below`},
		"lettres: {json: true}":            {`s.yaml:1:1: unknown key "lettres": did you mean letters?`},
		"json: 1":                          {`s.yaml:1:7: json: want true or false, not "1"`},
		"sasl-password: pssst":             {`s.yaml:1:1: sasl-password: secrets do not stand in this file: write it to a file of its own and name that with sasl-password-file, or set SITREP_SASL_PASSWORD`},
		"max-batch: x\nborkers: y\ntls: z": {`s.yaml:1:12: max-batch`, `s.yaml:2:1: unknown key "borkers"`, `s.yaml:3:6: tls`},
		"- a":                              {`s.yaml:1:1: want settings`},
		"a: [":                             {`s.yaml:1: no YAML`},
		"group: a\n---\ngroup: b":          {`s.yaml:2:1: a second document`},
		"<<: {group: a}":                   {`s.yaml:1:1: unknown key "<<"`},
	} {
		_, faults := apply(t, text, nil)
		if len(faults) != len(want) {
			t.Errorf("%q: %q, want %q", text, faults, want)
			continue
		}
		for i := range want {
			if !strings.HasPrefix(faults[i], want[i]) {
				t.Errorf("%q: %q, want %q", text, faults[i], want[i])
			}
		}
		if strings.Contains(fmt.Sprint(faults), "pssst") {
			t.Errorf("%q: a secret is in %q", text, faults)
		}
	}
}

func TestWhatIsNoFault(t *testing.T) {
	for _, text := range []string{"", "# nothing yet\n", "json: true", "group: 007", "group: 2026-01-31", "tls: &on true\nrun:\n  tls: *on", "letters: {json: false}", "run: true", "brokers: a:1,b:2", "rate: 1.5"} {
		if run, faults := apply(t, text, nil); faults != nil {
			t.Errorf("%q: %q", text, faults)
		} else if text == "group: 007" && run.Flags.Lookup("group").Value.String() != "007" {
			t.Error("a text is read as a number")
		}
	}
}

// What is refused after all says where it was set; what is wrong in the environment too.
func TestLocate(t *testing.T) {
	run, faults := apply(t, "max-batch: 0", map[string]string{"SITREP_SESSION_TIMEOUT": "soon"})
	if len(faults) != 1 || !strings.HasPrefix(faults[0], "SITREP_SESSION_TIMEOUT: ") || !strings.Contains(faults[0], "soon") {
		t.Errorf("faults %q", faults)
	}
	for message, want := range map[string]string{
		"--max-batch 0: want 1 or more": "s.yaml:1:12: --max-batch 0: want 1 or more",
		"--group: none":                 "--group: none",
		"no brokers":                    "no brokers",
	} {
		if got := Locate(run.Flags, fmt.Errorf("%s", message)).Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if Locate(run.Flags, nil) != nil {
		t.Error("an error of nothing")
	}
}

// A file written from what is set sets the same, and has no secret.
func TestWrittenFileGivesTheSame(t *testing.T) {
	const text = "brokers: ['a:1', 'b,c:2']\ngroup: '# no: comment'\nmapping: {title: 'data.\"a b\"'}\ntls: true\nrate: 0.5\nsession-timeout: 1m30s\n"
	env := map[string]string{"SITREP_SASL_PASSWORD": "pssst", "SITREP_MAX_BATCH": "5"}
	lookup := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	first, faults := apply(t, text, env)
	if faults != nil {
		t.Fatal(faults)
	}
	var out, table bytes.Buffer
	if err := WriteYAML(&out, "run", Values(first, lookup)); err != nil {
		t.Fatal(err)
	}
	if err := WriteTable(&table, Values(first, lookup)); err != nil {
		t.Fatal(err)
	}
	if said := out.String() + table.String(); strings.Contains(said, "pssst") || !strings.Contains(said, Masked) {
		t.Errorf("secrets are not masked:\n%s", said)
	}
	second, faults := apply(t, out.String(), nil)
	if faults != nil {
		t.Fatalf("%q in\n%s", faults, &out)
	}
	first.Flags.VisitAll(func(f *pflag.Flag) {
		if got := second.Flags.Lookup(f.Name).Value.String(); got != f.Value.String() {
			t.Errorf("%s: %q, want %q", f.Name, got, f.Value)
		}
	})
}

func TestMeantFlags(t *testing.T) {
	run, _ := program()
	for name, want := range map[string]string{
		"sasl-password": ": others can read a command line: set SITREP_SASL_PASSWORD, or name a file with --sasl-password-file",
		"max_batch":     ": did you mean --max-batch?",
		"zebra":         "",
		"json":          "",
	} {
		if got := Meant(run, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestUnusedVariables(t *testing.T) {
	_, all := program()
	got := Unused([]string{"SITREP_BROKER=x", "SITREP_BROKERS=x", "SITREP_SASL_PASSWORD=x", "SITREP_PORT_8080_TCP=x", "SITREP_CONFIG=x", "PATH=x", "SITREP_MAXBATCH=1"}, all)
	if len(got) != 2 || got["SITREP_BROKER"] != "SITREP_BROKERS" || got["SITREP_MAXBATCH"] != "SITREP_MAX_BATCH" {
		t.Error(got)
	}
}

func FuzzFile(f *testing.F) {
	f.Add("group: a\nmapping: {title: x}\nrun: {max-batch: 3}\n")
	f.Add("a: &a [*a]\n? [x]\n: y\n<<: *a\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		run, all := program()
		file, err := parse("s.yaml", strings.NewReader(text))
		if err == nil {
			err = Apply(run, all, file, func(string) (string, bool) { return "", false })
		}
		places := []string{}
		for _, e := range Each(err) {
			if !strings.HasPrefix(e.Error(), "s.yaml:") {
				t.Errorf("no place: %v", e)
			}
			places = append(places, e.Error())
		}
		if slices.Contains(places, "") {
			t.Error("an empty message")
		}
	})
}
