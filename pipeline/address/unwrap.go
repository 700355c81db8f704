package address

import (
	"net/url"
	"strings"
)

// unwrapped returns the address that u, a cache, a viewer or a link out, stands
// for; "" if it stands for itself:
//
//	https://www.google.com/amp/s/example.org/story
//	https://example-org.cdn.ampproject.org/c/s/example.org/story
//	https://www.google.com/url?q=https://example.org/story
//	https://web.archive.org/web/20200102030405/https://example.org/story
func unwrapped(u *url.URL) string {
	name := host(u)
	whole := strings.TrimPrefix(u.EscapedPath(), "/")
	first, rest, _ := strings.Cut(whole, "/")
	switch {
	case strings.HasSuffix(name, ".cdn.ampproject.org") || strings.HasSuffix(name, ".bing-amp.com"):
		return cached(rest, u.RawQuery)
	case (isGoogle(name) || name == "bing.com") && first == "amp":
		return cached(rest, u.RawQuery)
	case isGoogle(name) && whole == "url":
		return link(u, "q", "url")
	case (name == "l.facebook.com" || name == "lm.facebook.com") && whole == "l.php":
		return link(u, "u")
	case name == "web.archive.org" && first == "web":
		_, original, _ := strings.Cut(rest, "/")
		return absolute(original, u.RawQuery)
	}
	return ""
}

// isGoogle reports whether name is google.com, google.co.uk, google.de.
func isGoogle(name string) bool {
	country, found := strings.CutPrefix(name, "google.")
	return found && len(country) <= len("com.au")
}

// cached reads what stands in a cache's path: s/ for a site with TLS, the host,
// the path.
func cached(path, query string) string {
	path = strings.TrimPrefix(path, "s/")
	if name, _, _ := strings.Cut(path, "/"); !strings.Contains(name, ".") {
		return ""
	}
	return absolute("https://"+path, query)
}

// absolute returns an address that was a part of a path, with the query behind it.
func absolute(address, query string) string {
	for _, scheme := range []string{"https:/", "http:/"} { // some join the slashes
		if rest, found := strings.CutPrefix(address, scheme); found {
			address = "https://" + strings.TrimLeft(rest, "/")
			if query != "" {
				address += "?" + query
			}
			return address
		}
	}
	return ""
}

// link returns the first of the parameters names that is a web address.
func link(u *url.URL, names ...string) string {
	for _, name := range names {
		for pair := range strings.SplitSeq(u.RawQuery, "&") {
			got, value, _ := strings.Cut(pair, "=")
			if got != name {
				continue
			}
			v, _ := url.QueryUnescape(escaped(value, queryBytes)) // which has no broken escapes
			if strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") {
				return v
			}
		}
	}
	return ""
}
