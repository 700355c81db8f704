//go:build unix

package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A statement is SQL and the name of the question that it is, if it is one.
type statement struct{ sql, question string }

// loadings are the two ways of the page to fill a database: from what was exported,
// and from all that was published.
var loadings = []string{"exported", "published"}

// statements make the tables that sitrep schema prints, fill them by one of the
// loadings, published records twice as it may happen, and ask the questions.
func statements(t *testing.T, page, dialect, loading string) []statement {
	t.Helper()
	var out []statement
	for _, records := range []string{"events", "articles"} {
		sql, stderr, code := sitrep(t, "", "schema", "--format", dialect, records)
		if code != 0 {
			t.Fatal(stderr)
		}
		out = append(out, statement{sql: sql})
	}
	var fill, ask []statement
	for _, b := range blocks(page, "sql") {
		if len(b.words) < 2 {
			t.Fatalf("nobody runs %s", b.text)
		}
		if !slices.Contains(b.words, dialect) {
			continue
		}
		last := b.words[len(b.words)-1]
		switch {
		case answers[last] != "":
			ask = append(ask, statement{b.text, last})
		case last == loading:
			fill = append(fill, statement{sql: b.text})
		}
	}
	if loading == "published" {
		fill = append(fill, fill...)
	}
	return slices.Concat(out, fill, ask, []statement{{"SELECT count(*) FROM current_events", "current"}})
}

// compare tells what the questions got that they should not have.
func compare(t *testing.T, loading, current string, got map[string][][]string) {
	t.Helper()
	for question, rows := range got {
		want := answers[question]
		if question == "current" {
			want = current + "\n"
		}
		var b strings.Builder
		w := csv.NewWriter(&b)
		if w.WriteAll(rows); b.String() != want {
			t.Errorf("%s, %s: got\n%swant\n%s", loading, question, b.String(), want)
		}
	}
	if len(got) != len(answers)+1 {
		t.Errorf("%s: %d questions", loading, len(got))
	}
}

// pythonWith returns an interpreter that has a module.
func pythonWith(t *testing.T, module string) string {
	t.Helper()
	interpreter := os.Getenv("SITREP_TEST_PYTHON")
	if interpreter == "" {
		interpreter = "python3"
	}
	if out, err := exec.Command(interpreter, "-c", "import "+module).CombinedOutput(); err != nil {
		missing(t, "Python with the module %s (SITREP_TEST_PYTHON names the interpreter): %v %s", module, err, out)
	}
	return interpreter
}

// askPython asks a database that is a Python module.
func askPython(t *testing.T, dialect, module, dir, page, current string) {
	interpreter := pythonWith(t, module)
	script, err := filepath.Abs("testdata/warehouse.py")
	if err != nil {
		t.Fatal(err)
	}
	for _, loading := range loadings {
		list := statements(t, page, dialect, loading)
		var sql []string
		for _, s := range list {
			sql = append(sql, s.sql)
		}
		in, _ := json.Marshal(sql)
		cmd := exec.CommandContext(t.Context(), interpreter, script, dialect)
		cmd.Dir, cmd.Stdin = dir, bytes.NewReader(in)
		var errs bytes.Buffer
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v\n%s", loading, err, errs.String())
		}
		var results [][][]string
		if err := json.Unmarshal(out, &results); err != nil {
			t.Fatal(err)
		}
		got := map[string][][]string{}
		for i, s := range list {
			if s.question != "" {
				got[s.question] = results[i]
			}
		}
		compare(t, loading, current, got)
	}
}

// askPostgres asks a PostgreSQL server of its own.
func askPostgres(t *testing.T, dir, page, current string) {
	socket := startPostgres(t)
	for _, loading := range loadings {
		psql(t, dir, socket, "CREATE DATABASE "+loading, "postgres")
		got := map[string][][]string{}
		for _, s := range statements(t, page, "postgres", loading) {
			if rows := psql(t, dir, socket, s.sql, loading); s.question != "" {
				got[s.question] = rows
			}
		}
		compare(t, loading, current, got)
	}
}

func psql(t *testing.T, dir, socket, sql, database string) [][]string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "psql", "-X", "-q", "-h", socket, "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "--csv", "-t", "-f", "-")
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(sql)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", sql, err, errs.String())
	}
	rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// startPostgres starts a server that listens to a socket alone, and returns its
// directory. The server refuses to run as root; then it is the user postgres.
func startPostgres(t *testing.T) string {
	t.Helper()
	bin := postgresPrograms(t)
	dir, err := os.MkdirTemp("", "sitrep-pg") // short: so must the path of a socket be
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	as := owner(t, dir)
	command := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.Dir, cmd.SysProcAttr = dir, as
		return cmd
	}
	data := filepath.Join(dir, "data")
	if out, err := command("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	server := command("postgres", "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Process.Signal(syscall.SIGINT) // a fast shutdown
		server.Wait()
	})
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if exec.Command("psql", "-X", "-q", "-h", dir, "-U", "postgres", "-c", "SELECT").Run() == nil {
			return dir
		}
		if time.Now().After(deadline) {
			t.Fatal("PostgreSQL does not answer a minute after it was started")
		}
	}
}

func postgresPrograms(t *testing.T) string {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if path, err := exec.LookPath("initdb"); err == nil && len(found) == 0 {
		found = append(found, path)
	}
	_, err := exec.LookPath("psql")
	if len(found) == 0 || err != nil {
		missing(t, "PostgreSQL (Debian's package postgresql)")
	}
	return filepath.Dir(found[len(found)-1])
}

func owner(t *testing.T, dir string) *syscall.SysProcAttr {
	t.Helper()
	if os.Geteuid() != 0 {
		return nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		missing(t, "a user postgres, for its server does not run as root")
	}
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
}
