//go:build unix

package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline/kafka/testbroker"
)

// TestConsuming runs what docs/consuming.md shows, as it stands there: commands, SQL
// and consumers, each where what it needs is installed.
func TestConsuming(t *testing.T) {
	if testing.Short() {
		t.Skip("starts databases")
	}
	page := readPage(t)
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	page = strings.ReplaceAll(page, "localhost:9092", broker.Addrs()[0])
	current := strconv.Itoa(publishTold(t, broker.Addrs()))
	dir := t.TempDir()
	t.Run("commands", func(t *testing.T) { runCommands(t, dir, page) })
	t.Run("postgres", func(t *testing.T) { askPostgres(t, dir, page, current) })
	t.Run("duckdb", func(t *testing.T) { askPython(t, "duckdb", "duckdb", dir, page, current) })
	t.Run("clickhouse", func(t *testing.T) { askPython(t, "clickhouse", "chdb", dir, page, current) })
	t.Run("python", func(t *testing.T) {
		file := write(t, "consumer.py", only(t, page, "python"))
		catchesUp(t, current, exec.Command(pythonWith(t, "confluent_kafka"), file))
	})
	t.Run("go", func(t *testing.T) {
		binary := filepath.Join(t.TempDir(), "consumer")
		if out, err := exec.Command("go", "build", "-o", binary, write(t, "main.go", only(t, page, "go"))).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		catchesUp(t, current, exec.Command(binary))
	})
}

func readPage(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/consuming.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// A block is what stands in a fence, with the words behind its language.
type block struct {
	words []string
	text  string
}

var fence = regexp.MustCompile("(?ms)^```([a-z]+)([^\n]*)\n(.*?)^```")

// blocks are those of a language, in their order.
func blocks(page, language string) []block {
	var out []block
	for _, m := range fence.FindAllStringSubmatch(page, -1) {
		if m[1] == language {
			out = append(out, block{strings.Fields(m[2]), m[3]})
		}
	}
	return out
}

func only(t *testing.T, page, language string) string {
	t.Helper()
	list := blocks(page, language)
	if len(list) != 1 {
		t.Fatalf("%d blocks of %s", len(list), language)
	}
	return list[0].text
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// missing skips a test for what is not installed, but in CI fails it.
func missing(t *testing.T, format string, args ...any) {
	t.Helper()
	if ci := os.Getenv("CI"); ci != "" && ci != "0" {
		t.Fatalf("CI lacks "+format, args...)
	}
	t.Skipf("needs "+format, args...)
}

// runCommands leaves in dir the files that the page's commands write.
func runCommands(t *testing.T, dir, page string) {
	_, err := exec.LookPath("kcat")
	if err != nil {
		missing(t, "kcat")
	}
	t.Chdir(dir)
	for _, b := range blocks(page, "sh") {
		for line := range strings.Lines(b.text) {
			if args, ours := strings.CutPrefix(line, "sitrep "); ours {
				if _, stderr, code := sitrep(t, "", strings.Fields(args)...); code != 0 {
					t.Errorf("%sexit %d, %s", line, code, stderr)
				}
				continue
			}
			if out, err := exec.CommandContext(t.Context(), "sh", "-c", line).CombinedOutput(); err != nil {
				t.Errorf("%s%v\n%s", line, err, out)
			}
		}
	}
}

// catchesUp waits until a consumer prints that the current events are as many as they
// should be.
func catchesUp(t *testing.T, current string, cmd *exec.Cmd) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errs strings.Builder
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	slow := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	defer slow.Stop()
	last := ""
	for s := bufio.NewScanner(out); last != current+" current events" && s.Scan(); {
		last = s.Text()
	}
	cmd.Process.Kill()
	cmd.Wait()
	if last != current+" current events" {
		t.Errorf("want %s current events; the last line is %q\n%s", current, last, errs.String())
	}
}
