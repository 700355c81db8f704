package main

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sitrep/pipeline/kafka"
	"sitrep/pipeline/metrics"
)

func TestHealthIsServed(t *testing.T) {
	for path, want := range map[string]struct {
		ready   error
		flags   healthFlags
		code    int
		content string
	}{
		"/livez":          {errors.New("no broker"), healthFlags{}, 200, "ok\n"},
		"/readyz":         {errors.New("no broker"), healthFlags{}, 503, "no broker\n"},
		"/readyz?again":   {nil, healthFlags{}, 200, "ok\n"},
		"/version":        {nil, healthFlags{}, 200, `"extractor":"`},
		"/metrics":        {nil, healthFlags{}, 200, "\nsitrep_articles_total{outcome=\"ok\"} 0\n"},
		"/debug/pprof/":   {nil, healthFlags{}, 404, ""},
		"/debug/pprof/?1": {nil, healthFlags{profiles: true}, 200, "goroutine"},
		"/":               {nil, healthFlags{}, 404, ""},
	} {
		m := metrics.New(build())
		m.Service(&kafka.Config{Health: new(kafka.Health), Input: "articles.raw"})
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil)
		r.Host, r.RemoteAddr = "localhost:8086", "127.0.0.1:5000"
		want.flags.handler(func() error { return want.ready }, m).ServeHTTP(w, r)
		if w.Code != want.code || !strings.Contains(w.Body.String(), want.content) {
			t.Errorf("%s: %d %.200s", path, w.Code, w.Body)
		}
	}
}

// A profile holds what is in memory: articles, passwords.
func TestProfilesAreForThisMachine(t *testing.T) {
	for _, c := range []struct {
		host, client string
		code         int
	}{
		{"localhost:8086", "[::1]:5000", 200}, {"evil.example", "127.0.0.1:5000", 421}, {"localhost", "10.0.0.7:5000", 403},
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/debug/pprof/heap", nil)
		r.Host, r.RemoteAddr = c.host, c.client
		onlyHere(profiles()).ServeHTTP(w, r)
		if w.Code != c.code {
			t.Errorf("%s asks for %s: %d", c.client, c.host, w.Code)
		}
	}
}

func TestHealthIsServedOnLoopback(t *testing.T) {
	for _, addr := range []string{"0", ":0", "127.0.0.1:0"} {
		var log strings.Builder
		h := healthFlags{address: addr}
		stop, err := h.serve(new(kafka.Health).Ready, metrics.New(build()), slog.New(slog.NewTextHandler(&log, nil)))
		if err != nil {
			t.Fatal(err)
		}
		stop()
		if !strings.Contains(log.String(), "http://127.0.0.1:") {
			t.Errorf("%q is served at %s", addr, &log)
		}
	}
}
