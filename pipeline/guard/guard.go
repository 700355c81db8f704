// Package guard protects a port that serves articles and events: it lets in whom it
// should, bounds what a client may cost, and tells browsers to run nothing foreign.
// It knows nothing of what is served.
//
// Streams must set their own deadlines: the guard gives each response [answerLimit].
// Scripts must build pages from nodes and text: [Policy] has browsers refuse to make
// a page of a string.
package guard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path"
	"strings"
	"time"

	"golang.org/x/net/netutil"

	"sitrep/pipeline/problem"
)

// Options say where to listen and whom to let in.
type Options struct {
	Listen         string   // host:port; without a host it is 127.0.0.1
	Hosts          []string // names that the server is asked for by, beside localhost and its addresses
	Token          string   // asked of every client; needed where others than this machine can connect
	MaxBody        int64    // bytes of a request: 11 MiB
	MaxConnections int      // at once, further ones wait: 512
	Logger         *slog.Logger
}

// What a client may take.
const (
	headerLimit = 5 * time.Second  // for the head of a request
	bodyLimit   = 30 * time.Second // for its body
	answerLimit = 90 * time.Second // for work and answer
	idleLimit   = 30 * time.Second // between requests
	stopLimit   = 5 * time.Second  // for what has begun, at the end
	headerBytes = 16 << 10
)

// A Server listens and is guarded.
type Server struct {
	Options
	listener net.Listener
}

// Listen opens the port. An address that others can reach wants a token.
func Listen(o Options) (*Server, error) {
	o = o.complete()
	if err := o.Check(); err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return nil, err
	}
	if o.Token == "" && !loopback(l.Addr()) {
		l.Close()
		return nil, missing(l.Addr().String())
	}
	return &Server{o, netutil.LimitListener(l, o.MaxConnections)}, nil
}

// Check says for what Listen would refuse o, as far as that can be told without a
// network.
func (o Options) Check() error {
	if o.Token != "" && len(o.Token) < leastToken {
		return fmt.Errorf("%w has %d characters: want %d or more", ErrToken, len(o.Token), leastToken)
	}
	host, _, _ := net.SplitHostPort(Address(o.Listen))
	if ip := net.ParseIP(host); o.Token == "" && ip != nil && !ip.IsLoopback() {
		return missing(o.Listen)
	}
	return nil
}

func missing(addr string) error {
	return fmt.Errorf("%w is missing, and others can reach %s", ErrToken, addr)
}

// ErrToken is for tokens that are too short, and missing where one is needed.
var ErrToken = errors.New("the token")

func (o Options) complete() Options {
	o.Listen = Address(o.Listen)
	if o.MaxBody == 0 {
		o.MaxBody = 11 << 20
	}
	if o.MaxConnections == 0 {
		o.MaxConnections = 512
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Address completes an address: a port alone is on 127.0.0.1.
func Address(s string) string {
	if !strings.Contains(s, ":") {
		s = ":" + s
	}
	if strings.HasPrefix(s, ":") {
		s = "127.0.0.1" + s
	}
	return s
}

func loopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// URL is where a browser on this machine finds the server.
func (s *Server) URL() string {
	addr := s.listener.Addr().(*net.TCPAddr)
	if addr.IP.IsUnspecified() {
		return fmt.Sprintf("http://localhost:%d/", addr.Port)
	}
	return fmt.Sprintf("http://%s/", addr)
}

// Serve answers requests with h until ctx is done. Handlers see that by their
// request's context, and have [stopLimit] to end.
func (s *Server) Serve(ctx context.Context, h http.Handler) error {
	server := &http.Server{
		Handler:           s.Wrap(h),
		ReadHeaderTimeout: headerLimit,
		IdleTimeout:       idleLimit,
		MaxHeaderBytes:    headerBytes,
		ErrorLog:          slog.NewLogLogger(s.Logger.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return ctx },

		DisableGeneralOptionsHandler: true,
	}
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopLimit)
		defer cancel()
		if server.Shutdown(limit) != nil {
			server.Close()
		}
	})
	err := server.Serve(s.listener)
	if !stop() { // it is ours to end
		<-ended
		return nil
	}
	return err
}

// Close gives up a port that was not served.
func (s *Server) Close() error { return s.listener.Close() }

// Wrap guards h. The outermost check comes first.
func (s *Server) Wrap(h http.Handler) http.Handler {
	h = s.authorized(h)
	h = sameOrigin(h)
	h = s.bounded(h)
	h = plainRequest(h)
	h = s.hostKnown(h)
	return protected(h)
}

// sameOrigin keeps other sites' pages from sending anything in their visitors' names.
func sameOrigin(h http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	p.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		problem.Write(w, http.StatusForbidden, "the request comes from a page of another site")
	}))
	return p.Handler(h)
}

// plainRequest refuses methods that nothing here has, and paths that point out of
// where they begin.
func plainRequest(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet, http.MethodHead, http.MethodPost:
		default:
			w.Header().Set("Allow", "GET, HEAD, POST")
			problem.Write(w, http.StatusMethodNotAllowed, "nothing here has this method")
			return
		}
		if !clean(r.URL.Path) {
			problem.Write(w, http.StatusBadRequest, "the path has parts that lead elsewhere")
			return
		}
		h.ServeHTTP(w, r)
	})
}

func clean(p string) bool {
	if !strings.HasPrefix(p, "/") || strings.ContainsAny(p, "\\\x00") {
		return false
	}
	return p == "/" || path.Clean(p) == strings.TrimSuffix(p, "/")
}
