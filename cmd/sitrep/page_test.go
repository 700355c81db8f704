package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// On a terminal the demo stays and serves the page until it is told to end.
func TestDemoServesThePage(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	in, out := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- demo(ctx, out, &listenFlags{address: "0"}) }()
	address := printed(t, in, `The page: (http://127\.0\.0\.1:\d+/)`)
	for path, want := range map[string]string{"": "<title>sitrep</title>", "api/health": `"articles"`, "assets/main.js": "hashchange"} {
		if body := fetched(t, address+path); !strings.Contains(strings.ToLower(body), want) {
			t.Errorf("/%s: %.300s", path, body)
		}
	}
	stop()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the demo does not end")
	}
}

// printed waits for a line that matches and returns what stands in its parentheses.
func printed(t *testing.T, r io.Reader, pattern string) string {
	t.Helper()
	found := make(chan string, 1)
	go func() {
		var all strings.Builder
		buf := make([]byte, 4096)
		for {
			n, err := r.Read(buf)
			all.Write(buf[:n])
			if m := regexp.MustCompile(pattern).FindStringSubmatch(all.String()); m != nil {
				found <- m[1]
				io.Copy(io.Discard, r)
				return
			}
			if err != nil {
				return
			}
		}
	}()
	select {
	case s := <-found:
		return s
	case <-time.After(time.Minute):
		t.Fatalf("never: %s", pattern)
		return ""
	}
}

func fetched(t *testing.T, address string) string {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// Where others could connect the page wants a token, before anything else is done.
func TestPageWantsAToken(t *testing.T) {
	for _, args := range [][]string{{"run", "--brokers", "127.0.0.1:1", "--listen", "0.0.0.0:0"}, {"serve", "--listen", "0.0.0.0:0"}} {
		if _, errs, code := sitrep(t, "", args...); code != exitUsage || !strings.Contains(errs, "SITREP_LISTEN_TOKEN") {
			t.Errorf("%q: exit code %d: %s", args, code, errs)
		}
	}
	short := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(short, []byte("short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := sitrep(t, "", "serve", "--listen", "0.0.0.0:0", "--listen-token-file", short); code != exitUsage {
		t.Errorf("a short token: exit code %d: %s", code, errs)
	}
}
