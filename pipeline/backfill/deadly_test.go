package backfill

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/probe"
)

// No article is known that kills sitrep. So the test binary is a job, too, that dies of
// some.
const role = "SITREP_BACKFILL_ROLE"

func TestMain(m *testing.M) {
	debug.SetMaxStack(16 << 20) // so that who dies does so at once
	var err error
	switch os.Getenv(role) {
	case "":
		os.Exit(m.Run())
	case "job":
		err = mortal(os.Getenv("ARCHIVE"), os.Getenv("OUT"))
	case "beside":
		err = probe.Serve(os.Stdin, os.Stdout, func(raw pipeline.Raw) { dieOf(raw) })
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// mortal runs a job of which some articles kill who works on them.
func mortal(archive, out string) error {
	store, err := OpenDir(out, Shard{})
	if err != nil {
		return err
	}
	defer store.Close()
	beside := probe.New(func() *exec.Cmd { return ourselves("beside", "", "") }, 10*time.Second)
	defer beside.Close()
	files := &Files{Max: 1 << 20, Paths: []string{archive}, Batch: 7}
	j := &Job{Name: "mortal", Plan: "p", Parts: []Part{files.Part("files")}, Store: store, Workers: 2, Process: dieOf, Meter: NewMeter(),
		Logger: slog.New(slog.NewTextHandler(os.Stderr, nil)), Probe: beside.Kills}
	return j.Run(context.Background())
}

var deadlyLine = []byte(`"kills":true`)

func dieOf(raw pipeline.Raw) []pipeline.Record {
	if raw.Deadly {
		return []pipeline.Record{{Stream: pipeline.DeadLetters, Kind: pipeline.ReasonDeadly, Value: raw.Value}}
	}
	if bytes.Contains(raw.Value, deadlyLine) {
		depth = fill(1)
	}
	return process(raw)
}

// fill fills the stack, which no recovery mends.
func fill(n int) int {
	if n == 0 {
		return 0
	}
	return fill(n+1) + n
}

var depth int

func ourselves(as, archive, out string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), role+"="+as, "ARCHIVE="+archive, "OUT="+out)
	return cmd
}

// Articles that kill the process become dead letters, each once, and the others come
// out as if those were not there, if only the job is begun again often enough.
func TestArticlesThatKill(t *testing.T) {
	lines := rawLines(0, 150)
	lines[30], lines[120] = `{"n":30,"kills":true}`, `{"n":120,"kills":true}`
	archive, out := filepath.Join(t.TempDir(), "archive.jsonl"), t.TempDir()
	if err := os.WriteFile(archive, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	deaths := 0
	for ; ourselves("job", archive, out).Run() != nil; deaths++ {
		if deaths == 20 {
			t.Fatal("it dies for ever")
		}
	}
	if deaths < suspicious {
		t.Errorf("it died %d times", deaths)
	}
	data, err := os.ReadFile(filepath.Join(out, "checkpoint.json"))
	if err != nil || !bytes.Contains(data, []byte(`"dead":{"deadly":2,"undecodable":15}`)) {
		t.Errorf("checkpoint %s, %v", data, err)
	}
	if n := strings.Count(read(t, out), "\n"); n != 2*133+17+3 {
		t.Errorf("%d lines, after %d deaths", n, deaths)
	}
	t.Logf("%d processes died of 2 articles", deaths)
}
