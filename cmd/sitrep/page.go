package main

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"sitrep/pipeline/web"
)

// servePage serves the page at addr until stop is called. A port alone is on loopback.
func servePage(addr string, page *web.Server) (address string, stop func(), err error) {
	if !strings.Contains(addr, ":") {
		addr = ":" + addr
	}
	if strings.HasPrefix(addr, ":") {
		addr = "127.0.0.1" + addr
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return "", nil, fmt.Errorf("--listen: %w", err)
	}
	s := &http.Server{Handler: page.Handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Serve(l)
	}()
	return "http://" + l.Addr().String() + "/", func() {
		page.Close()
		s.Close()
		<-done
	}, nil
}
