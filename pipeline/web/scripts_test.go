package web

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Scripts are modules that node can parse; they make no markup of strings, and what they
// import is used.
func TestScripts(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal("no node: install it (Debian: apt-get install nodejs)")
	}
	dir := t.TempDir()
	entries, _ := files.ReadDir("assets")
	var modules []string
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".js" {
			continue
		}
		data, err := files.ReadFile("assets/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		code := string(data)
		if found := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\("style"`).FindString(code); found != "" {
			t.Errorf("%s: %s", e.Name(), found)
		}
		for _, m := range regexp.MustCompile(`(?m)^import \{ (.*?) \}`).FindAllStringSubmatch(code, -1) {
			for name := range strings.SplitSeq(m[1], ", ") {
				if strings.Count(code, name) < 2 {
					t.Errorf("%s: %s is imported and not used", e.Name(), name)
				}
			}
		}
		path := filepath.Join(dir, e.Name()+".mjs")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		modules = append(modules, path)
	}
	if node == "" {
		t.Skip("no node: install it to check the scripts")
	}
	for _, path := range modules {
		if out, err := exec.Command(node, "--check", path).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", filepath.Base(path), err, out)
		}
	}
}
