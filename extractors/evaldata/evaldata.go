// Package evaldata finds, for tests, the evaluation texts that stand beside the
// checkout in ../shared. They are other people's and not part of it.
package evaldata

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// A Document is what tests need of a line of an evaluation file.
type Document struct {
	ID        string `json:"id"`
	Published string `json:"published"` // YYYY-MM-DD or ""
	Title     string `json:"title"`
	Text      string `json:"text"`
}

// Path returns the path of name ("seed/article.txt") under ../shared. Where it
// is missing the test is skipped; under CI, which has it, the test fails.
func Path(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = parent
	}
	path := filepath.Join(dir, "..", "shared", name)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("CI must have the evaluation texts: %v", err)
		}
		t.Skipf("needs ../shared/%s, which is not here", name)
	}
	return path
}

// Read returns the documents of a file of one JSON document a line.
func Read(t testing.TB, name string) []Document {
	t.Helper()
	f, err := os.Open(Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var docs []Document
	for r := json.NewDecoder(bufio.NewReader(f)); r.More(); {
		var d Document
		if err := r.Decode(&d); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		docs = append(docs, d)
	}
	return docs
}
