package guard

import "net/http"

// Policy is what a page of ours may do: load what we serve, and make no page of a
// string.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// protected adds what browsers are told. A handler may change it for what it serves.
func protected(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		set := w.Header().Set
		set("Content-Security-Policy", Policy)
		set("X-Content-Type-Options", "nosniff")
		set("X-Frame-Options", "DENY")
		// Not no-referrer: forms would come from the origin "null".
		set("Referrer-Policy", "same-origin")
		set("Cross-Origin-Resource-Policy", "same-origin")
		set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		set("Cache-Control", "no-store")
		h.ServeHTTP(w, r)
	})
}
