package extractors

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// weightFiles have hashes of their own.
var weightFiles = []string{"names/names.model", "syntax/syntax.model"}

// Whatever an extractor has built in is in a hash that the records carry.
func TestEveryTableIsInTheHash(t *testing.T) {
	embedded := regexp.MustCompile(`(?m)^\s*//go:embed (.+)$`)
	sources, err := filepath.Glob("*/*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal(err)
	}
	n := 0
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		code, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range embedded.FindAllStringSubmatch(string(code), -1) {
			for _, name := range strings.Fields(m[1]) {
				file := path.Join(filepath.ToSlash(filepath.Dir(source)), name)
				n++
				if _, err := tables.ReadFile(file); err != nil && !slices.Contains(weightFiles, file) {
					t.Errorf("%s is built in by %s, and in no hash: %v", file, source, err)
				}
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d tables were found", n)
	}
}
