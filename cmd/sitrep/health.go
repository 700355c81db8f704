package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/net/netutil"

	"sitrep/pipeline"
	"sitrep/pipeline/guard"
	"sitrep/pipeline/metrics"
)

// healthFlags say where the state of the process is served.
type healthFlags struct {
	address  string
	profiles bool
}

func (h *healthFlags) flags(f *pflag.FlagSet) {
	f.StringVar(&h.address, "health-listen", "", "`address` of /livez, /readyz, /version and /metrics; a port alone is on 127.0.0.1 (default: none)")
	f.BoolVar(&h.profiles, "pprof", false, "serve /debug/pprof/ there too, to this machine alone")
}

// serve answers at the address, if there is one, until the returned function is
// called.
func (h *healthFlags) serve(ready func() error, m *metrics.Metrics, log *slog.Logger) (stop func(), err error) {
	if h.address == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", guard.Address(h.address))
	if err != nil {
		return nil, fmt.Errorf("--health-listen: %w", err)
	}
	l = netutil.LimitListener(l, healthConnections)
	log.Info("health is served", "at", "http://"+l.Addr().String()+"/readyz")
	s := &http.Server{Handler: h.handler(ready, m), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 90 * time.Second, IdleTimeout: time.Minute}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Serve(l)
	}()
	return func() {
		s.Close()
		<-done
	}, nil
}

// healthConnections is how many clients may ask for health at once: probes and
// scrapers are few.
const healthConnections = 64

// handler says that the process lives without asking anything, and whether it is
// ready from what it knows.
func (h *healthFlags) handler(ready func() error, m *metrics.Metrics) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if err := ready(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, "ok\n")
	})
	mux.HandleFunc("GET /version", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(build())
	})
	mux.Handle("GET /metrics", m.Handler())
	if h.profiles {
		mux.Handle("GET /debug/pprof/", onlyHere(profiles()))
	}
	return mux
}

// profiles serves those of net/http/pprof, whose names it wants at this place.
func profiles() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

// onlyHere refuses clients on other machines, and pages of other sites: profiles
// hold what is in memory.
func onlyHere(h http.Handler) http.Handler {
	return new(guard.Server).Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, _ := net.SplitHostPort(r.RemoteAddr)
		if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
			http.Error(w, "profiles are for clients on this machine: kubectl port-forward, ssh -L", http.StatusForbidden)
			return
		}
		h.ServeHTTP(w, r)
	}))
}

// build says what runs.
func build() metrics.Build {
	b := metrics.Build{Version: "development build", Go: runtime.Version(), Extractor: pipeline.ExtractorVersion, Schema: pipeline.SchemaVersion}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b.Revision = s.Value[:min(12, len(s.Value))]
		}
	}
	return b
}
