package guard

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"

	"sitrep/pipeline/problem"
)

const (
	leastToken = 16
	cookieName = "sitrep_login"
	loginFor   = 12 * time.Hour
)

// authorized asks for the token, if there is one: as a bearer's, or as the cookie
// that a browser has got for it. GET / shows a form to browsers without.
func (s *Server) authorized(h http.Handler) http.Handler {
	if s.Token == "" {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/login" && r.Method == http.MethodPost:
			s.logIn(w, r)
		case r.URL.Path == "/logout" && r.Method == http.MethodPost:
			s.setCookie(w, r, "", -1)
			http.Redirect(w, r, "/", http.StatusSeeOther)
		case s.bears(r) || s.loggedIn(r):
			h.ServeHTTP(w, r)
		case r.Method != http.MethodPost && strings.Contains(r.Header.Get("Accept"), "text/html"):
			loginForm(w, http.StatusUnauthorized, "")
		default:
			w.Header().Set("WWW-Authenticate", `Bearer realm="sitrep"`)
			problem.Write(w, http.StatusUnauthorized, "a token is wanted: Authorization: Bearer …")
		}
	})
}

func (s *Server) bears(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "bearer") && same(strings.TrimSpace(token), s.Token)
}

// same compares in a time that tells nothing of want, its length included.
func same(got, want string) bool {
	a, b := sha256.Sum256([]byte(got)), sha256.Sum256([]byte(want))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

func (s *Server) logIn(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	if !same(r.PostFormValue("token"), s.Token) {
		loginForm(w, http.StatusUnauthorized, "That is not the token.")
		return
	}
	until := strconv.FormatInt(time.Now().Add(loginFor).Unix(), 10)
	s.setCookie(w, r, until+"."+s.seal(until), int(loginFor.Seconds()))
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (s *Server) setCookie(w http.ResponseWriter, r *http.Request, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true,
		Secure: r.TLS != nil, SameSite: http.SameSiteStrictMode})
}

// loggedIn tells whether a cookie of ours is there and has not run out. The cookie
// does not hold the token, and another token ends it.
func (s *Server) loggedIn(r *http.Request) bool {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return false
	}
	until, seal, _ := strings.Cut(c.Value, ".")
	at, err := strconv.ParseInt(until, 10, 64)
	return err == nil && same(seal, s.seal(until)) && time.Now().Unix() < at
}

func (s *Server) seal(until string) string {
	mac := hmac.New(sha256.New, []byte(s.Token))
	mac.Write([]byte("sitrep login until " + until))
	return hex.EncodeToString(mac.Sum(nil))
}
