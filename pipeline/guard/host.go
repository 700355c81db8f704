package guard

import (
	"net"
	"net/http"
	"strings"

	"sitrep/pipeline/problem"
)

// hostKnown refuses requests for names that are not ours: a page of another site
// whose name leads to this machine (DNS rebinding) would else be of our origin, and
// could read all.
func (s *Server) hostKnown(h http.Handler) http.Handler {
	known := s.known()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := hostname(r.Host)
		if !known[name] && !connected(r, name) {
			problem.Write(w, http.StatusMisdirectedRequest, "this server is not known by the name that it was asked for: give it with --listen-host")
			return
		}
		h.ServeHTTP(w, r)
	})
}

// known are the names of the server that do not depend on a connection.
func (s *Server) known() map[string]bool {
	known := map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true}
	host, _, _ := net.SplitHostPort(s.Listen)
	for _, name := range append(s.Hosts, host) {
		if name = hostname(name); name != "" && !net.ParseIP(name).IsUnspecified() {
			known[name] = true
		}
	}
	return known
}

// connected tells whether name is the address that the client has connected to.
func connected(r *http.Request, name string) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	ip := net.ParseIP(name)
	return ok && ip != nil && ip.Equal(local.IP)
}

// hostname returns the name of a host without port, brackets and last dot, in small
// letters.
func hostname(s string) string {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, "["), "]")
	return strings.ToLower(strings.TrimSuffix(s, "."))
}
