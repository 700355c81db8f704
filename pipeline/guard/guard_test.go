package guard

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline/problem"
)

const token = "a token of some length"

// serve runs a server whose every page is "inside", and returns its address.
func serve(t *testing.T, o Options) string {
	t.Helper()
	if o.Listen == "" {
		o.Listen = "0"
	}
	s, err := Listen(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- s.Serve(ctx, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, err := io.ReadAll(r.Body); err != nil {
				TooLarge(w, s.MaxBody)
				return
			}
			io.WriteString(w, "inside")
		}))
	}()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return s.listener.Addr().String()
}

// ask sends a request as it is written and returns the status and the whole answer.
func ask(t *testing.T, addr, request string) (status int, answer string) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%.80q: %v", request, err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	var head strings.Builder
	res.Header.Write(&head)
	return res.StatusCode, head.String() + string(body)
}

func TestHosts(t *testing.T) {
	addr := serve(t, Options{Hosts: []string{"Sitrep.example.org"}})
	_, port, _ := net.SplitHostPort(addr)
	for host, want := range map[string]int{
		"localhost:" + port: 200, "LOCALHOST.": 200, "127.0.0.1:" + port: 200, "[::1]:" + port: 200, "sitrep.example.org": 200,
		"sitrep.example.org:443": 200, "evil.example": 421, "evil.example:" + port: 421, "localhost.evil.example": 421,
		"127.0.0.1.evil.example": 421, "10.1.2.3": 421, "": 421,
	} {
		if got, _ := ask(t, addr, "GET / HTTP/1.1\r\nHost: "+host+"\r\n\r\n"); got != want {
			t.Errorf("host %q: %d, want %d", host, got, want)
		}
	}
	if got, _ := ask(t, addr, "GET / HTTP/1.0\r\n\r\n"); got != 421 {
		t.Errorf("no host: %d", got)
	}
	if got, _ := ask(t, addr, "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n"); got != 421 {
		t.Errorf("another host in the request line: %d", got)
	}
}

// A server on all addresses is asked for by that to which the client connects.
func TestTheAddressConnectedToIsKnown(t *testing.T) {
	s := &Server{Options: Options{Listen: "0.0.0.0:80"}}
	for host, want := range map[string]int{"192.0.2.1": 200, "192.0.2.1:80": 200, "192.0.2.2": 421, "0.0.0.0": 421, "2.0.192.1": 421} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 80}))
		w := httptest.NewRecorder()
		s.Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("host %s: %d, want %d", host, w.Code, want)
		}
	}
}

func TestOthersNeedAToken(t *testing.T) {
	if _, err := Listen(Options{Listen: "0.0.0.0:0"}); !errors.Is(err, ErrToken) {
		t.Errorf("listens to all without a token: %v", err)
	}
	if _, err := Listen(Options{Listen: "0", Token: "short"}); !errors.Is(err, ErrToken) || strings.Contains(err.Error(), "short") {
		t.Errorf("a short token: %v", err)
	}
	for listen, good := range map[string]bool{"8080": true, ":8080": true, "[::1]:8080": true, "localhost:8080": true, "0.0.0.0:8080": false, "[::]:8080": false, "192.0.2.1:8080": false} {
		if err := (Options{Listen: listen}).Check(); errors.Is(err, ErrToken) == good {
			t.Errorf("%s without a token: %v", listen, err)
		}
	}
	addr := serve(t, Options{Token: token})
	for authorization, want := range map[string]int{
		"Bearer " + token: 200, "bearer " + token: 200, "Bearer " + token + "x": 401, "Bearer ": 401, "Basic " + token: 401, "": 401,
	} {
		got, answer := ask(t, addr, "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: "+authorization+"\r\n\r\n")
		if got != want || strings.Contains(answer, "inside") != (want == 200) {
			t.Errorf("%q: %d, want %d", authorization, got, want)
		}
		if want == 401 && (!strings.Contains(answer, problem.MediaType) || !strings.Contains(answer, "Www-Authenticate: Bearer")) {
			t.Errorf("%q: %s", authorization, answer)
		}
	}
}

func TestLogin(t *testing.T) {
	base := "http://" + serve(t, Options{Token: token})
	jar, _ := cookiejar.New(nil)
	browser := &http.Client{Jar: jar, Timeout: 10 * time.Second}
	get := func() string {
		req, _ := http.NewRequest("GET", base+"/", nil)
		req.Header.Set("Accept", "text/html,*/*")
		return text(browser.Do(req))
	}
	if page := get(); !strings.Contains(page, "<form") {
		t.Errorf("no form: %s", page)
	}
	if page := text(browser.PostForm(base+"/login", url.Values{"token": {"<script>alert(1)</script>"}})); !strings.Contains(page, "not the token") || strings.Contains(page, "<script") {
		t.Errorf("wrong token: %s", page)
	}
	if page := text(browser.PostForm(base+"/login", url.Values{"token": {token}})); page != "200 inside" {
		t.Errorf("right token: %s", page)
	}
	if page := get(); page != "200 inside" {
		t.Errorf("logged in: %s", page)
	}
	at, _ := url.Parse(base)
	cookie := jar.Cookies(at)[0].Value
	if strings.Contains(cookie, token) {
		t.Error("the cookie holds the token")
	}
	until, seal, _ := strings.Cut(cookie, ".")
	for _, forged := range []string{"9" + until + "." + seal, until + ".", until + "." + strings.ToUpper(seal), "0.", ""} {
		if got, _ := ask(t, strings.TrimPrefix(base, "http://"), "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: "+cookieName+"="+forged+"\r\n\r\n"); got != 401 {
			t.Errorf("forged cookie %q: %d", forged, got)
		}
	}
	text(browser.PostForm(base+"/logout", nil))
	if page := get(); !strings.Contains(page, "<form") {
		t.Errorf("logged out: %s", page)
	}
}

func text(res *http.Response, err error) string {
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return fmt.Sprint(res.StatusCode, " ", string(body))
}

func TestCookieRunsOut(t *testing.T) {
	s := &Server{Options: Options{Token: token}}
	for until, want := range map[string]bool{"1": false, "99999999999": true} {
		r, _ := http.NewRequest("GET", "/", nil)
		r.AddCookie(&http.Cookie{Name: cookieName, Value: until + "." + s.seal(until)})
		if got := s.loggedIn(r); got != want {
			t.Errorf("until %s: %v", until, got)
		}
	}
}

func TestRequestsThatNobodyNeeds(t *testing.T) {
	addr := serve(t, Options{})
	for request, want := range map[string]int{
		"GET /a/b/ HTTP/1.1\r\nHost: localhost\r\n\r\n":                                                   200,
		"GET /../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n":                                          400,
		"GET /a/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n":                             400,
		"GET /a/..%2f..%2fetc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n":                                 400,
		"GET /a/..%5c..%5cetc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n":                                 400,
		"GET //etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n":                                            400,
		"GET /a%00.html HTTP/1.1\r\nHost: localhost\r\n\r\n":                                              400,
		"DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n":                                                    405,
		"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n":                                                     405,
		"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n":                                                   405,
		"CONNECT localhost:22 HTTP/1.1\r\nHost: localhost:22\r\n\r\n":                                     405,
		"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx":                                200,
		"POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Length: 1\r\n\r\nx":    200,
		"POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nContent-Length: 1\r\n\r\nx": 403,
		"POST / HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 1\r\n\r\nx":  403,
		"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 2*headerBytes) + "\r\n\r\n":      431,
		"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n":                        413,
	} {
		if got, _ := ask(t, addr, request); got != want {
			t.Errorf("%.80q: %d, want %d", request, got, want)
		}
	}
}

func TestBodiesAreBounded(t *testing.T) {
	base := "http://" + serve(t, Options{MaxBody: 1000})
	for size, want := range map[int]int{1000: 200, 1001: 413, 5 << 20: 413} {
		// Of unknown length, so that it has to be read.
		body := struct{ io.Reader }{strings.NewReader(strings.Repeat("x", size))}
		res, err := http.Post(base, "text/plain", body)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%d bytes: %d, want %d", size, res.StatusCode, want)
		}
	}
}

func TestBrowsersAreToldWhatAPageMayDo(t *testing.T) {
	addr := serve(t, Options{})
	for _, request := range []string{"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"} {
		_, answer := ask(t, addr, request)
		for _, want := range []string{"Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Cache-Control: no-store"} {
			if !strings.Contains(answer, want) {
				t.Errorf("no %s in %s", want, answer)
			}
		}
		if strings.Contains(answer, "Access-Control") {
			t.Errorf("others' pages may read: %s", answer)
		}
	}
}

// Clients that send nothing, or a byte now and then, keep nobody else out, and are
// hung up on.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	addr := serve(t, Options{})
	begun := time.Now()
	var slow []net.Conn
	for i := range 200 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if i%2 == 0 {
			io.WriteString(conn, "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nX-")
		}
		slow = append(slow, conn)
	}
	for range 20 {
		if got, _ := ask(t, addr, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); got != 200 {
			t.Errorf("beside slow clients: %d", got)
		}
	}
	if testing.Short() {
		return
	}
	for _, conn := range slow {
		conn.SetReadDeadline(begun.Add(headerLimit + 10*time.Second))
		if _, err := io.Copy(io.Discard, conn); err != nil {
			t.Fatalf("not hung up on: %v", err)
		}
	}
}

func TestConnectionsAreBounded(t *testing.T) {
	addr := serve(t, Options{MaxConnections: 2})
	var held []net.Conn
	for range 2 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, conn)
	}
	time.Sleep(50 * time.Millisecond)
	done := make(chan int, 1)
	go func() {
		status, _ := ask(t, addr, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
		done <- status
	}()
	select {
	case <-done:
		t.Error("a third connection was served")
	case <-time.After(100 * time.Millisecond):
	}
	for _, conn := range held {
		conn.Close()
	}
	if status := <-done; status != 200 {
		t.Errorf("%d when there was room", status)
	}
}

func TestAddress(t *testing.T) {
	for in, want := range map[string]string{"8080": "127.0.0.1:8080", ":8080": "127.0.0.1:8080", "0.0.0.0:8080": "0.0.0.0:8080", "[::]:80": "[::]:80"} {
		if got := Address(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
