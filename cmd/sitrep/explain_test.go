package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExplain(t *testing.T) {
	out, errs, code := sitrep(t, story, "explain")
	if code != 0 || errs != "" {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	for _, want := range []string{"[Idris Kellou|person]", "[400 soldiers|400]", "EVENT 1  deploy", "[sent|trigger]", "rule: ", "PEOPLE", "COUNTRIES", "DATES"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out, "\x1b") {
		t.Error("colours that nobody asked for")
	}
	if out, _, _ := sitrep(t, story, "explain", "--color", "always"); !strings.Contains(out, "\x1b[") || strings.Contains(out, "|person]") {
		t.Errorf("no colours, or brackets, in\n%s", out)
	}
}

func TestExplainSeveral(t *testing.T) {
	lines := `{"title":"One","body":"Chad sent soldiers to Sudan."}
{"oops
{"title":"Two","body":"Peru sent soldiers to Chile."}
`
	out, errs, code := sitrep(t, lines, "explain", "-f", "jsonl")
	if one, two := strings.Index(out, "One\n"), strings.Index(out, "Two\n"); code != exitDeadLetters || one < 0 || two < one {
		t.Errorf("exit code %d: %s", code, out)
	}
	if !strings.Contains(errs, "undecodable") || !strings.Contains(errs, "1 of 3 articles") {
		t.Errorf("stderr %q", errs)
	}
}

func TestExplainPage(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "why.html")
	lines := `{"title":"One","body":"Chad sent soldiers to Sudan."}` + "\n{\"oops\n"
	out, _, code := sitrep(t, lines, "explain", "-f", "jsonl", "--html", path)
	if code != exitDeadLetters || out != "" {
		t.Errorf("exit code %d: %s", code, out)
	}
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(page); !strings.HasPrefix(s, "<!DOCTYPE html>") || !strings.HasSuffix(s, "</html>\n") || strings.Count(s, "<article>") != 1 {
		t.Errorf("no whole page:\n%s", s)
	}
	if out, _, code := sitrep(t, story, "explain", "--html", "-"); code != 0 || !strings.Contains(out, "</html>") {
		t.Errorf("exit code %d: %s", code, out)
	}
	// What fails leaves no page, and nothing else behind.
	_, _, code = sitrep(t, "", "explain", "--html", filepath.Join(dir, "none.html"), filepath.Join(dir, "missing.txt"))
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); code == 0 || len(left) != 1 {
		t.Errorf("exit code %d, left %v", code, left)
	}
	if hidden, _ := filepath.Glob(filepath.Join(dir, ".*")); len(hidden) > 0 {
		t.Errorf("left %v", hidden)
	}
}

func TestTerminal(t *testing.T) {
	none := func(string) (string, bool) { return "", false }
	set := func(name, value string) func(string) (string, bool) {
		return func(s string) (string, bool) { return value, s == name }
	}
	for _, c := range []struct {
		color   string
		lookup  func(string) (string, bool)
		colours bool
		columns int
	}{
		{"auto", none, false, 0}, // not a terminal
		{"never", none, false, 0},
		{"always", none, true, 0},
		{"always", set("NO_COLOR", "1"), true, 0}, // the flag goes before
		{"auto", set("COLUMNS", "100"), false, 100},
		{"auto", set("COLUMNS", "wide"), false, 0},
	} {
		got, err := terminal(&strings.Builder{}, c.color, c.lookup)
		if err != nil || got.Color != c.colours || got.Columns != c.columns {
			t.Errorf("%s: %+v, %v", c.color, got, err)
		}
	}
	if _, err := terminal(&strings.Builder{}, "pink", none); err == nil {
		t.Error("pink is a choice")
	}
}
