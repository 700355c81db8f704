package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"sitrep/pipeline/kafka"
)

// serveHealth answers /livez and /readyz at addr until the returned function is
// called. Without a host that is on loopback.
func serveHealth(addr string, h *kafka.Health, log *slog.Logger) (stop func(), err error) {
	if !strings.Contains(addr, ":") {
		addr = ":" + addr
	}
	if strings.HasPrefix(addr, ":") {
		addr = "127.0.0.1" + addr
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("--health-listen: %w", err)
	}
	log.Info("health is served", "at", "http://"+l.Addr().String()+"/readyz")
	s := &http.Server{Handler: healthHandler(h), ReadHeaderTimeout: 5 * time.Second}
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

// healthHandler says that the process lives without asking anything, and whether
// it is ready from what it knows.
func healthHandler(h *kafka.Health) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if err := h.Ready(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, "ok\n")
	})
	return mux
}
