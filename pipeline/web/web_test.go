package web

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// What nobody serves is not found, what is read cannot be written, and no path leads out.
func TestWrongRequests(t *testing.T) {
	address := serve(t, sampled(t))
	for _, c := range []struct {
		method, path string
		want         int
	}{
		{"GET", "", 200}, {"GET", "assets/main.js", 200}, {"HEAD", "assets/main.js", 200}, {"GET", "api/world", 200}, {"GET", "api/health", 200},
		{"GET", "index.html", 404}, {"GET", "assets/", 404}, {"GET", "assets/none.js", 404}, {"GET", "api/none", 404}, {"GET", "api/download/other.jsonl", 404},
		{"GET", "assets/../web.go", 400}, {"GET", "assets/%2e%2e/web.go", 400}, {"GET", "assets/..%2fweb.go", 400}, {"GET", `assets/..%5cweb.go`, 400},
		{"POST", "", 405}, {"POST", "api/events", 405}, {"DELETE", "api/article", 405}, {"PUT", "assets/main.js", 405}, {"GET", "api/try", 405},
		{"GET", "api/events?type=dance", 400}, {"GET", "api/picture?country=XX", 400}, {"GET", "api/download/sitrep-events.csv?since=x", 400},
		{"GET", "api/article?event=none", 404}, {"POST", "api/try?published=soon", 400}, {"POST", "api/try", 400},
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		conn, err := net.Dial("tcp", u.Host)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "%s /%s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", c.method, c.path, u.Host)
		r, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: c.method})
		if err != nil {
			t.Fatal(err)
		}
		conn.Close()
		if r.StatusCode != c.want {
			t.Errorf("%s /%s: %d, want %d", c.method, c.path, r.StatusCode, c.want)
		}
		if policy := r.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; script-src 'self'; style-src 'self'") {
			t.Errorf("%s /%s: policy %q", c.method, c.path, policy)
		}
	}
}

// Two hundred who connect and read nothing, or send their request letter by letter, keep
// nobody else waiting.
func TestSlowConnections(t *testing.T) {
	c := sampled(t)
	address := serve(t, c)
	u, _ := url.Parse(address)
	for i := range 200 {
		conn, err := net.Dial("tcp", u.Host)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if i%2 == 0 {
			fmt.Fprintf(conn, "GET /api/events HTTP/1.1\r\nHost: %s\r\n\r\n", u.Host) // and never reads
		} else {
			fmt.Fprintf(conn, "POST /api/try HTTP/1.1\r\nHost: %s\r\nContent-Length: 1000\r\n\r\nC", u.Host)
		}
	}
	time.Sleep(100 * time.Millisecond)
	began := time.Now()
	for i := range 2_000 { // whom nobody reads holds nobody up
		c.Feed.Event(told(fmt.Sprint(i), "attack"))
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("the feed took %s", took)
	}
	r, err := http.Get(address)
	if err != nil || r.StatusCode != 200 {
		t.Fatalf("%v %v", r, err)
	}
	r.Body.Close()
	r, err = http.Post(address+"api/try", "text/plain", strings.NewReader(news))
	if err != nil || r.StatusCode != 200 {
		t.Fatalf("%v %v", r, err)
	}
	r.Body.Close()
	r, err = http.Get(address + "api/events")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if body, _ := io.ReadAll(r.Body); r.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(body), "pages are open already") {
		t.Errorf("%d: %s", r.StatusCode, body)
	}
}

// A watcher who lost his connection is told what came since, and nothing else.
func TestResume(t *testing.T) {
	f := NewFeed()
	f.Event(told("a", "attack"))
	address := serve(t, Config{Feed: f})
	first := told1(t, address+"api/events", "")
	if !first.message.Reset || len(first.message.Rows) != 1 {
		t.Errorf("%+v", first)
	}
	f.Event(told("b", "attack"))
	f.Event(told("c", "meet"))
	for _, next := range []said{told1(t, address+"api/events?type=attack", first.id), told1(t, address+"api/events?type=attack&last="+first.id, "")} {
		if next.message.Reset || len(next.message.Rows) != 1 || !strings.Contains(string(next.message.Rows[0]), `"b"`) {
			t.Errorf("%s", next.message.Rows)
		}
	}
	if other := told1(t, address+"api/events", "another-1"); !other.message.Reset || len(other.message.Rows) != 3 {
		t.Errorf("%+v", other)
	}
}

type said struct {
	id      string
	message message
}

// told1 returns the first message that a watcher is told.
func told1(t *testing.T, address, last string) (s said) {
	t.Helper()
	req, _ := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	if last != "" {
		req.Header.Set("Last-Event-ID", last)
	}
	r, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	for lines := bufio.NewScanner(r.Body); lines.Scan(); {
		if id, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
			s.id = id
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			if err := json.Unmarshal([]byte(data), &s.message); err != nil {
				t.Fatal(err)
			}
			return s
		}
	}
	t.Fatal("nothing is told")
	return s
}

// Spreadsheets take what begins so for formulas.
func TestCellsAreHarmless(t *testing.T) {
	for s, want := range map[string]string{"=1+1": "'=1+1", "+x": "'+x", "@x": "'@x", "-1": "'-1", "Chad": "Chad", "": ""} {
		if got := harmless(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}

func TestReadable(t *testing.T) {
	if got := readable([]byte("a\x00\x1b[31m\n日本\xff"+strings.Repeat("é", 600)), 20); got != "a··[31m\n日本·ééééééééé…" {
		t.Errorf("%q", got)
	}
	if got := readable(bytes.Repeat([]byte("x"), 1<<20), 5); got != "xxxxx…" {
		t.Errorf("%q", got)
	}
}
