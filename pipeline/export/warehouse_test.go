//go:build unix

package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/samples"
	"sitrep/pipeline/schema"
)

// revised is an article as it first came and as it was corrected.
var revised = []string{
	`{"id":"b-1","source":"Example Wire","title":"Iran threatens bases in Iraq","published":"2025-03-04T08:00:00Z","body":"Iran threatened on Monday to strike American bases in Iraq if the United States sends more troops. Iran launched missiles at a depot in Syria on Sunday. The United States sent 1,200 soldiers from Germany to Poland on Saturday."}`,
	`{"id":"b-1","source":"Example Wire","title":"Iran threatens bases in Iraq","published":"2025-03-04T09:30:00+03:00","body":"CORRECTED: Iran threatened on Monday to strike American bases in Iraq. The United States sent 800 soldiers from Germany to Poland on Saturday."}`,
}

// The files that docs/consuming.md tells of are loaded as it says, by the databases
// themselves, and its questions get the same answers from all of them, which are those
// that the records give.
func TestWarehouses(t *testing.T) {
	dir := files(t)
	want := map[string][][]string{"movements": movements(current(t, dir)), "threats": threats(current(t, dir)), "strikes": strikes(current(t, dir))}
	for question, rows := range want {
		if len(rows) == 0 {
			t.Fatalf("no events for %s", question)
		}
	}
	for name, run := range map[string]func(*testing.T, string, []block) map[string][][]string{
		"postgres": postgres, "duckdb": python("duckdb", "duckdb"), "clickhouse": python("clickhouse", "chdb"),
	} {
		t.Run(name, func(t *testing.T) {
			got := run(t, dir, append(tables(t, name), blocks(t, name)...))
			for question, rows := range want {
				if !reflect.DeepEqual(got[question], rows) {
					t.Errorf("%s: got %q, want %q", question, got[question], rows)
				}
			}
		})
	}
}

// A block is SQL, and what it answers if it is a question.
type block struct{ sql, question string }

// tables are the statements that sitrep schema prints.
func tables(t *testing.T, dialect string) []block {
	t.Helper()
	format, err := schema.ParseFormat(dialect)
	if err != nil {
		t.Fatal(err)
	}
	var out []block
	for _, table := range []schema.Table{schema.Events(), schema.Articles()} {
		sql, err := format.Write(table)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, block{sql: string(sql)})
	}
	return out
}

var fenced = regexp.MustCompile("(?s)```sql ([^\n]*)\n(.*?)```")

// blocks are those of the documentation that are marked with a dialect.
func blocks(t *testing.T, dialect string) []block {
	t.Helper()
	doc, err := os.ReadFile("../../docs/consuming.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(doc), "```sql\n"); n > 0 {
		t.Errorf("%d blocks of SQL are run by nobody", n)
	}
	var out []block
	for _, m := range fenced.FindAllStringSubmatch(string(doc), -1) {
		words := strings.Fields(m[1])
		if !slices.Contains(words, dialect) {
			continue
		}
		b := block{sql: m[2]}
		if last := words[len(words)-1]; last == "movements" || last == "threats" || last == "strikes" {
			b.question = last
		}
		out = append(out, b)
	}
	return out
}

// files writes records as they are published, and what is exported of them.
func files(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var raws []string
	for _, s := range samples.All() {
		raws = append(raws, string(s.Raw))
	}
	kinds := map[pipeline.Stream]*bytes.Buffer{pipeline.Events: {}, pipeline.Articles: {}}
	for _, raw := range append(raws, revised...) {
		for _, r := range pipeline.Process(pipeline.Raw{Value: []byte(raw)}, pipeline.DefaultLimits) {
			if b := kinds[r.Stream]; b != nil {
				b.Write(append(r.Value, '\n'))
			}
		}
	}
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("events.jsonl", kinds[pipeline.Events].Bytes())
	write("articles.jsonl", kinds[pipeline.Articles].Bytes())
	for name, open := range map[string]func(io.Writer) Writer{"events.parquet": Parquet, "events.csv": CSV, "current.jsonl": Lines} {
		s := selection(t, kinds[pipeline.Events].String()+kinds[pipeline.Articles].String())
		var b bytes.Buffer
		exported(t, s, open(&b), Filter{})
		write(name, b.Bytes())
	}
	return dir
}

func current(t *testing.T, dir string) []pipeline.EventRecord {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "current.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, string(data))
}

// movements, threats and strikes answer the questions without a database.
func movements(events []pipeline.EventRecord) [][]string {
	type movement struct{ key, from, to string }
	type told struct {
		month  string
		troops *int64
	}
	all := map[movement]told{}
	for _, e := range events {
		if !(e.Type == "deploy" || e.Type == "withdraw") || !happened(e) || value(e.OriginCountry) == value(e.DestinationCountry) || e.OriginCountry == nil || e.DestinationCountry == nil {
			continue
		}
		day := value(e.DateStart)
		if day == "" {
			day = value(e.PublishedDate)
		}
		m := movement{e.EventKey, *e.OriginCountry, *e.DestinationCountry}
		one, seen := all[m]
		if month := day[:min(7, len(day))]; !seen || month < one.month {
			one.month = month
		}
		if e.TroopsMin != nil && (one.troops == nil || *e.TroopsMin > *one.troops) {
			one.troops = e.TroopsMin
		}
		all[m] = one
	}
	counts, troops := map[[3]string]int{}, map[[3]string]string{}
	for m, one := range all {
		row := [3]string{one.month, m.from, m.to}
		counts[row]++
		if one.troops != nil {
			before, _ := strconv.ParseInt(troops[row], 10, 64)
			troops[row] = strconv.FormatInt(before+*one.troops, 10)
		}
	}
	var rows [][]string
	for row, n := range counts {
		rows = append(rows, append(row[:], strconv.Itoa(n), troops[row]))
	}
	return sorted(rows)
}

func threats(events []pipeline.EventRecord) [][]string {
	keys := map[[3]string]map[string]bool{}
	for _, e := range events {
		if e.Status != "threatened" {
			continue
		}
		for _, actor := range e.ActorCountries {
			for _, target := range e.TargetCountries {
				add(keys, [3]string{actor, target, e.Type}, e.EventKey)
			}
		}
	}
	return counted(keys)
}

func strikes(events []pipeline.EventRecord) [][]string {
	keys := map[[2]string]map[string]bool{}
	for _, e := range events {
		if e.Type == "strike" && happened(e) && value(e.DatePrecision) == "day" && e.PlaceCountry != nil {
			add(keys, [2]string{value(e.DateStart), *e.PlaceCountry}, e.EventKey)
		}
	}
	return counted(keys)
}

func happened(e pipeline.EventRecord) bool { return e.Status == "occurred" || e.Status == "ongoing" }

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func add[K comparable](keys map[K]map[string]bool, row K, key string) {
	if keys[row] == nil {
		keys[row] = map[string]bool{}
	}
	keys[row][key] = true
}

func counted[K [2]string | [3]string](keys map[K]map[string]bool) [][]string {
	var rows [][]string
	for row, distinct := range keys {
		var cells []string
		switch r := any(row).(type) {
		case [2]string:
			cells = r[:]
		case [3]string:
			cells = r[:]
		}
		rows = append(rows, append(slices.Clone(cells), strconv.Itoa(len(distinct))))
	}
	return sorted(rows)
}

func sorted(rows [][]string) [][]string {
	slices.SortFunc(rows, func(a, b []string) int { return slices.Compare(a, b) })
	return rows
}

// python runs SQL in a database that is a Python module.
func python(dialect, module string) func(*testing.T, string, []block) map[string][][]string {
	return func(t *testing.T, dir string, list []block) map[string][][]string {
		interpreter := os.Getenv("SITREP_TEST_PYTHON")
		if interpreter == "" {
			interpreter = "python3"
		}
		if out, err := exec.Command(interpreter, "-c", "import "+module).CombinedOutput(); err != nil {
			missing(t, "Python with the module %s (SITREP_TEST_PYTHON names the interpreter): %v %s", module, err, out)
		}
		var statements []string
		asked := map[int]string{}
		for _, b := range list {
			for _, sql := range strings.SplitAfter(b.sql, ";\n") {
				if strings.TrimSpace(sql) != "" {
					asked[len(statements)] = b.question
					statements = append(statements, sql)
				}
			}
		}
		script, err := filepath.Abs("testdata/warehouse.py")
		if err != nil {
			t.Fatal(err)
		}
		in, _ := json.Marshal(statements)
		cmd := exec.CommandContext(t.Context(), interpreter, script, dialect)
		cmd.Dir, cmd.Stdin = dir, bytes.NewReader(in)
		var errs bytes.Buffer
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, errs.String())
		}
		var results [][][]string
		if err := json.Unmarshal(out, &results); err != nil {
			t.Fatal(err)
		}
		answers := map[string][][]string{}
		for i, question := range asked {
			if question != "" {
				answers[question] = results[i]
			}
		}
		return answers
	}
}

// missing skips the test, but in CI fails it.
func missing(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "1" {
		t.Fatalf("CI lacks "+format, args...)
	}
	t.Skipf("needs "+format, args...)
}

// postgres runs SQL in a PostgreSQL server of its own.
func postgres(t *testing.T, dir string, list []block) map[string][][]string {
	socket := startPostgres(t)
	answers := map[string][][]string{}
	answer(t, dir, socket, "CREATE DATABASE warehouse", "postgres")
	for _, b := range list {
		rows := answer(t, dir, socket, b.sql, "warehouse")
		if b.question != "" {
			answers[b.question] = rows
		}
	}
	return answers
}

func answer(t *testing.T, dir, socket, sql, database string) [][]string {
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
