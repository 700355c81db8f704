package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMapping(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mapping.yaml")
	if err := os.WriteFile(file, []byte("# of the northern feed\nmapping:\n  body: data.article.markup\n  author: data.staff[0].who\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const raw = `{"data":{"kicker":"World","article":{"markup":"<p>Two hundred soldiers left the base on Monday.</p><p>The army did not say where they went.</p>"},
		"staff":[{"who":"By Ada Quist"}],"head":{"line":"Base emptied"}},"when":"2024-05-06","title":"World news"}`
	out, errs, code := sitrep(t, raw, "extract", "--show-mapping", "--mapping", file, "--mapping", "title=data.head.line", "--mapping", "published=when")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	for field, want := range map[string]string{
		"title": "Base emptied  data.head.line", "body": "characters: Two hundred soldiers left the base on Monday. The army di…  data.article.markup",
		"author": "Ada Quist  data.staff[0].who", "published": "2024-05-06  when", "language": "en  the text", "url": "-  not found",
	} {
		if !strings.Contains(squeezed(out, field), want) {
			t.Errorf("%s: want %q in\n%s", field, want, out)
		}
	}
}

// squeezed returns the line of a field with two blanks between columns.
func squeezed(out, field string) string {
	for line := range strings.Lines(out) {
		if fields := strings.Fields(line); len(fields) > 0 && fields[0] == field {
			var columns []string
			for c := range strings.SplitSeq(strings.TrimSpace(line), "  ") {
				if c = strings.TrimSpace(c); c != "" {
					columns = append(columns, c)
				}
			}
			return strings.Join(columns[1:], "  ")
		}
	}
	return ""
}

// A file that cannot be a mapping is named with the line.
func TestMappingFaults(t *testing.T) {
	for content, want := range map[string]string{
		"title: a\nsubtitle: b\n": `line 2: field "subtitle"`,
		"title: [a, b]\n":         "line 1: field title: want a path",
		"- title\n":               "line 1: want lines as title: data.headline.main",
		"title: a\ntitle: \"b\n":  "yaml:",
		"":                        "it is empty",
	} {
		file := filepath.Join(t.TempDir(), "m.yaml")
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, errs, code := sitrep(t, "{}", "extract", "--mapping", file); code != exitUsage || !strings.Contains(errs, want) {
			t.Errorf("%q: exit code %d, %s", content, code, errs)
		}
	}
}
