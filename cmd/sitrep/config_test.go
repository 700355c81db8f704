package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"sitrep/pipeline/config"
	"sitrep/pipeline/doctor"
	"sitrep/pipeline/kafka/testbroker"
)

var update = flag.Bool("update", false, "write the table of settings anew")

// written returns the path of a file of settings.
func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sitrep.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// docs/configuration.md lists the flags as they are.
func TestConfigurationTable(t *testing.T) {
	const file = "../../docs/configuration.md"
	const begin, end = "-update -->\n", "<!-- end -->"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := strings.Cut(string(data), begin)
	_, tail, foundEnd := strings.Cut(rest, end)
	if !found || !foundEnd {
		t.Fatalf("%s has lost its marks", file)
	}
	want := head + begin + settingsTable() + end + tail
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != string(data) {
		t.Errorf("%s does not list the flags as they are: run this test with -update", file)
	}
}

// settingsTable is a table of what run is told, and the names of what only other
// commands are told.
func settingsTable() string {
	var b strings.Builder
	seen := map[string]bool{}
	all := commands(root())
	slices.SortStableFunc(all, func(a, b config.Command) int {
		return strings.Compare(strings.TrimPrefix(a.Path, "run"), strings.TrimPrefix(b.Path, "run"))
	})
	for _, c := range all {
		var own []string
		c.Flags.VisitAll(func(f *pflag.Flag) {
			switch {
			case seen[f.Name] || f.Name == "help" || f.Name == "config":
			case c.Path == "run":
				seen[f.Name] = true
				if len(seen) == 1 {
					b.WriteString("| key | default | |\n| --- | --- | --- |\n")
				}
				fmt.Fprintf(&b, "| `%s` | %s | %s |\n", f.Name, defaultOf(f), cell(f))
			default:
				own = append(own, "`"+f.Name+"`")
			}
		})
		if c.Path == "run" {
			b.WriteString("\nOther commands have, besides those of these that they share (`sitrep help COMMAND` tells of them):\n\n")
		} else if own != nil {
			fmt.Fprintf(&b, "- %s: %s\n", c.Path, strings.Join(own, ", "))
		}
	}
	return b.String()
}

func defaultOf(f *pflag.Flag) string {
	switch {
	case f.Name == "workers":
		return "one a core"
	case f.DefValue == "" || f.DefValue == "[]":
		return ""
	}
	return "`" + f.DefValue + "`"
}

func cell(f *pflag.Flag) string {
	_, usage := pflag.UnquoteUsage(f)
	return strings.ReplaceAll(usage, "|", `\|`)
}

// Settings that are told apart by dashes only would be mistaken for each other.
func TestKeysAreUnambiguous(t *testing.T) {
	plain := map[string]string{}
	for _, c := range commands(root()) {
		c.Flags.VisitAll(func(f *pflag.Flag) {
			v := strings.ReplaceAll(f.Name, "-", "")
			if first, found := plain[v]; found && first != f.Name {
				t.Errorf("--%s and --%s", first, f.Name)
			}
			plain[v] = f.Name
		})
	}
}

func TestConfigFile(t *testing.T) {
	file := written(t, "output: table\nbrokers: [a:1]\nrun:\n  max-batch: 7\n")
	if out, errs, _ := sitrep(t, story, "extract", "--config", file); !strings.HasPrefix(out, "ARTICLE") {
		t.Errorf("no table: %.60s %s", out, errs)
	}
	t.Setenv("SITREP_CONFIG", file)
	if out, _, _ := sitrep(t, story, "extract", "-o", "jsonl"); !strings.HasPrefix(out, "{") {
		t.Error("a flag gives way to the file")
	}
	out, _, code := sitrep(t, "", "config", "-o", "json", "run", "--group", "g")
	var values []config.Value
	if err := json.Unmarshal([]byte(out), &values); err != nil || code != 0 {
		t.Fatal(code, err)
	}
	origins := map[string]string{}
	for _, v := range values {
		origins[v.Key] = fmt.Sprintf("%v from %s", v.Value, strings.Replace(v.Origin, file, "FILE", 1))
	}
	for key, want := range map[string]string{"brokers": "[a:1] from FILE:2:1", "max-batch": "7 from FILE:4:14", "group": "g from --group", "input": "articles.raw from default"} {
		if origins[key] != want {
			t.Errorf("%s: %s, want %s", key, origins[key], want)
		}
	}
	if out, _, _ := sitrep(t, "", "config", "extract"); !strings.Contains(out, "table ") {
		t.Errorf("of extract: %s", out)
	}
	for _, args := range [][]string{{"config", "nope"}, {"config", "topics"}, {"topics", "lst"}, {"rnu"}, {"config", "run", "--nope"}, {"config", "-o", "xml"}, {"config", "--config", "no such file"}, {"extract", "--config", "no such file"}} {
		if _, errs, code := sitrep(t, "", args...); code != exitUsage || errs == "" {
			t.Errorf("%q: exit code %d, %q", args, code, errs)
		}
	}
}

// Whatever is wrong is told at once, with its place, and a run says so too.
func TestLint(t *testing.T) {
	file := written(t, "brokers: [nohost]\nborkers: x\nfrom: yesterday\nmax-batch: 0\ninput: sitrep.events.v1\n"+
		"sasl-mechanism: magic\nsasl-password: pssst\ntls-ca-file: not.there\nhealth-listen: here\nextract:\n  output: 3\n")
	want := []string{
		`FILE:1:1: error: --brokers: "nohost" is not host:port`, `FILE:2:1: error: unknown key "borkers": did you mean brokers?`,
		`FILE:3:7: error: --from: "yesterday" is not earliest`, `FILE:4:12: error: --max-batch 0: want 1 or more`,
		`error: --events-topic: "sitrep.events.v1" is the input too`, `FILE:6:17: error: --sasl-mechanism`,
		`FILE:7:1: error: sasl-password: secrets do not stand in this file`, `FILE:8:14: error: --tls-ca-file`,
		`FILE:9:16: error: --health-listen: "here" is no port`,
	}
	out, _, code := sitrep(t, "", "lint", "--config", file)
	out = strings.ReplaceAll(out, file, "FILE")
	if code != exitUsage {
		t.Errorf("exit code %d", code)
	}
	for _, w := range want {
		if !strings.Contains(out, w) {
			t.Errorf("no %q in\n%s", w, out)
		}
	}
	if strings.Contains(out, "pssst") || strings.Count(out, "\n") != len(want)+1 { // and a warning: one broker
		t.Errorf("said:\n%s", out)
	}
	if _, errs, code := sitrep(t, "", "run", "--config", file); code != exitUsage || !strings.Contains(errs, ":2:1: unknown key") {
		t.Errorf("run: exit code %d: %s", code, errs)
	}
	for address, want := range map[string]string{"0.0.0.0:8080": "the token is missing", "here:there": "no port", "8080": "ok: "} {
		if out, _, code := sitrep(t, "", "lint", "--brokers", "a:1", "--listen", address); (code == 0) != (want == "ok: ") || !strings.Contains(out, want) {
			t.Errorf("--listen %s: exit code %d: %s", address, code, out)
		}
	}
	for _, address := range []string{"http://user:pssst@registry:8081", "user:pssst@registry:8081"} {
		if out, _, code := sitrep(t, "", "lint", "--brokers", "a:1", "--schema-registry", address); code != exitUsage || !strings.Contains(out, "do not stand in an address") || strings.Contains(out, "pssst") {
			t.Errorf("--schema-registry %s: exit code %d: %s", address, code, out)
		}
	}
	t.Setenv("SITREP_SASL_PASSWORD", "pssst")
	t.Setenv("SITREP_BROKER", "x")
	out, errs, code := sitrep(t, "", "lint", "--json", "--brokers", "a:1", "--sasl-mechanism", "plain", "--sasl-username", "u")
	if code != 0 || !strings.Contains(out, `"at":"SITREP_BROKER"`) || !strings.Contains(out, "for all to read") || strings.Contains(out, "pssst") {
		t.Errorf("exit code %d\n%s%s", code, out, errs)
	}
}

// lint contacts nobody.
func TestLintIsOffline(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	called := make(chan struct{})
	go func() {
		if c, err := l.Accept(); err == nil {
			c.Close()
			close(called)
		}
	}()
	addr := l.Addr().String()
	if out, errs, code := sitrep(t, "", "lint", "--brokers", addr, "--schema-registry", "http://"+addr); code != 0 {
		t.Errorf("exit code %d: %s%s", code, out, errs)
	}
	l.Close()
	select {
	case <-called:
		t.Error("somebody was called")
	default:
	}
}

func TestTopicsAndDoctor(t *testing.T) {
	broker, err := testbroker.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	defer broker.Close()
	t.Setenv("SITREP_BROKERS", strings.Join(broker.Addrs(), ","))
	out, _, code := sitrep(t, "", "topics", "create", "--dry-run", "--topic-partitions", "3", "--topic-replicas", "2")
	if code != 0 || strings.Count(out, "kafka-topics.sh --bootstrap-server 127.0.0.1:") != 4 || !strings.Contains(out, "--partitions 3 --replication-factor 2 --config cleanup.policy=compact,delete") {
		t.Errorf("dry run: exit code %d\n%s", code, out)
	}
	if out, errs, code := sitrep(t, "", "doctor"); code != exitFailed || strings.Count(out, "it does not exist\n    kafka-topics.sh") != 4 || !strings.Contains(errs, "4 checks failed") {
		t.Errorf("before: exit code %d\n%s%s", code, out, errs)
	}
	if out, _, code := sitrep(t, "", "topics", "list"); code != 0 || strings.Count(out, "missing") != 4 {
		t.Errorf("list before: exit code %d\n%s", code, out)
	}
	if out, errs, code := sitrep(t, "", "topics", "create", "--topic-partitions", "3", "--topic-replicas", "3"); code != 0 || strings.Count(out, "created ") != 4 || strings.Count(out, " topic ") != 4 {
		t.Errorf("create: exit code %d\n%s%s", code, out, errs)
	}
	if out, _, code := sitrep(t, "", "topics", "list"); code != 0 || strings.Count(strings.Join(strings.Fields(out), " "), "there 3 3") != 4 {
		t.Errorf("list: exit code %d\n%s", code, out)
	}
	if out, errs, code := sitrep(t, "", "topics", "check"); code != 0 {
		t.Errorf("check: exit code %d\n%s%s", code, out, errs)
	}
	out, errs, code := sitrep(t, "", "doctor", "--json")
	if code != 0 || errs != "" {
		t.Errorf("after: exit code %d\n%s%s", code, out, errs)
	}
	for line := range strings.Lines(out) {
		var f doctor.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil || f.Check == "" || f.Level == doctor.Failed {
			t.Errorf("%s: %v", line, err)
		}
	}
	if _, _, code := sitrep(t, "", "doctor", "--from", "yesterday"); code != exitUsage {
		t.Errorf("wrong settings: exit code %d", code)
	}
}
