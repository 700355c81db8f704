package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// An article by HTTP gives what extract prints, beside 200 clients that are slow.
func TestServe(t *testing.T) {
	port := freePort(t)
	ctx, stop := context.WithCancel(t.Context())
	cmd := root()
	cmd.SetArgs([]string{"serve", "--listen", port, "--health-listen", freePort(t)})
	done := make(chan error, 1)
	go func() { done <- cmd.ExecuteContext(ctx) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err == nil {
			conn.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
	for range 200 {
		conn, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		io.WriteString(conn, "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")
	}
	want, _, _ := sitrep(t, story, "extract", "-f", "text")
	req, err := http.NewRequest(http.MethodPost, "http://localhost:"+port+"/v1/extract", strings.NewReader(story))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "text/plain")
	req.Header.Set("Accept", "application/x-ndjson")
	res, err := (&http.Client{Timeout: 20 * time.Second}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if got, _ := io.ReadAll(res.Body); string(got) != want {
		t.Errorf("%d: other records than extract prints: %.300s", res.StatusCode, got)
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
}

func TestServeRefuses(t *testing.T) {
	short := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(short, []byte("sesame\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		listenToken: {"--listen", "0.0.0.0:0"},
		"16":        {"--listen-token-file", short},
		"not.there": {"--listen-token-file", "not.there"},

		"--max-article-bytes 0": {"--max-article-bytes", "0"},
		"--max-waiting -1":      {"--max-waiting", "-1"},
	} {
		_, errs, code := sitrep(t, "", append([]string{"serve"}, args...)...)
		if code != exitUsage || !strings.Contains(errs, want) || strings.Contains(errs, "sesame") {
			t.Errorf("%q: exit code %d, %s", args, code, errs)
		}
	}
}
